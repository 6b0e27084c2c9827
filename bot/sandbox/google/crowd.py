"""Makes a calendar of any size out of nothing, page by page, so that it costs no memory to have one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, overload

from bot.sandbox.google.errors import Resource
from bot.sandbox.google.resources import new_event
from bot.sandbox.google.state import Calendar, StoredEvent
from bot.sandbox.google.times import stamp

_APART = timedelta(minutes=5)
_LENGTH = timedelta(minutes=30)


class Crowd(Sequence[StoredEvent]):
    """`size` timed events, one every five minutes from a moment on; each is made when it is asked for."""

    def __init__(self, calendar: Calendar, size: int, first: datetime) -> None:
        """Make none yet."""
        self._calendar = calendar
        self._size = size
        self._first = first

    def __len__(self) -> int:
        """How many there are to be had."""
        return self._size

    @overload
    def __getitem__(self, place: int) -> StoredEvent: ...

    @overload
    def __getitem__(self, place: slice) -> list[StoredEvent]: ...

    def __getitem__(self, place: int | slice) -> StoredEvent | list[StoredEvent]:
        """One, or those of a page."""
        if isinstance(place, slice):
            return [self._event(number) for number in range(*place.indices(self._size))]
        return self._event(range(self._size)[place])

    def _event(self, number: int) -> StoredEvent:
        start = self._first + number * _APART
        event_id = f"crowd{number:08}"
        fields = new_event(self._body(number, start), event_id, self._calendar, creator=self._calendar.owner, now=start)
        return StoredEvent(fields | {"etag": f'"{number}"', "updated": stamp(start)}, 0, number)

    def _body(self, number: int, start: datetime) -> Resource:
        zone = self._calendar.zone
        return {
            "summary": f"One of many, {number}",
            "start": {"dateTime": start.isoformat(), "timeZone": zone},
            "end": {"dateTime": (start + _LENGTH).isoformat(), "timeZone": zone},
        }


class Crowded(Sequence[Any]):
    """The items of a listing, and behind them a crowd, each with all its details."""

    def __init__(self, items: Sequence[tuple[StoredEvent, bool]], crowd: Sequence[StoredEvent]) -> None:
        """Join them without asking for any."""
        self._items = items
        self._crowd = crowd

    def __len__(self) -> int:
        """All of them."""
        return len(self._items) + len(self._crowd)

    def __getitem__(self, place: int | slice) -> Any:
        """One, or those of a page."""
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        start, stop, _ = place.indices(len(self))
        known = len(self._items)
        crowd = self._crowd[max(start - known, 0) : max(stop - known, 0)]
        return [*self._items[start:stop], *((event, True) for event in crowd)]
