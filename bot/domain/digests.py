"""Digests of channels: what one is, whose days stand in it, and how much of them is shown."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.errors import DaybookError, ProviderError
from bot.domain.people import Actor, Member, Standing

MOST_PEOPLE = 20
"""In one digest."""

DIGEST_LEASE = timedelta(seconds=120)
"""Longer than any one try takes, by far."""

MOST_DIGESTS = 25
"""Of one creator."""

MOST_ASKED = 40
"""So many readers of a channel Slack is asked about for one digest."""

DAYS_OF_A_WEEK = 7


class Level(StrEnum):
    """How much of somebody's days is shown, from the least on."""

    BUSY = "busy"
    TITLES = "titles"
    FULL = "full"

    @property
    def rank(self) -> int:
        """By which they compare."""
        return list(Level).index(self)


def lowest(*levels: Level) -> Level:
    """The one that shows the least."""
    return min(levels, key=lambda level: level.rank)


class Rhythm(StrEnum):
    """How often a digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"


class PauseReason(StrEnum):
    """Why nothing is posted. All but `BY_HAND` happened by themselves, and somebody is told."""

    BY_HAND = "by_hand"
    CHANNEL = "channel"
    CREATOR_LEFT = "creator_left"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Plan:
    """When a digest comes: at a time of the wall of `zone`, an IANA name, on these weekdays, 0 being Monday."""

    rhythm: Rhythm
    at: time
    weekdays: frozenset[int]
    zone: str

    @property
    def days(self) -> int:
        """How many days one digest tells of, the day on which it comes included."""
        return 1 if self.rhythm is Rhythm.DAILY else DAYS_OF_A_WEEK


@dataclass(frozen=True, slots=True)
class Digest:
    """A channel's digest.

    Args:
        level: what is shown at most; of each person no more than he agreed to.
        is_quiet: nothing is posted where there is nothing to tell.
        next_day: the local date of the next one.
        next_due_at: when that is due, aware UTC; None while it is paused.
    """

    id: UUID
    workspace_id: UUID
    creator_id: UUID
    channel_id: str
    channel_name: str
    plan: Plan
    level: Level
    is_quiet: bool
    created_at: datetime
    next_day: date
    next_due_at: datetime | None
    paused: PauseReason | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A member's word on having his days in a digest.

    Args:
        asked: up to which level he was asked, or is about to be.
        agreed: up to which level he agreed; None while he did not, or not any more.
        has_declined: he said no, or took it back: he is not asked again by himself.
        is_listed: he is in the digest's list; else only his word is remembered.
    """

    digest_id: UUID
    member_id: UUID
    asked: Level
    agreed: Level | None = None
    has_declined: bool = False
    is_listed: bool = True

    @property
    def is_waiting(self) -> bool:
        """Nobody knows his word yet, so nothing of him is shown."""
        return self.is_listed and self.agreed is None and not self.has_declined

    @property
    def is_his(self) -> bool:
        """The digest is among those that concern him: he is in its list, or said no to it."""
        return self.is_listed or self.has_declined


class RunState(StrEnum):
    """What became of a digest on one local day.

    `SENDING` stays where nobody knows whether it arrived: it is not sent a second time.
    """

    SENDING = "sending"
    POSTED = "posted"
    LATE = "late"
    QUIET = "quiet"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Run:
    """A digest on one local day; one for each day, for ever.

    `at` is when that was settled; of one that was sent, when it was put together: it tells of what was before.
    """

    day: date
    state: RunState
    at: datetime


@dataclass(frozen=True, slots=True)
class DigestClaim:
    """A digest claimed for one try: `fence` rises with every claim and change, so that a late holder posts nothing."""

    digest: Digest
    fence: int


class DigestThere(DaybookError):
    """The channel has a digest already."""

    def __init__(self) -> None:
        super().__init__("This channel has a digest already, and there is one in each. Nothing was changed.")


class DigestUnwanted(ProviderError):
    """Slack takes no digest there any more; `reason` is why nothing more is posted."""

    def __init__(self, sentence: str, reason: PauseReason) -> None:
        super().__init__(sentence)
        self.reason = reason


class BadDigest(DaybookError):
    """A field of the form cannot be so; the sentence says what to enter."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def level_shown(digest: Digest, share: Share, *, has_outsiders: bool) -> Level | None:
    """How much of a member the channel sees; nothing at all before he agreed.

    `has_outsiders`: guests or people of other organisations read the channel, or nobody could say.
    """
    if share.agreed is None or not share.is_listed:
        return None
    return Level.BUSY if has_outsiders else lowest(digest.level, share.agreed)


def needs_asking(share: Share, level: Level) -> bool:
    """Whether he has to be asked before he is shown at that level; a no is asked about only if somebody adds more."""
    return share.is_listed and not share.has_declined and level.rank > share.asked.rank


def agrees_by_saving(before: Share | None, level_before: Level, level: Level) -> bool:
    """Whether somebody agrees for himself by saving the form with his name in its list.

    He does where that puts him in, and where he raises the level and had agreed to all that was shown so far.
    Whatever else he changes leaves his word as it is.

    Args:
        before: his word until then; None where nobody asked him.
        level_before: the digest's until then.
        level: what the form says.
    """
    if before is None or not before.is_listed:
        return True
    agreed = before.agreed
    return agreed is not None and level.rank > level_before.rank and agreed.rank >= level_before.rank


def may_change(actor: Actor, digest: Digest) -> bool:
    """Whether the actor may edit, pause and delete it: its creator, and admins."""
    is_here = actor.standing is Standing.FULL and actor.workspace_id == digest.workspace_id
    return is_here and (actor.is_admin or actor.member_id == digest.creator_id)


def is_listed(actor: Actor, shares: tuple[Share, ...]) -> bool:
    """Whether the actor is in the digest's list."""
    return any(share.member_id == actor.member_id and share.is_listed for share in shares)


def may_preview(actor: Actor, digest: Digest, shares: tuple[Share, ...]) -> bool:
    """Whether the actor may read what would be posted; admins see how it is doing, never what it says."""
    is_here = actor.standing is Standing.FULL and actor.workspace_id == digest.workspace_id
    return is_here and (actor.member_id == digest.creator_id or is_listed(actor, shares))


def may_take_over(actor: Actor, creator: Member, shares: tuple[Share, ...]) -> bool:
    """Whether the actor may become its creator: once that one left, admins and whoever is in the list."""
    has_left = creator.standing is not Standing.FULL
    is_here = actor.standing is Standing.FULL and actor.workspace_id == creator.workspace_id
    return is_here and has_left and (actor.is_admin or is_listed(actor, shares))
