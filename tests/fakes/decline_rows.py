"""Contacts who will not come as the fake storage keeps them."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.taken import Declined


@dataclass(frozen=True)
class DeclineRow:
    """One for a host to know."""

    declined: Declined
    created_at: datetime
    told_at: datetime | None = None
    not_before: datetime | None = None
