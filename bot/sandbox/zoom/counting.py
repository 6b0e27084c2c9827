"""Counts in a ledger what Zoom really did, whether or not the answer arrived; `ZoomWorld.settle` gives a whole one."""

from bot.sandbox.ledger import Entry, Ledger

_MEETINGS = r"/v2/users/[^/]+/meetings"


def meetings_created(ledger: Ledger, reference: str = "") -> tuple[int, ...]:
    """The ids of the meetings that were made through the API with `reference` in the agenda's first line."""
    made = [entry for entry in ledger.matching("POST", _MEETINGS) if _done(entry)]
    return tuple(int(entry.notes["meeting"]) for entry in made if reference in entry.notes["agenda"])


def meetings_changed(ledger: Ledger, meeting_id: int) -> int:
    """How often a meeting was changed through the API."""
    return sum(map(_done, ledger.matching("PATCH", f"/v2/meetings/{meeting_id}")))


def meetings_deleted(ledger: Ledger, meeting_id: int) -> int:
    """How often a meeting was deleted through the API: once, or not at all."""
    return sum(map(_done, ledger.matching("DELETE", f"/v2/meetings/{meeting_id}")))


def refreshes(ledger: Ledger, email: str | None = None) -> int:
    """How many refresh tokens were used up, by anybody or by one person's app."""
    entries = ledger.matching("POST", "/oauth/token")
    whose = [entry for entry in entries if email in (None, entry.notes.get("person"))]
    return sum(_done(entry) and entry.notes.get("grant") == "refresh_token" for entry in whose)


def revokes(ledger: Ledger) -> int:
    """How many grants were revoked by an app."""
    return sum(map(_done, ledger.matching("POST", "/oauth/revoke")))


def _done(entry: Entry) -> bool:
    status = int(entry.notes.get("committed", entry.status or 0))
    return 200 <= status < 300
