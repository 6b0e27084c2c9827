"""Which of the free starts are shown, by their days: at first a few, and none at night while there are others."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from bot.domain.answers import SlotsFound
from bot.domain.availability import Slot
from bot.domain.nights import Nights, asleep_at, nights_of
from bot.domain.short_list import short_list
from bot.rendering.blocks import A_ROW
from bot.rendering.zones import day_of

SLOTS_AT_FIRST = 3 * A_ROW
SLOTS_OF_A_DAY = 15 * A_ROW


def nights_in(found: SlotsFound) -> Nights:
    """When the meeting would be at night for somebody."""
    return nights_of(found.gathered, found.request.mode, found.minutes, found.zone, found.when.window)


def days_of(found: SlotsFound, slots: Sequence[Slot]) -> list[tuple[date, list[Slot]]]:
    """The slots by the days of the asker's zone."""
    return [(day, list(its)) for day, its in groupby(slots, key=lambda slot: day_of(slot.start, found.zone))]


def is_several_days(found: SlotsFound) -> bool:
    """Whether more than one day was asked about."""
    window = found.when.window
    return found.when.at is None and day_of(window.start, found.zone) != day_of(window.end - 1, found.zone)


def first_shown(found: SlotsFound, nights: Nights, slots: Sequence[Slot]) -> Sequence[Slot]:
    """Of the slots of one day those that are shown first; all of them where a time was asked for, or several days."""
    if found.when.at is not None or is_several_days(found):
        return slots[:SLOTS_OF_A_DAY]
    return short_list(outside_nights(nights, slots), SLOTS_AT_FIRST, found.zone)


def outside_nights(nights: Nights, slots: Sequence[Slot]) -> Sequence[Slot]:
    """Those that are at night for nobody who would be booked; all of them where there is no other."""
    return [slot for slot in slots if not asleep_at(nights, slot)] or slots
