"""The free starts of an answer as buttons: each with when, who is free, and whom it would book."""

from collections.abc import Sequence

from bot.domain.answers import SlotsFound
from bot.domain.availability import Mode, Slot
from bot.domain.nights import Nights, asleep_at, hosts_at
from bot.domain.people import Member
from bot.rendering.blocks import BUTTON_TEXT, button, context, rows
from bot.rendering.names import ActionId, numbered
from bot.rendering.question import SlotRef
from bot.rendering.surfaces import Block
from bot.rendering.text import clean
from bot.rendering.wording import listed, name_of
from bot.rendering.zones import clock_time

# What is left of a button beside `12:00 AM (night for )`.
_NIGHT_NAMES = BUTTON_TEXT - 23


def slot_rows(found: SlotsFound, nights: Nights, slots: Sequence[Slot]) -> list[Block]:
    """One button for each of the slots."""
    buttons = [
        button(
            _label(found, nights, slot), numbered(ActionId.BOOK_SLOT, slot.start), value=_bookable(found, nights, slot)
        )
        for slot in slots
    ]
    return rows(buttons)


def unnamed(found: SlotsFound, shown: Sequence[Slot]) -> list[Block]:
    """What a time without names means, where such ones stand beside others that have them."""
    suits_all = {len(slot.members) == len(found.gathered.known) for slot in shown}
    if suits_all != {True, False}:
        return []
    everyone = listed([name_of(member) for member in found.gathered.known])
    return [context(f"A time without names suits {everyone}.")]


def _label(found: SlotsFound, nights: Nights, slot: Slot) -> str:
    """The time, with whoever sleeps then, and with who is free where that is not everybody: names are cut first."""
    known = found.gathered.known
    time = f"{clock_time(slot.start, found.zone)}{_night(asleep_at(nights, slot))}"
    if len(slot.members) == len(known):
        return time
    return f"{time} {', '.join(_called(member) for member in known if member.id in slot.members)}"


def _night(asleep: Sequence[Member]) -> str:
    if not asleep:
        return ""
    whose = listed([_called(member) for member in asleep])
    return f" (night for {whose if len(whose) <= _NIGHT_NAMES else f'{len(asleep)} people'})"


def _called(member: Member) -> str:
    return clean(member.name, limit=30)


def _bookable(found: SlotsFound, nights: Nights, slot: Slot) -> str:
    """The slot with those who would be booked."""
    hosts = tuple(member.slack_user_id for member in hosts_at(nights, slot))
    return SlotRef(slot.start, found.minutes, Mode.ALL, hosts).value()
