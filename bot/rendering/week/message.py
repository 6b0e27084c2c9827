"""A week as a message: the picture, and below it the same as text."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from bot.domain.agenda import window_of
from bot.domain.day_words import UnclearWhen, week_start
from bot.domain.events import AgendaEntry
from bot.domain.freshness import unread
from bot.domain.wall_time import epoch
from bot.domain.week import Week, WeekRequest, day_to_ask_by
from bot.rendering.agenda import first_read_line
from bot.rendering.agenda_lines import ShownDay, appointment_line, chooser, entry_line, is_whole_day
from bot.rendering.agenda_ref import AgendaRef
from bot.rendering.blocks import (
    MESSAGE_CHARACTERS,
    actions,
    button,
    context,
    first_lines,
    image,
    section,
    size,
)
from bot.rendering.caveats import stale_lines
from bot.rendering.names import ActionId, numbered
from bot.rendering.others_time import busy_line, not_read_yet, silent
from bot.rendering.reader import read_by
from bot.rendering.run_buttons import connect_google
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.week.items import TITLE_READ
from bot.rendering.week.words import alt_text, changed_days, clock_lines, second_zone, told_days
from bot.rendering.wording import counted, listed, name_of
from bot.rendering.zones import city, clock_change_line, clock_changes, short_day

# Seven days have to fit into one message: the fuller the week, the shorter each is cut.
_DAY_TEXTS = (1500, 1200, 1000, 800, 600, 450, 300)
CALENDARS_SHOWN = 24
_ON_THE_PAGE = "What did not fit here is shown by *Open as a page*."
_IN_THE_AGENDA = "What did not fit here is shown day by day, such as by `/daybook agenda tue`."


class Shown(StrEnum):
    """Where the picture of a week is."""

    ELSEWHERE = "elsewhere"
    COMING = "coming"
    HERE = "here"
    MISSING = "missing"


_TOLD = {
    Shown.ELSEWHERE: "The picture goes to your messages with Daybook.",
    # It stays where Daybook is stopped meanwhile, so it has to be true even then.
    Shown.COMING: "The picture joins this message if Slack takes it. *Open as a page* shows it now.",
    Shown.MISSING: "The picture could not be shown here. *Open as a page* shows it.",
}


def week_message(week: Week, link: str, shown: Shown, *, file_id: str = "") -> Message:
    """The week for the one who asked.

    Args:
        week: what is in it.
        link: the address of the page with the same picture.
        shown: where the picture is; told only where there is one.
        file_id: Slack's name of the picture, where it is `HERE`.
    """
    with read_by(week.habits):
        return _message(week, link, shown, file_id)


def _message(week: Week, link: str, shown: Shown, file_id: str) -> Message:
    blocks = [section(f"*{_whose(week)}, {told_days(week)}* ({_place(week)})")]
    if week.is_drawn:
        blocks.append(image(file_id, alt_text(week)) if file_id else context(_TOLD[shown]))
    viewer = week.member.id if week.is_own else None
    notes = [*stale_lines(week.gathered, viewer, week.now), *clock_lines(week), *_changes(week)]
    ends = [context(line) for line in dict.fromkeys(notes)]
    if week.is_drawn and week.is_own:  # of somebody else's nothing is coloured
        ends.append(_chooser(week))
    ends += _footer(week, link)
    content = _content(week, MESSAGE_CHARACTERS - size([*blocks, *ends]), is_paged=bool(link) and week.is_drawn)
    return Message(_text(week), (*blocks, *content, *ends), ends=len(ends))


def unclear_week(unclear: UnclearWhen, member: str, *, first_day: int) -> Message:
    """What a day that was not clear could mean, each week a button.

    `member` is a Slack id; `first_day` is the weekday on which weeks begin for who reads, 0 being Monday.
    """
    text = user_text(str(unclear), limit=1000)
    weeks = dict.fromkeys(week_start(day, first_day) for day in unclear.days)
    buttons = [
        button(
            f"Week of {short_day(first)}",
            numbered(ActionId.WEEK, first),
            value=AgendaRef(day_to_ask_by(first), member).value(),
        )
        for first in weeks
    ]
    return Message(text, (section(text), *([actions(*buttons)] if buttons else [])))


def week_request(ref: AgendaRef) -> WeekRequest:
    """The question that a button of a week answers."""
    return WeekRequest(ref.member, ref.day.isoformat(), calendar_id=ref.calendar_id)


def _whose(week: Week) -> str:
    return "Your week" if week.is_own else f"{name_of(week.member)}'s week"


def _place(week: Week) -> str:
    other = second_zone(week)
    return city(week.zone) + (f"; in brackets {city(other)}, where {name_of(week.member)} is" if other else "")


def _content(week: Week, room: int, *, is_paged: bool) -> list[Block]:
    """All that is on, in so many characters as `room` says; `is_paged` where a page has all of it too."""
    if week.is_own:
        if not week.calendars:
            told = [section("You have no calendar connected, so nobody can say what else is on.")]
            told.append(actions(connect_google()))
            return [*_days(week, room - size(told), is_paged=False), *told] if week.appointments else told
        waiting = unread(week.calendars, week.now)
        first = [section(first_read_line(len(waiting)))] if waiting else []
        return [*first, *_days(week, room - size(first), is_paged=is_paged)]
    if week.gathered.unread:
        return not_read_yet(week.member, ActionId.WEEK, _ref(week, day_to_ask_by(week.first)))
    if week.gathered.silent:
        return silent(week.member, None if week.days[-1] < week.today else max(week.first, week.today))
    return _days(week, room, is_paged=is_paged)


def _days(week: Week, room: int, *, is_paged: bool) -> list[Block]:
    """A paragraph for each day, in the lines of the agenda; what does not fit is counted, and said where it is."""
    days = [_told(week, day) for day in week.days]
    rest = context(_ON_THE_PAGE if is_paged else _IN_THE_AGENDA)
    for limit in _DAY_TEXTS:
        is_cut = any(day.is_cut(limit) for day in days)
        blocks = [*(section(day.text(limit)) for day in days), *([rest] if is_cut else [])]
        if size(blocks) <= room:
            break
    return blocks


class _DayTold(NamedTuple):
    """A day with its first lines, of so many as it has."""

    head: str
    lines: Sequence[str]
    number: int

    def text(self, limit: int) -> str:
        told = first_lines(self.lines, self.number, limit=limit)
        return f"{self.head}\n{told}" if self.number else f"{self.head}  nothing"

    def is_cut(self, limit: int) -> bool:
        return len(self.lines) < self.number or len("\n".join(self.lines)) > limit


def _told(week: Week, day: date) -> _DayTold:
    told = _lines(week, day) if week.is_known(day) else [lambda: "not known"]
    made: list[str] = []
    # Of a calendar that somebody filled by a program, most lines would be made for nothing.
    for make in told:
        made.append(make())
        if sum(map(len, made)) > _DAY_TEXTS[0]:
            break
    return _DayTold(f"*{short_day(day)}*", made, len(told))


def _lines(week: Week, day: date) -> list[Callable[[], str]]:
    """What makes each line, in their order."""
    shown = _shown(week, day)
    if not week.is_own:
        there = second_zone(week)
        return [partial(busy_line, busy, day, week.zone, there) for busy in week.busy_on(day)]
    told = [
        (is_whole_day(one, shown), one.occurrence.start, partial(_entry_line, one, shown))
        for one in week.entries_on(day)
    ]
    told += [
        (False, one.appointment.span.start, partial(appointment_line, one, shown)) for one in week.appointments_on(day)
    ]
    return [make for _, _, make in sorted(told, key=lambda each: each[:2])]


def _entry_line(entry: AgendaEntry, shown: ShownDay) -> str:
    return entry_line(replace(entry, title=entry.title[:TITLE_READ]), shown)


def _changes(week: Week) -> list[str]:
    """Those that are not told of a day of the week already."""
    told = {day for day, _ in changed_days(week)}
    changes = clock_changes([week.zone, week.member.zone], week.window, zone=week.zone)
    return [clock_change_line(day, cities, today=week.today) for day, cities in changes if day not in told]


def _chooser(week: Week) -> Block:
    calendars = week.calendars[:CALENDARS_SHOWN]
    return chooser(calendars, week.chosen, _shown(week, day_to_ask_by(week.first)), action=ActionId.WEEK_CALENDAR)


def _footer(week: Week, link: str) -> tuple[Block, ...]:
    """The weeks before and after, where anything is known of them, and the page."""
    around = (("Previous week", week.neighbour(-1)), ("Next week", week.neighbour(1)))
    buttons = [
        button(label, numbered(ActionId.WEEK, first), value=_ref(week, day_to_ask_by(first)).value())
        for label, first in around
        if first is not None
    ]
    if link and week.is_drawn:
        buttons.append(button("Open as a page", numbered(ActionId.OPEN_LINK, "week"), url=link))
    return (actions(*buttons),) if buttons else ()


def _ref(week: Week, day: date) -> AgendaRef:
    return AgendaRef(day, week.member.slack_user_id, week.chosen)


def _shown(week: Week, day: date) -> ShownDay:
    return ShownDay(_ref(week, day), window_of(day, week.zone), week.zone)


def _text(week: Week) -> str:
    """What notifications say: how much there is."""
    told = f"{_whose(week)}, {told_days(week)}"
    if week.is_own:
        booked = [counted(len(week.appointments), "appointment")] if week.appointments else []
        if not week.calendars:
            return f"{told}: {listed(booked)}; nobody can say what else." if booked else f"{told}: nobody can say."
        return f"{told}: {listed([*booked, counted(len(week.entries), 'event')])}."
    if not week.gathered.is_complete:
        return f"{told}: nobody can say."
    left = len([end for _, end in week.busy if end > epoch(week.now)])
    return f"{told}: {counted(len(week.busy), 'busy time')}, {left} to come." if week.busy else f"{told}: nothing."
