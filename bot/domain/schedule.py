"""A member's schedule, and the working hours and offered starts that it makes of a stretch of days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from bot.domain.errors import DaybookError
from bot.domain.horizon import DAYS_AHEAD
from bot.domain.intervals import Interval, merged
from bot.domain.wall_time import MINUTE, WallClock, local_day, midnight, wall_clock, zone_named

DAY_MINUTES = 24 * 60


class BadSchedule(DaybookError, ValueError):
    """Hours or limits that contradict themselves; the sentence says which."""


class WallRange(NamedTuple):
    """Hours of one day by the wall clock: minutes after midnight, half-open, 1440 being the day's end.

    A shift past midnight is two ranges, one on either day; they count as one stretch of work.
    """

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start // 60}:{self.start % 60:02}-{self.end // 60}:{self.end % 60:02}"


def checked_hours(ranges: Iterable[WallRange]) -> tuple[WallRange, ...]:
    """The ranges of one day, in order; raises `BadSchedule` where one is no range or two overlap."""
    ordered = tuple(sorted(ranges))
    for each in ordered:
        if not 0 <= each.start < each.end <= DAY_MINUTES:
            raise BadSchedule(f"{each} is not a range of hours within one day.")
    for one, following in pairwise(ordered):
        if following.start < one.end:
            raise BadSchedule(f"{one} and {following} overlap.")
    return ordered


NINE_TO_FIVE = WallRange(9 * 60, 17 * 60)


def _weekdays_nine_to_five() -> dict[int, tuple[WallRange, ...]]:
    return dict.fromkeys(range(5), (NINE_TO_FIVE,))


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a member can be booked. Raises `UnknownZone` or `BadSchedule` when made of what cannot be.

    Args:
        zone: IANA name; hours are this zone's wall clock.
        hours: ranges by weekday, 0 being Monday; a weekday that is missing is a day off.
        slot_minutes: the usual length of a meeting.
        step_minutes: how far apart offered starts lie, counted from the start of each range.
        before_minutes: kept free ahead of every meeting.
        after_minutes: kept free behind every meeting.
        notice_minutes: how long from now the first start is offered.
        horizon_days: how many days after today the last one is offered, at most `DAYS_AHEAD`; 0 is today alone.
        daily_cap: appointments in one day of the zone after which no more are offered; None is no limit.
        overrides: dates whose hours replace the weekday's; an empty tuple is a day off.
        tentative_blocks: events answered "maybe" take time.
        unanswered_blocks: invitations without an answer take time.
    """

    zone: str
    hours: Mapping[int, tuple[WallRange, ...]] = field(default_factory=_weekdays_nine_to_five)
    slot_minutes: int = 30
    step_minutes: int = 15
    before_minutes: int = 0
    after_minutes: int = 0
    notice_minutes: int = 0
    horizon_days: int = DAYS_AHEAD
    daily_cap: int | None = None
    overrides: Mapping[date, tuple[WallRange, ...]] = field(default_factory=dict)
    tentative_blocks: bool = True
    unanswered_blocks: bool = True

    def __post_init__(self) -> None:
        zone_named(self.zone)
        if not set(self.hours) <= set(range(7)):
            raise BadSchedule("Weekdays are counted from 0, Monday, to 6, Sunday.")
        for ranges in (*self.hours.values(), *self.overrides.values()):
            if tuple(ranges) != checked_hours(ranges):
                raise BadSchedule("The hours of a day stand in their order.")
        if min(self.slot_minutes, self.step_minutes) < 1:
            raise BadSchedule("A meeting and the step between starts take at least a minute.")
        if min(self.before_minutes, self.after_minutes, self.notice_minutes, self.horizon_days) < 0:
            raise BadSchedule("Buffers, notice and horizon are never negative.")
        if self.horizon_days > DAYS_AHEAD:
            # Further ahead nothing is known, and everything would look free.
            raise BadSchedule(f"Bookings are at most {DAYS_AHEAD} days ahead.")
        if self.daily_cap is not None and self.daily_cap < 1:
            raise BadSchedule("A daily limit is at least one appointment.")

    def hours_on(self, day: date) -> tuple[WallRange, ...]:
        """The ranges of a date: its override where there is one, else its weekday's."""
        override = self.overrides.get(day)
        return self.hours.get(day.weekday(), ()) if override is None else override


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """A schedule's hours over some days, on the time line.

    `windows` are merged: work that touches, over midnight too, is one. `grid` holds the offered starts of
    each range in order, as ranges of epoch seconds. `clock` covers the days, and one more on both sides.
    """

    windows: list[Interval]
    grid: list[range]
    clock: WallClock


def working_time(schedule: Schedule, span: Interval) -> WorkingTime:
    """The working hours of every local day that shares an instant with `span`, not cut to it.

    Hours are wall-clock: an edge that the clock skips moves to the jump, an edge that is shown twice is meant
    the first time, and so is an offered start; the grid goes on by the wall, not by the time passed.
    """
    zone = zone_named(schedule.zone)
    first, last = local_day(span.start, zone), local_day(max(span.start, span.end - 1), zone)
    clock = wall_clock(zone, first - timedelta(days=1), last + timedelta(days=1))
    windows: list[Interval] = []
    grid: list[range] = []
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        for hours in schedule.hours_on(day):
            start, end = (midnight(day) + minute * MINUTE for minute in hours)
            windows.append(Interval(clock.instant(start), clock.instant(end)))
            grid.extend(_starts(clock, start, end, schedule.step_minutes * MINUTE))
    return WorkingTime(merged(windows), grid, clock)


def _starts(clock: WallClock, start: int, end: int, step: int) -> Iterable[range]:
    """The instants, `step` seconds of the wall apart from local `start` on, shown before local `end`."""
    for piece in clock.shown(start, end):
        first = piece.start + (start - piece.start) % step
        if first < piece.end:
            yield range(first - piece.offset, piece.end - piece.offset, step)
