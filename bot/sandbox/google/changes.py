"""Inserts, patches and deletes events of a calendar, instances of a series included."""

import secrets
from collections.abc import Callable
from datetime import datetime

from bot.sandbox.google import errors
from bot.sandbox.google.errors import Resource
from bot.sandbox.google.recurrence import instance_of
from bot.sandbox.google.resources import checked, checked_id, merged, new_event, written_fields
from bot.sandbox.google.state import Calendar, StoredEvent

# What belongs to every copy of an event, and so to its organiser.
_SHARED = frozenset({"summary", "description", "location", "start", "end", "recurrence", "conferenceData", "status"})
_SEQUENCED = ("start", "end", "recurrence", "status")
_ID_LETTERS = "0123456789abcdefghijklmnopqrstuv"


def insert(
    calendar: Calendar,
    body: Resource,
    *,
    creator: str,
    now: datetime,
    passes_duplicate: Callable[[], bool] = lambda: False,
) -> StoredEvent:
    """Add an event; where the id is taken, `passes_duplicate` decides whether that goes unnoticed this time.

    Raises:
        ApiError: the body is not one, or its id or iCalUID is taken (409), if only by a deleted event.
    """
    chosen = checked_id(body)
    event_id = chosen or "".join(secrets.choice(_ID_LETTERS) for _ in range(26))
    fields = new_event(body, event_id, calendar, creator=creator, now=now)
    is_taken = chosen in calendar.events or any(
        event.fields["iCalUID"] == fields["iCalUID"] for event in calendar.events.values()
    )
    if is_taken and not passes_duplicate():
        raise errors.duplicate()
    return calendar.put(fields, now)


def find(calendar: Calendar, event_id: str) -> StoredEvent:
    """The event with this id: deleted ones too, and instances that nobody has changed yet.

    Raises:
        ApiError: there is none (404).
    """
    if event := calendar.events.get(event_id):
        return event
    master = calendar.events.get(event_id.rpartition("_")[0])
    if master is None or not master.recurring or master.cancelled:
        raise errors.not_found()
    fields = instance_of(master.fields, event_id, calendar.zone)
    if fields is None:
        raise errors.not_found()
    return StoredEvent(fields, master.revision, master.order)


def patch(calendar: Calendar, event_id: str, body: Resource, *, if_match: str | None, now: datetime) -> StoredEvent:
    """Change the fields that `body` names; on an instance of a series this makes an exception.

    Raises:
        ApiError: there is no such event (404), it is not as `if_match` says (412), or the result is not an event.
    """
    event = _matching(calendar, event_id, if_match)
    _check_organizer(calendar, event, body)
    return change(calendar, event, body, now)


def change(calendar: Calendar, event: StoredEvent, body: Resource, now: datetime) -> StoredEvent:
    """Change the fields that `body` names, whoever organises the event and whatever it has become meanwhile."""
    fields = merged(event.fields, written_fields(body))
    if "conferenceData" in body and body["conferenceData"] is None:
        fields.pop("hangoutLink", None)
    return _change(calendar, event, fields, now)


def replace(calendar: Calendar, event_id: str, body: Resource, *, if_match: str | None, now: datetime) -> StoredEvent:
    """Put `body` in the place of an event: what it does not name is gone. The errors are those of `patch`."""
    event = _matching(calendar, event_id, if_match)
    _check_organizer(calendar, event, body)
    kept = {name: value for name, value in event.fields.items() if name not in written_fields(event.fields)}
    base = {"status": "confirmed", "reminders": {"useDefault": True}}
    return _change(calendar, event, merged(kept | base, written_fields(body)), now)


def delete(calendar: Calendar, event_id: str, *, if_match: str | None, now: datetime) -> StoredEvent:
    """Cancel an event; its id stays taken.

    Raises:
        ApiError: there is none (404), it is deleted already (410), or not as `if_match` says (412).
    """
    event = find(calendar, event_id)
    if event.cancelled:
        raise errors.deleted()
    event = _matching(calendar, event_id, if_match)
    return _change(calendar, event, event.fields | {"status": "cancelled"}, now)


def move(calendar: Calendar, event_id: str, to: Calendar, now: datetime) -> StoredEvent:
    """Take an event to another calendar: the same id and iCalUID there, and a deleted one where it was.

    Raises:
        ApiError: there is none (404), or the other calendar has one of that id (409).
    """
    event = find(calendar, event_id)
    there = to.events.get(event_id)
    if there is not None and not there.cancelled:
        raise errors.duplicate()
    calendar.put(event.fields | {"status": "cancelled"}, now)
    organizer = {"email": to.id} | ({} if to.id == to.owner else {"displayName": to.summary})
    return to.put(event.fields | {"organizer": organizer, "sequence": event.fields["sequence"] + 1}, now)


def _matching(calendar: Calendar, event_id: str, if_match: str | None) -> StoredEvent:
    event = find(calendar, event_id)
    if if_match not in (None, "*", event.fields["etag"]):
        raise errors.condition_not_met()
    return event


def _check_organizer(calendar: Calendar, event: StoredEvent, body: Resource) -> None:
    mine = event.fields["organizer"]["email"] == calendar.id or event.fields.get("guestsCanModify", False)
    changed = {name for name in _SHARED & body.keys() if body[name] != event.fields.get(name)}
    if changed and (event.fields.get("locked", False) or not mine):
        raise errors.forbidden_for_non_organizer()
    if body.get("eventType", event.fields["eventType"]) != event.fields["eventType"]:
        raise errors.invalid("The event type cannot be changed.")


def _change(calendar: Calendar, event: StoredEvent, fields: Resource, now: datetime) -> StoredEvent:
    fields = checked(fields, calendar)
    if any(fields.get(name) != event.fields.get(name) for name in _SEQUENCED):
        fields["sequence"] = event.fields["sequence"] + 1
    changed = calendar.put(fields, now)
    if event.recurring:
        _follow(calendar, changed, now)
    return changed


def _follow(calendar: Calendar, master: StoredEvent, now: datetime) -> None:
    """Cancel the exceptions that the series does not have any more."""
    for exception in calendar.exceptions_of(master.id):
        gone = master.cancelled or not master.recurring
        if not exception.cancelled and (gone or instance_of(master.fields, exception.id, calendar.zone) is None):
            calendar.put(exception.fields | {"status": "cancelled"}, now)
