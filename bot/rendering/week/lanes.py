"""What a day's things look like side by side, where they overlap."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.domain.intervals import Interval
from bot.domain.wall_time import MINUTE
from bot.rendering.week.items import Item

MOST_LANES = 3
# The least that has room for a line of text; what is shorter is drawn as long, where the next one leaves the room.
LEAST = 20 * MINUTE


class Part(NamedTuple):
    """An item, or what is shown of it on one day, at its places on the axis.

    `goes_up` and `goes_down`: more of it lies above, or below, on that same day.
    """

    place: Interval
    item: Item
    goes_up: bool = False
    goes_down: bool = False


class Box(NamedTuple):
    """A part in its lane: `lane` of `lanes` from the left.

    Without an item it stands for `more` items that have no room.
    """

    day: int
    top: int
    bottom: int
    lane: int
    lanes: int
    item: Item | None
    more: int = 0
    goes_up: bool = False
    goes_down: bool = False


def boxes_of(day: int, parts: Sequence[Part], end: int) -> Iterator[Box]:
    """The parts of a day in their lanes, each large enough to be read; no box goes below the place `end`."""
    boxes = list(_side_by_side(day, parts))
    for box in boxes:
        left, right = box.lane / box.lanes, (box.lane + 1) / box.lanes
        below = [
            other.top
            for other in boxes
            if other.top >= box.bottom and other.lane / other.lanes < right and left < (other.lane + 1) / other.lanes
        ]
        yield box._replace(bottom=max(box.bottom, min([box.top + LEAST, end, *below])))


def _side_by_side(day: int, parts: Sequence[Part]) -> Iterator[Box]:
    cluster: list[Part] = []
    reach = 0
    for part in sorted(parts, key=lambda part: part.place):
        if cluster and part.place.start >= reach:
            yield from _in_lanes(day, cluster)
            cluster = []
        reach = max(reach, part.place.end) if cluster else part.place.end
        cluster.append(part)
    yield from _in_lanes(day, cluster)


def _in_lanes(day: int, cluster: Sequence[Part]) -> Iterator[Box]:
    """Parts that hang together, each in the first lane that is free; of too many the last lane counts the rest."""
    ends: list[int] = []
    placed: list[tuple[Part, int]] = []
    for part in cluster:
        lane = next((number for number, end in enumerate(ends) if end <= part.place.start), len(ends))
        if lane < MOST_LANES:
            ends[lane : lane + 1] = [part.place.end]
        placed.append((part, lane))
    lanes = len(ends)
    room = lanes if all(lane < MOST_LANES for _, lane in placed) else lanes - 1
    for (place, item, goes_up, goes_down), lane in placed:
        if lane < room:
            yield Box(day, *place, lane, lanes, item, goes_up=goes_up, goes_down=goes_down)
    rest = [part.place for part, lane in placed if lane >= room]
    if rest:
        top, bottom = min(place.start for place in rest), max(place.end for place in rest)
        yield Box(day, top, bottom, room, lanes, None, len(rest))
