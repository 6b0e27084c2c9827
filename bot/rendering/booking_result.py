"""What a person reads after he booked, moved, cancelled or took back: what was done, and what happens next."""

from collections.abc import Sequence

from bot.domain.appointments import Appointment, AppointmentStatus, Where
from bot.domain.booking_form import AppointmentShown
from bot.rendering.blocks import actions, context, section
from bot.rendering.booking_words import venue_text
from bot.rendering.card_words import title_of, told_of_cancellation, told_of_move, told_of_undo
from bot.rendering.start_fields import notes, shift_lines, when_line
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text
from bot.rendering.tie_words import what_follows
from bot.rendering.undo import undo_button
from bot.rendering.zones import told_time

_WORDS = {
    AppointmentStatus.HELD: "Held",
    AppointmentStatus.CONFIRMED: "Booked",
    AppointmentStatus.CANCELLED: "Cancelled",
    AppointmentStatus.SHOWED: "Marked as showed",
    AppointmentStatus.NO_SHOW: "Marked as a no-show",
}

_IN_MESSAGES = "It stands in your messages with Daybook, which show every change."


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
    return Modal(word, (*blocks, *_clocks(shown), *_ways_back(shown)))


def moved_view(shown: AppointmentShown) -> Modal:
    """After the form of another time."""
    appointment, ties = shown.appointment, shown.ties
    told = [what_follows(appointment, ties), told_of_move(appointment, ties), _IN_MESSAGES]
    blocks = [
        section(f"*Moved:* {title_of(appointment)}\n{_when(shown)}"),
        section("\n".join(f"· {line}" for line in told)),
    ]
    return Modal("Moved", (*blocks, *_clocks(shown), *_ways_back(shown)))


def done_view(shown: AppointmentShown, sentence: str) -> Modal:
    """After a button in one of these views; `sentence` says what was done."""
    return Modal("Done", (section(f"*{sentence}* {title_of(shown.appointment)}\n{_when(shown)}"),))


def cancelled_view(shown: AppointmentShown) -> Modal:
    """After the question whether it is to be cancelled."""
    told = told_of_cancellation(shown.appointment, shown.ties)
    text = f"*Cancelled:* {title_of(shown.appointment)}\nThe time is free again. {told}"
    return Modal("Cancelled", (section(text),))


def _when(shown: AppointmentShown) -> str:
    appointment = shown.appointment
    where = venue_text(appointment.venue)
    line = when_line(appointment.span.start, appointment.minutes, shown.zone, shown.zones)
    return f"{line}{f' · {where}' if where else ''}"


def _next(shown: AppointmentShown) -> Sequence[str]:
    appointment = shown.appointment
    if appointment.status is AppointmentStatus.HELD:
        ends = appointment.expires_at
        until = f" until {told_time(ends, shown.zone, now=shown.now)}" if ends else ""
        return [f"The time is kept{until}, and free again after that unless somebody confirms it.", _IN_MESSAGES]
    return [*_call(appointment), *_mailed(appointment), _IN_MESSAGES]


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
        return ["Nothing is e-mailed. Its menu in your messages has a text to send."]
    address = user_text(appointment.contact.email, limit=260)
    return [f"Google e-mails {address} the invitation, and changes later."]


def _clocks(shown: AppointmentShown) -> list[Block]:
    return notes(shift_lines(shown.shift, shown.zone, shown.now))


def _ways_back(shown: AppointmentShown) -> list[Block]:
    appointment = shown.appointment
    if not appointment.may_be_undone(shown.now):
        return []
    until = told_time(appointment.undo_until, shown.zone, now=shown.now)
    undo = undo_button(appointment, shown.ties)
    return [actions(undo), context(f"It can be undone until {until}. {told_of_undo(appointment, shown.ties)}")]
