"""Remote events as fetched, and the occurrences that they become on the time line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.shades import Shade


class EventStatus(StrEnum):
    """Google's status of an event."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


class EventKind(StrEnum):
    """Google's `eventType`; a kind that is not known yet is read as `DEFAULT`, which blocks."""

    DEFAULT = "default"
    BIRTHDAY = "birthday"
    FOCUS_TIME = "focusTime"
    FROM_GMAIL = "fromGmail"
    OUT_OF_OFFICE = "outOfOffice"
    WORKING_LOCATION = "workingLocation"


class ShowsAs(StrEnum):
    """Whether the event's owner shows it as taking time (Google's `transparency`)."""

    BUSY = "busy"
    FREE = "free"


class Response(StrEnum):
    """What the calendar's owner answered to the invitation."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    NEEDS_ACTION = "needsAction"


class Certainty(IntEnum):
    """How certain the owner of a calendar is to be there; a number, because it is stored with every occurrence.

    `COPY` is that of an event of an appointment that he hosts, and does not block: the appointment does, wherever
    it is. What such an event takes besides is for `ports.Events.busy` to see.
    """

    SETTLED = 0
    TENTATIVE = 1
    UNANSWERED = 2
    COPY = 3


class Timed(NamedTuple):
    """A point in time, aware UTC, with the IANA zone it was written in (a recurrence repeats in that zone)."""

    at: datetime
    zone: str | None


class AllDay(NamedTuple):
    """A whole day; which instant it begins at depends on the calendar's zone."""

    day: date


EventTime = Timed | AllDay


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody on an event, as Google tells of him; `email` is as it was told.

    Args:
        is_self: the calendar's owner.
        is_room: a room or another resource.
        is_organizer: who sends the invitation.
    """

    email: str
    name: str = ""
    response: Response = Response.NEEDS_ACTION
    is_self: bool = False
    is_room: bool = False
    is_organizer: bool = False


@dataclass(frozen=True, slots=True)
class RemoteEvent:
    """An event as the provider told it; a recurring master is one event, a changed instance another.

    A cancelled event may carry nothing but its id. `recurrence` holds the RRULE, RDATE and EXDATE lines
    of a master; `series_id` and `original_start` say which instance of which master an exception replaces.
    `created_at` is when somebody made it, `join_url` the address of its video call.
    """

    id: str
    status: EventStatus
    etag: str = ""
    ical_uid: str = ""
    kind: EventKind = EventKind.DEFAULT
    shows_as: ShowsAs = ShowsAs.BUSY
    response: Response | None = None
    is_private: bool = False
    title: str = ""
    start: EventTime | None = None
    end: EventTime | None = None
    recurrence: tuple[str, ...] = ()
    series_id: str | None = None
    original_start: EventTime | None = None
    link: str = ""
    is_own: bool = True
    problem: str | None = None
    invitees: tuple[Invitee, ...] = ()
    created_at: datetime | None = None
    join_url: str = ""


class Occurrence(NamedTuple):
    """One concrete happening: epoch seconds, half-open. `event_id` is the exception's own id where there is one.

    `blocks` is told by the event alone; of what is uncertain, the owner's preferences have the last word.
    """

    start: int
    end: int
    event_id: str
    series_id: str
    blocks: bool
    certainty: Certainty = Certainty.SETTLED

    @property
    def span(self) -> Interval:
        """The time that it takes."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True)
class EventPage:
    """One page of a provider's answer; `next_sync_token` stands on the last page alone."""

    events: Sequence[RemoteEvent]
    zone: str
    next_sync_token: str | None = None


class Guest(NamedTuple):
    """A contact on an event, for the event's owner to read, and what he answered."""

    name: str
    response: Response


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """An occurrence with what its owner may read of it.

    Args:
        link: the event's page, as the provider told it; see `event_fixes.openable`.
        is_own: its owner may change it, as it is no invitation of somebody else's.
        repeats: it is one time of a series.
        is_ignored: its owner has Daybook pass the event over; then it does not block, whatever the provider says.
        shade: how an event of a linked calendar is shown; None where that was not decided yet.
        guests: the contacts on it, by name.
        join_url: by which one joins its video call, if there is one.
    """

    occurrence: Occurrence
    calendar_name: str
    is_linked: bool
    title: str
    shows_as: ShowsAs
    kind: EventKind
    is_private: bool
    is_all_day: bool
    calendar_id: UUID
    response: Response | None = None
    link: str = ""
    is_own: bool = True
    repeats: bool = False
    is_ignored: bool = False
    shade: Shade | None = None
    guests: tuple[Guest, ...] = ()
    join_url: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A recurring master with the exceptions known for it, keyed by original start in epoch seconds or by day."""

    master: RemoteEvent
    exceptions: Mapping[EventTime, RemoteEvent] = field(default_factory=dict)
