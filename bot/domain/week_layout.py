"""Where everything in a week is drawn: side by side where it overlaps, whole days above the hours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.agenda import window_of
from bot.domain.appointments import AppointmentStatus
from bot.domain.colours import Colour, colour_of
from bot.domain.intervals import Interval
from bot.domain.wall_time import MINUTE
from bot.domain.week import DAYS, Week
from bot.domain.week_axis import HOUR, Axis, Mark, week_axis

MOST_LANES = 3
MOST_BARS = 3
# The least that has room for a line of text; what is shorter is drawn as long, where the next one leaves the room.
LEAST = 20 * MINUTE
# So much is seen of everything: what is shorter takes this much from whatever begins meanwhile.
_SEEN = 15 * MINUTE
# More of a title is never drawn, and to look through all of a very long one takes its time.
TITLE_READ = 300
_USUAL_HOURS = Interval(8 * HOUR, 18 * HOUR)


class Item(NamedTuple):
    """One thing in a week: epoch seconds, half-open; somebody else's has neither colour nor title.

    `is_open` for what is not settled: a hold, or an appointment that waits for its host's answer.
    """

    start: int
    end: int
    colour: Colour | None = None
    title: str = ""
    is_open: bool = False


class Box(NamedTuple):
    """An item, or the part of it on one day, at its places on the axis; `lane` of `lanes` from the left.

    Without an item it stands for `more` items that have no room.
    """

    day: int
    top: int
    bottom: int
    lane: int
    lanes: int
    item: Item | None
    more: int = 0


class Bar(NamedTuple):
    """An item of whole days: from day `first` to day `last`, both included, in one lane above the hours."""

    first: int
    last: int
    lane: int
    item: Item


@dataclass(frozen=True, slots=True)
class Layout:
    """A week, laid out.

    Args:
        axis: the hours.
        shown: the places of the axis that are shown, from a whole hour to a whole hour.
        boxes: by day, and by where they begin.
        bars: by lane.
        left: per day, how many more items last it wholly.
        working: per day, the places at which he works.
    """

    axis: Axis
    shown: Interval
    boxes: tuple[Box, ...]
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
    parts = [list(_parts(timed, axis, day)) for day in range(DAYS)]
    working = tuple(
        tuple(part for start, end in week.working if (part := axis.span(day, start, end)).start < part.end)
        for day in range(DAYS)
    )
    bars, left = _bars(whole, days)
    boxes = tuple(box for day, each in enumerate(parts) for box in _readable(list(_side_by_side(day, each)), axis))
    drawn = [Interval(box.top, box.bottom) for box in boxes]
    return Layout(
        axis=axis,
        shown=_shown(axis, [*drawn, *(one for each in working for one in each)]),
        boxes=boxes,
        bars=bars,
        left=left,
        working=working,
    )


def items_of(week: Week) -> tuple[Item, ...]:
    """Everything in a week, by start."""
    items = [Item(*entry.occurrence[:2], colour_of(entry), entry.title[:TITLE_READ]) for entry in week.entries]
    items += [Item(start, end) for start, end in week.busy]
    for shown in week.appointments:
        one = shown.appointment
        title = one.contact.name if one.contact is not None else one.title
        title = title[:TITLE_READ]
        is_open = one.is_live and (one.status is AppointmentStatus.HELD or one.question is not None)
        items.append(Item(*one.span, Colour.ORANGE, title, is_open))
    return tuple(sorted(items, key=lambda item: (item.start, -item.end, item.title)))


def _parts(items: Iterable[Item], axis: Axis, day: int) -> Iterator[tuple[Interval, Item]]:
    """The places of items on one day, each long enough to be seen."""
    first, last = axis.days[day][0].start, axis.days[day][-1].end
    for item in items:
        # What has no length at all is at its moment.
        if item.start >= last or max(item.end, item.start + 1) <= first:
            continue
        top, bottom = axis.span(day, item.start, max(item.end, item.start + 1))
        bottom = min(max(bottom, top + _SEEN), axis.length)
        yield Interval(min(top, bottom - (LEAST if bottom == axis.length else _SEEN)), bottom), item


def _shown(axis: Axis, places: Sequence[Interval]) -> Interval:
    hours = [mark.place for mark in axis.marks]
    usual = [mark.place for mark in axis.marks if _USUAL_HOURS.start <= mark.hour * HOUR <= _USUAL_HOURS.end]
    top = min([usual[0], *(place.start for place in places)])
    bottom = max([usual[-1], *(place.end for place in places)])
    return Interval(
        max((hour for hour in hours if hour <= top), default=0),
        min((hour for hour in hours if hour >= bottom), default=axis.length),
    )


def _side_by_side(day: int, parts: Sequence[tuple[Interval, Item]]) -> Iterator[Box]:
    cluster: list[tuple[Interval, Item]] = []
    reach = 0
    for place, item in sorted(parts, key=lambda part: part[0]):
        if cluster and place.start >= reach:
            yield from _in_lanes(day, cluster)
            cluster = []
        reach = max(reach, place.end) if cluster else place.end
        cluster.append((place, item))
    yield from _in_lanes(day, cluster)


def _readable(boxes: Sequence[Box], axis: Axis) -> Iterator[Box]:
    """Those of a day, the short ones as long as a line of text needs, up to what comes below them."""
    for box in boxes:
        left, right = box.lane / box.lanes, (box.lane + 1) / box.lanes
        below = [
            other.top
            for other in boxes
            if other.top >= box.bottom and other.lane / other.lanes < right and left < (other.lane + 1) / other.lanes
        ]
        yield box._replace(bottom=max(box.bottom, min([box.top + LEAST, axis.length, *below])))


def _in_lanes(day: int, cluster: Sequence[tuple[Interval, Item]]) -> Iterator[Box]:
    """Parts that hang together, each in the first lane that is free; of too many the last lane counts the rest."""
    ends: list[int] = []
    placed: list[tuple[Interval, Item, int]] = []
    for place, item in cluster:
        lane = next((number for number, end in enumerate(ends) if end <= place.start), len(ends))
        if lane < MOST_LANES:
            ends[lane : lane + 1] = [place.end]
        placed.append((place, item, lane))
    lanes = len(ends)
    room = lanes if all(lane < MOST_LANES for _, _, lane in placed) else lanes - 1
    for place, item, lane in placed:
        if lane < room:
            yield Box(day, place.start, place.end, lane, lanes, item)
    rest = [place for place, _, lane in placed if lane >= room]
    if rest:
        top, bottom = min(place.start for place in rest), max(place.end for place in rest)
        yield Box(day, top, bottom, room, lanes, None, len(rest))


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
