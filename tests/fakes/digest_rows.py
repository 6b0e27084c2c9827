"""Digests as the fake storage keeps them."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.digests import Digest, Share


@dataclass(frozen=True)
class DigestRow:
    """A digest with its claims."""

    digest: Digest
    fence: int = 0
    lease_until: datetime | None = None
    notice_due_at: datetime | None = None


@dataclass(frozen=True)
class DigestShareRow:
    """A member's word on a digest, and when he is asked for it."""

    share: Share
    position: int
    ask_due_at: datetime | None = None
