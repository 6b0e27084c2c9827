"""Why a button of a card did nothing, and what can be done instead."""

from collections.abc import Sequence
from uuid import UUID

from bot.domain.accounts import Provider
from bot.domain.availability import Slot
from bot.domain.booking_form import AppointmentShown
from bot.domain.cards import CardButton
from bot.domain.people import Member
from bot.domain.ties import GOES_ON
from bot.rendering.blocks import actions, button, section
from bot.rendering.card_lines import overlapped
from bot.rendering.card_ref import CardRef
from bot.rendering.names import ActionId, numbered
from bot.rendering.providers import SERVICE
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Message
from bot.rendering.wording import listed, name_of
from bot.rendering.zones import begins, day_of


def time_taken(shown: AppointmentShown, nearest: Sequence[Slot]) -> Message:
    """The time is taken, by what as far as that is the reader's to know, and which starts near it are free."""
    appointment = shown.appointment
    by = f" by {overlapped(shown.overlaps, shown.zone)}" if shown.overlaps else ""
    told = [f"That time is taken{by}. Nothing was changed."]
    if nearest:
        near = day_of(appointment.span.start, shown.zone)
        starts = [begins(slot.start, shown.zone, near=near) for slot in nearest]
        told.append(f"Nearest: {listed(starts, last='or')}.")
    ref = CardRef(CardButton.RESCHEDULE, appointment.id, appointment.version)
    way = button("Reschedule", numbered(ActionId.CARD, CardButton.RESCHEDULE), value=ref.value())
    text = " ".join(told)
    return Message(text, (section(text), actions(way)))


def connect_first(provider: Provider, owner: Member, reader: UUID) -> Message:
    """Trying again is in vain; the owner of the account is shown the way, and everybody else told his name."""
    service = SERVICE[provider]
    if owner.id != reader:
        text = f"{name_of(owner)} has to connect {service} again first. {GOES_ON}"
        return Message(text, (section(text),))
    text = f"Connect {service} again first. {GOES_ON}"
    return Message(text, (section(text), actions(run(f"Connect {service}", f"connect {provider}", primary=True))))
