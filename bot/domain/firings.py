"""The ledger of triggers: each firing once, for ever, with what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from bot.domain.errors import ProviderError
from bot.domain.occasions import Occasion
from bot.domain.people import Member
from bot.domain.triggers import Trigger

FIRING_LEASE = timedelta(seconds=90)
"""Longer than any one try takes, by far."""

MOST_TRIES = 40
"""After about fifteen hours of trying in vain somebody has to look."""

TOLD_EVERY = timedelta(days=1)
"""The owner of a trigger is told no more often that it came to nothing."""

TOLD_AGAIN = timedelta(hours=1)
"""When it is tried again to tell him, if Slack refused."""

_SHORTEST_PAUSE = timedelta(seconds=4)
_LONGEST_PAUSE = timedelta(hours=1)
_LONGEST_ASKED = timedelta(days=1)


class FiringState(StrEnum):
    """How a firing stands.

    `UNSURE`: a message was sent and no answer came, and where it went nobody can look for it.
    """

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    UNSURE = "unsure"
    LEFT_OUT = "left_out"

    @property
    def is_failure(self) -> bool:
        """Its owner has to look."""
        return self in (FiringState.FAILED, FiringState.UNSURE)

    @property
    def may_run_again(self) -> bool:
        """Whether a person may have it done after all."""
        return self in (FiringState.FAILED, FiringState.UNSURE, FiringState.LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Firing:
    """One entry of the ledger: a trigger, and the occasion for which it fires.

    Args:
        occasion: as it was when it happened; its contacts as they are now.
        attempts: tries that failed since somebody last asked for it.
        problem: why the last one failed, for people.
        due_at: when it is tried next; None when it has ended.
        sent_at: when something was last sent of which nobody knows whether it arrived; None where nothing was.
        ended_at: when it was done, or given up.
    """

    id: UUID
    trigger_id: UUID
    occasion: Occasion
    state: FiringState = FiringState.WAITING
    attempts: int = 0
    problem: str = ""
    due_at: datetime | None = None
    sent_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FiringClaim:
    """A firing claimed for one try: `fence` rises with every claim, so that a late holder writes nothing."""

    firing: Firing
    trigger: Trigger
    fence: int


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything there is to say at a firing.

    Args:
        id: of the firing, the same on every try; or of a test.
        host: whose time it is.
        owner: whose trigger it is.
        is_test: it is made up.
        is_private: its event is, and whoever else reads it is told neither with whom it is nor what.
    """

    id: UUID
    trigger: Trigger
    occasion: Occasion
    host: Member
    owner: Member
    is_test: bool = False
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class TriggerHealth:
    """A trigger with whose it is, how often it fired, how often that came to nothing, and how often it still waits."""

    trigger: Trigger
    owner: Member
    fired: int = 0
    failed: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class FailedTrigger:
    """What came to nothing of a trigger since its owner was last told.

    Args:
        failed: how many firings.
        problem: why the last of them failed, for people.
        since: when the first of them ended.
    """

    trigger: Trigger
    failed: int
    problem: str
    since: datetime


def firing_id_of(trigger_id: UUID, subject: UUID, version: int) -> UUID:
    """The id of a firing: the same whoever enters it, and however often it is tried."""
    return uuid5(trigger_id, f"{subject}:{version}")


def pause_after(attempts: int, jitter: float, *, retry_after: float | None = None) -> timedelta:
    """How long to wait after a try that failed: anything up to a limit that doubles, an hour at most.

    Args:
        attempts: how often it failed before.
        jitter: a random number from 0 up to 1.
        retry_after: seconds that the other side asked for; they are kept to, a day at most.
    """
    doublings: int = 2 ** min(attempts, 12)
    limit = min(_LONGEST_PAUSE, _SHORTEST_PAUSE * doublings)
    drawn = limit * jitter
    asked = min(timedelta(seconds=max(retry_after or 0.0, 0.0)), _LONGEST_ASKED)
    return max(drawn, asked, timedelta(seconds=1))


class CannotTell(ProviderError):
    """A message may stand there already, and nobody can look."""


class ChannelUnusable(ProviderError):
    """Daybook cannot post in a channel, or must not; the sentence says why and what to do."""
