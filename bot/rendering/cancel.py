"""The question before an appointment is cancelled: it names the people, and what is e-mailed to whom."""

from bot.domain.booking_form import AppointmentShown
from bot.domain.booking_rules import LONGEST_REASON
from bot.domain.cards import CardButton
from bot.rendering.blocks import section
from bot.rendering.card_ref import CardRef
from bot.rendering.card_words import contact_of, title_of, told_of_cancellation
from bot.rendering.form_blocks import field, text_input
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, BookingField, CallbackId
from bot.rendering.start_fields import when_line
from bot.rendering.surfaces import Modal
from bot.rendering.text import user_text
from bot.rendering.tie_words import what_goes
from bot.rendering.wording import listed, name_of

TITLE = "Cancel it?"


def opening_cancel() -> Modal:
    """What is on the screen while the question is made."""
    return loading(TITLE)


def cancelling() -> Modal:
    """What is on the screen while it is cancelled."""
    return loading(TITLE, "Cancelling…")


def cancel_form(shown: AppointmentShown, *, reason: str = "", mistake: str = "") -> Modal:
    """The question; `mistake` says on top what was wrong with the last try."""
    appointment = shown.appointment
    people = [name_of(host) for host in shown.hosts]
    # Without a contact, who booked it is the one they meet; with one, he only arranged it.
    if appointment.contact is not None:
        people.append(contact_of(appointment.contact))
    elif shown.booker is not None:
        people.append(name_of(shown.booker))
    when = when_line(appointment.span.start, appointment.minutes, shown.zone, shown.zones)
    text = [f"*{title_of(appointment)}*", when, f"With {listed(people)}.", _consequences(shown)]
    entered = text_input(ActionId.SETTING, initial=reason, most=LONGEST_REASON)
    return Modal(
        TITLE,
        (
            *([section(user_text(mistake, limit=500))] if mistake else []),
            section("\n".join(text)),
            field("Reason", entered, block_id=BookingField.REASON, hint="Stands on the card.", optional=True),
        ),
        callback_id=CallbackId.CANCEL,
        submit="Cancel it",
        close="Leave it",
        private_metadata=CardRef(CardButton.CANCEL, appointment.id, appointment.version).value(),
    )


def _consequences(shown: AppointmentShown) -> str:
    goes = what_goes(shown.appointment, shown.ties)
    return f"{goes} {told_of_cancellation(shown.appointment, shown.ties)}"
