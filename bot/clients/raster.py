"""Pictures are drawn by a process of their own: the library holds Python's interpreter for as long as it draws."""

import os
import subprocess
import sys
from threading import BoundedSemaphore

from bot.domain.errors import Overloaded, ProviderDown

AT_ONCE = 2
SECONDS = 10.0
_MODULE = "bot.rendering.week.png"
# Nothing else of what this process knows, its secrets least of all, is that one's business.
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")


class RasterProcess:
    """Turns SVG into PNG."""

    def __init__(self, *, at_once: int = AT_ONCE, seconds: float = SECONDS) -> None:
        """`at_once` pictures are drawn at the same time, each for `seconds` at most."""
        self._places = BoundedSemaphore(at_once)
        self._seconds = seconds

    def __call__(self, svg: str) -> bytes:
        """The PNG; raises `Overloaded` where no place comes free, and `ProviderDown` where drawing failed."""
        if not self._places.acquire(timeout=self._seconds):
            raise Overloaded
        try:
            return self._draw(svg)
        finally:
            self._places.release()

    def _draw(self, svg: str) -> bytes:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            drawn = subprocess.run(  # noqa: S603 - our own interpreter, with our own module
                [sys.executable, "-m", _MODULE],
                input=svg.encode(),
                capture_output=True,
                timeout=self._seconds,
                check=True,
                env=environment,
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise ProviderDown("The picture could not be drawn.") from error
        return drawn.stdout
