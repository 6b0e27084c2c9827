"""Tells a series that goes on under another id, after "this and following" was changed, from a new one."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.events import AllDay, RemoteEvent, Timed
from bot.domain.intervals import Interval
from bot.domain.wall_time import UnknownZone, epoch, moment, zone_named

# Google's own way: the UID of the series that was cut, and the day from which the new one takes its place.
_SPLIT = re.compile(r"(?P<base>.+?)_R(?P<day>\d{8})(?:T\d{6}Z?)?(?P<rest>@.*)?")
_UNTIL = re.compile(r"(?:^|;)UNTIL=(?P<day>\d{8})(?:T(?P<time>\d{6})(?P<utc>Z?))?(?:;|$)", re.IGNORECASE)
# For a series that repeats by the month or more often; what begins later than that is something new.
_NEXT_TIME = timedelta(days=31)


class Cut(NamedTuple):
    """The UID of the series that was cut, and the first day that is not its own any more."""

    ical_uid: str
    day: date


def cut_by_uid(ical_uid: str) -> Cut | None:
    """What a UID of Google's own making says, or nothing."""
    found = _SPLIT.fullmatch(ical_uid)
    if found is None:
        return None
    try:
        return Cut(found["base"] + (found["rest"] or ""), date.fromisoformat(found["day"]))
    except ValueError:
        return None


def would_have_been(old: Interval, day: date, zone: str) -> Interval:
    """When a series would have happened on the day on which another one took its place.

    Args:
        old: its first time, epoch seconds.
        day: on the wall of `zone`.
        zone: IANA name in which it repeats; raises `UnknownZone`.
    """
    home = zone_named(zone)
    start = epoch(datetime.combine(day, moment(old.start).astimezone(home).time(), home))
    return Interval(start, start + old.end - old.start)


def goes_on(new: RemoteEvent, old: RemoteEvent, zone: str) -> bool:
    """Whether a series begins where another one was cut, for the same people under the same title.

    Args:
        new: a master.
        old: another one of the same calendar.
        zone: IANA name of the calendar's zone.
    """
    if not new.recurrence or not old.recurrence or new.title != old.title or new.id == old.id:
        return False
    is_older = old.created_at is not None and new.created_at is not None and new.created_at < old.created_at
    if is_older or _people(new) != _people(old):
        return False
    until, start = _until(old, zone), _start(new, zone)
    return until is not None and start is not None and until <= start <= until + int(_NEXT_TIME.total_seconds())


def _people(event: RemoteEvent) -> frozenset[str]:
    return frozenset(one.email.lower() for one in event.invitees if not one.is_self)


def _until(event: RemoteEvent, zone: str) -> int | None:
    """From when on the rule gives no more times."""
    home = zone_named(zone)
    if isinstance(event.start, Timed) and event.start.zone:
        try:
            home = zone_named(event.start.zone)
        except UnknownZone:
            return None
    for line in event.recurrence:
        name, _, rule = line.partition(":")
        if name.upper().startswith("RRULE") and (found := _UNTIL.search(rule)) is not None:
            return _written(found, home)
    return None


def _written(found: re.Match[str], home: ZoneInfo) -> int | None:
    try:
        day = date.fromisoformat(found["day"])
        if found["time"] is None:
            return epoch(datetime.combine(day, time(), home))
        at = datetime.combine(day, time.fromisoformat(found["time"]))
    except ValueError:
        return None
    return epoch(at.replace(tzinfo=UTC if found["utc"] else home))


def _start(event: RemoteEvent, zone: str) -> int | None:
    if isinstance(event.start, AllDay):
        return epoch(datetime.combine(event.start.day, time(), zone_named(zone)))
    return None if event.start is None else epoch(event.start.at)
