"""A work queue that a test runs by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.errors import Overloaded


@dataclass
class HandQueue:
    """Implements `ports.WorkQueue`: work waits until `run_all`; what escapes from it is kept in `escaped`."""

    room: int = 100
    waiting: list[Callable[[], None]] = field(default_factory=list)
    escaped: list[Exception] = field(default_factory=list)

    def submit(self, work: Callable[[], None], *, whose: str = "") -> None:
        if len(self.waiting) >= self.room:
            raise Overloaded
        self.waiting.append(work)

    def run_all(self) -> None:
        """Do all that waits."""
        while self.waiting:
            work = self.waiting.pop(0)
            try:
                work()
            except Exception as error:  # noqa: BLE001 - as every queue, it survives its work
                self.escaped.append(error)


class ThreadlessQueue:
    """Implements `ports.WorkQueue`: work is done at once, by the one who submits it."""

    def submit(self, work: Callable[[], None], *, whose: str = "") -> None:
        work()
