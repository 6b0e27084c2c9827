"""What one person has done for him one at a time, so that he leaves room for others."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from uuid import UUID

from bot.domain.errors import Overloaded


class OneEach:
    """Turns of people: the next of the same person waits until the one before is over."""

    def __init__(self, seconds: float) -> None:
        """`seconds` is how long one waits at most."""
        self._seconds = seconds
        self._busy: set[UUID] = set()
        self._changed = Condition()

    @contextmanager
    def turn(self, whose: UUID) -> Iterator[None]:
        """His turn while the block lasts; raises `Overloaded` where it does not come in time."""
        with self._changed:
            if not self._changed.wait_for(lambda: whose not in self._busy, timeout=self._seconds):
                raise Overloaded
            self._busy.add(whose)
        try:
            yield
        finally:
            with self._changed:
                self._busy.discard(whose)
                self._changed.notify_all()
