"""What the card of an appointment, and each message about it, shows at a moment, and what can be pressed then."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.appointments import Appointment, AppointmentStatus, QuestionKind, Where
from bot.domain.cards import Card, CardButton, Delivery, Progress
from bot.domain.effects import Effect, EffectKind, LinkState, RemoteLink
from bot.domain.intervals import Interval
from bot.domain.join_links import join_url_of
from bot.domain.overlaps import Overlap
from bot.domain.people import Member
from bot.domain.ties import ALL_WORKS, Tie, Ties


def card_of(
    appointment: Appointment,
    hosts: Sequence[Member],
    booker: Member,
    effects: Mapping[EffectKind, Effect],
    links: Mapping[EffectKind, RemoteLink],
    now: datetime,
    *,
    ties: Ties = ALL_WORKS,
    overlaps: tuple[Overlap, ...] = (),
) -> Card:
    """What the card of an appointment shows at a moment.

    Args:
        appointment: its latest version.
        hosts: its members in its order.
        booker: who booked it.
        effects: where its deliveries stand.
        links: what it is elsewhere.
        now: aware.
        ties: whether Google and Zoom can still be written to.
        overlaps: what stands where its copy was moved to in Google.
    """
    card = Card(
        appointment=appointment,
        hosts=tuple(hosts),
        booker=booker,
        join_url=join_url_of(appointment.venue, links) if appointment.is_live else "",
        meeting=_delivery(effects.get(EffectKind.MEETING), now) if _has_meeting(appointment, links) else None,
        event=_delivery(effects.get(EffectKind.EVENT), now),
        changes_at=_changes_at(appointment, now),
        # Afterwards nothing is written there any more.
        ties=ties if now < appointment.ends_at else ALL_WORKS,
        overlaps=overlaps,
        told_span=_span_there(links.get(EffectKind.EVENT)),
    )
    return replace(card, buttons=_buttons(card, now))


def message_to(reader: Member, card: Card, now: datetime) -> Card:
    """The same for somebody else in it: what only the first host can mend or decide has no button there."""
    theirs = replace(card, reader=reader, overlaps=())
    return replace(theirs, buttons=_buttons(theirs, now))


def _has_meeting(appointment: Appointment, links: Mapping[EffectKind, RemoteLink]) -> bool:
    """Whether Zoom is of interest: it is to have the call, or still has one that should be gone."""
    link = links.get(EffectKind.MEETING)
    wants_one = appointment.venue.where is Where.ZOOM and appointment.status is AppointmentStatus.CONFIRMED
    return wants_one or (link is not None and link.state is LinkState.WRITTEN)


def _span_there(link: RemoteLink | None) -> Interval | None:
    if link is None or link.state is not LinkState.WRITTEN or link.agreed is None:
        return None
    return link.agreed.seen.span


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


def _buttons(card: Card, now: datetime) -> tuple[CardButton, ...]:
    appointment = card.appointment
    if appointment.question is not None and appointment.is_live:
        return _answers(appointment) if card.is_hosts else _meanwhile(card)
    buttons: list[CardButton] = []
    if appointment.status is AppointmentStatus.HELD:
        buttons += [CardButton.CONFIRM, CardButton.RELEASE]
        if appointment.contact is not None:
            buttons.append(CardButton.TEXT_TO_SEND)
    elif appointment.status is AppointmentStatus.CONFIRMED:
        buttons += _confirmed(card, now)
    else:
        buttons += [CardButton.BOOK_AGAIN]
    return (*buttons, *_mending(card)) if card.is_hosts else tuple(buttons)


def _answers(appointment: Appointment) -> tuple[CardButton, ...]:
    """A question that waits for the first host comes before everything else."""
    question = appointment.question
    if question is None or question.kind is QuestionKind.DELETED:
        return (CardButton.PUT_BACK, CardButton.CANCEL_TOO)
    theirs = (CardButton.USE_THEIRS,) if question.theirs is not None else ()
    return (CardButton.KEEP_OURS, *theirs, CardButton.RESCHEDULE, CardButton.CANCEL)


def _meanwhile(card: Card) -> tuple[CardButton, ...]:
    """What everybody else can do while the first host is asked."""
    join = (CardButton.JOIN,) if card.join_url else ()
    return (*join, CardButton.RESCHEDULE, CardButton.CANCEL)


def _mending(card: Card) -> list[CardButton]:
    """Trying again is in vain where an account has to be connected first."""
    google, zoom = card.ties.google, card.ties.zoom
    buttons = [CardButton.PUT_BACK] if google is Tie.REMOVED and card.ties.takes_events else []
    if card.needs_google or card.needs_zoom:
        buttons.append(CardButton.CONNECT)
    mendable = [card.meeting] if zoom is Tie.WORKS else []
    mendable += [card.event] if google is Tie.WORKS else []
    if any(one is not None and one.progress is Progress.GIVEN_UP for one in mendable):
        buttons.append(CardButton.TRY_AGAIN)
    return buttons


def _confirmed(card: Card, now: datetime) -> Sequence[CardButton]:
    appointment, meeting = card.appointment, card.meeting
    if now >= appointment.ends_at:
        return [CardButton.SHOWED, CardButton.NO_SHOW, CardButton.BOOK_AGAIN]
    buttons = [CardButton.JOIN] if card.join_url else []
    buttons += [CardButton.RESCHEDULE, CardButton.CANCEL]
    if appointment.may_be_undone(now):
        buttons.append(CardButton.UNDO)
    is_mailed = appointment.invites and card.ties.google is Tie.WORKS
    if appointment.contact is not None and not is_mailed:
        buttons.append(CardButton.TEXT_TO_SEND)
    is_failing = meeting is not None and meeting.progress not in (Progress.DONE, Progress.UNDER_WAY)
    is_in_trouble = is_failing or card.ties.zoom is not Tie.WORKS
    # Google makes the link of a Meet with the event.
    is_way_out = not card.join_url and card.ties.google is Tie.WORKS
    if is_in_trouble and is_way_out and appointment.venue.where is Where.ZOOM:
        buttons.append(CardButton.USE_MEET)
    return buttons


def _changes_at(appointment: Appointment, now: datetime) -> datetime | None:
    if appointment.status is not AppointmentStatus.CONFIRMED:
        return None
    moments = [appointment.ends_at]
    if appointment.may_be_undone(now):
        moments.append(appointment.undo_until)
    return min((moment for moment in moments if moment > now), default=None)
