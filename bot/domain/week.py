"""One week of one member: the question in words, and the answer as far as the reader may see it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.domain.agenda import is_known, window_of
from bot.domain.answers import Gathered
from bot.domain.calendars import Calendar
from bot.domain.day_words import UnclearWhen, read_day, spoken, week_start
from bot.domain.events import AgendaEntry
from bot.domain.freshness import unread
from bot.domain.horizon import DAYS_AHEAD, DAYS_BACK
from bot.domain.intervals import Interval, clip
from bot.domain.join_links import AgendaAppointment
from bot.domain.people import Member
from bot.domain.reading_habits import EVERYBODYS, Habits
from bot.domain.slots_request import UnclearRequest, parse_slots_request
from bot.domain.wall_time import zone_named

DAYS = 7
_WEEK = timedelta(days=DAYS)
_FILLERS = frozenset({"at", "on", "of", "in", "the"})
_RELATIVE = re.compile(r"(?<!\S)(?:(this|next|last|previous)\s+week|(last|previous|next))(?=\s*$|\s+<@)")
_WEEK_WORD = re.compile(r"(?<!\S)week(?!\S)")
_STEPS = {"this": 0, "next": 1, "last": -1, "previous": -1}


@dataclass(frozen=True, slots=True)
class WeekRequest:
    """Whose week is asked for.

    Args:
        member: a Slack id; empty means the asker.
        when: the words for any day of the week, not read yet; empty means today.
        weeks: so many weeks on from there, or back.
        calendar_id: of the asker's own calendars the one to show; None means all.
    """

    member: str = ""
    when: str = ""
    weeks: int = 0
    calendar_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """A member's week in the reader's zone.

    Args:
        first: its first day, with which the reader's weeks begin.
        gathered: whether the member's time is known, and how well; with his working hours where it is.
        calendars: the reader's own, where it is his week; nobody else's are told of.
        chosen: the one of them that is shown, or None for all.
        entries: what is in them, by start.
        busy: of somebody else's week, when he is busy, within the week and merged.
        appointments: that he hosts, or booked with colleagues alone, by start; the copies of them are not among the
            entries.
        working: when he works, merged.
        habits: how the reader reads times.
    """

    first: date
    zone: str
    now: datetime
    member: Member
    is_own: bool
    gathered: Gathered
    calendars: tuple[Calendar, ...] = ()
    chosen: UUID | None = None
    entries: tuple[AgendaEntry, ...] = ()
    busy: tuple[Interval, ...] = ()
    appointments: tuple[AgendaAppointment, ...] = ()
    working: tuple[Interval, ...] = ()
    habits: Habits = EVERYBODYS

    @property
    def today(self) -> date:
        """The reader's date."""
        return self.now.astimezone(zone_named(self.zone)).date()

    @property
    def days(self) -> tuple[date, ...]:
        """Its seven dates."""
        return tuple(self.first + timedelta(days=number) for number in range(DAYS))

    @property
    def window(self) -> Interval:
        """The instants that it lasts, 167 to 169 hours."""
        return window_of(self.first, self.zone, days=DAYS)

    @property
    def is_drawn(self) -> bool:
        """Whether a picture of it would be true: with a calendar nobody has read, everything would look free."""
        if not self.is_own:
            return self.gathered.is_complete
        return bool(self.calendars) and not unread(self.calendars, self.now)

    def entries_on(self, day: date) -> tuple[AgendaEntry, ...]:
        """The events that touch a date."""
        start, end = window_of(day, self.zone)
        return tuple(one for one in self.entries if one.occurrence.start < end and start < one.occurrence.end)

    def appointments_on(self, day: date) -> tuple[AgendaAppointment, ...]:
        """The appointments that touch a date."""
        start, end = window_of(day, self.zone)
        return tuple(
            one for one in self.appointments if one.appointment.span[0] < end and start < one.appointment.span[1]
        )

    def busy_on(self, day: date) -> tuple[Interval, ...]:
        """When he is busy on a date, cut to it."""
        return tuple(clip(self.busy, window_of(day, self.zone)))

    def is_known(self, day: date) -> bool:
        """Whether a date is near enough to have been read."""
        return is_known(day, self.today)

    def neighbour(self, weeks: int) -> date | None:
        """The first day so many weeks on, or back; None where nothing is known of that week."""
        first = self.first + weeks * _WEEK
        return first if _is_known_in_part(first, self.today) else None


def day_to_ask_by(first: date) -> date:
    """The day by which the week from `first` on is asked for again.

    It is the middle: where weeks begin otherwise by then, it lies in the same week still.
    """
    return first + timedelta(days=DAYS // 2)


def is_of_a_week(text: str) -> bool:
    """Whether words for an agenda ask for a whole week: `@ana next week`, `week of 3 dec`."""
    return _WEEK_WORD.search(text.lower()) is not None


def parse_week_request(text: str) -> WeekRequest:
    """The request in a command's text; raises `UnclearRequest`, `UnknownNames`, and `UnclearWhen`."""
    found = _RELATIVE.search(text.lower())
    # Slack's ids are in capitals, so the text is searched in small letters and cut as it is.
    rest = text if found is None else text[: found.start()] + text[found.end() :]
    words = " ".join(word for word in rest.split() if word.lower() not in ("week", *_FILLERS))
    asked = parse_slots_request(words)
    if len(asked.members) > 1:
        raise UnclearRequest("Name one person: the picture is one person's week.")
    if asked.minutes is not None:
        raise UnclearRequest("The picture shows the whole week, so leave the length out.")
    steps = 0 if found is None else _STEPS[found[1] or found[2]]
    return WeekRequest("".join(asked.members), asked.when, steps)


def first_day_asked(request: WeekRequest, today: date, first_day: int) -> date:
    """The first day of the week that is meant; raises `UnclearWhen`, for weeks too of which nothing is known.

    `first_day` is the weekday on which weeks begin for the asker, 0 being Monday.
    """
    words = request.when.lower().split()
    day = read_day(words, today, today, first_day) if words else today
    first = week_start(day, first_day) + request.weeks * _WEEK
    if not _is_known_in_part(first, today):
        raise UnclearWhen(
            f"Daybook knows the last {DAYS_BACK} days and the year ahead, so nobody can say what is in the week of "
            f"{spoken(first, today)}."
        )
    return first


def _is_known_in_part(first: date, today: date) -> bool:
    last = first + timedelta(days=DAYS - 1)
    return last >= today - timedelta(days=DAYS_BACK) and first <= today + timedelta(days=DAYS_AHEAD)
