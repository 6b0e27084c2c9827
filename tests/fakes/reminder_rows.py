"""Reminders as the fake storage keeps them."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.reminders import Reminder


@dataclass(frozen=True)
class ReminderRow:
    """A reminder with its claims."""

    reminder: Reminder
    fence: int = 0
    lease_until: datetime | None = None
    told_start: int | None = None
