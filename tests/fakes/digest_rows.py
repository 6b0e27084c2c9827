"""Digests as the fake storage keeps them."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.digest_questions import Question
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


@dataclass(frozen=True)
class DigestQuestionRow:
    """A message that asks; the version of `question` is the one that it should show, `shown` the one that it shows."""

    question: Question
    asked_at: datetime
    shown: int
    lease_until: datetime | None = None
