"""The slot engine beside sorting and merging alone, and beside portion giving the same answer."""

from collections.abc import Sequence
from uuid import UUID

import portion

from bot.domain.availability import Mode, free_slots
from bot.domain.intervals import merged
from bot.domain.member_time import MemberTime
from tests.bench import month
from tests.bench.month import Span
from tests.bench.report import Figure, cost, require, speed
from tests.bench.timing import in_turns

_MEMBER = UUID(int=1)
_STEP, _BUFFER, _LENGTH = (minutes * 60 for minutes in (month.STEP_MINUTES, month.BUFFER_MINUTES, month.SLOT_MINUTES))


def measure() -> list[Figure]:
    """`slots_vs_sort_merge` and `slots_vs_portion`."""
    busy = month.busy_spans()
    starts = slot_starts(busy)
    require(starts == portion_starts(busy), "the slots are not those that portion finds")
    require(len(starts) > month.DAYS, "there are too few slots to tell anything")
    require(list(map(tuple, merged(busy))) == sort_merge(busy), "the merged times are not those of the reference")
    beside_sorting = in_turns(lambda: slot_starts(busy), lambda: sort_merge(busy), rounds=60)
    beside_portion = in_turns(lambda: slot_starts(busy), lambda: portion_starts(busy), rounds=12)
    told = f"{len(busy):,} unsorted events of {month.DAYS} days to {len(starts)} slots"
    return [
        cost("slots_vs_sort_merge", beside_sorting, f"{told}; sorting and merging the same tuples alone", at_most=1.3),
        speed("slots_vs_portion", beside_portion, f"{told}; portion giving the same answer", at_least=8),
    ]


def slot_starts(busy: Sequence[Span]) -> list[int]:
    """Ours."""
    member = MemberTime(_MEMBER, month.SCHEDULE, busy)
    slots = free_slots([member], month.window(), month.SLOT_MINUTES, Mode.ALL, now=month.NOW)
    return [slot.start for slot in slots]


def sort_merge(busy: Sequence[Span]) -> list[Span]:
    """What any engine has to do at the least, as one would write it."""
    pieces: list[Span] = []
    ordered = iter(sorted(busy))
    begin, reach = next(ordered)
    for start, end in ordered:
        if start > reach:
            pieces.append((begin, reach))
            begin, reach = start, end
        elif end > reach:
            reach = end
    pieces.append((begin, reach))
    return pieces


def portion_starts(busy: Sequence[Span]) -> list[int]:
    """The same answer by portion's sets."""
    opening = [
        (month.second(day, month.OPENS), month.second(day, month.CLOSES)) for day in month.days() if day.weekday() < 5
    ]
    working = portion.Interval(*(portion.closedopen(*hours) for hours in opening))
    taken = portion.Interval(*(portion.closedopen(start - _BUFFER, end + _BUFFER) for start, end in busy))
    steps = [step for opens, closes in opening for step in range(opens, closes, _STEP)]
    pieces = iter([(piece.lower, piece.upper) for piece in working - taken])
    starts: list[int] = []
    lower, upper = next(pieces, (0, 0))
    for step in steps:
        while upper < step + _LENGTH:
            lower, upper = next(pieces, (step + _LENGTH, step + _LENGTH))
        if lower <= step:
            starts.append(step)
    return starts
