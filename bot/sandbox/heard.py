"""Hears what the bot logs as an error while it is shown, so that no demo ends well over a traceback."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class Heard(logging.Handler):
    """Every error that was logged, and every thread that ended by one."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__(logging.ERROR)
        self._errors: list[str] = []

    @property
    def errors(self) -> Sequence[str]:
        """A line for each, oldest first: who said it, what, and by which exception."""
        return tuple(self._errors)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        raised = record.exc_info[1] if record.exc_info else None
        self._keep(f"{record.name}: {record.getMessage()}", raised)

    def ended(self, thread: threading.ExceptHookArgs) -> None:
        """Keep what ended a thread."""
        name = thread.thread.name if thread.thread else "unknown"
        self._keep(f"the thread {name} ended", thread.exc_value)

    def _keep(self, line: str, raised: BaseException | None) -> None:
        self._errors.append(line if raised is None else f"{line} ({type(raised).__name__}: {raised})")


@contextmanager
def listening() -> Iterator[Heard]:
    """Listen while the block lasts; whoever logs or prints them goes on doing so."""
    heard, root, hook = Heard(), logging.getLogger(), threading.excepthook

    def ended(thread: threading.ExceptHookArgs) -> None:
        heard.ended(thread)
        hook(thread)

    root.addHandler(heard)
    threading.excepthook = ended
    try:
        yield heard
    finally:
        threading.excepthook = hook
        root.removeHandler(heard)
