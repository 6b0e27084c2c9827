"""Runs work on a few threads of this process, with a bound on what may wait, and everybody in his turn."""

import logging
import threading
from collections.abc import Callable
from time import monotonic, sleep

from bot.domain.errors import Overloaded
from bot.queue.fair_line import NOBODYS, FairLine

_log = logging.getLogger(__name__)
DRAIN_SECONDS = 25.0


class ThreadQueue:
    """A `WorkQueue` on threads. Work handles its own errors; one that escapes is logged and the thread goes on.

    What several people wait for is begun in turns, one piece of each. Of one person no more than three quarters of
    the threads are busy at a time, and no more than a quarter of the room is taken, so that somebody else always
    finds a thread and a place.
    """

    def __init__(self, *, threads: int, waiting: int, name: str = "work", spacing: float = 0.0) -> None:
        """At most `waiting` pieces of work are taken on beyond those being done.

        `spacing` is the seconds between the beginnings of two: pieces that all begin at once share the interpreter
        with whoever acknowledges something just then, and he waits for each of them in turn.
        """
        room = threads + waiting
        self._line = FairLine(room=room, share=max(1, room // 4), at_a_time=max(1, threads - max(1, threads // 4)))
        self._changed = threading.Condition()
        self._spacing = spacing
        self._beginning = threading.Lock()
        self._next_begin = monotonic()
        self._is_closed = False
        self._threads = [
            threading.Thread(target=self._serve, name=f"{name}-{number}", daemon=True) for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[], None], *, whose: str = NOBODYS) -> None:
        """Raises `Overloaded` when too much is waiting already, of all or of one, and once the queue is closing."""
        with self._changed:
            if self._is_closed or not self._line.add(work, whose):
                raise Overloaded
            self._changed.notify()

    def close(self, *, seconds: float = DRAIN_SECONDS) -> bool:
        """Take nothing more on and finish what was taken; False if that took longer than `seconds`."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        until = monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _serve(self) -> None:
        while (taken := self._next()) is not None:
            work, whose = taken
            self._keep_distance()
            try:
                work()
            except Exception:  # noqa: BLE001 - one bad piece of work must not take the thread along
                _log.exception("work on the queue failed")
            finally:
                # Its values are not to live until the next piece comes.
                del work, taken
                self._done(whose)

    def _next(self) -> tuple[Callable[[], None], str] | None:
        """What is to be done now; None when there is nothing left and nothing will come."""
        with self._changed:
            while True:
                taken = self._line.take()
                if taken is not None:
                    return taken
                if self._is_closed and not self._line.waiting:
                    self._changed.notify_all()
                    return None
                self._changed.wait()

    def _done(self, whose: str) -> None:
        with self._changed:
            self._line.done(whose)
            # What waits may have waited for just this one to end.
            self._changed.notify()

    def _keep_distance(self) -> None:
        if not self._spacing:
            return
        with self._beginning:
            sleep(max(0.0, self._next_begin - monotonic()))
            self._next_begin = monotonic() + self._spacing
