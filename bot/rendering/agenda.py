"""A day as an answer: one's own with what is in it, somebody else's as busy and free."""

from collections.abc import Sequence
from datetime import date

from bot.domain.agenda import Agenda
from bot.domain.day_words import UnclearWhen, spoken
from bot.domain.freshness import unread
from bot.domain.wall_time import DAY, epoch
from bot.rendering.agenda_lines import ShownDay, agenda_blocks, chooser
from bot.rendering.agenda_ref import AgendaRef
from bot.rendering.blocks import actions, button, context, lines, section
from bot.rendering.caveats import stale_lines
from bot.rendering.names import ActionId, numbered
from bot.rendering.others_time import busy_line, not_read_yet, silent
from bot.rendering.posting import long_message
from bot.rendering.run_buttons import connect_google
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.wording import counted, listed, name_of
from bot.rendering.zones import city, clock_change_line, clock_changes, from_to, hours_of, short_date, way_of

TIMES_IN_TEXT = 10


def agenda_message(agenda: Agenda, *, note: str = "") -> Message:
    """The day for the one who asked; `note` is what was just done."""
    whose = "Your day" if agenda.is_own else name_of(agenda.member)
    blocks = [section(_heading(agenda, whose)), *([context(note)] if note else [])]
    if agenda.is_own:
        blocks += _own(agenda)
    else:
        blocks += _others(agenda)
    viewer = agenda.member.id if agenda.is_own else None
    caveats = [*stale_lines(agenda.gathered, viewer, agenda.now), *_clocks(agenda)]
    return long_message(
        _text(agenda, whose), blocks, (*_chooser(agenda), *(context(line) for line in caveats), *_footer(agenda))
    )


def unclear_day(unclear: UnclearWhen, member: str) -> Message:
    """What a day that was not clear could mean, each meaning a button; `member` is a Slack id."""
    text = user_text(str(unclear), limit=1000)
    days = [
        button(day.isoformat(), numbered(ActionId.AGENDA_DAY, day), value=AgendaRef(day, member).value())
        for day in unclear.days
    ]
    return Message(text, (section(text), *([actions(*days)] if days else [])))


def first_read_line(number: int) -> str:
    """Said of one's own calendars of which nothing is known yet, so that the day does not look free."""
    which = "One calendar is" if number == 1 else f"{number} calendars are"
    return f"_{which} being read for the first time; look again in a minute._"


def day_length_line(day_seconds: int, zone: str) -> str:
    """Told of a day on which the clocks change; empty for every other."""
    if day_seconds == DAY:
        return ""
    way, length = way_of(day_seconds), hours_of(day_seconds)
    return f"The clocks go {way} on this day in {city(zone)}: it has {length} hours."


def _heading(agenda: Agenda, whose: str) -> str:
    place = city(agenda.zone)
    if not agenda.is_own and _is_elsewhere(agenda):
        place += f"; in brackets {city(agenda.member.zone)}, where {name_of(agenda.member)} is"
    return f"*{whose}, {spoken(agenda.day, agenda.today)}* ({place})"


def _own(agenda: Agenda) -> list[Block]:
    blocks = agenda_blocks(agenda.entries, _shown(agenda), agenda.appointments)
    if not agenda.calendars:
        else_on = "what else is on" if blocks else "what is on"
        told = section(f"You have no calendar connected, so nobody can say {else_on}.")
        return [*blocks, told, actions(connect_google())]
    waiting = unread(agenda.calendars, agenda.now)
    if waiting:
        blocks.insert(0, section(first_read_line(len(waiting))))
    elif not blocks:
        blocks = [section("Nothing on that day.")]
    return blocks


def _chooser(agenda: Agenda) -> list[Block]:
    has_any = agenda.is_own and agenda.calendars
    return [chooser(agenda.calendars, agenda.chosen, _shown(agenda))] if has_any else []


def _others(agenda: Agenda) -> list[Block]:
    if agenda.gathered.unread:
        return not_read_yet(agenda.member, ActionId.AGENDA_DAY, _ref(agenda, agenda.day))
    if agenda.gathered.silent:
        return silent(agenda.member, None if agenda.day < agenda.today else agenda.day)
    if not agenda.busy:
        return [section(f"Nothing in {name_of(agenda.member)}'s calendars takes time on that day.")]
    there = agenda.member.zone if _is_elsewhere(agenda) else ""
    return [section(lines([busy_line(one, agenda.day, agenda.zone, there) for one in agenda.busy]))]


def _is_elsewhere(agenda: Agenda) -> bool:
    """Whether the member's clock shows another time than the reader's at any moment of the day."""
    zones = (agenda.zone, agenda.member.zone)
    return any(
        len({from_to(second, second + 1, zone, near=agenda.day) for zone in zones}) > 1
        for second in (agenda.window.start, agenda.window.end - 1)
    )


def _clocks(agenda: Agenda) -> Sequence[str]:
    length = day_length_line(agenda.window.end - agenda.window.start, agenda.zone)
    changes = clock_changes([agenda.zone, agenda.member.zone], agenda.window, zone=agenda.zone)
    here = city(agenda.zone)
    told = [length] if length else []
    for day, cities in changes:
        # That the reader's own clocks change on this very day is told already.
        others = [one for one in cities if one != here] if length and day == agenda.day else cities
        told += [clock_change_line(day, others, today=agenda.today)] if others else []
    return told


def _footer(agenda: Agenda) -> tuple[Block, ...]:
    """The days before and after, where anything is known of them."""
    days = [day for day in (agenda.neighbour(-1), agenda.neighbour(1)) if day is not None]
    buttons = [
        button(short_date(day, agenda.today), numbered(ActionId.AGENDA_DAY, day), value=_ref(agenda, day).value())
        for day in days
    ]
    return (actions(*buttons),) if buttons else ()


def _shown(agenda: Agenda) -> ShownDay:
    return ShownDay(_ref(agenda, agenda.day), agenda.window, agenda.zone, epoch(agenda.now))


def _ref(agenda: Agenda, day: date) -> AgendaRef:
    return AgendaRef(day, agenda.member.slack_user_id, agenda.chosen)


def _text(agenda: Agenda, whose: str) -> str:
    day = f"{whose}, {spoken(agenda.day, agenda.today)}"
    if agenda.is_own:
        booked = [counted(len(agenda.appointments), "appointment")] if agenda.appointments else []
        if not agenda.calendars:
            return f"{day}: {listed(booked)}; nobody can say what else." if booked else f"{day}: nobody can say."
        return f"{day}: {listed([*booked, counted(len(agenda.entries), 'event')])}."
    if not agenda.gathered.is_complete:
        return f"{day}: nobody can say."
    if not agenda.busy:
        return f"{day}: nothing takes time."
    times = [from_to(start, end, agenda.zone, near=agenda.day) for start, end in agenda.busy[:TIMES_IN_TEXT]]
    more = len(agenda.busy) - len(times)
    return f"{day}: busy {', '.join(times)}{f' and {more} more' if more else ''}."
