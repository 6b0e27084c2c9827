"""Answers freebusy.query: when calendars are taken, without saying by what."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.sandbox.google import errors
from bot.sandbox.google.call import Call
from bot.sandbox.google.errors import Resource
from bot.sandbox.google.recurrence import instances
from bot.sandbox.google.state import Calendar, StoredEvent
from bot.sandbox.google.times import instant, moment_of, written, zone_named

# Not documented; longer ones were seen to be refused.
_LONGEST = timedelta(days=90)
_MOST_CALENDARS = 50
_MOST_INSTANCES = 5000

_Times = list[tuple[datetime, datetime]]


def query_free_busy(call: Call) -> Resource:
    """The resource `FreeBusyResponse`; what is wrong with one calendar stands beside the others' answers."""
    time_min, time_max = (_bound(call.body, name) for name in ("timeMin", "timeMax"))
    if time_max <= time_min:
        raise errors.time_range_empty()
    if time_max - time_min > _LONGEST:
        message = "The requested time range is too long."
        where = ("parameter", "timeMax")
        raise errors.ApiError(400, "timeRangeTooLong", message, domain="calendar", location=where)
    zone = zone_named(call.body.get("timeZone", "UTC"))
    most = min(call.body.get("calendarExpansionMax", _MOST_CALENDARS), _MOST_CALENDARS)
    answers: Resource = {}
    for number, calendar_id in enumerate(_asked(call.body)):
        if number < most:
            answers[calendar_id] = _answer(call, calendar_id, time_min, time_max, zone)
        else:
            answers[calendar_id] = _failed("calendar", "tooManyCalendarsRequested")
    bounds = {"timeMin": written(time_min), "timeMax": written(time_max)}
    return {"kind": "calendar#freeBusy", **bounds, "calendars": answers}


def _bound(body: Resource, name: str) -> datetime:
    value = body.get(name)
    if value is None:
        raise errors.required(f"Missing {name} parameter.")
    try:
        return instant(str(value))
    except ValueError:
        raise errors.bad_request() from None


def _asked(body: Resource) -> list[str]:
    try:
        return [str(item["id"]) for item in body.get("items", [])]
    except (TypeError, KeyError):
        raise errors.bad_request() from None


def _answer(call: Call, asked: str, time_min: datetime, time_max: datetime, zone: ZoneInfo) -> Resource:
    calendar = call.world.calendars.get(call.account if asked == "primary" else asked)
    if calendar is None or call.account not in calendar.access:
        return _failed("global", "notFound")
    busy: _Times = []
    for begins, ends in sorted(_taken(calendar, time_min, time_max)):
        if busy and begins <= busy[-1][1]:
            busy[-1] = (busy[-1][0], max(ends, busy[-1][1]))
        else:
            busy.append((begins, ends))
    return {
        "busy": [
            {"start": written(begins.astimezone(zone)), "end": written(ends.astimezone(zone))} for begins, ends in busy
        ]
    }


def _failed(domain: str, reason: str) -> Resource:
    return {"errors": [{"domain": domain, "reason": reason}], "busy": []}


def _taken(calendar: Calendar, time_min: datetime, time_max: datetime) -> Iterator[tuple[datetime, datetime]]:
    for event in calendar.events.values():
        if not _blocks(event, calendar):
            continue
        happenings: Iterator[Resource] = iter([event.fields])
        if event.recurring:
            changed = {exception.id for exception in calendar.exceptions_of(event.id)}
            found = islice(instances(event.fields, time_min, time_max, calendar.zone), _MOST_INSTANCES)
            happenings = (fields for fields in found if fields["id"] not in changed)
        for fields in happenings:
            begins, ends = (moment_of(fields[name], calendar.zone) for name in ("start", "end"))
            if begins < ends and begins < time_max and ends > time_min:
                yield max(begins, time_min), min(ends, time_max)


def _blocks(event: StoredEvent, calendar: Calendar) -> bool:
    fields = event.fields
    declined = any(
        guest["email"] == calendar.id and guest["responseStatus"] == "declined" for guest in fields.get("attendees", [])
    )
    return not (
        event.cancelled
        or declined
        or fields.get("transparency") == "transparent"
        or fields["eventType"] in ("workingLocation", "birthday")
    )
