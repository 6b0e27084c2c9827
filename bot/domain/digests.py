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

LOOKED_FOR = timedelta(seconds=30)
"""After that nobody is asked about any more, and it counts as if guests read the channel."""

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
    NOBODY = "nobody"
    """Nobody in its list is a full member any more."""
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
        paused_by: the member who paused it; None where it paused by itself, and where he was forgotten.
        paused_at: since when it is, aware UTC; None where nobody noted it down.
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
    paused_by: UUID | None = None
    paused_at: datetime | None = None


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

    def asked_about(self, level: Level) -> Level | None:
        """What he was asked about beyond what he agreed to, where the digest, at `level`, could show more of him."""
        if self.agreed is None or min(self.asked.rank, level.rank) <= self.agreed.rank:
            return None
        return self.asked


class RunState(StrEnum):
    """What became of a digest on one local day.

    `SENDING` stays where nobody knows whether it arrived: it is not sent a second time.
    """

    SENDING = "sending"
    POSTED = "posted"
    LATE = "late"
    QUIET = "quiet"
    SKIPPED = "skipped"
    REFUSED = "refused"
    """Slack refuses it as it is, and would again; its creator is told."""

    @property
    def may_stand(self) -> bool:
        """The channel saw it, or may have."""
        return self in (RunState.SENDING, RunState.POSTED, RunState.LATE)

    @property
    def is_missing(self) -> bool:
        """There was something to tell, and the channel did not see it."""
        return self in (RunState.SKIPPED, RunState.REFUSED)


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


class DigestRefused(ProviderError):
    """Slack refuses what is to be posted, in its own word; it would every time."""


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


def no_more_than(level: Level, share: Share) -> Level | None:
    """His word once he said that no more than `level` may be shown: what he agreed to, as far as it is no more.

    A no raises nothing: whoever said no, or did not agree yet, agrees to nothing by that.
    """
    return None if share.agreed is None else lowest(level, share.agreed)


def agrees_by_saving(before: Share | None, level_before: Level, level: Level, *, was_listed: bool) -> bool:
    """Whether somebody agrees for himself by saving the form with his name in its list.

    He does where he puts himself in, and where he raises the level and had agreed to all that was shown so far.
    Whatever else he changes leaves his word as it is; so does a form that was opened before somebody took him out.

    Args:
        before: his word until then; None where nobody asked him.
        level_before: the digest's until then.
        level: what the form says.
        was_listed: he was in the list already when the form was opened.
    """
    if before is None or not before.is_listed:
        return not was_listed
    agreed = before.agreed
    return agreed is not None and level.rank > level_before.rank and agreed.rank >= level_before.rank


def may_change(actor: Actor, digest: Digest) -> bool:
    """Whether the actor may edit, pause and delete it: its creator, and admins."""
    return _is_here(actor, digest.workspace_id) and (actor.is_admin or actor.member_id == digest.creator_id)


def share_of(shares: tuple[Share, ...], member_id: UUID) -> Share | None:
    """A member's among those of a digest; None where nobody ever asked him."""
    return next((share for share in shares if share.member_id == member_id), None)


def is_listed(actor: Actor, shares: tuple[Share, ...]) -> bool:
    """Whether the actor is in the digest's list."""
    return any(share.member_id == actor.member_id and share.is_listed for share in shares)


def may_preview(actor: Actor, digest: Digest, shares: tuple[Share, ...]) -> bool:
    """Whether the actor may read what would be posted; admins see how it is doing, never what it says."""
    return _is_here(actor, digest.workspace_id) and (actor.member_id == digest.creator_id or is_listed(actor, shares))


def may_take_over(actor: Actor, creator: Member, shares: tuple[Share, ...]) -> bool:
    """Whether the actor may become its creator: once that one left, admins and whoever is in the list."""
    has_left = creator.standing is not Standing.FULL
    return _is_here(actor, creator.workspace_id) and has_left and (actor.is_admin or is_listed(actor, shares))


def concerns(actor: Actor, digest: Digest, shares: tuple[Share, ...]) -> bool:
    """Whether it is said to be the actor's: he made it, or it shows his days."""
    own = share_of(shares, actor.member_id)
    is_shown = own is not None and own.is_listed and own.agreed is not None
    return actor.member_id == digest.creator_id or is_shown


def _is_here(actor: Actor, workspace_id: UUID) -> bool:
    return actor.standing is Standing.FULL and actor.workspace_id == workspace_id
