"""The button that takes back the last change of an appointment, with the question before it."""

from bot.domain.appointments import Appointment
from bot.domain.cards import CardButton
from bot.domain.ties import Ties
from bot.rendering.blocks import button, confirmation
from bot.rendering.card_ref import CardRef
from bot.rendering.card_words import reader_start, told_of_undo, undo_name
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block
from bot.rendering.text import user_text


def undo_button(appointment: Appointment, ties: Ties) -> Block:
    """`Undo booking` or `Undo move`; the question names it and says what is e-mailed."""
    name = undo_name(appointment)
    ref = CardRef(CardButton.UNDO, appointment.id, appointment.version)
    title = f"*{user_text(appointment.title, limit=60, empty='(no title)')}*"
    if appointment.before_move is None:
        becomes = f"{title} is called off."
    else:
        becomes = f"{title} goes back to {reader_start(appointment.before_move, appointment.zone)}."
    asked = confirmation(f"{name}?", f"{becomes} {told_of_undo(appointment, ties)}", yes=name, no="Leave it")
    return button(name, numbered(ActionId.CARD, CardButton.UNDO), value=ref.value(), confirm=asked)
