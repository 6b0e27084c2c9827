"""Weeks with one visible difference; the usual one is that of Monday 23 November 2026, in Berlin, on Tuesday noon."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from bot.domain.agenda import window_of
from bot.domain.answers import Gathered
from bot.domain.calendars import Calendar
from bot.domain.events import AgendaEntry
from bot.domain.intervals import Interval, clip, merged
from bot.domain.join_links import AgendaAppointment
from bot.domain.people import Member
from bot.domain.schedule import working_time
from bot.domain.shades import Shade
from bot.domain.week import DAYS, Week
from tests.builders import BERLIN, a_schedule, at, span
from tests.unit.rendering.answers import an_entry, ana, ben, time_of
from tests.unit.rendering.bookings import an_appointment
from tests.unit.rendering.connections import a_calendar, a_linked_calendar

MONDAY = "2026-11-23"
FIRST_DAYS = {"Mon": "23", "Tue": "24", "Wed": "25", "Thu": "26", "Fri": "27", "Sat": "28", "Sun": "29"}
NOON = at("12:00")
LINKED, FAMILY = a_linked_calendar(), a_calendar("Family", read_at=NOON)


def when(text: str) -> str:
    """`Tue 9:00-10:00` of the usual week as the builders take it; other texts stay."""
    name, _, times = text.partition(" ")
    return f"2026-11-{FIRST_DAYS[name]} {times}" if name in FIRST_DAYS else text


def event(
    text: str,
    title: str = "Kick-off",
    *,
    zone: str = BERLIN,
    shade: Shade | None = None,
    is_linked: bool = True,
    blocks: bool = True,
) -> AgendaEntry:
    """An event of Ana's own."""
    entry = an_entry("9:00-10:00", title, is_linked=is_linked, blocks=blocks, calendar="Ana" if is_linked else "Family")
    start, end = span(when(text), zone)
    return replace(entry, shade=shade, occurrence=entry.occurrence._replace(start=start, end=end))


def longer(entry: AgendaEntry, hours: int) -> AgendaEntry:
    """The event with so many hours from its start."""
    return replace(entry, occurrence=entry.occurrence._replace(end=entry.occurrence.start + hours * 3600))


def appointment(text: str) -> AgendaAppointment:
    """An appointment of Ana's with Maya Ortiz."""
    return AgendaAppointment(replace(an_appointment(), span=span(when(text))))


def own_week(
    *entries: AgendaEntry,
    first: str = MONDAY,
    zone: str = BERLIN,
    now: datetime = NOON,
    appointments: Sequence[AgendaAppointment] = (),
    calendars: tuple[Calendar, ...] = (LINKED, FAMILY),
    chosen: UUID | None = None,
) -> Week:
    """Ana's own week."""
    return _week(first, zone, now, ana, entries=entries, appointments=appointments, calendars=calendars, chosen=chosen)


def bens_week(*busy: str, first: str = MONDAY, now: datetime = NOON, gathered: Gathered | None = None) -> Week:
    """Ben's week in New York, as Ana sees it in Berlin; the times are hers."""
    week = _week(first, BERLIN, now, ben)
    return replace(
        week,
        is_own=False,
        calendars=(),
        busy=tuple(span(when(text)) for text in busy),
        gathered=gathered or week.gathered,
    )


def with_day_off(week: Week, day: str, zone: str) -> Week:
    """The week of somebody who is busy for a whole day of his own zone."""
    return replace(week, busy=tuple(sorted((*week.busy, window_of(date.fromisoformat(day), zone)))))


def _week(
    first: str,
    zone: str,
    now: datetime,
    member: Member,
    *,
    entries: Sequence[AgendaEntry] = (),
    appointments: Sequence[AgendaAppointment] = (),
    calendars: tuple[Calendar, ...] = (LINKED, FAMILY),
    chosen: UUID | None = None,
) -> Week:
    monday = date.fromisoformat(first)
    window = window_of(monday, zone, days=DAYS)
    hours = working_time(a_schedule(zone=member.zone if member is ben else zone), window).windows
    return Week(
        first=monday,
        zone=zone,
        now=now,
        member=member,
        is_own=True,
        gathered=Gathered((member,), (time_of(member),), (), ()),
        calendars=calendars,
        chosen=chosen,
        entries=tuple(sorted(entries, key=lambda entry: entry.occurrence[:2])),
        appointments=tuple(appointments),
        working=tuple(clip(merged(hours), window)),
    )


def hour(place: int) -> float:
    """A place on the axis in hours from the top."""
    return place / 3600


def hours(interval: Interval) -> tuple[float, float]:
    """The same of both its ends."""
    return hour(interval.start), hour(interval.end)
