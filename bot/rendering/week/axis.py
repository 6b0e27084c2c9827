"""The hours down the side of a week, on which every day has its place, those of 23 and of 25 hours too.

A place is a count of seconds from the top. Where clocks go back, what the wall shows twice is there twice; the other
days of that week have nothing at the second time, and a day has nothing at what its clocks skip.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval, subtract
from bot.domain.wall_time import DAY, WallClock, midnight, wall_clock, zone_named

HOUR = 3600


class Band(NamedTuple):
    """What one day shows twice: seconds after midnight at which its clocks go back, and how far."""

    at: int
    length: int


class Piece(NamedTuple):
    """Instants of a day that follow one another down the axis; place = instant + `shift`."""

    start: int
    end: int
    shift: int


class Mark(NamedTuple):
    """An hour at its place; `is_again` for one that the wall shows the second time."""

    place: int
    hour: int
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """The hours of a week; make it with `week_axis`. Days are counted from 0, the first."""

    length: int
    marks: tuple[Mark, ...]
    days: tuple[tuple[Piece, ...], ...]

    def place(self, day: int, second: int) -> int:
        """The place of an epoch second on a day; what is before or after the day is at its edge."""
        pieces = self.days[day]
        for piece in pieces:
            if second < piece.end:
                return max(second, piece.start) + piece.shift
        return pieces[-1].end + pieces[-1].shift

    def span(self, day: int, start: int, end: int) -> Interval:
        """Where what happens between two epoch seconds lies on a day; empty where it is not on that day."""
        pieces = self.days[day]
        if end <= pieces[0].start or pieces[-1].end <= start:
            return Interval(0, 0)
        last = next((piece for piece in pieces if end <= piece.end), pieces[-1])
        return Interval(self.place(day, start), min(end, last.end) + last.shift)

    def missing(self, day: int) -> list[Interval]:
        """The places at which a day has no time at all."""
        shown = [Interval(piece.start + piece.shift, piece.end + piece.shift) for piece in self.days[day]]
        return subtract([Interval(0, self.length)], shown)


def week_axis(days: Sequence[date], zone: str) -> Axis:
    """The axis on which consecutive dates in `zone`, an IANA name, stand side by side; raises `UnknownZone`."""
    clock = wall_clock(zone_named(zone), days[0], days[-1])
    jumps = list(_jumps(clock))
    own = [tuple(_bands(clock, day, jumps)) for day in days]
    bands = sorted({band for each in own for band in each})
    pieces = tuple(
        tuple(_pieces(clock, day, jumps, [band for band in bands if band not in mine]))
        for day, mine in zip(days, own, strict=True)
    )
    return Axis(DAY + sum(band.length for band in bands), tuple(_marks(bands)), pieces)


class _Jump(NamedTuple):
    """An instant at which the clocks change, with their offsets before and from then on."""

    second: int
    before: int
    after: int


def _jumps(clock: WallClock) -> Iterator[_Jump]:
    for number, before in enumerate(clock.stretches[:-1]):
        yield _Jump(before.end - before.offset, before.offset, clock.stretches[number + 1].offset)


def _bands(clock: WallClock, day: date, jumps: Sequence[_Jump]) -> Iterator[Band]:
    start, end = clock.day(day)
    for second, before, after in jumps:
        if start < second < end and after < before:
            yield Band(second + before - midnight(day), before - after)


def _pieces(clock: WallClock, day: date, jumps: Sequence[_Jump], bands: Sequence[Band]) -> Iterator[Piece]:
    """The pieces of a day; `bands` are those of the other days, at which this one has nothing."""
    start, end = clock.day(day)
    offset = next((jump.before for jump in jumps if start < jump.second), _last_offset(clock, jumps))
    shift = offset - midnight(day)
    for second, before, after in jumps:
        if start < second < end:
            yield from _apart(Piece(start, second, shift), bands)
            # Forward, places are passed over; back, what follows goes on right below.
            shift += max(0, after - before)
            start = second
    yield from _apart(Piece(start, end, shift), bands)


def _apart(piece: Piece, bands: Sequence[Band]) -> Iterator[Piece]:
    """The piece, moved down by the bands above it and cut where one lies within."""
    start, end, shift = piece
    moved = 0
    for at, length in bands:
        cut = at - shift
        if start < cut < end:
            yield Piece(start, cut, shift + moved)
            start = cut
        if cut <= start:
            moved += length
    yield Piece(start, end, shift + moved)


def _marks(bands: Sequence[Band]) -> Iterator[Mark]:
    above = 0
    hour = 0
    for at, length in bands:
        while hour * HOUR < at:
            yield Mark(hour * HOUR + above, hour)
            hour += 1
        for again in range(-(-(at - length) // HOUR), -(-at // HOUR)):
            yield Mark(again * HOUR + above + length, again, is_again=True)
        above += length
    for rest in range(hour, DAY // HOUR + 1):
        yield Mark(rest * HOUR + above, rest)


def _last_offset(clock: WallClock, jumps: Sequence[_Jump]) -> int:
    return jumps[-1].after if jumps else clock.stretches[-1].offset


def seconds_ahead(first: date, zone: str, other: str) -> int:
    """How many seconds the wall of `other` is ahead of that of `zone` at noon of a date."""
    noon = wall_clock(zone_named(zone), first, first).instant(midnight(first) + DAY // 2)
    return _offset_at(zone_named(other), noon) - _offset_at(zone_named(zone), noon)


def _offset_at(zone: ZoneInfo, second: int) -> int:
    ahead = datetime.fromtimestamp(second, zone).utcoffset()
    return 0 if ahead is None else int(ahead.total_seconds())
