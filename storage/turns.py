"""A lock that is handed on to the one whose patience ends first."""

from bisect import insort
from collections.abc import Iterator
from contextlib import contextmanager
from operator import itemgetter
from threading import Lock
from time import monotonic

from bot.domain.errors import Overloaded

_UNTIL = itemgetter(0)


class Turns:
    """One holder at a time: of those who wait it is the one whose patience ends first, so of equals the first to come.

    `threading.Lock` lets a thread that releases and asks again overtake those that wait, so a long sync
    would starve the short write that somebody in Slack is waiting for. Here the lock goes straight to the
    next in line and is never free for the taking in between. Whoever can wait for long lets an acknowledgement
    pass, but none that comes after most of his own patience is spent: nobody starves.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: list[tuple[float, Lock]] = []

    @contextmanager
    def taken(self, *, until: float) -> Iterator[None]:
        """Hold the turn for the block; raises `Overloaded` where it does not come in time, as `monotonic` tells it."""
        self._take(until)
        try:
            yield
        finally:
            self._hand_on()

    def _take(self, until: float) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn = Lock()
            turn.acquire()
            insort(self._waiting, (until, turn), key=_UNTIL)
        came = False
        try:
            came = turn.acquire(timeout=max(0.0, until - monotonic()))
        finally:
            if not came:
                self._step_out((until, turn))
        if not came:
            raise Overloaded

    def _hand_on(self) -> None:
        with self._guard:
            if self._waiting:
                _until, turn = self._waiting.pop(0)
                turn.release()
            else:
                self._taken = False

    def _step_out(self, place: tuple[float, Lock]) -> None:
        """Leave the line, out of patience or interrupted; a turn that was handed over meanwhile goes to the next."""
        with self._guard:
            if place in self._waiting:
                self._waiting.remove(place)
                return
        self._hand_on()
