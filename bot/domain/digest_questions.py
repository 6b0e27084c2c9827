"""The message that asks a member whether his days may stand in a digest, and what it says as things change. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.cards import PostedCard
from bot.domain.digests import Digest, Level, Share, lowest
from bot.domain.people import Member

QUESTION_LEASE = timedelta(seconds=120)
"""Longer than any one edit takes."""


class Ending(StrEnum):
    """Why such a message has said its last word: it loses its buttons, and is not followed any more."""

    TAKEN_OUT = "taken_out"
    DELETED = "deleted"
    ASKED_ANEW = "asked_anew"
    """A newer message asks."""


class Says(StrEnum):
    """What such a message has to say."""

    ASKS = "asks"
    ANSWERED = "answered"
    TAKEN_OUT = "taken_out"
    DELETED = "deleted"
    ASKED_ANEW = "asked_anew"


@dataclass(frozen=True, slots=True)
class Question:
    """One such message; its digest may be gone.

    Args:
        channel_name: of the digest, as it was when he was asked.
        asked: up to which level it asks, as it stands there.
        version: rises whenever it may have to say something else.
        is_open: he did not answer since it was sent.
        posted: where it stands; None while nobody knows.
    """

    id: UUID
    digest_id: UUID
    workspace_id: UUID
    member_id: UUID
    channel_name: str
    asked: Level
    version: int
    is_open: bool = True
    ended: Ending | None = None
    posted: PostedCard | None = None


@dataclass(frozen=True, slots=True)
class QuestionNow:
    """A message, and what it is about; the digest, or the member's word, may be gone."""

    question: Question
    digest: Digest | None
    share: Share | None

    @property
    def says(self) -> Says:
        """What it has to say now."""
        digest, share, ended = self.digest, self.share, self.question.ended
        if ended is not None:
            return Says(ended.value)
        if digest is None:
            return Says.DELETED
        if share is None or not share.is_his:
            return Says.TAKEN_OUT
        if share.has_declined:
            return Says.ANSWERED
        asks_more = share.agreed is None or share.agreed.rank < level_asked(digest, share).rank
        return Says.ASKS if self.question.is_open and asks_more else Says.ANSWERED


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A message as it is to be shown to the member; `creator` is None where the digest is gone."""

    now: QuestionNow
    member: Member
    creator: Member | None
    has_calendar: bool


def level_asked(digest: Digest, share: Share) -> Level:
    """Up to which level he is asked to agree: to no more than the digest shows."""
    return lowest(share.asked, digest.level)


def says_otherwise(before: Digest, now: Digest) -> bool:
    """Whether the messages about it have to say something else."""
    told = [(one.plan, one.level, one.channel_name, one.creator_id) for one in (before, now)]
    return told[0] != told[1]
