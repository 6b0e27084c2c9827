"""The card of an appointment: one message for life, which says how it stands and what can be done."""

from datetime import datetime

from bot.domain.appointments import AppointmentStatus, QuestionKind
from bot.domain.cards import Card, CardButton, Delivery, Progress
from bot.rendering.blocks import Choice, actions, button, confirmation, context, menu, section
from bot.rendering.booking_words import join_button, venue_text
from bot.rendering.card_ref import CardRef
from bot.rendering.card_words import STATUS, contact_of, host_times, reader_times, title_of, told_of_cancellation
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.wording import listed, name_of
from bot.rendering.zones import told_moment

NOTE_SHOWN = 1500
_PROBLEM = 400
_LABELS = {
    CardButton.CONFIRM: "Confirm",
    CardButton.RELEASE: "Let it go",
    CardButton.RESCHEDULE: "Reschedule",
    CardButton.CANCEL: "Cancel",
    CardButton.UNDO: "Undo",
    CardButton.TEXT_TO_SEND: "Text to send",
    CardButton.USE_MEET: "Use Google Meet instead",
    CardButton.TRY_AGAIN: "Try again",
    CardButton.PUT_BACK: "Put it back",
    CardButton.CANCEL_TOO: "Cancel it too",
    CardButton.KEEP_OURS: "Keep our time",
    CardButton.USE_THEIRS: "Use Google's time",
    CardButton.SHOWED: "Showed",
    CardButton.NO_SHOW: "No-show",
    CardButton.BOOK_AGAIN: "Book again",
}
_PRIMARY = (CardButton.CONFIRM, CardButton.PUT_BACK, CardButton.KEEP_OURS)
_BEHIND_DOTS = (CardButton.TEXT_TO_SEND, CardButton.UNDO)


def card_message(card: Card) -> Message:
    """The card as it is now, for everybody who may read it."""
    blocks = [
        section(f"{_heading(card)}\n{_facts(card)}"),
        context(host_times(card.appointment.span, card.appointment.zone)),
    ]
    if card.appointment.note and card.appointment.is_live:
        blocks.append(section(f"Note: {user_text(card.appointment.note, limit=NOTE_SHOWN)}"))
    blocks += [section(line) for line in _lines(card)]
    blocks += _buttons(card)
    return Message(_text(card), tuple(blocks))


def _heading(card: Card) -> str:
    appointment = card.appointment
    title, status = title_of(appointment), STATUS[appointment.status]
    if appointment.status is AppointmentStatus.CANCELLED:
        return f"~{title}~ · {status}"
    if appointment.status is AppointmentStatus.HELD and appointment.expires_at is not None:
        return f"*{title}* · {status} until {told_moment(appointment.expires_at, appointment.zone)}"
    return f"*{title}* · {status}{', *no link yet*' if card.lacks_link else ''}"


def _facts(card: Card) -> str:
    appointment = card.appointment
    when = reader_times(appointment.span, appointment.zone)
    facts = [f"~{when}~" if appointment.status is AppointmentStatus.CANCELLED else when]
    facts.append(venue_text(appointment.venue))
    if appointment.contact is not None:
        facts.append(f"with {contact_of(appointment.contact)} ({user_text(appointment.contact.email, limit=260)})")
    if len(card.hosts) > 1:
        facts.append(f"hosts {listed([name_of(host) for host in card.hosts])}")
    facts += [f"booked by {name_of(card.booker)}", _mailed(card)]
    return " · ".join(fact for fact in facts if fact)


def _mailed(card: Card) -> str:
    """Whether the contact was written to, told only as far as it is known."""
    appointment = card.appointment
    if appointment.contact is None:
        return ""
    if not appointment.invites:
        return "nothing is e-mailed"
    if appointment.status is AppointmentStatus.HELD:
        return "no invitation before it is confirmed"
    if appointment.status is AppointmentStatus.CONFIRMED and appointment.question is None:
        is_done = card.event is not None and card.event.progress is Progress.DONE
        return "invitation e-mailed" if is_done else "invitation not e-mailed yet"
    return ""


