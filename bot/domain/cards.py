"""The card of an appointment: one message in Slack for life, and what it shows at a moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.appointment_log import LogEntry
from bot.domain.appointments import UNDO, Appointment, AppointmentStatus, QuestionKind, Where
from bot.domain.effects import Effect, EffectKind, LinkState, RemoteLink
from bot.domain.errors import ProviderError
from bot.domain.join_links import join_url_of
from bot.domain.people import Member


class CardGone(ProviderError):
    """The message is not there any more: somebody deleted it, or its channel."""

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
    """

    appointment: Appointment
    hosts: tuple[Member, ...]
    booker: Member
    join_url: str = ""
    meeting: Delivery | None = None
    event: Delivery | None = None
    buttons: tuple[CardButton, ...] = ()
    changes_at: datetime | None = None

    @property
    def lacks_link(self) -> bool:
        """It is to be a video call, and nobody can join it yet."""
        is_call = self.appointment.venue.where in (Where.ZOOM, Where.MEET)
        return is_call and self.appointment.status is AppointmentStatus.CONFIRMED and not self.join_url


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


def card_of(
    appointment: Appointment,
    hosts: Sequence[Member],
    booker: Member,
    effects: Mapping[EffectKind, Effect],
    links: Mapping[EffectKind, RemoteLink],
    now: datetime,
) -> Card:
    """What the card of an appointment shows at a moment.

    Args:
        appointment: its latest version.
        hosts: its members in its order.
        booker: who booked it.
        effects: where its deliveries stand.
        links: what it is elsewhere.
        now: aware.
    """
    join_url = join_url_of(appointment.venue, links) if appointment.is_live else ""
    meeting = _delivery(effects.get(EffectKind.MEETING), now) if _has_meeting(appointment, links) else None
    event = _delivery(effects.get(EffectKind.EVENT), now)
    return Card(
        appointment=appointment,
        hosts=tuple(hosts),
        booker=booker,
        join_url=join_url,
        meeting=meeting,
        event=event,
        buttons=_buttons(appointment, join_url, meeting, event, now),
        changes_at=_changes_at(appointment, now),
    )


def _has_meeting(appointment: Appointment, links: Mapping[EffectKind, RemoteLink]) -> bool:
    """Whether Zoom is of interest: it is to have the call, or still has one that should be gone."""
    link = links.get(EffectKind.MEETING)
    wants_one = appointment.venue.where is Where.ZOOM and appointment.status is AppointmentStatus.CONFIRMED
    return wants_one or (link is not None and link.state is LinkState.WRITTEN)


def _delivery(effect: Effect | None, now: datetime) -> Delivery | None:
    if effect is None:
        return None
    if effect.is_dead:
        return Delivery(Progress.GIVEN_UP, effect.problem, effect.first_failed_at)
    if effect.due_at is None:
        return Delivery(Progress.DONE)
    if not effect.problem:
        # What was delivered in this version is only looked at once more.
        is_done = effect.delivered >= effect.wanted
        return Delivery(Progress.DONE if is_done else Progress.UNDER_WAY)
    # What is put off without having failed counts no attempt.
    progress = Progress.FAILING if effect.attempts or effect.due_at <= now else Progress.PARKED
    return Delivery(progress, effect.problem, effect.first_failed_at, effect.due_at)


def _buttons(
    appointment: Appointment, join_url: str, meeting: Delivery | None, event: Delivery | None, now: datetime
) -> tuple[CardButton, ...]:
    if appointment.question is not None and appointment.is_live:
        return _answers(appointment)
    buttons: list[CardButton] = []
    if appointment.status is AppointmentStatus.HELD:
        buttons += [CardButton.CONFIRM, CardButton.RELEASE]
    elif appointment.status is AppointmentStatus.CONFIRMED:
        buttons += _confirmed(appointment, join_url, meeting, now)
    else:
        buttons += [CardButton.BOOK_AGAIN]
    if any(one is not None and one.progress is Progress.GIVEN_UP for one in (meeting, event)):
        buttons.append(CardButton.TRY_AGAIN)
    return tuple(buttons)


def _answers(appointment: Appointment) -> tuple[CardButton, ...]:
    """A question that waits for the host comes before everything else."""
    question = appointment.question
    if question is None or question.kind is QuestionKind.DELETED:
        return (CardButton.PUT_BACK, CardButton.CANCEL_TOO)
    theirs = (CardButton.USE_THEIRS,) if question.theirs is not None else ()
    return (CardButton.KEEP_OURS, *theirs, CardButton.RESCHEDULE, CardButton.CANCEL)


def _confirmed(
    appointment: Appointment, join_url: str, meeting: Delivery | None, now: datetime
) -> Sequence[CardButton]:
    if now >= appointment.ends_at:
        return [CardButton.SHOWED, CardButton.NO_SHOW, CardButton.BOOK_AGAIN]
    buttons = [CardButton.JOIN] if join_url else []
    buttons += [CardButton.RESCHEDULE, CardButton.CANCEL]
    if appointment.may_be_undone(now):
        buttons.append(CardButton.UNDO)
    if appointment.contact is not None and not appointment.invites:
        buttons.append(CardButton.TEXT_TO_SEND)
    is_in_trouble = meeting is not None and meeting.progress not in (Progress.DONE, Progress.UNDER_WAY)
    if is_in_trouble and not join_url and appointment.venue.where is Where.ZOOM:
        buttons.append(CardButton.USE_MEET)
    return buttons


def _changes_at(appointment: Appointment, now: datetime) -> datetime | None:
    if appointment.status is not AppointmentStatus.CONFIRMED:
        return None
    moments = [appointment.ends_at]
    if appointment.may_be_undone(now):
        moments.append(min(appointment.changed_at + UNDO, appointment.starts_at))
    return min((moment for moment in moments if moment > now), default=None)
