"""Meetings booked in Daybook: what they are, and which changes they allow."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.contacts import Contact
from bot.domain.errors import DaybookError
from bot.domain.intervals import Interval
from bot.domain.wall_time import moment

HOLD = timedelta(minutes=30)
"""How long a held appointment keeps its time."""

UNDO = timedelta(minutes=10)
"""How long the last change of an appointment can be taken back by a button."""


class AppointmentStatus(StrEnum):
    """Where an appointment stands; the last three are final."""

    HELD = "held"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    SHOWED = "showed"
    NO_SHOW = "no_show"

    @property
    def is_live(self) -> bool:
        """It takes its hosts' time."""
        return self in (AppointmentStatus.HELD, AppointmentStatus.CONFIRMED)


class Where(StrEnum):
    """How people meet."""

    ZOOM = "zoom"
    MEET = "meet"
    PHONE = "phone"
    PLACE = "place"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Venue:
    """Where people meet; `details` are a phone number or an address, empty for a video call."""

    where: Where = Where.NOWHERE
    details: str = ""


NOWHERE = Venue()
"""Nothing was said about where."""


class QuestionKind(StrEnum):
    """What the host alone can decide."""

    DELETED = "deleted"
    COLLIDES = "collides"


@dataclass(frozen=True, slots=True)
class Question:
    """What happened to the copy in Google that its host has to decide about; nothing is written there meanwhile.

    `theirs` is the time that Google has: of a copy that was moved onto another live appointment, or to a time
    that no appointment can have. None where it was deleted.
    """

    kind: QuestionKind
    theirs: Interval | None = None


_ENDED = {
    AppointmentStatus.CANCELLED: "cancelled",
    AppointmentStatus.SHOWED: "marked as showed",
    AppointmentStatus.NO_SHOW: "marked as a no-show",
}


class NotPossible(DaybookError):
    """The appointment does not allow this any more; the sentence says why."""


class EditedMeanwhile(DaybookError):
    """Somebody else changed the appointment since it was read; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Somebody changed this appointment at the same moment. Nothing was changed; look again.")


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting booked in Daybook. Every change makes the next version.

    Args:
        hosts: members whose time it takes; the first one's linked calendar holds the event.
        booker_id: the member who booked it.
        contact: with whom; None for a meeting among colleagues.
        span: whole epoch seconds, half-open.
        zone: IANA name of the first host's zone when it was booked; the copy in Google is written in it.
        invites: Google mails the contact an invitation, changes and a cancellation.
        expires_at: when a held one ends by itself.
        reason: why it was cancelled, as far as somebody said.
        question: what its host has to decide before anything is written to Google again.
        before_move: where it stood before its last move, for as long as that can be undone.
        changed_at: when it became this version.
        only_met_elsewhere: since it was booked, nothing but where people meet has changed.
    """

    id: UUID
    workspace_id: UUID
    hosts: tuple[UUID, ...]
    booker_id: UUID
    contact: Contact | None
    title: str
    span: Interval
    zone: str
    venue: Venue
    note: str
    status: AppointmentStatus
    invites: bool
    created_at: datetime
    changed_at: datetime
    version: int = 1
    expires_at: datetime | None = None
    reason: str = ""
    question: Question | None = None
    before_move: Interval | None = None
    only_met_elsewhere: bool = False

    @property
    def is_live(self) -> bool:
        """It takes its hosts' time."""
        return self.status.is_live

    @property
    def starts_at(self) -> datetime:
        """The start as an aware moment, UTC."""
        return moment(self.span.start)

    @property
    def ends_at(self) -> datetime:
        """The end as an aware moment, UTC."""
        return moment(self.span.end)

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return (self.span.end - self.span.start) // 60

    @property
    def undo_until(self) -> datetime:
        """Until when what `may_be_undone` can be: ten minutes, and not once it has begun."""
        done_at = self.created_at if self.only_met_elsewhere else self.changed_at
        return min(done_at + UNDO, self.starts_at)

    def may_be_undone(self, now: datetime) -> bool:
        """Whether its booking, or its last move, can still be taken back."""
        is_undoable = self.version == 1 or self.only_met_elsewhere or self.before_move is not None
        return self.is_live and now < self.undo_until and is_undoable

    def confirmed(self, now: datetime) -> "Appointment":
        """A held one, for good; raises `NotPossible`."""
        if self.status is not AppointmentStatus.HELD:
            raise NotPossible("It is not on hold any more. Nothing was changed.")
        if self.expires_at is not None and self.expires_at <= now:
            raise NotPossible("The hold has ended, so its time may be taken. Nothing was changed; book it again.")
        return self._changed(now, status=AppointmentStatus.CONFIRMED, expires_at=None)

    def moved(self, span: Interval, now: datetime) -> "Appointment":
        """The same meeting at another time; raises `NotPossible`."""
        self.require_live("moved")
        if span.end <= span.start:
            raise NotPossible("It would end before it starts. Nothing was changed.")
        return self._changed(now, span=span, before_move=self.span, question=None)

    def moved_back(self, now: datetime) -> "Appointment":
        """The same meeting where it stood before its last move; raises `NotPossible`."""
        self.require_live("moved back")
        if self.before_move is None:
            raise NotPossible("There is no move to undo any more. Nothing was changed.")
        return self._changed(now, span=self.before_move, before_move=None, question=None)

    def renamed(self, title: str, now: datetime) -> "Appointment":
        """The same meeting under another title; raises `NotPossible`."""
        self.require_live("renamed")
        return self._changed(now, title=title)

    def at_venue(self, venue: Venue, now: datetime) -> "Appointment":
        """The same meeting elsewhere; raises `NotPossible`."""
        self.require_live("changed")
        is_as_booked = self.version == 1 or self.only_met_elsewhere
        return self._changed(now, venue=venue, only_met_elsewhere=is_as_booked)

    def cancelled(self, reason: str, now: datetime) -> "Appointment":
        """Called off, for good; raises `NotPossible`."""
        self.require_live("cancelled")
        return self._changed(now, status=AppointmentStatus.CANCELLED, reason=reason, question=None, before_move=None)

    def settled(self, status: AppointmentStatus, now: datetime) -> "Appointment":
        """What came of it, once it is over: `SHOWED` or `NO_SHOW`; raises `NotPossible`."""
        if self.status is not AppointmentStatus.CONFIRMED:
            raise NotPossible("Only a confirmed appointment can be marked. Nothing was changed.")
        if now < self.ends_at:
            raise NotPossible("It is not over yet. Nothing was changed.")
        if status not in (AppointmentStatus.SHOWED, AppointmentStatus.NO_SHOW):
            raise ValueError(f"{status} is not what came of a meeting")
        return self._changed(now, status=status, question=None, before_move=None)

    def asking(self, question: Question | None, now: datetime) -> "Appointment":
        """The same, waiting for its host's word, or not any more."""
        self.require_live("changed")
        return self._changed(now, question=question)

    def require_live(self, done: str) -> None:
        """Raises `NotPossible` where it cannot be `done` any more, as "moved", because it has ended."""
        if not self.is_live:
            raise NotPossible(f"It is {_ENDED[self.status]}, so it cannot be {done} any more.")

    def _changed(self, now: datetime, **fields: object) -> "Appointment":
        if "span" not in fields:
            fields.setdefault("before_move", None)
        fields.setdefault("only_met_elsewhere", False)
        return replace(self, version=self.version + 1, changed_at=now, **fields)  # type: ignore[arg-type]  # by name
