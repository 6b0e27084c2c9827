"""When it is night for people whose clocks show another time than that of whoever asks, and whom a time then books."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from operator import itemgetter
from uuid import UUID

from bot.domain.answers import Gathered
from bot.domain.availability import Mode, Slot
from bot.domain.intervals import Interval, intersect, merged, subtract, union, widen
from bot.domain.people import Member
from bot.domain.schedule import DAY_MINUTES, Schedule, WallRange
from bot.domain.wall_time import MINUTE, WallClock, local_day, midnight, wall_clock, zone_named

_NIGHT = (WallRange(0, 6 * 60), WallRange(22 * 60, DAY_MINUTES))
# Whoever has longer hours in a day has set no hours, but is free around the clock.
_LONGEST_HOURS = 16 * 60


@dataclass(frozen=True, slots=True)
class Nights:
    """The nights of people who are asked about together. Make it with `nights_of`.

    Args:
        known: those whose time is known.
        mode: whether a meeting needs all of them, or anyone.
        starts: by member the starts with which a meeting is at night for him, merged; who has none is left out.
    """

    known: Sequence[Member]
    mode: Mode
    starts: Mapping[UUID, Sequence[Interval]]


def nights_of(gathered: Gathered, mode: Mode, minutes: int, here: str, window: Interval) -> Nights:
    """When meetings of `minutes` that start in `window` are at night for somebody; `here` is the asker's zone."""
    length = minutes * MINUTE
    span = Interval(window.start, window.end + length)
    people = zip(gathered.known, gathered.times, strict=True)
    nights = {member.id: nights_elsewhere(member.zone, time.schedule, here, span) for member, time in people}
    return Nights(gathered.known, mode, {who: widen(spans, length - 1, 0) for who, spans in nights.items() if spans})


def hosts_at(nights: Nights, slot: Slot) -> list[Member]:
    """Who would be booked: all who are free, or where one is enough the first of them who is awake, if any is."""
    free = set(slot.members)
    hosts = [member for member in nights.known if member.id in free]
    if nights.mode is Mode.ALL:
        return hosts
    awake = (member for member in hosts if not _is_asleep(nights, member, slot))
    return list(islice(chain(awake, hosts), 1))


def asleep_at(nights: Nights, slot: Slot) -> list[Member]:
    """Those of whoever would be booked for whom it is night then."""
    if not nights.starts:
        return []
    return [member for member in hosts_at(nights, slot) if _is_asleep(nights, member, slot)]


def nights_elsewhere(zone: str, schedule: Schedule, here: str, span: Interval) -> list[Interval]:
    """What lies between 22:00 and 6:00 by the clock of `zone`, merged, of all days that share an instant with `span`.

    Where that clock shows the same as the one of `here`, no night is told: whoever asks sees it himself. And hours
    that somebody set for a night are work: it counts only where the hours of the `schedule` are of a zone whose clock
    shows another time, or are more than sixteen of that day.
    """
    if zone == here:
        return []
    zones = [zone_named(name) for name in (zone, schedule.zone, here)]
    first = min(local_day(span.start, each) for each in zones)
    last = max(local_day(max(span.start, span.end - 1), each) for each in zones)
    clock, of_hours, of_asker = (wall_clock(each, first, last) for each in zones)
    days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    nights = merged(night for day in days for night in _nights(clock, day))
    around_the_clock = merged(night for day in days if _is_long(schedule, day) for night in _nights(clock, day))
    counted = union(around_the_clock, subtract(nights, _alike(clock, of_hours)))
    return subtract(counted, _alike(clock, of_asker))


def _is_asleep(nights: Nights, member: Member, slot: Slot) -> bool:
    starts = nights.starts.get(member.id, ())
    place = bisect_right(starts, slot.start, key=itemgetter(0)) - 1
    return place >= 0 and slot.start < starts[place].end


def _nights(clock: WallClock, day: date) -> Iterator[Interval]:
    for start, end in _NIGHT:
        yield Interval(clock.instant(midnight(day) + start * MINUTE), clock.instant(midnight(day) + end * MINUTE))


def _is_long(schedule: Schedule, day: date) -> bool:
    return sum(hours.end - hours.start for hours in schedule.hours_on(day)) > _LONGEST_HOURS


def _alike(one: WallClock, other: WallClock) -> list[Interval]:
    """When two clocks show the same."""
    return merged(
        both
        for span, offset in _offsets(one)
        for other_span, other_offset in _offsets(other)
        if offset == other_offset
        for both in intersect([span], [other_span])
    )


def _offsets(clock: WallClock) -> Iterator[tuple[Interval, int]]:
    """From one jump of a clock to the next, and its offset in between; what is shown twice counts with the first."""
    start = clock.stretches[0].start - clock.stretches[0].offset
    for stretch in clock.stretches:
        end = stretch.end - stretch.offset
        yield Interval(start, end), stretch.offset
        start = end