def _lines(card: Card) -> list[str]:
    """What is not as it should be, and what waits for the host."""
    appointment = card.appointment
    told = [_question(card)] if appointment.question is not None and appointment.is_live else []
    if appointment.status is AppointmentStatus.CANCELLED and appointment.reason:
        told.append(f"Reason: {user_text(appointment.reason, limit=500)}")
    told += [
        *_delivery_lines("Zoom", card.meeting, _zoom_stands(card)),
        *_delivery_lines("Google", card.event, _google_stands(card)),
    ]
    return told


def _question(card: Card) -> str:
    appointment = card.appointment
    question = appointment.question
    ours = reader_times(appointment.span, appointment.zone)
    who = f" with {contact_of(appointment.contact)}" if appointment.contact else ""
    if question is None or question.kind is QuestionKind.DELETED:
        return f"Its event was *deleted in Google*. The appointment{who} still stands. Put it back, or cancel it too?"
    if question.theirs is None:
        return (
            "In Google it was made into something that *no appointment can be*, like an all-day event. "
            f"Here it stays at {ours}; nothing is written to Google until you choose."
        )
    theirs = reader_times(question.theirs, appointment.zone)
    return (
        f"In Google it was *moved to {theirs}*, where it cannot be: that time is taken or not possible. "
        f"Here it stays at {ours}; nothing is written to Google until you choose."
    )


def _delivery_lines(who: str, delivery: Delivery | None, stands: str) -> list[str]:
    if delivery is None or delivery.progress in (Progress.DONE, Progress.UNDER_WAY):
        return []
    since = f" since {_clock(delivery.since)}" if delivery.since is not None else ""
    problem = user_text(delivery.problem, limit=_PROBLEM, empty="")
    why = f" _{problem}_" if problem else ""
    if delivery.progress is Progress.GIVEN_UP:
        return [f"{who} could not be brought up to date{since}, and it is not tried any more.{why}"]
    if delivery.progress is Progress.PARKED:
        when = f" It is tried again {_clock(delivery.next_at)}." if delivery.next_at is not None else ""
        return [f"{who} takes nothing just now.{why} {stands}{when}"]
    return [f"{who} has not taken this{since}.{why} {stands}"]


def _zoom_stands(card: Card) -> str:
    if not card.appointment.is_live:
        return "The video call is taken away by itself later."
    follows = "the link follows by itself" if card.lacks_link else "its call follows by itself"
    return f"The appointment stands; {follows}."


def _google_stands(card: Card) -> str:
    if not card.appointment.is_live:
        return "The event is taken away by itself later."
    return "The appointment stands; the event follows by itself."


def _clock(at: datetime) -> str:
    """On each reader's own clock; without Slack it is told in UTC."""
    return told_moment(at, "UTC")


def _buttons(card: Card) -> list[Block]:
    shown = [_button(card, each) for each in card.buttons if each not in _BEHIND_DOTS]
    hidden = [Choice(_LABELS[each], _ref(card, each)) for each in card.buttons if each in _BEHIND_DOTS]
    elements = [element for element in shown if element is not None]
    if hidden:
        elements.append(menu(ActionId.CARD_MENU, hidden))
    return [actions(*elements)] if elements else []


def _button(card: Card, which: CardButton) -> Block | None:
    if which is CardButton.JOIN:
        return join_button(card.join_url, card.appointment.venue.where, "join")
    confirm = _confirm_cancel(card) if which is CardButton.CANCEL_TOO else None
    return button(
        _LABELS[which],
        numbered(ActionId.CARD, which),
        value=_ref(card, which),
        primary=which in _PRIMARY,
        confirm=confirm,
    )


def _confirm_cancel(card: Card) -> Block:
    appointment = card.appointment
    return confirmation(
        "Cancel it?",
        f"*{user_text(appointment.title, limit=150)}* ends for good. {told_of_cancellation(appointment)}",
        yes="Cancel it",
        no="Leave it",
    )


def _ref(card: Card, which: CardButton) -> str:
    return CardRef(which, card.appointment.id, card.appointment.version).value()


def _text(card: Card) -> str:
    """The card in a line, for notifications and screen readers."""
    appointment = card.appointment
    return f"{title_of(appointment)}, {STATUS[appointment.status]}: {host_times(appointment.span, appointment.zone)}"
