"""Decides until when an event takes time, its end being missing, before its start, or of another kind than it.

Such an event is named to its owner; until it is mended, rather too much of the time looks taken than too little.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.events import AllDay, EventTime, Timed
from bot.domain.recurrence_rule import EARLIEST_YEAR, LATEST_YEAR
from bot.domain.wall_time import zone_named

_ONE_DAY = timedelta(days=1)
_AN_HOUR = timedelta(hours=1)


class Moments(NamedTuple):
    """Start and end, aware UTC, the end not before the start."""

    start: datetime
    end: datetime


def moments_of(start: Timed, end: EventTime | None, zone: str) -> Moments:
    """What a timed event takes: up to its end, for an hour where that cannot be read or comes long before the start.

    Where the end comes up to a day before the start, what lies between is taken: the two may have been swapped.

    Args:
        start: an instant.
        end: exclusive, as told.
        zone: IANA name of the calendar's zone, where days begin; raises `UnknownZone`.
    """
    if isinstance(end, AllDay):
        end = Timed(_midnight_of(end.day, zone_named(zone)), None) if _is_within_reach(end.day) else None
    if end is None or start.at - end.at > _ONE_DAY:
        return Moments(start.at, start.at + _AN_HOUR if start.at.year <= LATEST_YEAR else start.at)
    return Moments(min(start.at, end.at), max(start.at, end.at))


def length_in_days(start: AllDay, end: EventTime | None, zone: str) -> timedelta:
    """How many whole days an event takes: one at least, and all of the day on which it ends at some time.

    Args:
        start: a day.
        end: exclusive, as told.
        zone: IANA name of the calendar's zone, where days begin; raises `UnknownZone`.
    """
    if isinstance(end, Timed):
        if not _is_within_reach(end.at):
            return _ONE_DAY
        local = end.at.astimezone(zone_named(zone))
        end = AllDay(local.date() + (_ONE_DAY if local.time() > time() else timedelta()))
    return max(end.day - start.day, _ONE_DAY) if end else _ONE_DAY


def _is_within_reach(day: date) -> bool:
    # Beyond, adding a zone or an hour may overflow.
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR


def _midnight_of(day: date, home: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=home).astimezone(UTC)
