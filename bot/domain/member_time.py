"""What is known of a member's time, and the rules that decide which starts it leaves open.

The answer and its explanation both read these rules, so that they cannot disagree.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from bot.domain.intervals import Interval, Span
from bot.domain.schedule import Schedule, WorkingTime, working_time
from bot.domain.wall_time import MINUTE, epoch, local_day, midnight, wall_clock, zone_named


class BusyReason(StrEnum):
    """Why a stretch of time is taken."""

    EVENT = "event"
    CONFLICT = "conflict"
    APPOINTMENT = "appointment"
    HOLD = "hold"


class Busy(NamedTuple):
    """A stretch of time with its source: epoch seconds, half-open.

    `title` is empty where the reader of the explanation may not see it; the caller decides.
    """

    start: int
    end: int
    reason: BusyReason = BusyReason.EVENT
    calendar_name: str = ""
    event_id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class StaleCalendar:
    """A calendar that is not up to date: what was read last still blocks, newer events are unknown.

    `is_partial`: it was read in time, but some of its events could not be understood.
    """

    member_id: UUID
    calendar_id: UUID
    name: str
    read_at: datetime | None
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class MemberTime:
    """A member's schedule and what takes his time, in any order.

    Args:
        busy: what his calendars block. Bare `(start, end)` rows are enough for an answer, and quick; only an
            explanation wants `Busy` values, whose source it names.
        appointments: live appointments, each once, without the copies of them that `busy` might hold.
        stale: his calendars that were not read for too long.
        known_until: epoch seconds; what his calendars hold behind it was not worked out, so nothing there is free.
        is_paused: nothing is offered, as he wants it while a calendar of his is stale.
    """

    member_id: UUID
    schedule: Schedule
    busy: Sequence[Span] = ()
    appointments: Sequence[Span] = ()
    stale: tuple[StaleCalendar, ...] = ()
    known_until: int | None = None
    is_paused: bool = False


class Margin(NamedTuple):
    """Seconds that a meeting may not take on either side of something that takes time."""

    left: int
    right: int

    def ends_by(self, second: int) -> int:
        """The end of a meeting that keeps its free time up to there."""
        return second - self.left

    def around(self, span: Span) -> Interval:
        """The span with its margins."""
        return Interval(span[0] - self.left, span[1] + self.right)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a member's schedule allows over some days.

    Args:
        working: his hours and offered starts.
        bookable: from the end of his notice to the end of his horizon; starts lie inside.
        full_days: days that hold as many appointments as he wants; no start lies inside.
        around_busy: free time that a meeting keeps: behind it before something begins, ahead of it after that ended.
        around_appointments: between two appointments the longer of the two buffers, on either side.
    """

    working: WorkingTime
    bookable: Interval
    full_days: list[Interval]
    around_busy: Margin
    around_appointments: Margin


def rules_of(member: MemberTime, span: Interval, *, now: datetime) -> Rules:
    """The rules for the local days that share an instant with `span`; `now` is aware."""
    schedule = member.schedule
    working = working_time(schedule, span)
    before, after = schedule.before_minutes * MINUTE, schedule.after_minutes * MINUTE
    longer = max(before, after)
    return Rules(
        working=working,
        bookable=_bookable(schedule, epoch(now)),
        full_days=_full_days(member, working, span),
        around_busy=Margin(left=after, right=before),
        around_appointments=Margin(left=longer, right=longer),
    )


def busy_needed(schedules: Sequence[Schedule], window: Interval, minutes: int) -> Interval:
    """The stretch of time whose busy spans decide over meetings of `minutes` that start in `window`."""
    longest = max((max(each.before_minutes, each.after_minutes) for each in schedules), default=0) * MINUTE
    # A daily cap counts the whole of the first and of the last local day.
    capped = any(each.daily_cap is not None for each in schedules)
    margin = longest + (_LONGEST_DAY if capped else 0)
    return Interval(window.start - margin, window.end + minutes * MINUTE + margin)


_LONGEST_DAY = 26 * 60 * MINUTE


def _bookable(schedule: Schedule, now: int) -> Interval:
    zone = zone_named(schedule.zone)
    beyond = local_day(now, zone) + timedelta(days=schedule.horizon_days + 1)
    end = wall_clock(zone, beyond, beyond).instant(midnight(beyond))
    return Interval(now + schedule.notice_minutes * MINUTE, end)


def _full_days(member: MemberTime, working: WorkingTime, span: Interval) -> list[Interval]:
    cap = member.schedule.daily_cap
    if cap is None:
        return []
    zone = zone_named(member.schedule.zone)
    starts = sorted(each[0] for each in member.appointments if each[0] < each[1])
    first, last = local_day(span.start, zone), local_day(max(span.start, span.end - 1), zone)
    days = [
        Interval(*working.clock.day(date.fromordinal(number)))
        for number in range(first.toordinal(), last.toordinal() + 1)
    ]
    return [day for day in days if bisect_left(starts, day.end) - bisect_left(starts, day.start) >= cap]
