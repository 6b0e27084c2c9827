"""A lock that is handed on in the order in which threads asked for it."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from bot.domain.errors import Overloaded


class Turns:
    """One holder at a time, first come first served.

    `threading.Lock` lets a thread that releases and asks again overtake those that wait, so a long sync
    would starve the short write that somebody in Slack is waiting for. Here the lock goes straight to the
    next in line and is never free for the taking in between.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

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
            self._waiting.append(turn)
        came = False
        try:
            came = turn.acquire(timeout=max(0.0, until - monotonic()))
        finally:
            if not came:
                self._step_out(turn)
        if not came:
            raise Overloaded

    def _hand_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _step_out(self, turn: Lock) -> None:
        """Leave the line, out of patience or interrupted; a turn that was handed over meanwhile goes to the next."""
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return
        self._hand_on()
