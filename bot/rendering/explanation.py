"""One time, looked at closely: free or not, and every reason, in every zone that is involved."""

from collections.abc import Sequence
from uuid import UUID

from bot.domain.answers import SlotExplained, TimeUnknown
from bot.domain.availability import Mode, Slot
from bot.domain.day_words import spoken
from bot.domain.events import AgendaEntry
from bot.domain.explanation import Reason
from bot.domain.intervals import Interval
from bot.domain.nights import hosts_at, nights_of
from bot.domain.slots_request import SlotsRequest
from bot.domain.wall_time import MINUTE, epoch
from bot.rendering.blocks import MESSAGE_BLOCKS, actions, button, context, fit, lines, section
from bot.rendering.caveats import stale_lines, unknown_people
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, numbered
from bot.rendering.own_events import own_event_blocks
from bot.rendering.posting import long_message
from bot.rendering.question import SlotRef, words_of
from bot.rendering.reasons import Wording
from bot.rendering.surfaces import Block, Message, Modal
from bot.rendering.text import user_text
from bot.rendering.wording import listed, name_of
from bot.rendering.zones import city, clock_time, day_of, elsewhere, from_to, short_day

LEFT_OPEN_SHOWN = 5


def explanation_modal(explained: SlotExplained, viewer: UUID, *, note: str = "") -> Modal:
    """The reasons for or against a time; `viewer` is the reader's member id, `note` what was just done."""
    return Modal(_title(explained), (*_reasoned(explained, viewer, note), *_ways_on(explained, viewer)))


def explanation_message(explained: SlotExplained, viewer: UUID, *, note: str = "") -> Message:
    """The same as an answer in a channel, for the reader alone."""
    text = f"{_time(explained)}: {_verdict(explained)}."
    return long_message(text, _reasoned(explained, viewer, note), _ways_on(explained, viewer))


def _reasoned(explained: SlotExplained, viewer: UUID, note: str) -> list[Block]:
    against = [reason for reason in explained.reasons if not reason.is_soft]
    free = [name_of(member) for member in explained.gathered.known if member.id in explained.free]
    blocks = [section(f"*{_time(explained)}: {_verdict(explained)}.*\n{_clocks(explained)}")]
    if note:
        blocks.append(context(note))
    if free and (len(explained.gathered.known) > 1 or explained.is_free):
        blocks.append(section(f"{listed(free)} {'is' if len(free) == 1 else 'are'} free."))
    blocks += _reasons(explained, against, viewer)
    if left_open := [entry for entry in explained.left_open if not entry.is_ignored]:
        blocks.append(section(f"Also there, but not in the way: {_titles(left_open)}."))
    return [*blocks, *own_event_blocks(explained)]


def _ways_on(explained: SlotExplained, viewer: UUID) -> list[Block]:
    """What can be done, and which calendars were read too long ago."""
    late = [context(line) for line in stale_lines(explained.gathered, viewer, explained.now)]
    return [*_book(explained), *_nearest(explained), *late]


def unknown_message(unknown: TimeUnknown, viewer: UUID) -> Message:
    """Whose time is not known, with what can be done about it, as where free times are asked for."""
    blocks = unknown_people(unknown.gathered, unknown.request, viewer)
    return Message(user_text(str(unknown)), fit(blocks, limit=MESSAGE_BLOCKS))


def checking() -> Modal:
    """What is on the screen while the reasons are gathered."""
    return loading("One time", "Looking at the calendars…")


def _title(explained: SlotExplained) -> str:
    return f"{short_day(day_of(explained.start, explained.zone))}, {clock_time(explained.start, explained.zone)}"


def _time(explained: SlotExplained) -> str:
    day = day_of(explained.start, explained.zone)
    told = spoken(day, day_of(epoch(explained.now), explained.zone))
    return f"{told}, {from_to(explained.start, _end(explained), explained.zone, near=day)}"


def _verdict(explained: SlotExplained) -> str:
    return "free" if explained.is_free else "not free"


def _clocks(explained: SlotExplained) -> str:
    span = Interval(explained.start, _end(explained))
    there = elsewhere(explained.gathered.known, explained.zone, span, with_cities=True)
    return f"{city(explained.zone)}{f' · {there}' if there else ''}"


def _end(explained: SlotExplained) -> int:
    return explained.start + explained.minutes * MINUTE


def _reasons(explained: SlotExplained, against: list[Reason], viewer: UUID) -> list[Block]:
    wording = Wording(explained.gathered.known, viewer, zone=explained.zone, start=explained.start)
    told = wording.lines(against)
    if not told:
        soft = wording.lines(explained.reasons)
        return [context(f"{line}.") for line in soft]
    if explained.is_free:
        lead = "Not free then:"
    else:
        lead = {1: "This stands in the way:", 2: "Both of these stand in the way:"}.get(
            len(told), "All of these stand in the way:"
        )
    return [section(f"{lead}\n{lines([f'· {line}' for line in told], limit=2900)}")]


def _titles(entries: Sequence[AgendaEntry]) -> str:
    shown = [user_text(entry.title, limit=80, empty="an event without a title") for entry in entries[:LEFT_OPEN_SHOWN]]
    left = len(entries) - len(shown)
    return f"{listed(shown)}{f' and {left} more' if left else ''}"


def _book(explained: SlotExplained) -> list[Block]:
    """The way to book it, with everyone, or where one is enough with the first who is free and awake."""
    if not explained.is_free:
        return []
    start = Interval(explained.start, explained.start + 1)
    nights = nights_of(explained.gathered, explained.mode, explained.minutes, explained.zone, start)
    hosts = tuple(member.slack_user_id for member in hosts_at(nights, Slot(explained.start, explained.free)))
    value = SlotRef(explained.start, explained.minutes, Mode.ALL, hosts).value()
    return [actions(button("Book it", numbered(ActionId.BOOK_SLOT, explained.start), value=value, primary=True))]


def _nearest(explained: SlotExplained) -> list[Block]:
    members = tuple(member.slack_user_id for member in explained.gathered.known)
    day = day_of(explained.start, explained.zone)
    if not explained.nearest and explained.is_free:
        return []
    if not explained.nearest:
        question = SlotsRequest(members, explained.mode, explained.minutes, day.isoformat())
        another = button("Another day", ActionId.ANOTHER_DAY, value=words_of(question))
        return [section("No other time is free within two weeks of it."), actions(another)]
    buttons = []
    for slot in explained.nearest:
        its_day = day_of(slot.start, explained.zone)
        label = clock_time(slot.start, explained.zone)
        value = SlotRef(slot.start, explained.minutes, explained.mode, members).value()
        mark = numbered(ActionId.OTHER_SLOT, slot.start)
        buttons.append(button(label if its_day == day else f"{short_day(its_day)}, {label}", mark, value=value))
    who = "everyone" if explained.mode is Mode.ALL else "somebody"
    lead = f"Nearest, {who} free:" if len(members) > 1 else "Nearest:"
    return [section(lead), actions(*buttons)]
