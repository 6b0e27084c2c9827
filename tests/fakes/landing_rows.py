"""Events on appointments, and the messages that tell of them, as the fake storage keeps them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.landings import Landing, LandingBatch


@dataclass(frozen=True)
class LandingRow:
    """What stands on an appointment, and the message that tells of it."""

    landing: Landing
    due_at: datetime
    batch_id: UUID | None = None


@dataclass(frozen=True)
class BatchRow:
    """Such a message; `shown` is the state that it shows."""

    batch: LandingBatch
    sent_at: datetime
    shown: int = 0
    lease_until: datetime | None = None
