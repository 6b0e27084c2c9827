"""Runs work on a few threads of this process, with a bound on what may wait."""

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from time import monotonic, sleep

from bot.domain.errors import Overloaded

_log = logging.getLogger(__name__)
DRAIN_SECONDS = 25.0


class ThreadQueue:
    """A `WorkQueue` on threads. Work handles its own errors; one that escapes is logged and the thread goes on."""

    def __init__(self, *, threads: int, waiting: int, name: str = "work", spacing: float = 0.0) -> None:
        """At most `waiting` pieces of work are taken on beyond those being done.

        `spacing` is the seconds between the beginnings of two: pieces that all begin at once share the interpreter
        with whoever acknowledges something just then, and he waits for each of them in turn.
        """
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._room = threading.BoundedSemaphore(threads + waiting)
        self._closing = threading.Lock()
        self._spacing = spacing
        self._beginning = threading.Lock()
        self._next_begin = monotonic()
        self._is_closed = False
        self._threads = [
            threading.Thread(target=self._serve, name=f"{name}-{number}", daemon=True) for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[], None]) -> None:
        """Raises `Overloaded` when too much is waiting already, and once the queue is closing."""
        with self._closing:
            if self._is_closed or not self._room.acquire(blocking=False):
                raise Overloaded
            self._queue.put(work)

    def close(self, *, seconds: float = DRAIN_SECONDS) -> bool:
        """Take nothing more on and finish what was taken; False if that took longer than `seconds`."""
        with self._closing:
            if not self._is_closed:
                self._is_closed = True
                for _ in self._threads:
                    self._queue.put(None)
        until = monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _serve(self) -> None:
        while (work := self._queue.get()) is not None:
            self._keep_distance()
            try:
                work()
            except Exception:  # noqa: BLE001 - one bad piece of work must not take the thread along
                _log.exception("work on the queue failed")
            finally:
                self._room.release()

    def _keep_distance(self) -> None:
        if not self._spacing:
            return
        with self._beginning:
            sleep(max(0.0, self._next_begin - monotonic()))
            self._next_begin = monotonic() + self._spacing
