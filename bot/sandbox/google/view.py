"""Shows an event as a reader of its calendar gets it: his zone, his flags, and no more than he may see."""

from bot.sandbox.google.errors import Resource
from bot.sandbox.google.state import Calendar, StoredEvent
from bot.sandbox.google.times import shown_point

_WITHOUT_DETAILS = (
    "id",
    "status",
    "htmlLink",
    "created",
    "updated",
    "iCalUID",
    "sequence",
    "start",
    "end",
    "recurrence",
    "recurringEventId",
    "originalStartTime",
    "transparency",
    "eventType",
    "etag",
)
_STUB = ("etag", "id", "status", "recurringEventId", "originalStartTime")


def shown_event(
    event: StoredEvent, calendar: Calendar, *, zone: str, hidden: bool, max_attendees: int | None = None
) -> Resource:
    """The resource that answers for `event`.

    Args:
        event: what is kept.
        calendar: the calendar on which this copy stands, by which `self` is told.
        zone: whose offset the times are to have.
        hidden: whether the reader learns only that there is something.
        max_attendees: with more guests than this, only the reader himself is listed.
    """
    fields = dict(event.fields)
    for name in ("start", "end", "originalStartTime"):
        if name in fields:
            fields[name] = shown_point(fields[name], zone)
    if hidden:
        kept = {name: fields[name] for name in _WITHOUT_DETAILS if name in fields}
        return {"kind": "calendar#event", **kept, "visibility": "private"}
    for name in ("creator", "organizer"):
        fields[name] = _marked(fields[name], calendar.id)
    if "attendees" in fields:
        fields |= _guests([_marked(one, calendar.id) for one in fields["attendees"]], max_attendees)
    return {"kind": "calendar#event", **fields}


def stub(event: StoredEvent, zone: str) -> Resource:
    """What is left of a cancelled event in a sync: enough to remove it, no start, no title."""
    fields = {name: event.fields[name] for name in _STUB if name in event.fields}
    if "originalStartTime" in fields:
        fields["originalStartTime"] = shown_point(fields["originalStartTime"], zone)
    return {"kind": "calendar#event", **fields, "status": "cancelled"}


def is_hidden(event: StoredEvent, role: str, *, free_busy_only: bool) -> bool:
    """Whether a reader with `role` gets `event` without its details."""
    private = event.fields.get("visibility") in ("private", "confidential")
    return free_busy_only or role == "freeBusyReader" or (private and role in ("reader", "writerWithoutPrivateAccess"))


def _marked(person: Resource, calendar_id: str) -> Resource:
    return {**person, "self": True} if person["email"] == calendar_id else dict(person)


def _guests(guests: list[Resource], at_most: int | None) -> Resource:
    if at_most is None or len(guests) <= at_most:
        return {"attendees": guests}
    return {"attendees": [one for one in guests if one.get("self")], "attendeesOmitted": True}
