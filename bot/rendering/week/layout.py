"""Where everything in a week is drawn: side by side where it overlaps, whole days above the hours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.agenda import window_of
from bot.domain.intervals import Interval
from bot.domain.wall_time import MINUTE
from bot.domain.week import DAYS, Week
from bot.rendering.week.axis import HOUR, Axis, Mark, week_axis
from bot.rendering.week.items import Item, items_of
from bot.rendering.week.lanes import LEAST, Box, Part, boxes_of

MOST_BARS = 3
# So much is seen of everything: what is shorter takes this much from whatever begins meanwhile.
_SEEN = 15 * MINUTE
_USUAL_HOURS = Interval(8 * HOUR, 18 * HOUR)


class Bar(NamedTuple):
    """An item of whole days: from day `first` to day `last`, both included, in one lane above the hours."""

    first: int
    last: int
    lane: int
    item: Item


class Beyond(NamedTuple):
    """What a day has outside the hours that are shown, ahead of them or after them, by start."""

    day: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A week, laid out.

    Args:
        axis: the hours.
        shown: the places of the axis that are shown, from a whole hour to a whole hour.
        boxes: by day, and by where they begin.
        before: what is over before the hours that are shown begin, for each day that has any.
        after: what begins after them.
        bars: by lane.
        left: per day, how many more items last it wholly.
        working: per day, the places at which he works.
    """

    axis: Axis
    shown: Interval
    boxes: tuple[Box, ...]
    before: tuple[Beyond, ...]
    after: tuple[Beyond, ...]
    bars: tuple[Bar, ...]
    left: tuple[int, ...]
    working: tuple[tuple[Interval, ...], ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The hours that are shown."""
        return tuple(mark for mark in self.axis.marks if self.shown.start <= mark.place <= self.shown.end)

    @property
    def bar_lanes(self) -> int:
        """How many lanes there are above the hours, with the one that counts the rest."""
        return max((bar.lane + 1 for bar in self.bars), default=0) + (1 if any(self.left) else 0)


def layout_of(week: Week) -> Layout:
    """Lay out what is in a week."""
    axis = week_axis(week.days, week.zone)
    days = [window_of(day, week.zone) for day in week.days]
    whole: list[Item] = []
    timed: list[Item] = []
    for item in items_of(week):
        (whole if any(item.start <= start and end <= item.end for start, end in days) else timed).append(item)
    working = tuple(
        tuple(part for start, end in week.working if (part := axis.span(day, start, end)).start < part.end)
        for day in range(DAYS)
    )
    # What is long would stretch the picture to all of the night, which nobody asked about.
    short = [item for item in timed if not item.is_long]
    shown = _shown(axis, [*_reached(short, axis), *(one for each in working for one in each)])
    placed = [list(_placed(timed, axis, day)) for day in range(DAYS)]
    bars, left = _bars(whole, days)
    return Layout(
        axis=axis,
        shown=shown,
        boxes=tuple(
            box for day, each in enumerate(placed) for box in boxes_of(day, list(_within(each, shown)), shown.end)
        ),
        before=_beyond([[item for place, item in each if place.end <= shown.start] for each in placed]),
        after=_beyond([[item for place, item in each if shown.end <= place.start] for each in placed]),
        bars=bars,
        left=left,
        working=working,
    )


def _placed(items: Iterable[Item], axis: Axis, day: int) -> Iterator[tuple[Interval, Item]]:
    """The items of one day at their places."""
    first, last = axis.days[day][0].start, axis.days[day][-1].end
    for item in items:
        # What has no length at all is at its moment.
        end = max(item.end, item.start + 1)
        if item.start < last and first < end:
            yield axis.span(day, item.start, end), item


def _within(placed: Iterable[tuple[Interval, Item]], shown: Interval) -> Iterator[Part]:
    """What is shown of them, each long enough to be seen."""
    for (top, bottom), item in placed:
        if top < shown.end and shown.start < bottom:
            place = _seen(Interval(max(top, shown.start), min(bottom, shown.end)), shown.end)
            yield Part(place, item, goes_up=top < shown.start, goes_down=shown.end < bottom)


def _seen(place: Interval, end: int) -> Interval:
    bottom = min(max(place.end, place.start + _SEEN), end)
    return Interval(min(place.start, bottom - (LEAST if bottom == end else _SEEN)), bottom)


def _reached(items: Sequence[Item], axis: Axis) -> Iterator[Interval]:
    """The places that items take on any day, with room for a line of text."""
    for day in range(DAYS):
        for place, _ in _placed(items, axis, day):
            top, bottom = _seen(place, axis.length)
            yield Interval(top, min(max(bottom, top + LEAST), axis.length))


def _beyond(days: Sequence[Sequence[Item]]) -> tuple[Beyond, ...]:
    return tuple(Beyond(day, tuple(items)) for day, items in enumerate(days) if items)


def _shown(axis: Axis, places: Sequence[Interval]) -> Interval:
    hours = [mark.place for mark in axis.marks]
    usual = [mark.place for mark in axis.marks if _USUAL_HOURS.start <= mark.hour * HOUR <= _USUAL_HOURS.end]
    top = min([usual[0], *(place.start for place in places)])
    bottom = max([usual[-1], *(place.end for place in places)])
    return Interval(
        max((hour for hour in hours if hour <= top), default=0),
        min((hour for hour in hours if hour >= bottom), default=axis.length),
    )


def _bars(items: Sequence[Item], days: Sequence[Interval]) -> tuple[tuple[Bar, ...], tuple[int, ...]]:
    bars: list[Bar] = []
    left = [0] * len(days)
    ends: list[int] = []
    for item in items:
        touched = [number for number, (start, end) in enumerate(days) if item.start < end and start < item.end]
        first, last = touched[0], touched[-1]
        lane = next((number for number, end in enumerate(ends) if end < first), len(ends))
        if lane >= MOST_BARS:
            for number in touched:
                left[number] += 1
            continue
        ends[lane : lane + 1] = [last]
        bars.append(Bar(first, last, lane, item))
    return tuple(sorted(bars, key=lambda bar: (bar.lane, bar.first))), tuple(left)
