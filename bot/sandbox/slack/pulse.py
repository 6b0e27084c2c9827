"""One lock for everything a workspace holds, a counter of changes, and a way to wait for the next."""

import threading
import time
from collections.abc import Callable
from types import TracebackType

_LOOK_AGAIN = 0.05


class Pulse:
    """Held as a context manager while reading or changing; every change takes the next number."""

    def __init__(self) -> None:
        """Start at nought."""
        self._condition = threading.Condition(threading.RLock())
        self._count = 0

    def __enter__(self) -> None:
        self._condition.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._condition.release()

    @property
    def count(self) -> int:
        """The number of the latest change."""
        with self:
            return self._count

    def beat(self) -> int:
        """Something changes: wake whoever waits, and give the change its number."""
        with self:
            self._count += 1
            self._condition.notify_all()
            return self._count

    def wait_until(self, true: Callable[[], bool], seconds: float) -> bool:
        """Wait until `true()` holds, looking again after every change; says whether it does.

        What is asked may hang on more than what is kept here, so it is asked now and then without a change too.
        """
        deadline = time.monotonic() + seconds
        with self._condition:
            while not true():
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._condition.wait(min(left, _LOOK_AGAIN))
            return True
