"""A clock that a test sets."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class SettableClock:
    """Implements `ports.Clock`."""

    time: datetime

    def now(self) -> datetime:
        return self.time
