"""Who is free when: working hours minus what takes time, as starts that can be offered.

Everything is whole seconds in sorted lists, and a list of *starts* is one of the instants at which the meeting
may begin. Nothing is made per busy event; dates and zones appear once per day.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from functools import reduce
from heapq import nsmallest
from itertools import repeat
from typing import NamedTuple
from uuid import UUID

from bot.domain.intervals import Interval, intersect, merged, shrink_ends, subtract, union, widen
from bot.domain.member_time import MemberTime, Rules, rules_of
from bot.domain.wall_time import MINUTE, moment


class Mode(StrEnum):
    """Whether a meeting needs everyone who was asked for, or anyone of them."""

    ALL = "all"
    ANY = "any"


class Slot(NamedTuple):
    """A start that is offered, in epoch seconds, and who is free for the whole meeting."""

    start: int
    members: tuple[UUID, ...]

    @property
    def starts_at(self) -> datetime:
        """The start as an aware moment, UTC."""
        return moment(self.start)


class _Opened(NamedTuple):
    member_id: UUID
    starts: list[Interval]
    grid: list[range]


def free_slots(
    members: Sequence[MemberTime], window: Interval, minutes: int, mode: Mode = Mode.ALL, *, now: datetime
) -> tuple[Slot, ...]:
    """The starts in `window` at which a meeting can be held, earliest first.

    Args:
        members: at least one. With `Mode.ALL` the first one's step grid is the one that is offered; with
            `Mode.ANY` every member's own, and each start tells all who are free then.
        window: where starts may lie; a meeting may end after it. What takes the members' time is needed
            for `busy_needed` of it.
        minutes: the length of the meeting, at least 1.
        now: aware; nothing before it is offered.
    """
    _check(members, minutes)
    opened = [_opened(member, window, minutes * MINUTE, now) for member in members]
    return _for_everyone(opened) if mode is Mode.ALL else _for_anyone(opened)


def nearest_slots(slots: Sequence[Slot], start: int, count: int = 3) -> tuple[Slot, ...]:
    """The `count` of the slots that lie nearest to `start`, itself left out, earliest first."""
    others = (slot for slot in slots if slot.start != start)
    return tuple(sorted(nsmallest(count, others, key=lambda slot: abs(slot.start - start))))


def open_starts(member: MemberTime, rules: Rules, length: int) -> list[Interval]:
    """When a meeting of `length` seconds may start by one member's rules, on the step grid or off it."""
    if member.is_paused:
        return []
    taken = union(
        widen(merged(member.busy), *rules.around_busy),
        widen(merged(member.appointments), *rules.around_appointments),
    )
    fitting = shrink_ends(subtract(_known(member, rules), taken), length)
    return subtract(intersect(fitting, [rules.bookable]), rules.full_days)


def _known(member: MemberTime, rules: Rules) -> list[Interval]:
    """The working hours of which it is known what takes them, and the free time to be kept behind a meeting."""
    windows = rules.working.windows
    if member.known_until is None or not windows:
        return windows
    last = rules.around_busy.ends_by(member.known_until)
    return intersect(windows, [Interval(windows[0].start, last)] if windows[0].start < last else [])


def _check(members: Sequence[MemberTime], minutes: int) -> None:
    if not members:
        raise ValueError("nobody was asked for")
    if minutes < 1:
        raise ValueError(f"a meeting takes at least a minute, not {minutes}")


def _opened(member: MemberTime, window: Interval, length: int, now: datetime) -> _Opened:
    if window.start >= window.end:
        return _Opened(member.member_id, [], [])
    rules = rules_of(member, Interval(window.start, window.end + length), now=now)
    starts = intersect(open_starts(member, rules, length), [window])
    return _Opened(member.member_id, starts, rules.working.grid)


def _for_everyone(opened: Sequence[_Opened]) -> tuple[Slot, ...]:
    common = reduce(intersect, [each.starts for each in opened])
    everyone = tuple(each.member_id for each in opened)
    return tuple(map(Slot, _on_grid(common, opened[0].grid), repeat(everyone)))


def _for_anyone(opened: Sequence[_Opened]) -> tuple[Slot, ...]:
    offered = sorted({start for each in opened for start in _on_grid(each.starts, each.grid)})
    free: dict[int, list[UUID]] = {start: [] for start in offered}
    for each in opened:
        for start in _inside(offered, each.starts):
            free[start].append(each.member_id)
    return tuple(Slot(start, tuple(who)) for start, who in free.items())


def _on_grid(starts: Sequence[Interval], grid: Sequence[range]) -> Iterator[int]:
    """The starts that are steps of the grid; both are in order."""
    place = 0
    for run in grid:
        while place < len(starts) and starts[place].end <= run.start:
            place += 1
        for start, end in starts[place:]:
            if start >= run.stop:
                break
            ahead = max(0, start - run.start)
            yield from range(run.start + -(-ahead // run.step) * run.step, min(end, run.stop), run.step)


def _inside(offered: Sequence[int], starts: Sequence[Interval]) -> Iterator[int]:
    """The offered starts that lie in one of the intervals; both are in order."""
    place = 0
    for start in offered:
        while place < len(starts) and starts[place].end <= start:
            place += 1
        if place < len(starts) and starts[place].start <= start:
            yield start
