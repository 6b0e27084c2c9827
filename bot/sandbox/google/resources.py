"""Makes event resources out of what clients send: checked, completed and merged as Google does it."""

import base64
import re
from collections.abc import Iterable
from datetime import datetime

from bot.sandbox.google.conference import meeting_for
from bot.sandbox.google.errors import Resource, invalid, required, time_range_empty
from bot.sandbox.google.recurrence import check_recurrence
from bot.sandbox.google.state import Calendar
from bot.sandbox.google.times import checked_point, moment_of, stamp

_ID = re.compile(r"[a-v0-9]{5,1024}")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_TEXTS = ("summary", "description", "location", "colorId", "eventLabelId")
_FLAGS = ("guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests", "anyoneCanAddSelf")
_OBJECTS = (
    "extendedProperties",
    "reminders",
    "source",
    "outOfOfficeProperties",
    "focusTimeProperties",
    "workingLocationProperties",
)
_CHOICES = {
    "status": ("confirmed", "tentative", "cancelled"),
    "transparency": ("opaque", "transparent"),
    "visibility": ("default", "public", "private", "confidential"),
}
_WRITABLE = frozenset(
    {*_TEXTS, *_FLAGS, *_OBJECTS, *_CHOICES, "start", "end", "recurrence", "attendees", "conferenceData"}
)
_ATTENDEE = ("email", "displayName", "optional", "resource", "comment", "additionalGuests", "responseStatus")
_RESPONSES = ("needsAction", "declined", "tentative", "accepted")
EVENT_TYPES = ("birthday", "default", "focusTime", "fromGmail", "outOfOffice", "workingLocation")
_MADE_BY_CLIENTS = ("default", "focusTime", "outOfOffice", "workingLocation")


def checked_id(body: Resource) -> str | None:
    """The id that a client chose, if it did.

    Raises:
        ApiError: the id is not made of `a`-`v` and digits, or there is an `iCalUID` beside it.
    """
    chosen = body.get("id")
    if chosen is None:
        return None
    if not isinstance(chosen, str) or not _ID.fullmatch(chosen):
        raise invalid("Invalid resource id value.")
    if body.get("iCalUID"):
        raise invalid("Only one of id and iCalUID may be given.")
    return chosen


def new_event(body: Resource, event_id: str, calendar: Calendar, *, creator: str, now: datetime) -> Resource:
    """The event that an insert makes of `body`."""
    kind = body.get("eventType", "default")
    if kind not in _MADE_BY_CLIENTS or (kind != "default" and calendar.id != calendar.owner):
        raise invalid("The event type is not supported.")
    fields: Resource = {
        "id": event_id,
        "status": "confirmed",
        "htmlLink": _link(event_id, calendar.id),
        "created": stamp(now),
        "creator": {"email": creator},
        "organizer": _organizer(calendar),
        "iCalUID": body.get("iCalUID") or f"{event_id}@google.com",
        "sequence": 0,
        "reminders": {"useDefault": True},
        "eventType": kind,
    }
    return checked(merged(fields, written_fields(body)), calendar)


def written_fields(body: Resource) -> Resource:
    """What of `body` a client may write; the rest is ignored without a word, as by Google."""
    return {name: value for name, value in body.items() if name in _WRITABLE}


def merged(fields: Resource, patch: Resource) -> Resource:
    """`fields` with `patch` over them: null deletes, objects are merged, lists are replaced."""
    result = dict(fields)
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            before = result.get(name)
            result[name] = merged(before if isinstance(before, dict) else {}, value)
        else:
            result[name] = value
    return result


def checked(fields: Resource, calendar: Calendar) -> Resource:
    """`fields` in the form in which they are kept, with defaults left out.

    Raises:
        ApiError: something is missing, has a wrong type or value, or does not fit together.
    """
    _check_types(fields)
    result = dict(fields)
    for which in ("start", "end"):
        result[which] = checked_point(fields.get(which), which, calendar.zone)
    _check_span(fields, result, calendar.zone)
    if "attendees" in fields:
        result["attendees"] = _attendees(fields["attendees"], result["organizer"]["email"])
    if "conferenceData" in fields:
        result |= meeting_for(result["id"], fields["conferenceData"])
    defaults = {"transparency": "opaque", "visibility": "default"}
    return {name: value for name, value in result.items() if value not in ("", [], {}) and defaults.get(name) != value}


def _check_types(fields: Resource) -> None:
    for names, kind in ((_TEXTS, str), (_FLAGS, bool), (_OBJECTS, dict)):
        _require_kind(fields, names, kind)
    for name, allowed in _CHOICES.items():
        if fields.get(name, allowed[0]) not in allowed:
            raise invalid(f"Invalid value for: {name}.")
    if fields.get("colorId") and fields["colorId"] not in {str(number) for number in range(1, 12)}:
        raise invalid("Invalid event color.")
    for kept in fields.get("extendedProperties", {}).values():
        _check_properties(kept)


def _require_kind(fields: Resource, names: Iterable[str], kind: type) -> None:
    for name in names:
        if name in fields and not isinstance(fields[name], kind):
            raise invalid(f"Invalid value for: {name}.")


def _check_properties(kept: object) -> None:
    if not isinstance(kept, dict):
        raise invalid("Invalid extended properties.")
    for key, value in kept.items():
        if not isinstance(value, str) or len(key) > 44 or len(value) > 1024:
            raise invalid("Invalid extended properties.")


def _check_span(sent: Resource, kept: Resource, zone: str) -> None:
    start, end = kept["start"], kept["end"]
    if ("date" in start) != ("date" in end):
        raise invalid("Start and end times must either both be date or both be dateTime.")
    begins, ends = moment_of(start, zone), moment_of(end, zone)
    # A timed event may last no time at all, a day may not.
    if ends < begins or ("date" in start and ends == begins):
        raise time_range_empty()
    if not kept.get("recurrence"):
        return
    check_recurrence(kept["recurrence"])
    for which in ("start", "end"):
        if "dateTime" in kept[which] and not sent[which].get("timeZone"):
            raise required(f"Missing time zone definition for {which} time.")


def _attendees(sent: object, organizer: str) -> list[Resource]:
    if not isinstance(sent, list):
        raise invalid("Invalid value for: attendees.")
    attendees: dict[str, Resource] = {}
    for one in sent:
        address = one.get("email") if isinstance(one, dict) else None
        if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
            raise invalid("Invalid attendee email.")
        if one.get("responseStatus", "needsAction") not in _RESPONSES:
            raise invalid("Invalid attendee response status.")
        kept = {"responseStatus": "needsAction"} | {name: one[name] for name in _ATTENDEE if name in one}
        attendees[address.lower()] = kept | ({"organizer": True} if address == organizer else {})
    return list(attendees.values())


def _organizer(calendar: Calendar) -> Resource:
    organizer = {"email": calendar.id}
    if calendar.id != calendar.owner:
        organizer["displayName"] = calendar.summary
    return organizer


def _link(event_id: str, calendar_id: str) -> str:
    eid = base64.urlsafe_b64encode(f"{event_id} {calendar_id}".encode()).decode().rstrip("=")
    return f"https://www.google.com/calendar/event?eid={eid}"
