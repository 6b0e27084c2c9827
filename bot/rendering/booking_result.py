"""What a person reads after he booked, moved, cancelled or took back: what was done, and what happens next."""

from collections.abc import Sequence

from bot.domain.appointments import UNDO, Appointment, AppointmentStatus, Where
from bot.domain.booking_form import AppointmentShown
from bot.domain.cards import CardButton
from bot.domain.people import Member
from bot.rendering.blocks import actions, button, context, section
from bot.rendering.booking_words import venue_text
from bot.rendering.card_ref import CardRef
from bot.rendering.card_words import title_of, told_of_cancellation, told_of_move
from bot.rendering.names import ActionId, numbered
from bot.rendering.start_fields import when_line
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text
from bot.rendering.wording import name_of
from bot.rendering.zones import told_moment

_WORDS = {
    AppointmentStatus.HELD: "Held",
    AppointmentStatus.CONFIRMED: "Booked",
    AppointmentStatus.CANCELLED: "Cancelled",
    AppointmentStatus.SHOWED: "Marked as showed",
    AppointmentStatus.NO_SHOW: "Marked as a no-show",
}


def booked_view(shown: AppointmentShown, *, is_new: bool) -> Modal:
    """After the form: what was booked, a way back for ten minutes, and what happens next."""
    appointment = shown.appointment
    word = _WORDS[appointment.status]
    blocks = [
        section(f"*{word}:* {title_of(appointment)}\n{_when(shown)}"),
        section("\n".join(f"· {line}" for line in _next(shown))),
    ]
    if not is_new:
        blocks.append(context("This form had booked it already; nothing was booked twice."))
    return Modal(word, (*blocks, *_ways_back(shown)))


def moved_view(shown: AppointmentShown) -> Modal:
    """After the form of another time."""
    told = [_followers(shown.appointment), told_of_move(shown.appointment), _card_line(shown)]
    blocks = [
        section(f"*Moved:* {title_of(shown.appointment)}\n{_when(shown)}"),
        section("\n".join(f"· {line}" for line in told)),
    ]
    return Modal("Moved", (*blocks, *_ways_back(shown)))


def done_view(shown: AppointmentShown, sentence: str) -> Modal:
    """After a button in one of these views; `sentence` says what was done."""
    return Modal("Done", (section(f"*{sentence}* {title_of(shown.appointment)}\n{_when(shown)}"),))


def cancelled_view(appointment: Appointment) -> Modal:
    """After the question whether it is to be cancelled."""
    text = f"*Cancelled:* {title_of(appointment)}\nThe time is free again. {told_of_cancellation(appointment)}"
    return Modal("Cancelled", (section(text),))


def _when(shown: AppointmentShown) -> str:
    appointment = shown.appointment
    where = venue_text(appointment.venue)
    line = when_line(appointment.span.start, appointment.minutes, shown.zone, shown.zones)
    return f"{line}{f' · {where}' if where else ''}"


def _next(shown: AppointmentShown) -> Sequence[str]:
    appointment = shown.appointment
    if appointment.status is AppointmentStatus.HELD:
        until = f" until {told_moment(appointment.expires_at, shown.zone)}" if appointment.expires_at else ""
        return [f"The time is kept{until}, and free again after that unless somebody confirms it.", _card_line(shown)]
    return [*_call(appointment), *_mailed(appointment), _card_line(shown)]


def _call(appointment: Appointment) -> list[str]:
    match appointment.venue.where:
        case Where.ZOOM:
            return ["The Zoom link is made now and goes onto the card and into the event by itself."]
        case Where.MEET:
            return ["Google makes the Meet link with the event; it goes onto the card by itself."]
        case _:
            return []


def _mailed(appointment: Appointment) -> list[str]:
    if appointment.contact is None:
        return []
    if not appointment.invites:
        return ["Nothing is e-mailed. The card's menu has a text to send."]
    address = user_text(appointment.contact.email, limit=260)
    return [f"Google e-mails {address} the invitation, and changes later."]


def _followers(appointment: Appointment) -> str:
    is_zoom = appointment.venue.where is Where.ZOOM
    return "The Google event and the Zoom meeting move with it." if is_zoom else "The Google event moves with it."


def _card_line(shown: AppointmentShown) -> str:
    return f"Its card is in the messages of {_whose(shown.hosts)} with Daybook, and shows every change."


def _whose(hosts: Sequence[Member]) -> str:
    return name_of(hosts[0])


def _ways_back(shown: AppointmentShown) -> list[Block]:
    appointment = shown.appointment
    if not appointment.may_be_undone(shown.now):
        return []
    ref = CardRef(CardButton.UNDO, appointment.id, appointment.version)
    until = min(appointment.changed_at + UNDO, appointment.starts_at)
    undo = button("Undo", numbered(ActionId.CARD, CardButton.UNDO), value=ref.value())
    return [actions(undo), context(f"It can be undone until {told_moment(until, shown.zone)}.")]
