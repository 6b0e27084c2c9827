"""One day of one member: the question in words, and the answer as far as the reader may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.domain.answers import Gathered
from bot.domain.calendars import Calendar
from bot.domain.day_words import UnclearWhen, read_day, spoken
from bot.domain.events import AgendaEntry
from bot.domain.horizon import DAYS_AHEAD, DAYS_BACK
from bot.domain.intervals import Interval
from bot.domain.join_links import AgendaAppointment
from bot.domain.people import Member
from bot.domain.slots_request import UnclearRequest, parse_slots_request
from bot.domain.wall_time import wall_clock, zone_named

_FILLERS = frozenset({"at", "on"})


@dataclass(frozen=True, slots=True)
class AgendaRequest:
    """Whose day is asked for.

    Args:
        member: a Slack id; empty means the asker.
        when: the words for one day, not read yet; empty means today.
        calendar_id: of the asker's own calendars the one to show; None means all.
    """

    member: str = ""
    when: str = ""
    calendar_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """A member's day in the reader's zone.

    Args:
        window: the instants that the day lasts, 23 to 25 hours.
        gathered: whether the member's time is known, and how well.
        calendars: the reader's own, where it is his day; nobody else's are told of.
        chosen: the one of them that is shown, or None for all.
        entries: what is in them, by start.
        busy: of somebody else's day, when he is busy, within the window and merged.
        appointments: that he hosts, or booked with colleagues alone, live and settled, by start; the copies of them
            are not among the entries.
    """

    day: date
    zone: str
    now: datetime
    window: Interval
    member: Member
    is_own: bool
    gathered: Gathered
    calendars: tuple[Calendar, ...] = ()
    chosen: UUID | None = None
    entries: tuple[AgendaEntry, ...] = ()
    busy: tuple[Interval, ...] = ()
    appointments: tuple[AgendaAppointment, ...] = ()

    @property
    def today(self) -> date:
        """The reader's date."""
        return self.now.astimezone(zone_named(self.zone)).date()

    def neighbour(self, days: int) -> date | None:
        """The day so many days on, or back; None where nothing is known of it."""
        other = self.day + timedelta(days=days)
        return other if is_known(other, self.today) else None


def parse_agenda_request(text: str) -> AgendaRequest:
    """The request in a command's text; raises `UnclearRequest`, `UnknownNames`, and `UnclearWhen`."""
    asked = parse_slots_request(text)
    if len(asked.members) > 1:
        raise UnclearRequest("Name one person: an agenda is one person's day. Several people's free times are slots.")
    if asked.minutes is not None:
        raise UnclearRequest("An agenda shows the whole day, so leave the length out.")
    return AgendaRequest(member="".join(asked.members), when=asked.when)


def day_asked(words: str, today: date, first_day: int) -> date:
    """The one day that the words mean; raises `UnclearWhen`, for days too of which nothing is known.

    `first_day` is the weekday on which weeks begin for the asker, 0 being Monday.
    """
    parts = [part for part in words.lower().replace(",", " ").split() if part not in _FILLERS]
    day = read_day(parts, today, today, first_day) if parts else today
    if not is_known(day, today):
        raise UnclearWhen(
            f"Daybook knows the last {DAYS_BACK} days and the year ahead, so nobody can say what is on "
            f"{spoken(day, today)}."
        )
    return day


def is_known(day: date, today: date) -> bool:
    """Whether the day is near enough to have been read."""
    return today - timedelta(days=DAYS_BACK) <= day <= today + timedelta(days=DAYS_AHEAD)


def one_calendar(
    entries: Sequence[AgendaEntry], calendars: Iterable[Calendar], wanted: UUID | None
) -> tuple[UUID | None, tuple[AgendaEntry, ...]]:
    """The id of the one calendar that is shown, and what is in it; None and all where `wanted` is not among them."""
    chosen = wanted if wanted in [one.id for one in calendars] else None
    return chosen, tuple(entry for entry in entries if chosen in (None, entry.calendar_id))


def window_of(day: date, zone: str, *, days: int = 1) -> Interval:
    """The epoch seconds of so many dates from `day` on in `zone`, an IANA name; raises `UnknownZone`."""
    last = day + timedelta(days=days - 1)
    clock = wall_clock(zone_named(zone), day, last)
    return Interval(clock.day(day)[0], clock.day(last)[1])
