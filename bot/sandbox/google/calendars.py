"""Answers calendarList, calendars.get and colors.get."""

from bot.sandbox.google import errors
from bot.sandbox.google.call import Call
from bot.sandbox.google.errors import Resource
from bot.sandbox.google.palette import CALENDAR_COLORS, EVENT_COLORS, FOREGROUND
from bot.sandbox.google.state import ROLES, Access, Account, Calendar, ListEntry
from bot.sandbox.google.tokens import Listing, SyncPoint

_NOT_WITH_SYNC_TOKEN = ("minAccessRole", "showOwnOrganizationOnly")


def list_calendars(call: Call) -> Resource:
    """The resource `CalendarList` for one page."""
    account = call.world.accounts[call.account]
    size = call.query.size(default=100, largest=250)
    key = f"{account.address} {call.query.without(['pageToken'])}"
    if token := call.query.text("pageToken"):
        page = call.world.pages.following(token, key, size)
    else:
        page = call.world.pages.first(_listing(call, account, key), size)
    return {
        "kind": "calendar#calendarList",
        "etag": f'"p{account.revision}"',
        **page.tokens(),
        "items": [_shown_entry(call, entry) for entry in page.items],
    }


def get_list_entry(call: Call) -> Resource:
    """The resource `CalendarListEntry`."""
    entry = call.world.accounts[call.account].entries.get(call.calendar_id)
    if entry is None or entry.deleted:
        raise errors.not_found()
    return _shown_entry(call, entry)


def get_calendar(call: Call) -> Resource:
    """The resource `Calendar`."""
    calendar = call.calendar("freeBusyReader")
    return {"kind": "calendar#calendar", "etag": calendar.etag, "id": calendar.id, **_properties(calendar)}


def get_colors(_call: Call) -> Resource:
    """The resource `Colors`."""
    palettes = {"calendar": CALENDAR_COLORS, "event": EVENT_COLORS}
    return {"kind": "calendar#colors", "updated": "2012-02-14T00:00:00.000Z"} | {
        name: {number: {"background": color, "foreground": FOREGROUND} for number, color in palette.items()}
        for name, palette in palettes.items()
    }


def _listing(call: Call, account: Account, key: str) -> Listing:
    lowest = call.query.choice("minAccessRole", ROLES) or ROLES[0]
    show_hidden = bool(call.query.flag("showHidden"))
    asked = call.query.without(["pageToken", "syncToken", *_NOT_WITH_SYNC_TOKEN])
    since = _known_revision(call, account, asked)
    show_deleted = bool(call.query.flag("showDeleted")) or since is not None
    found = [
        entry
        for entry in account.entries.values()
        if (since is None or entry.revision > since)
        and (show_deleted or not entry.deleted)
        and (show_hidden or not entry.hidden or since is not None)
        and (entry.deleted or _access(call, entry).at_least(lowest))
    ]
    token = call.world.sync_tokens.seal(SyncPoint(account.address, asked, account.revision))
    return Listing(key, found, token)


def _known_revision(call: Call, account: Account, asked: str) -> int | None:
    token = call.query.text("syncToken")
    if token is None:
        return None
    for parameter in _NOT_WITH_SYNC_TOKEN:
        if call.query.has(parameter):
            raise errors.not_with_sync_token(parameter)
    point = call.world.sync_tokens.open(token)
    if point is None or point.listing != account.address:
        raise errors.full_sync_required()
    if point.asked != asked:
        raise errors.not_with_sync_token("syncToken")
    return point.revision


def _access(call: Call, entry: ListEntry) -> Access:
    return call.world.calendars[entry.calendar_id].access[call.account]


def _shown_entry(call: Call, entry: ListEntry) -> Resource:
    etag = f'"{entry.revision}"'
    if entry.deleted:
        return {
            "kind": "calendar#calendarListEntry",
            "etag": etag,
            "id": entry.calendar_id,
            "deleted": True,
        }
    calendar = call.world.calendars[entry.calendar_id]
    shown = {
        "kind": "calendar#calendarListEntry",
        "etag": etag,
        "id": entry.calendar_id,
        **_properties(calendar),
        "colorId": entry.color_id,
        "backgroundColor": CALENDAR_COLORS[entry.color_id],
        "foregroundColor": "#000000",
        "accessRole": _access(call, entry).role,
        "defaultReminders": call.default_reminders(calendar),
    }
    if entry.summary_override is not None:
        shown["summaryOverride"] = entry.summary_override
    # Google leaves these out where they are false.
    flags = {"primary": calendar.id == call.account, "selected": entry.selected, "hidden": entry.hidden}
    return shown | {name: True for name, value in flags.items() if value}


def _properties(calendar: Calendar) -> Resource:
    properties: Resource = {
        "summary": calendar.summary,
        "timeZone": calendar.zone,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }
    if calendar.id != calendar.owner:
        properties["dataOwner"] = calendar.owner
    return properties
