"""An answer about free time for a whole channel: times in each reader's own zone, nothing to press."""

from itertools import accumulate

from bot.domain.answers import SlotsFound
from bot.domain.availability import Slot
from bot.domain.day_words import spoken
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from bot.rendering.blocks import MESSAGE_BLOCKS, context, fit, section
from bot.rendering.caveats import stale_lines
from bot.rendering.slots import changes_of, days_of, text_of, who
from bot.rendering.surfaces import Message
from bot.rendering.text import slack_date, user_text
from bot.rendering.wording import NAME_LENGTH, listed, meeting_length, name_of
from bot.rendering.zones import city, clock_time, day_of

# A section holds three thousand characters, and a token that is cut in two shows as garbage.
CHARACTERS_PER_DAY = 2500
DAYS_SHOWN = 14
_BETWEEN = " · "


def shared_slots(found: SlotsFound, sharer: Actor) -> Message:
    """The answer as the channel may read it: whose calendars are behind is told, which ones is not."""
    slots = found.slots or ()
    days = [section(_day(found, its)) for _, its in days_of(found, slots)]
    blocks = [section(f"*{who(found)}, {meeting_length(found.minutes)}, {found.when.text}*"), *days[:DAYS_SHOWN]]
    if not slots:
        blocks.append(section("No time is free."))
    if len(days) > DAYS_SHOWN:
        blocks.append(context(f"+{len(days) - DAYS_SHOWN} more days"))
    blocks += [context(line) for line in _caveats(found)]
    blocks.append(context(f"Shared by {user_text(sharer.name, limit=NAME_LENGTH)}. Times are in your own zone."))
    return Message(text_of(found, slots), fit(blocks, limit=MESSAGE_BLOCKS))


def _day(found: SlotsFound, slots: list[Slot]) -> str:
    day = spoken(day_of(slots[0].start, found.zone), day_of(epoch(found.now), found.zone))
    title = slack_date(slots[0].starts_at, form="{date_long}", fallback=f"{day}, {city(found.zone)}")
    times = [_time(found, slot) for slot in slots]
    ends = accumulate(len(time) + len(_BETWEEN) for time in times)
    shown = sum(end <= CHARACTERS_PER_DAY for end in ends)
    more = [f"+{len(times) - shown} more"] if shown < len(times) else []
    return f"{title}\n{_BETWEEN.join([*times[:shown], *more])}"


def _time(found: SlotsFound, slot: Slot) -> str:
    fallback = f"{clock_time(slot.start, found.zone)} {city(found.zone)}"
    time = slack_date(slot.starts_at, form="{time}", fallback=fallback)
    if len(slot.members) == len(found.gathered.known):
        return time
    free = [name_of(member) for member in found.gathered.known if member.id in slot.members]
    return f"{time} ({listed(free)})"


def _caveats(found: SlotsFound) -> list[str]:
    unknown = [name_of(member) for member in (*found.gathered.silent, *found.gathered.unread)]
    unsaid = [f"Nobody can say when {listed(unknown, last='or')} is free."] if unknown else []
    return [*unsaid, *stale_lines(found.gathered, None, found.now), *changes_of(found)]
