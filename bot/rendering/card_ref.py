"""A button of an appointment's card as it comes back: what is to be done, to which appointment, as it was shown."""

import re
from dataclasses import dataclass
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.cards import CardButton
from bot.domain.errors import NotFound
from bot.rendering.form_blocks import Choice

_CHANGES = (("Reschedule", CardButton.RESCHEDULE), ("Cancel", CardButton.CANCEL))
_CARD_REF = re.compile(r"(?P<button>[a-z_]{1,20}) (?P<appointment>[0-9a-f-]{36}) (?P<version>[0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class CardRef:
    """One button; `version` is that of the appointment when it was drawn."""

    button: CardButton
    appointment_id: UUID
    version: int

    def value(self) -> str:
        """What the button carries."""
        return f"{self.button} {self.appointment_id} {self.version}"


def card_ref(value: str) -> CardRef:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _CARD_REF.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        return CardRef(CardButton(found["button"]), UUID(found["appointment"]), int(found["version"]))
    except ValueError as error:
        raise NotFound from error


def change_choices(appointment: Appointment) -> list[Choice]:
    """What may be done to a live appointment, for a menu beside it."""
    return [Choice(label, CardRef(does, appointment.id, appointment.version).value()) for label, does in _CHANGES]
