"""What an answer about free time cannot know: calendars read late, people without one, clocks about to change."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.answers import Gathered
from bot.domain.calendars import Calendar
from bot.domain.freshness import stale
from bot.domain.member_time import StaleCalendar
from bot.domain.people import Member
from bot.domain.slots_request import SlotsRequest
from bot.rendering.blocks import actions, button, context, section
from bot.rendering.names import ActionId, numbered
from bot.rendering.question import WHOLE_DAY, words_of
from bot.rendering.run_buttons import connect_google
from bot.rendering.surfaces import Block
from bot.rendering.text import clean, user_text
from bot.rendering.wording import lasting, listed, name_of
from bot.rendering.zones import told_moment

MOST_ASKED_ABOUT = 5
STALE_SHOWN = 10
CALENDAR_NAME = 80


def stale_lines(gathered: Gathered, viewer: UUID | None, now: datetime) -> list[str]:
    """The viewer's own stale calendars by name, those alike in one line, and one line for each other person's.

    `viewer` is a member's id; None where everybody in a channel reads along. Of many people's the rest is counted.
    """
    told: list[str] = []
    for member, time in zip(gathered.known, gathered.times, strict=True):
        if time.member_id == viewer:
            told += [_own_staleness(alike, now) for alike in _alike(time.stale)]
        elif time.stale:
            number = len(time.stale)
            whose = f"{'One' if number == 1 else number} of {name_of(member)}'s calendars"
            told.append(_staleness(whose, "was" if number == 1 else "were", time.stale, now))
    return _first(told)


def own_stale_lines(calendars: Sequence[Calendar], now: datetime, zone: str) -> list[str]:
    """The same for the reader's own, by name, and with the moment instead of the age: it says the same for longer."""
    return [_stale_since(alike, now, zone) for alike in _alike(stale(calendars, now))]


def paused_lines(gathered: Gathered, viewer: UUID) -> list[str]:
    """One line for each person who offers no time while a calendar of his is stale."""
    told: list[str] = []
    for member, time in zip(gathered.known, gathered.times, strict=True):
        if time.is_paused and member.id == viewer:
            told.append(
                "Nothing of yours is offered until your calendars are up to date again: that is how you set it."
            )
        elif time.is_paused:
            told.append(f"{name_of(member)} offers no time while a calendar is not up to date.")
    return told


def unknown_people(
    gathered: Gathered, question: SlotsRequest, viewer: UUID, *, asked: Collection[str] = (), is_whole: bool = False
) -> list[Block]:
    """Those of whom nobody can say when they are free, each with what can be done about it.

    `question` is asked anew by the buttons; `asked` are the Slack ids of those who were asked to connect a calendar
    just now. `is_whole`: all times of a day are shown, and are again.
    """
    blocks: list[Block] = []
    for member in gathered.unread:
        whose = "Your calendar" if member.id == viewer else f"{name_of(member)}'s calendar"
        text = f"{whose} is being read for the first time. Ask again in a minute."
        again = button("Ask again", numbered(ActionId.ASK_AGAIN, member.slack_user_id), value=words_of(question))
        blocks.append(section(text, accessory=again))
    for member in gathered.silent[:MOST_ASKED_ABOUT]:
        is_asked = member.slack_user_id in asked
        blocks += _silent(member, question, viewer, is_asked=is_asked, is_whole=is_whole)
    if rest := gathered.silent[MOST_ASKED_ABOUT:]:
        blocks.append(context(f"{listed([name_of(member) for member in rest])} without a connected calendar too."))
    for member in gathered.withheld:
        text = f"{name_of(member)} does not share free times with you."
        without = _leave_out(member, question)
        blocks.append(section(text, accessory=without[0] if without else None))
    return blocks


def no_calendar(member: Member) -> str:
    """Said of somebody else without a calendar, who is not therefore free."""
    name = name_of(member)
    return f"{name} has no calendar connected, so nobody can say when {name} is free."


def was_asked(member: Member) -> str:
    """The same after a message was sent to him."""
    name = name_of(member)
    return f"{name} was asked to connect a calendar. Until then nobody can say when {name} is free."


