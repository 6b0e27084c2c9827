"""An answer about free time for a whole channel: times in each reader's own zone, nothing to press."""

from collections.abc import Mapping
from uuid import UUID

from bot.domain.answers import SlotsFound
from bot.domain.availability import Slot
from bot.domain.day_words import spoken
from bot.domain.nights import Nights, asleep_at
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from bot.rendering.blocks import MESSAGE_BLOCKS, context, fit, section
from bot.rendering.caveats import stale_lines
from bot.rendering.reader import for_everybody
from bot.rendering.slots import changes_of, text_of, who
from bot.rendering.slots_shown import days_of, first_shown, nights_in
from bot.rendering.surfaces import Message
from bot.rendering.text import slack_date, user_text
from bot.rendering.wording import NAME_LENGTH, listed, meeting_length, name_of
from bot.rendering.zones import city, clock_time, day_of, told_when

# A section holds three thousand characters, and a token that is cut in two shows as garbage.
CHARACTERS_PER_DAY = 2500
DAYS_SHOWN = 14
_BETWEEN = " · "


@for_everybody
def shared_slots(found: SlotsFound, sharer: Actor) -> Message:
    """The answer as the channel may read it: whose calendars are behind is told, which ones is not."""
    slots = found.slots or ()
    nights = nights_in(found)
    days = days_of(found, slots)
    names = {member.id: name_of(member) for member in found.gathered.known}
    blocks = [
        section(f"*{who(found)}, {meeting_length(found.minutes)}, {told_when(found.when, found.zone)}*"),
        *(section(_day(found, nights, its, names)) for _, its in days[:DAYS_SHOWN]),
    ]
    if not slots:
        blocks.append(section("No time is free."))
    if len(days) > DAYS_SHOWN:
        blocks.append(context(f"+{len(days) - DAYS_SHOWN} more days"))
    blocks += [context(line) for line in _caveats(found)]
    blocks.append(context(f"Shared by {user_text(sharer.name, limit=NAME_LENGTH)}. Times are in your own zone."))
    return Message(text_of(found, slots, first_shown(found, nights, slots)), fit(blocks, limit=MESSAGE_BLOCKS))


def _day(found: SlotsFound, nights: Nights, slots: list[Slot], names: Mapping[UUID, str]) -> str:
    day = spoken(day_of(slots[0].start, found.zone), day_of(epoch(found.now), found.zone))
    title = slack_date(slots[0].starts_at, form="{date_long}", fallback=f"{day}, {city(found.zone)}")
    times: list[str] = []
    left = CHARACTERS_PER_DAY
    for slot in slots:
        time = _time(found, nights, slot, names)
        left -= len(time) + len(_BETWEEN)
        if left < 0:
            break
        times.append(time)
    more = [f"+{len(slots) - len(times)} more"] if len(times) < len(slots) else []
    return f"{title}\n{_BETWEEN.join([*times, *more])}"


def _time(found: SlotsFound, nights: Nights, slot: Slot, names: Mapping[UUID, str]) -> str:
    fallback = f"{clock_time(slot.start, found.zone)} {city(found.zone)}"
    time = slack_date(slot.starts_at, form="{time}", fallback=fallback)
    free = [name for member_id, name in names.items() if member_id in slot.members]
    beside = [] if len(slot.members) == len(names) else [listed(free)]
    if asleep := asleep_at(nights, slot):
        beside.append(f"night for {listed([names[member.id] for member in asleep])}")
    return f"{time} ({'; '.join(beside)})" if beside else time


def _caveats(found: SlotsFound) -> list[str]:
    gathered = found.gathered
    unknown = [name_of(member) for member in (*gathered.silent, *gathered.unread, *gathered.withheld)]
    unsaid = [f"Nobody can say when {listed(unknown, last='or')} is free."] if unknown else []
    return [*unsaid, *stale_lines(found.gathered, None, found.now), *changes_of(found)]
