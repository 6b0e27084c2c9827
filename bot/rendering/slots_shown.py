"""Which of the free starts are shown, by their days: at first a few, and none at night while there are others."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby, islice
from operator import itemgetter
from uuid import UUID

from bot.domain.answers import SlotsFound
from bot.domain.availability import Mode, Slot
from bot.domain.intervals import Interval, widen
from bot.domain.nights import nights_elsewhere
from bot.domain.people import Member
from bot.domain.short_list import short_list
from bot.domain.wall_time import MINUTE
from bot.rendering.blocks import A_ROW
from bot.rendering.zones import day_of

SLOTS_AT_FIRST = 3 * A_ROW
SLOTS_OF_A_DAY = 15 * A_ROW


@dataclass(frozen=True, slots=True)
class Nights:
    """The nights of an answer. Make it with `nights_of`.

    Args:
        found: the answer.
        starts: by member the starts with which a meeting is at night for him, merged; who has none is left out.
    """

    found: SlotsFound
    starts: Mapping[UUID, Sequence[Interval]]


def nights_of(found: SlotsFound) -> Nights:
    """When the meeting would be at night for those whose time is known."""
    length, window = found.minutes * MINUTE, found.when.window
    span = Interval(window.start, window.end + length)
    people = zip(found.gathered.known, found.gathered.times, strict=True)
    nights = {member.id: nights_elsewhere(member.zone, time.schedule, found.zone, span) for member, time in people}
    return Nights(found, {who: widen(spans, length - 1, 0) for who, spans in nights.items() if spans})


def days_of(found: SlotsFound, slots: Sequence[Slot]) -> list[tuple[date, list[Slot]]]:
    """The slots by the days of the asker's zone."""
    return [(day, list(its)) for day, its in groupby(slots, key=lambda slot: day_of(slot.start, found.zone))]


def is_several_days(found: SlotsFound) -> bool:
    """Whether more than one day was asked about."""
    window = found.when.window
    return found.when.at is None and day_of(window.start, found.zone) != day_of(window.end - 1, found.zone)


def first_shown(nights: Nights, slots: Sequence[Slot]) -> Sequence[Slot]:
    """Of the slots of one day those that are shown first; all of them where a time was asked for, or several days."""
    if nights.found.when.at is not None or is_several_days(nights.found):
        return slots[:SLOTS_OF_A_DAY]
    return short_list(outside_nights(nights, slots), SLOTS_AT_FIRST, nights.found.zone)


def outside_nights(nights: Nights, slots: Sequence[Slot]) -> Sequence[Slot]:
    """Those that are at night for nobody who would be booked; all of them where there is no other."""
    return [slot for slot in slots if not asleep_at(nights, slot)] or slots


def hosts_at(nights: Nights, slot: Slot) -> list[Member]:
    """Who would be booked: all who are free, or where one is enough the first of them who is awake, if any is."""
    free = set(slot.members)
    hosts = [member for member in nights.found.gathered.known if member.id in free]
    if nights.found.request.mode is Mode.ALL:
        return hosts
    awake = (member for member in hosts if not _is_asleep(nights, member, slot))
    return list(islice(chain(awake, hosts), 1))


def asleep_at(nights: Nights, slot: Slot) -> list[Member]:
    """Those of whoever would be booked for whom it is night then."""
    if not nights.starts:
        return []
    return [member for member in hosts_at(nights, slot) if _is_asleep(nights, member, slot)]


def _is_asleep(nights: Nights, member: Member, slot: Slot) -> bool:
    starts = nights.starts.get(member.id, ())
    place = bisect_right(starts, slot.start, key=itemgetter(0)) - 1
    return place >= 0 and slot.start < starts[place].end
