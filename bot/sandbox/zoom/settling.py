"""Knows whether requests are still being worked on: one whose answer is lost is in the ledger only at its end."""

import contextlib
import threading
from collections.abc import Iterator

from starlette.types import ASGIApp, Receive, Scope, Send


class Underway:
    """Counts the requests that are being worked on."""

    def __init__(self) -> None:
        """Start with none."""
        self._changed = threading.Condition()
        self._count = 0

    @contextlib.contextmanager
    def one_more(self) -> Iterator[None]:
        """Count one for as long as a `with` block lasts."""
        self._add(1)
        try:
            yield
        finally:
            self._add(-1)

    def wait(self, seconds: float) -> None:
        """Wait until there is none.

        Raises:
            TimeoutError: there is one all the time.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._count == 0, seconds):
                raise TimeoutError(f"requests are still being worked on: {self._count}")

    def _add(self, more: int) -> None:
        with self._changed:
            self._count += more
            self._changed.notify_all()


def counted(app: ASGIApp, underway: Underway) -> ASGIApp:
    """`app`, with its requests counted in `underway`."""

    async def count(scope: Scope, receive: Receive, send: Send) -> None:
        # A server speaks to its application outside of requests too, for as long as it runs.
        with underway.one_more() if scope["type"] == "http" else contextlib.nullcontext():
            await app(scope, receive, send)

    return count
