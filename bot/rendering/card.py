"""The card of an appointment: one message for life, which says how it stands and what can be done."""

from bot.domain.appointments import AppointmentStatus
from bot.domain.cards import Card, CardButton, Progress
from bot.domain.contacts import Contact
from bot.domain.ties import Tie
from bot.rendering.blocks import actions, button, confirmation, context, section
from bot.rendering.booking_words import join_button, venue_text
from bot.rendering.card_lines import card_lines
from bot.rendering.card_ref import CardRef
from bot.rendering.card_words import (
    contact_of,
    host_times,
    reader_times,
    status_of,
    times_there,
    title_of,
    told_of_cancellation,
)
from bot.rendering.form_blocks import Choice, menu
from bot.rendering.names import ActionId, numbered
from bot.rendering.reader import for_everybody
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.undo import undo_button
from bot.rendering.wording import listed, name_of
from bot.rendering.zones import told_time

NOTE_SHOWN = 1500
_LABELS = {
    CardButton.CONFIRM: "Confirm",
    CardButton.RELEASE: "Let it go",
    CardButton.RESCHEDULE: "Reschedule",
    CardButton.CANCEL: "Cancel",
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
_BEHIND_DOTS = (CardButton.TEXT_TO_SEND,)


@for_everybody
def card_message(card: Card) -> Message:
    """The card, or the message to somebody else in the appointment, as it is now."""
    blocks = [
        section(f"{_heading(card)}\n{_facts(card)}"),
        *([context(beside)] if (beside := _beside(card)) else []),
    ]
    if card.appointment.note and card.appointment.is_live:
        blocks.append(section(f"Note: {user_text(card.appointment.note, limit=NOTE_SHOWN)}"))
    blocks += [section(line) for line in card_lines(card)]
    blocks += _buttons(card)
    return Message(_text(card), tuple(blocks))


def _heading(card: Card) -> str:
    appointment = card.appointment
    title, status = title_of(appointment), status_of(appointment)
    if appointment.status is AppointmentStatus.CANCELLED:
        return f"~{title}~ · {status}"
    if appointment.status is AppointmentStatus.HELD and appointment.expires_at is not None:
        until = told_time(appointment.expires_at, appointment.zone, now=appointment.changed_at)
        return f"*{title}* · {status} until {until}"
    lacking = "no link" if card.ties.zoom is Tie.GONE and card.needs_zoom else "no link yet"
    return f"*{title}* · {status}{f', *{lacking}*' if card.lacks_link else ''}"


def _beside(card: Card) -> str:
    """The time by the host's clock, where it is another one, and what the reader has to do with it."""
    appointment, reader = card.appointment, card.reader or card.hosts[0]
    told = [times_there(appointment.span, card.hosts[0], appointment.zone, reader.zone)]
    if card.reader is not None:
        told.append("you are a host of it" if reader.id in appointment.hosts else "you booked it")
    return " · ".join(part for part in told if part)


def _facts(card: Card) -> str:
    appointment = card.appointment
    when = reader_times(appointment.span, appointment.zone)
    facts = [f"~{when}~" if appointment.status is AppointmentStatus.CANCELLED else when]
    facts.append(venue_text(appointment.venue))
    if appointment.contact is not None:
        facts.append(_with(appointment.contact))
    if len(card.hosts) > 1:
        facts.append(f"hosts {listed([name_of(host) for host in card.hosts])}")
    facts += [f"booked by {name_of(card.booker)}", _mailed(card)]
    return " · ".join(fact for fact in facts if fact)


def _with(contact: Contact) -> str:
    """Whom it is with; of whoever was deleted there is no address."""
    address = f" ({user_text(contact.email, limit=260)})" if contact.email else ""
    return f"with {contact_of(contact)}{address}"


def _mailed(card: Card) -> str:
    """Whether the contact was written to, told only as far as it is known."""
    appointment = card.appointment
    if appointment.contact is None:
        return ""
    if not appointment.invites:
        return "nothing is e-mailed"
    if card.ties.google is Tie.REMOVED:
        return ""
    if appointment.status is AppointmentStatus.HELD:
        return "no invitation before it is confirmed"
    if appointment.status is AppointmentStatus.CONFIRMED and appointment.question is None:
        is_done = card.event is not None and card.event.progress is Progress.DONE
        if not is_done and card.told_span not in (None, appointment.span):
            return "new time not e-mailed yet"
        return "invitation e-mailed" if is_done else "invitation not e-mailed yet"
    return ""


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
    if which is CardButton.CONNECT:
        return _connect(card)
    if which is CardButton.UNDO:
        return undo_button(card.appointment, card.ties)
    confirm = _confirm_cancel(card) if which is CardButton.CANCEL_TOO else None
    return button(
        _LABELS[which],
        numbered(ActionId.CARD, which),
        value=_ref(card, which),
        primary=which in _PRIMARY,
        confirm=confirm,
    )


def _connect(card: Card) -> Block:
    """The one account that is wanted, where it is one."""
    if card.needs_google and card.needs_zoom:
        return run("Connect", "connect")
    return run("Connect", "connect google" if card.needs_google else "connect zoom")


def _confirm_cancel(card: Card) -> Block:
    appointment = card.appointment
    return confirmation(
        "Cancel it?",
        f"*{user_text(appointment.title, limit=150)}* ends for good. {told_of_cancellation(appointment, card.ties)}",
        yes="Cancel it",
        no="Leave it",
    )


def _ref(card: Card, which: CardButton) -> str:
    return CardRef(which, card.appointment.id, card.appointment.version).value()


def _text(card: Card) -> str:
    """The card in a line, for notifications and screen readers."""
    appointment = card.appointment
    is_news = not card.is_hosts and appointment.status is AppointmentStatus.CONFIRMED
    title = f"{'Booked: ' if is_news else ''}{title_of(appointment)}"
    return f"{title}, {status_of(appointment)}: {host_times(appointment.span, appointment.zone)}"
