"""Holds this machine's clock against the time that a provider tells with every answer."""

import logging
from datetime import datetime, timedelta
from threading import Lock

from bot.domain.clock_skew import skew, skew_warning
from bot.ports import Clock

_log = logging.getLogger(__name__)


class ClockWatch:
    """Remembers how far apart the clocks were when last compared; safe to share between threads.

    Nothing is corrected by it: whose clock is wrong is for a person to find out, and Daybook goes on by its own.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._ahead: timedelta | None = None

    def heard(self, told: datetime) -> None:
        """A provider says that it is `told` now (aware); what is wrong, or right again, is logged once."""
        ahead = skew(self._clock.now(), told)
        with self._lock:
            before, self._ahead = skew_warning(self._ahead), ahead
        now = skew_warning(ahead)
        if now is not None and before is None:
            _log.warning("clock: %s", now)
        elif now is None and before is not None:
            _log.info("clock: this machine and Google agree again")

    def warning(self) -> str | None:
        """What whoever runs Daybook has to know of the clock; nothing while all is well."""
        with self._lock:
            return skew_warning(self._ahead)
