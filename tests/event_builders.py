"""Remote events for tests, each made with one visible difference, and the occurrences they became, in words."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.events import AllDay, EventStatus, Occurrence, RemoteEvent, Timed
from bot.domain.intervals import Interval
from tests.builders import BERLIN, at


def timed(text: str, zone: str = BERLIN) -> Timed:
    """The event time of `2026-11-24 9:00` on the wall of a zone."""
    return Timed(at(text, zone).astimezone(UTC), zone)


def a_meeting(event_id: str = "m", when: str = "2026-11-24 9:00-10:00", zone: str = BERLIN) -> RemoteEvent:
    """A timed event of `2026-11-24 9:00-10:00`, or of `2026-11-24 22:00-2026-11-25 6:00`."""
    start, _, end = when.partition(" ")[2].partition("-")
    day = when.partition(" ")[0]
    ends = end if " " in end else f"{day} {end}"
    return RemoteEvent(
        id=event_id,
        status=EventStatus.CONFIRMED,
        start=timed(f"{day} {start}", zone),
        end=timed(ends, zone),
    )


def a_day_off(event_id: str = "d", first: str = "2026-11-24", days: int = 1) -> RemoteEvent:
    """An all-day event of so many days."""
    day = date.fromisoformat(first)
    return RemoteEvent(
        id=event_id,
        status=EventStatus.CONFIRMED,
        start=AllDay(day),
        end=AllDay(day + timedelta(days=days)),
    )


def cancelled(event_id: str) -> RemoteEvent:
    """What is told of an event that was deleted: no more than its id."""
    return RemoteEvent(id=event_id, status=EventStatus.CANCELLED)


def utc_days(first: str, last: str) -> Interval:
    """The window from the start of one UTC day to the end of another."""
    start = datetime.fromisoformat(first).replace(tzinfo=UTC)
    end = datetime.fromisoformat(last).replace(tzinfo=UTC) + timedelta(days=1)
    return Interval(int(start.timestamp()), int(end.timestamp()))


def told(occurrences: Iterable[Occurrence], zone: str = BERLIN) -> list[str]:
    """Each as `2026-11-24T09:00+01:00 1h`: the start on the wall of a zone, and the length in hours."""
    return [
        f"{datetime.fromtimestamp(one.start, ZoneInfo(zone)).isoformat(timespec='minutes')}"
        f" {(one.end - one.start) / 3600:g}h"
        for one in occurrences
    ]
