"""Remote calendars, the roles they play for a member, and how far each has been read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.fuse import Fuse


class Role(StrEnum):
    """What a calendar is for; a linked calendar counts as a conflict calendar too."""

    LINKED = "linked"
    CONFLICT = "conflict"
    UNUSED = "unused"


class AccessRole(StrEnum):
    """What the account may do with the calendar, in the provider's words (Google's `accessRole`)."""

    FREE_BUSY_READER = "freeBusyReader"
    READER = "reader"
    WRITER_WITHOUT_PRIVATE_ACCESS = "writerWithoutPrivateAccess"
    WRITER = "writer"
    OWNER = "owner"

    @property
    def may_write(self) -> bool:
        """Events can be written, private ones included."""
        return self in (AccessRole.OWNER, AccessRole.WRITER)


class EventStyle(StrEnum):
    """How Google's own events of a linked calendar are shown."""

    BLOCKED = "blocked"
    COLOURED = "coloured"


class ContactPolicy(StrEnum):
    """What becomes of unknown invitees of a linked calendar's events."""

    NONE = "none"
    KNOWN_ONLY = "known_only"
    ASK = "ask"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class SyncOption:
    """What a linked calendar's Google events become. Code decides on these fields, never on a preset's name."""

    event_style: EventStyle
    contact_policy: ContactPolicy
    fire_triggers: bool

    @property
    def wants_contacts(self) -> bool:
        """Whether it matters who is on its events."""
        return self.event_style is EventStyle.COLOURED and self.contact_policy is not ContactPolicy.NONE


ONE_WAY = SyncOption(EventStyle.BLOCKED, ContactPolicy.NONE, fire_triggers=False)
TWO_WAY = SyncOption(EventStyle.COLOURED, ContactPolicy.CREATE, fire_triggers=True)


@dataclass(frozen=True, slots=True)
class RemoteCalendar:
    """A calendar as the provider lists it; `zone` is an IANA name.

    `is_suggested`: its events probably take its reader's time (shown in the provider's own pages, and neither
    another person's calendar nor one the provider makes by itself, as of holidays).
    """

    remote_id: str
    name: str
    zone: str
    access_role: AccessRole
    is_primary: bool
    is_suggested: bool = False

    @property
    def is_writable(self) -> bool:
        """Appointments can be written to it, private ones included."""
        return self.access_role.may_write


@dataclass(frozen=True, slots=True)
class Calendar:
    """A remote calendar of an account in its role, with what a person needs to know of its sync.

    Args:
        interval: how long after the last reading the next one was planned.
        is_lost: the provider says that the calendar is gone, or that the account may not read it any more.
        fuse: a loss of events that is held back until its owner has spoken.
        is_cut_off: its account needs its owner, so that nobody reads it.
        not_before: the provider asked to be left alone until then.
        expanded_until: up to where it is known what its events take; it moves on as the calendar is read.
        option_since: when the option was chosen; no trigger fires for an event that was made before.
        pushed_until: so long its provider tells of changes by itself; nothing where it does not.
    """

    id: UUID
    workspace_id: UUID
    member_id: UUID
    account_id: UUID
    remote_id: str
    name: str
    zone: str
    access_role: AccessRole
    role: Role
    option: SyncOption
    read_at: datetime | None = None
    next_sync_at: datetime | None = None
    problem: str | None = None
    unreadable_events: int = 0
    interval: timedelta | None = None
    is_lost: bool = False
    fuse: Fuse | None = None
    is_cut_off: bool = False
    not_before: datetime | None = None
    expanded_until: datetime | None = None
    option_since: datetime | None = None
    pushed_until: datetime | None = None

    @property
    def is_owned(self) -> bool:
        """It is the account's own, so that nobody else can take it away."""
        return self.access_role is AccessRole.OWNER

    @property
    def open_fuse(self) -> Fuse | None:
        """The loss on which its owner has not spoken yet."""
        return None if self.fuse is None or self.fuse.is_approved else self.fuse

    def told_for(self, now: datetime) -> timedelta:
        """How much longer its provider tells of changes by itself."""
        return timedelta() if self.pushed_until is None else max(timedelta(), self.pushed_until - now)


def linked_among(calendars: Iterable[Calendar]) -> Calendar | None:
    """The first linked one of them, if any."""
    return next((one for one in calendars if one.role is Role.LINKED), None)


@dataclass(frozen=True, slots=True)
class SyncClaim:
    """A calendar claimed for one sync: `fence` rises with every claim, so that a late holder writes nothing.

    `listed_at` is when its name and access role were last held against the account's list of calendars.
    `has_marked`: events wait for expansion, as an earlier sync did not come to its end. `has_undecided`: some wait to
    be decided, or meetings went of which nobody knows yet what became of them.
    """

    calendar: Calendar
    fence: int
    sync_token: str | None
    generation: int
    attempts: int
    expanded_until: datetime | None
    listed_at: datetime | None = None
    has_marked: bool = False
    has_undecided: bool = False


class SyncOutcome(StrEnum):
    """How a sync ended.

    `HELD` means that its owner has to be asked about a loss, `BROKEN` that the account needs its owner, and
    `LEFT` that another process has the calendar.
    """

    SYNCED = "synced"
    HELD = "held"
    FAILED = "failed"
    BROKEN = "broken"
    LEFT = "left"
