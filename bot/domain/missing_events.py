"""An event is missing: one day of a calendar as the provider has it now beside what is stored, with each difference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.calendars import Calendar
from bot.domain.event_fixes import EventRef
from bot.domain.events import AgendaEntry, RemoteEvent
from bot.domain.intervals import Interval

MOST_EVENTS = 200
"""So many of a day are looked at."""


class MissingReason(StrEnum):
    """Why an event shows otherwise than somebody expects; the first that fits."""

    UNUSED = "unused"
    """Its calendar is none that Daybook uses."""
    OUT_OF_REACH = "out_of_reach"
    """Longer ago, or further ahead, than events are kept."""
    CANCELLED = "cancelled"
    GONE = "gone"
    """Stored, and not told by the provider on that day any more."""
    UNEXPANDED = "unexpanded"
    """Its repetition, or its time, could not be understood."""
    MOVED = "moved"
    NOT_READ = "not_read"
    OWN_COPY = "own_copy"
    """It is the event of an appointment, which is told in its place."""
    IGNORED = "ignored"
    CHANGED = "changed"
    """Something of it was changed since it was read."""
    WORKING_LOCATION = "working_location"
    BIRTHDAY = "birthday"
    FREE = "free"
    DECLINED = "declined"
    LEFT_OPEN = "left_open"
    """Not said yes to, and its owner leaves such time open."""
    OTHER_ZONE = "other_zone"
    """A whole day of the calendar's zone, which is not the reader's."""
    PRIVATE = "private"
    ONE_WAY = "one_way"
    """Grey by the sync option."""
    LEFT_OUT = "left_out"
    """Grey under two-way: nobody on it is a contact."""
    SHOWN = "shown"
    """There is nothing amiss with it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One event of the day.

    Args:
        reason: why it shows as it does.
        title: as the provider has it, or as it is stored.
        span: when it is there, in epoch seconds; None where that is not known.
        stored: when it is stored, where that is known and elsewhere.
        ref: what names the stored one, where it is on that day.
        link: its page, safe to open.
        detail: what is amiss with it, in foreign words.
    """

    reason: MissingReason
    title: str
    span: Interval | None
    is_all_day: bool = False
    stored: Interval | None = None
    ref: EventRef | None = None
    link: str = ""
    detail: str = ""

    @property
    def takes_no_time(self) -> bool:
        """Whether it shows as it is, and leaves its time open, which somebody may not expect."""
        return self.reason in (
            MissingReason.WORKING_LOCATION,
            MissingReason.BIRTHDAY,
            MissingReason.FREE,
            MissingReason.DECLINED,
            MissingReason.LEFT_OPEN,
        )

    @property
    def is_shown(self) -> bool:
        """Whether it stands on the agenda as in the provider's pages, and blocks its time."""
        return self.reason in (
            MissingReason.SHOWN,
            MissingReason.OWN_COPY,
            MissingReason.PRIVATE,
            MissingReason.ONE_WAY,
            MissingReason.LEFT_OUT,
            MissingReason.OTHER_ZONE,
        )


@dataclass(frozen=True, slots=True)
class StoredDay:
    """What is stored of a calendar's day.

    Args:
        calendar: as it is used.
        entries: its occurrences on the day.
        known: events stored whatever their time, by id: those that the provider told, and their series.
        unreadable: what is amiss with those that could not be understood, by id.
    """

    calendar: Calendar
    entries: Sequence[AgendaEntry]
    known: Mapping[str, RemoteEvent] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ComparedDay:
    """The answer.

    Args:
        mark: what the form calls the calendar.
        calendar_name: foreign text.
        calendar_id: where Daybook uses it.
        is_live: the provider answered; if not, only what is stored is told.
        problem: why it did not.
        events: by start.
        read_at: when the calendar was last read.
    """

    mark: str
    calendar_name: str
    day: date
    zone: str
    now: datetime
    calendar_id: UUID | None = None
    is_live: bool = True
    problem: str = ""
    events: tuple[Compared, ...] = ()
    read_at: datetime | None = None

    @property
    def differences(self) -> tuple[Compared, ...]:
        """Those that show otherwise here than there, or not at all."""
        return tuple(one for one in self.events if not one.is_shown and not one.takes_no_time)

    @property
    def left_open(self) -> tuple[Compared, ...]:
        """Those that show as they are there, and take no time."""
        return tuple(one for one in self.events if one.takes_no_time)
