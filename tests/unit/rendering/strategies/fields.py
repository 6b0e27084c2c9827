"""Fields of text that hold no foreign text, by name: ids, zones, addresses and words of our own."""

from tests.unit.rendering.strategies.texts import ADDRESSES, CALENDAR_IDS, EVENT_IDS, MAILBOXES, ZONES

_PEOPLE = tuple(f"{letter}0{number:04X}" for letter in "UW" for number in range(400))
_MARKS = tuple(f"{number:022x}" for number in range(100))
_CHANNELS = ("C0SALES", "G0TEAM", "")
_OURS = ("", "Something was changed.")

FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("zone", "slack_zone"), ZONES),
    **dict.fromkeys(("slack_user_id", "member", "members", "people", "invited", "unknown"), _PEOPLE),
    **dict.fromkeys(("channel_id", "channel"), _CHANNELS),
    **dict.fromkeys(("full", "conflict_only", "connect_url"), ADDRESSES),
    **dict.fromkeys(("zoom", "link", "join_url", "support"), (*ADDRESSES, "")),
    **dict.fromkeys(("event_id", "series_id", "ical_uid", "etag"), EVENT_IDS),
    **dict.fromkeys(("remote_id",), CALENDAR_IDS),
    **dict.fromkeys(("linked", "conflicts"), _MARKS),
    "email": MAILBOXES,
    "below": ("V0BELOW", ""),
    "opened": ("1764000000.1234.abcdef",),
    "fingerprint": ("0" * 16,),
    "agreed": ("0" * 16, ""),
    "option": ("one-way", ""),
    "secret": ("dbk_0123456789abcdef",),
    "missing_scopes": ("users:read.email", "chat:write"),
    "file_id": ("F0WEEK", ""),
}
ARGUMENTS: dict[str, tuple[str, ...]] = {
    **FIELDS,
    "asked": _PEOPLE,
    **dict.fromkeys(("day", "first", "last"), ("2026-03-29", "")),
    "clock": ("15:00", ""),
    "note": _OURS,
    "reference": ("7F3K2",),
}
"""The same for arguments of renderers, some of which take what is ready to be shown."""
