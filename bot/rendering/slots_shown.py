"""Which of the free starts are shown, by their days: at first a few, and none at night while there are others."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from bot.domain.answers import SlotsFound
from bot.domain.availability import Slot
from bot.domain.people import Member
from bot.domain.short_list import is_at_night, short_list
from bot.domain.wall_time import MINUTE
from bot.rendering.blocks import A_ROW
from bot.rendering.zones import clock_time, day_of

SLOTS_AT_FIRST = 3 * A_ROW
SLOTS_OF_A_DAY = 15 * A_ROW


def days_of(found: SlotsFound, slots: Sequence[Slot]) -> list[tuple[date, list[Slot]]]:
    """The slots by the days of the asker's zone."""
    return [(day, list(its)) for day, its in groupby(slots, key=lambda slot: day_of(slot.start, found.zone))]


def is_several_days(found: SlotsFound) -> bool:
    """Whether more than one day was asked about."""
    window = found.when.window
    return found.when.at is None and day_of(window.start, found.zone) != day_of(window.end - 1, found.zone)


def few_of(found: SlotsFound, slots: Sequence[Slot]) -> Sequence[Slot]:
    """Of the slots of one day those that are shown first; all of them where a time was asked for, or several days."""
    if found.when.at is not None or is_several_days(found):
        return slots[:SLOTS_OF_A_DAY]
    return short_list(by_day(found, slots), SLOTS_AT_FIRST, found.zone)


def by_day(found: SlotsFound, slots: Sequence[Slot]) -> Sequence[Slot]:
    """Those that are nobody's night elsewhere; all of them where there is no other."""
    return [slot for slot in slots if not at_night(found, slot)] or slots


def at_night(found: SlotsFound, slot: Slot) -> list[Member]:
    """Those for whom it is night then, by a clock that shows another time than the asker's."""
    end, here = slot.start + found.minutes * MINUTE, clock_time(slot.start, found.zone)
    zones = {member.zone for member in found.gathered.known if member.zone != found.zone}
    asleep = {zone for zone in zones if is_at_night(slot.start, end, zone) and clock_time(slot.start, zone) != here}
    if not asleep:
        return []
    free = set(slot.members)
    return [member for member in found.gathered.known if member.zone in asleep and member.id in free]
