"""The algebra of time: half-open intervals of whole epoch seconds, from which everything else is composed.

A *span* is any tuple that begins with a start and an end, so rows of a store and values with more fields go
in as they are. A span that ends where it starts, or before, holds no instant: every function leaves it out.
*Merged* input is what `merged` returns: sorted, each piece apart from the next, none of them empty.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple, TypeAlias

Span: TypeAlias = tuple[int, int, *tuple[object, ...]]


_START = itemgetter(0)


class Interval(NamedTuple):
    """The seconds from `start` up to, and without, `end`; both count from 1970-01-01T00:00Z."""

    start: int
    end: int


def merged(spans: Iterable[Span]) -> list[Interval]:
    """The instants that lie in any of the spans, whatever their order; spans that touch become one.

    Sorting is most of the work. The order of spans with the same start does not matter, so they are sorted by
    their starts alone, which Python compares much faster than pairs.
    """
    ordered = sorted(spans, key=_START)
    if not ordered:
        return []
    pieces: list[Interval] = []
    begin = reach = ordered[0][0]
    for span in ordered:
        # In a full calendar most spans bring nothing new, so nothing more is looked at of those.
        end = span[1]
        if end <= reach:
            continue
        start = span[0]
        if start > reach:
            if end <= start:
                continue
            if begin < reach:
                pieces.append(Interval(begin, reach))
            begin = start
        reach = end
    if begin < reach:
        pieces.append(Interval(begin, reach))
    return pieces


def union(*lists: Iterable[Span]) -> list[Interval]:
    """The instants that lie in any of the lists, which need not be merged."""
    return merged(chain.from_iterable(lists))


def intersect(left: Sequence[Interval], right: Sequence[Interval]) -> list[Interval]:
    """The instants that lie in both of two merged lists."""
    common: list[Interval] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start = max(left[i].start, right[j].start)
        end = min(left[i].end, right[j].end)
        if start < end:
            common.append(Interval(start, end))
        if left[i].end < right[j].end:
            i += 1
        else:
            j += 1
    return common


def subtract(whole: Sequence[Interval], taken: Sequence[Interval]) -> list[Interval]:
    """The instants of one merged list that do not lie in another."""
    left: list[Interval] = []
    first = 0
    for start, end in whole:
        while first < len(taken) and taken[first].end <= start:
            first += 1
        open_from = start
        # A taken piece may reach into the next of the whole too, so `first` stays at it.
        for place in range(first, len(taken)):
            if taken[place].start >= end:
                break
            if open_from < taken[place].start:
                left.append(Interval(open_from, taken[place].start))
            open_from = taken[place].end
        if open_from < end:
            left.append(Interval(open_from, end))
    return left


def clip(pieces: Sequence[Interval], bounds: Interval) -> list[Interval]:
    """The part of a merged list inside `bounds`, at the cost of what is returned, not of the whole list."""
    return intersect(touching(pieces, bounds), [bounds])


def touching(pieces: Sequence[Interval], bounds: Interval) -> Sequence[Interval]:
    """The whole pieces of a merged list that share an instant with `bounds`."""
    if bounds.start >= bounds.end:
        return []
    first = bisect_right(pieces, bounds.start, key=lambda piece: piece.end)
    last = bisect_right(pieces, bounds.end - 1, key=lambda piece: piece.start)
    return pieces[first:last]


def widen(pieces: Sequence[Interval], left: int, right: int) -> list[Interval]:
    """Each piece of a merged list grown by `left` seconds at its start and `right` at its end, merged again.

    Growing and merging may change places, so many spans are merged first and only the few pieces are grown.
    """
    if not pieces:
        return []
    grown: list[Interval] = []
    begin, reach = pieces[0]
    for start, end in pieces:
        if start - reach > left + right:
            grown.append(Interval(begin - left, reach + right))
            begin = start
        reach = end
    grown.append(Interval(begin - left, reach + right))
    return grown


def shrink_ends(pieces: Iterable[Interval], length: int) -> list[Interval]:
    """The instants at which something of `length` seconds may begin and end inside the same piece."""
    return [Interval(start, end - length + 1) for start, end in pieces if end - start >= length]


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share an instant; spans that only touch do not, and empty ones never do."""
    return max(one[0], other[0]) < min(one[1], other[1])
