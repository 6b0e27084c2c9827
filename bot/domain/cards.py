"""The card of an appointment, and the messages to everybody else in it: one each for life, and what they show."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.appointment_log import LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus, Where
from bot.domain.errors import ProviderError
from bot.domain.intervals import Interval
from bot.domain.overlaps import Overlap
from bot.domain.people import Member
from bot.domain.ties import ALL_WORKS, Tie, Ties


class CardGone(ProviderError):
    """The message is not there any more, or cannot be edited any more: deleted, its channel archived, its time over."""

    def __init__(self) -> None:
        super().__init__("Slack does not have the card any more.")


class Progress(StrEnum):
    """How far a delivery has come, as people care to know it."""

    DONE = "done"
    """The other side has it."""
    UNDER_WAY = "under_way"
    """Nothing was wrong yet, it is about to be there."""
    FAILING = "failing"
    """It failed, and is tried again by itself."""
    PARKED = "parked"
    """Nothing can be done before `next_at`; nothing is wrong."""
    GIVEN_UP = "given_up"
    """Somebody has to look."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the delivery of a video call or of an event stands.

    Args:
        progress: how far it has come.
        problem: a sentence for people; empty where all is well.
        since: when it first failed; None where it did not.
        next_at: when it is tried next; None where it is not.
    """

    progress: Progress
    problem: str = ""
    since: datetime | None = None
    next_at: datetime | None = None


class CardButton(StrEnum):
    """What can be pressed on a card; only what does something just now is on it."""

    JOIN = "join"
    CONFIRM = "confirm"
    RELEASE = "release"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    UNDO = "undo"
    TEXT_TO_SEND = "text_to_send"
    USE_MEET = "use_meet"
    TRY_AGAIN = "try_again"
    PUT_BACK = "put_back"
    CANCEL_TOO = "cancel_too"
    KEEP_OURS = "keep_ours"
    USE_THEIRS = "use_theirs"
    SHOWED = "showed"
    NO_SHOW = "no_show"
    BOOK_AGAIN = "book_again"
    CONNECT = "connect"
    """Connects what was disconnected, or is not accepted any more."""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a card shows.

    Args:
        appointment: in the version that is shown.
        hosts: its members, the first one being whose messages the card stands in.
        booker: who booked it.
        join_url: by which one joins a video call; empty where there is none, or none yet.
        meeting: how the video call stands; None where Daybook makes none.
        event: how the event in Google stands; None where there is none to be.
        buttons: what can be pressed, in the order in which it matters.
        changes_at: when it will look different by itself, as a button dies; None for never.
        ties: whether Google and Zoom can still be written to.
        overlaps: what stands where its copy was moved to in Google.
        told_span: where the event was last seen in Google; None where none is known of there.
        reader: to whom this message is; None for the card itself, which is the first host's.
    """

    appointment: Appointment
    hosts: tuple[Member, ...]
    booker: Member
    join_url: str = ""
    meeting: Delivery | None = None
    event: Delivery | None = None
    buttons: tuple[CardButton, ...] = ()
    changes_at: datetime | None = None
    ties: Ties = ALL_WORKS
    overlaps: tuple[Overlap, ...] = ()
    told_span: Interval | None = None
    reader: Member | None = None

    @property
    def is_hosts(self) -> bool:
        """It is the card itself, which only the first host has; everybody else has a message."""
        return self.reader is None

    @property
    def lacks_link(self) -> bool:
        """It is to be a video call, and nobody can join it yet."""
        is_call = self.appointment.venue.where in (Where.ZOOM, Where.MEET)
        return is_call and self.appointment.status is AppointmentStatus.CONFIRMED and not self.join_url

    @property
    def needs_google(self) -> bool:
        """Something waits, or will have to wait, until Google is connected again."""
        return _is_cut_off(self.ties.google, self.event) and not self._is_settled

    @property
    def needs_zoom(self) -> bool:
        """The same for Zoom, which matters as long as it has a call, or is to have one."""
        has_call = self.appointment.venue.where is Where.ZOOM or self.meeting is not None
        return has_call and _is_cut_off(self.ties.zoom, self.meeting) and not self._is_settled

    @property
    def _is_settled(self) -> bool:
        return self.appointment.status in (AppointmentStatus.SHOWED, AppointmentStatus.NO_SHOW)


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of the thread under a card; `who` is None for Daybook, for Google, and for time passing."""

    entry: LogEntry
    who: Member | None
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class PostedCard:
    """Where a card stands: the channel's id, and the message's time stamp in it."""

    channel: str
    message: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message to somebody in an appointment.

    Args:
        posted: where it stands; None where it was about to be posted, and may have been.
        shown: a mark of what it shows, which says whether that is still right; empty where nobody knows.
    """

    posted: PostedCard | None = None
    shown: str = ""


def others_in(appointment: Appointment) -> tuple[UUID, ...]:
    """Everybody who has a message of his own: the further hosts, and whoever booked it; the first host has the card."""
    first, *others = appointment.hosts
    people = dict.fromkeys([*others, appointment.booker_id])
    return tuple(member_id for member_id in people if member_id != first)


def _is_cut_off(tie: Tie, delivery: Delivery | None) -> bool:
    """An account that broke matters once something is to be written through it."""
    if tie is Tie.BROKEN:
        return delivery is not None and delivery.progress is not Progress.DONE
    return tie is Tie.GONE
