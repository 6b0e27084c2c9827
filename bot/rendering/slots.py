"""The answer to who is free: slots as buttons, by days, with what the answer does not know.

Of a day by itself a short list is shown, which leaves out what is night for somebody elsewhere, and the way to all of
it; of each of several days a shorter one.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from bot.domain.answers import SlotsFound
from bot.domain.availability import Mode, Slot
from bot.domain.day_words import UnclearWhen, spoken
from bot.domain.intervals import Interval
from bot.domain.nights import Nights
from bot.domain.short_list import short_list
from bot.domain.slots_request import SlotsRequest
from bot.domain.wall_time import MINUTE, epoch
from bot.rendering.blocks import A_ROW, actions, button, context, fit, section
from bot.rendering.caveats import paused_lines, stale_lines, unknown_people
from bot.rendering.names import ActionId, numbered
from bot.rendering.others_time import is_date
from bot.rendering.posting import long_message
from bot.rendering.question import WHOLE_DAY, SlotRef, settled, words_of
from bot.rendering.slot_buttons import slot_rows, unnamed
from bot.rendering.slots_shown import (
    SLOTS_OF_A_DAY,
    days_of,
    first_shown,
    is_several_days,
    nights_in,
    outside_nights,
)
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.wording import counted, listed, meeting_length, name_of
from bot.rendering.zones import city, clock_change_lines, clock_time, day_of, elsewhere, short_day, told_when

SLOTS_PER_DAY = 2 * A_ROW
DAYS_SHOWN = 14
TIMES_IN_TEXT = 10
MOST_BESIDES = 20


def slots_message(
    found: SlotsFound,
    viewer: UUID,
    *,
    asked: Collection[str] = (),
    can_share: bool = False,
    is_whole: bool = False,
    note: str = "",
) -> Message:
    """The answer for the one who asked.

    Args:
        viewer: the asker's member id: only his own calendars are called by their names.
        asked: Slack ids of people who were asked to connect a calendar just now.
        can_share: there is a channel to share it in; times that not everybody may see are not shared all the same.
        is_whole: all times of a day are shown, rather than a few.
        note: what was just done with the answer.
    """
    slots = found.slots or ()
    nights = nights_in(found)
    first = first_shown(found, nights, slots)
    shown = slots[:SLOTS_OF_A_DAY] if is_whole else first
    are_all_told = is_whole or found.when.at is not None or is_several_days(found)
    told = slots if are_all_told else outside_nights(nights, slots)
    is_cut = not is_whole and len(shown) < len(slots) and not is_several_days(found)
    whole = _whole_day(found, day_of(found.when.window.start, found.zone), len(slots)) if is_cut else None
    blocks = [section(_heading(found, told), accessory=whole), *_days(found, nights, slots, shown, viewer)]
    besides = unknown_people(found.gathered, settled(found), viewer, asked=asked, is_whole=is_whole)
    besides += [context(line) for line in stale_lines(found.gathered, viewer, found.now)]
    besides += [context(line) for line in changes_of(found)]
    if note:
        besides.append(context(note))
    footer = _footer(found, slots, viewer, can_share=can_share, is_whole=is_whole) if found.slots is not None else ()
    return long_message(text_of(found, slots, first), blocks, (*fit(besides, limit=MOST_BESIDES), *footer))


def unclear_message(
    request: SlotsRequest, unclear: UnclearWhen, again: ActionId = ActionId.ASK_AGAIN, *, word: str = ""
) -> Message:
    """What a time that was not clear could mean, each meaning a button that asks the same by `again`.

    `word` is the subcommand, where `again` runs one.
    """
    ahead = f"{word} " if word else ""
    # Where there are buttons, nothing has to be written; in a window it could not be.
    text = user_text(unclear.question, limit=1000)
    meanings = [
        button(
            _meaning(option, unclear.question),
            numbered(again, option),
            value=ahead + words_of(replace(request, when=option)),
        )
        for option in unclear.options
    ]
    return Message(text, (section(text), *([actions(*meanings)] if meanings else [])))


def _meaning(option: str, question: str) -> str:
    """`Fri 27 Nov, 14:00` of `2026-11-27 14:00`; what is no such date is said as it would be written."""
    days, _, time = option.partition(" ")
    first, _, last = days.partition("..")
    if not all(map(is_date, filter(None, (first, last)))):
        return option
    told = " to ".join(_as_asked(date.fromisoformat(day), question) for day in (first, last) if day)
    return f"{told}, {time}" if time else told


def _as_asked(day: date, question: str) -> str:
    """With the year where the question names it."""
    return f"{short_day(day)} {day.year}" if str(day.year) in question else short_day(day)


def who(found: SlotsFound) -> str:
    """`Ana and Ben`, or `Ana or Ben` where one of them is enough."""
    return listed([name_of(member) for member in found.members], last="and" if found.request.mode is Mode.ALL else "or")


def text_of(found: SlotsFound, slots: Sequence[Slot], first: Sequence[Slot]) -> str:
    """The answer in a line, for notifications and screen readers; of one day it begins with the `first` slots."""
    asked = f"{who(found)}, {meeting_length(found.minutes)}, {told_when(found.when, found.zone)}"
    if found.slots is None:
        return f"{asked}: nobody can say."
    if not slots:
        return f"{asked}: no time is free."
    if is_several_days(found):
        return f"{asked}: {counted(len(slots), 'time')} on {counted(len(days_of(found, slots)), 'day')}."
    times = [clock_time(slot.start, found.zone) for slot in first[:TIMES_IN_TEXT]]
    more = len(slots) - len(times)
    return f"{asked}: {', '.join(times)}{f' and {more} more' if more else ''} ({city(found.zone)})"


def changes_of(found: SlotsFound) -> list[str]:
    """Changes of clocks near the days asked about, where the people asked about are not on one time."""
    zones = [found.zone, *(member.zone for member in found.members)]
    today = day_of(epoch(found.now), found.zone)
    return clock_change_lines(zones, found.when.window, today=today, zone=found.zone)


def _heading(found: SlotsFound, slots: Sequence[Slot]) -> str:
    title = f"*{who(found)}, {meeting_length(found.minutes)}, {told_when(found.when, found.zone)}*"
    there = _elsewhere(found, slots) if slots and not is_several_days(found) else ""
    return f"{title} ({city(found.zone)}{f'; {there}' if there else ''})"


def _elsewhere(found: SlotsFound, slots: Sequence[Slot]) -> str:
    """From the first of the slots to the end of the last, by the clocks of those who have another time."""
    known = found.gathered.known
    free = {member.id: [slot.start for slot in slots if member.id in slot.members] for member in known}
    spans = {each: Interval(starts[0], starts[-1] + found.minutes * MINUTE) for each, starts in free.items() if starts}
    told = [
        elsewhere([member for member in known if spans.get(member.id) == span], found.zone, span)
        for span in dict.fromkeys(spans.values())
    ]
    return "; ".join(each for each in told if each)


def _days(found: SlotsFound, nights: Nights, slots: Sequence[Slot], shown: Sequence[Slot], viewer: UUID) -> list[Block]:
    """Those of several days, or of one day those that are `shown`."""
    if found.slots is None:
        return []
    paused = paused_lines(found.gathered, viewer)
    if not slots:
        return [section("\n".join([*paused, *_nothing(found, len(paused))]))]
    if is_several_days(found):
        return [*_several_days(found, nights, slots), *map(context, paused)]
    left = len(slots) - SLOTS_OF_A_DAY if len(shown) == SLOTS_OF_A_DAY else 0
    more = [context(f"+{left} more")] if left > 0 else []
    return [*slot_rows(found, nights, shown), *unnamed(found, shown), *more, *map(context, paused)]


def _several_days(found: SlotsFound, nights: Nights, slots: Sequence[Slot]) -> list[Block]:
    days = days_of(found, slots)
    blocks = list[Block]()
    named = list[Slot]()
    for day, its in days[:DAYS_SHOWN]:
        first = outside_nights(nights, its)
        shown = short_list(first, SLOTS_PER_DAY, found.zone)
        whole = _whole_day(found, day, len(its)) if len(shown) < len(its) else None
        blocks += [section(_day_title(found, day, first), accessory=whole), *slot_rows(found, nights, shown)]
        named += shown
    blocks += unnamed(found, named)
    left = len(days) - DAYS_SHOWN
    return [*blocks, context(f"+{left} more {'day' if left == 1 else 'days'}")] if left > 0 else blocks


def _day_title(found: SlotsFound, day: date, first: Sequence[Slot]) -> str:
    there = _elsewhere(found, first)
    return f"*{spoken(day, day_of(epoch(found.now), found.zone))}*{f' ({there})' if there else ''}"


def _whole_day(found: SlotsFound, day: date, number: int) -> Block:
    """The button that shows all of its times, as far as a message has room."""
    label = f"All {number} times" if number <= SLOTS_OF_A_DAY else "More times"
    question = words_of(replace(settled(found), when=day.isoformat()))
    return button(label, numbered(ActionId.ALL_TIMES, day), value=question)


def _nothing(found: SlotsFound, paused: int) -> list[str]:
    """That there is no time, unless those who offer none just now, `paused` in number, say enough."""
    if paused and (found.request.mode is Mode.ALL or paused == len(found.gathered.known)):
        return []
    if len(found.members) == 1:
        return [f"{who(found)} has no {meeting_length(found.minutes)} free then."]
    if found.request.mode is Mode.ALL:
        return ["There is no time then at which everyone is free."]
    return ["Nobody else is free then." if paused else "Nobody is free then."]


def _ref(found: SlotsFound, start: int) -> str:
    members = tuple(member.slack_user_id for member in found.gathered.known)
    return SlotRef(start, found.minutes, found.request.mode, members).value()


def _footer(found: SlotsFound, slots: Sequence[Slot], viewer: UUID, *, can_share: bool, is_whole: bool) -> tuple[Block]:
    question = settled(found)
    last = day_of(found.when.window.end - 1, found.zone)
    following = replace(question, when=(last + timedelta(days=1)).isoformat())
    buttons = [button("Another day", ActionId.ANOTHER_DAY, value=words_of(following))]
    if can_share and slots and found.gathered.is_public:
        share = numbered(ActionId.SHARE_SLOTS, WHOLE_DAY) if is_whole else ActionId.SHARE_SLOTS
        buttons.append(button("Share in channel", share, value=words_of(question)))
        if [member.id for member in found.members] == [viewer] and found.gathered.is_bookable:
            buttons.append(button("Offer three in channel", ActionId.OFFER_SLOTS, value=words_of(question)))
    if found.when.at is not None:
        start = epoch(found.when.at)
        if start not in [slot.start for slot in slots]:
            label = f"Why not {clock_time(start, found.zone)}?"
            buttons.append(button(label, numbered(ActionId.SLOT, start), value=_ref(found, start)))
    return (actions(*buttons),)