def short_name(member: Member) -> str:
    """The name as a button has room for it."""
    return clean(member.name, limit=30, empty="Somebody")


def ask_to_connect(member: Member, question: SlotsRequest, *, is_whole: bool = False) -> Block:
    """The button that asks him to connect one; `question` is answered anew in its place."""
    value = f"{member.slack_user_id} {words_of(question)}"
    mark = numbered(ActionId.ASK_TO_CONNECT, f"{member.slack_user_id}{WHOLE_DAY if is_whole else ''}")
    return button(f"Ask {short_name(member)} to connect", mark, value=value)


def _silent(member: Member, question: SlotsRequest, viewer: UUID, *, is_asked: bool, is_whole: bool) -> list[Block]:
    buttons: list[Block] = []
    if member.id == viewer:
        text = "You have no calendar connected, so nobody can say when you are free."
        buttons.append(connect_google())
    elif is_asked:
        text = was_asked(member)
    else:
        text = no_calendar(member)
        buttons.append(ask_to_connect(member, question, is_whole=is_whole))
    buttons += _leave_out(member, question, label="me" if member.id == viewer else short_name(member))
    return [section(text), *([actions(*buttons)] if buttons else [])]


def _leave_out(member: Member, question: SlotsRequest, *, label: str = "") -> list[Block]:
    """The button that asks the same without the member, where anybody else is left."""
    others = tuple(each for each in question.members if each != member.slack_user_id)
    if not others:
        return []
    mark = numbered(ActionId.ASK_AGAIN, f"without-{member.slack_user_id}")
    return [button(f"Leave {label or short_name(member)} out", mark, value=words_of(replace(question, members=others)))]


def _first(told: list[str]) -> list[str]:
    more = len(told) - STALE_SHOWN
    return [*told[:STALE_SHOWN], f"+{more} more that are not up to date"] if more > 0 else told


def _alike(calendars: Sequence[StaleCalendar]) -> list[list[StaleCalendar]]:
    """Those of which the same can be said, together: not read yet, not fully understood, or read too long ago."""
    kinds: dict[tuple[bool, bool], list[StaleCalendar]] = {}
    for one in calendars:
        kinds.setdefault((one.read_at is None, one.is_partial), []).append(one)
    return list(kinds.values())


def _own_staleness(alike: Sequence[StaleCalendar], now: datetime) -> str:
    """Of several the age of the one that was read last: the others are as old, or older."""
    names, verb = _named(alike)
    ages = [lasting(now - read_at) for read_at in _reads(alike)]
    if alike[0].is_partial or len(set(ages)) < 2:
        return _staleness(names, verb, alike, now)
    return f"{names} {verb} last read at least {ages[-1]} ago; newer events are unknown."


def _stale_since(alike: Sequence[StaleCalendar], now: datetime, zone: str) -> str:
    names, verb = _named(alike)
    reads = _reads(alike)
    if alike[0].is_partial or not reads:
        return _staleness(names, verb, alike, now)
    earlier = " or earlier" if reads[0] != reads[-1] else ""
    return f"{names} {verb} last read {told_moment(reads[-1], zone)}{earlier}; newer events are unknown."


def _named(calendars: Sequence[StaleCalendar]) -> tuple[str, str]:
    """What they are called, with the verb that follows."""
    names = listed([user_text(one.name, limit=CALENDAR_NAME) for one in calendars])
    return names, "was" if len(calendars) == 1 else "were"


def _reads(calendars: Sequence[StaleCalendar]) -> list[datetime]:
    """When they were read, the earliest first."""
    return sorted(one.read_at for one in calendars if one.read_at is not None)


def _staleness(whose: str, verb: str, calendars: Sequence[StaleCalendar], now: datetime) -> str:
    reads = _reads(calendars)
    if not reads:
        return f"{whose} {verb} not read yet."
    if all(one.is_partial for one in calendars):
        return f"{whose} {verb} not fully understood; some events may take more time than is known."
    return f"{whose} {verb} last read {lasting(now - reads[0])} ago; newer events are unknown."
