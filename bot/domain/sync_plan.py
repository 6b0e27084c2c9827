"""Decides what becomes of what a provider tells: which events to store, which to remove, in which portions.

A calendar may hold a hundred thousand events, so a reading is planned page by page: what is to be stored goes at
once, and what is to be removed is only collected, to go at the very end together with the new sync token. A
process that dies in between leaves nothing free that is taken, and the next one reads the same delta again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, TypeVar

from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.recurrence import Expansion

MOST_ROWS = 500
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What one page asks for: events to store now, and the ids to remove at the end, of all pages so far."""

    upserts: tuple[RemoteEvent, ...] = ()
    removals: frozenset[str] = frozenset()

    @property
    def live_exceptions(self) -> set[str]:
        """The ids of exceptions that the page tells as live."""
        return {event.id for event in self.upserts if event.series_id and event.status is not EventStatus.CANCELLED}


class ExpandedEvent(NamedTuple):
    """An event by its id, with what it was expanded to."""

    id: str
    expansion: Expansion


def plan_page(events: Iterable[RemoteEvent], removals: frozenset[str] = frozenset()) -> PagePlan:
    """What one page of a reading asks for.

    An event told twice counts as told last. A cancelled instance of a series is kept for the life of its
    series, because it says that this instance does not happen; any other cancelled event is to go.

    Args:
        events: of the page.
        removals: the ids to remove after the pages before.
    """
    last = {event.id: event for event in events}
    gone = {event.id for event in last.values() if event.status is EventStatus.CANCELLED and event.series_id is None}
    kept = tuple(event for event in last.values() if event.id not in gone)
    return PagePlan(kept, (removals - last.keys()) | gone)


def portions(things: Iterable[_T], size: int = MOST_ROWS) -> Iterator[tuple[_T, ...]]:
    """The things in groups of at most `size`, each for one short transaction."""
    left = iter(things)
    while portion := tuple(islice(left, size)):
        yield portion


def expansion_portions(expanded: Sequence[ExpandedEvent], rows: int = MOST_ROWS) -> Iterator[tuple[ExpandedEvent, ...]]:
    """The expanded events in groups of at most `rows` occurrences; one that has more makes a group of its own."""
    portion: list[ExpandedEvent] = []
    size = 0
    for event in expanded:
        more = len(event.expansion.occurrences)
        if portion and size + more > rows:
            yield tuple(portion)
            portion, size = [], 0
        portion.append(event)
        size += more
    if portion:
        yield tuple(portion)
