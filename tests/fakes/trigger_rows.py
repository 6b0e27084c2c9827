"""What the fake store holds of triggers."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.firings import Firing
from bot.domain.triggers import Trigger
from bot.domain.webhooks import Webhook


@dataclass(frozen=True)
class TriggerRow:
    """A trigger with what it calls."""

    trigger: Trigger
    webhook: Webhook | None
    told_at: datetime | None = None


@dataclass(frozen=True)
class FiringRow:
    """A firing with its claims."""

    firing: Firing
    fence: int = 0
    lease_until: datetime | None = None
    is_untold: bool = False
