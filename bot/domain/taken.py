"""Appointments that were taken from Google: meetings with contacts that nobody booked in Daybook."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from bot.domain.contacts import Contact
from bot.domain.events import RemoteEvent, Response
from bot.domain.intervals import Interval
from bot.domain.shades import Shade
from bot.domain.wall_time import DAY, moment

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When an event was made of which nobody tells that: no trigger fires for it."""


class TakenKey(NamedTuple):
    """By what a meeting is known in its workspace; see `TakenAppointment`."""

    ical_uid: str
    original: int


@dataclass(frozen=True, slots=True)
class TakenContact:
    """A contact of such a meeting, and what he answered to the invitation."""

    contact: Contact
    response: Response


@dataclass(frozen=True, slots=True)
class TakenAppointment:
    """A meeting with contacts in Google: one, however many members have it in their calendars.

    It is a busy block through its event, never a guard row. Known by `ical_uid` and `original`.

    Args:
        original: of one changed time of a series where the series puts it, epoch seconds; 0 for a series, and for
            what does not repeat.
        span: of a series its first time; epoch seconds, half-open.
        repeats: it is a series.
        hosts: the members in whose linked calendars it stands, who organises it first; nobody where it is no
            appointment for now, and only remembered.
        created_at: when it was made in Google; aware UTC. Of what continues a series, when that was made.
        version: rises with every move and with its end.
        over_at: when it is over, epoch seconds; None where nobody knows an end.
        placed_at: when Daybook read that it stands there; None where that was never kept.
    """

    id: UUID
    workspace_id: UUID
    ical_uid: str
    original: int
    span: Interval
    title: str
    repeats: bool
    hosts: tuple[UUID, ...]
    contacts: tuple[TakenContact, ...]
    created_at: datetime
    is_cancelled: bool = False
    version: int = 1
    over_at: int | None = None
    placed_at: datetime | None = None

    @property
    def key(self) -> TakenKey:
        """By what it is known."""
        return TakenKey(self.ical_uid, self.original)

    def is_over(self, now: int) -> bool:
        """Whether nothing of it is to come, as far as is known."""
        return self.over_at is not None and self.over_at <= now


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """An event that waits for its decision; `series` is the master of a changed time, where that is known.

    `last_end` is when its last known time ends, epoch seconds.
    """

    event: RemoteEvent
    series: RemoteEvent | None = None
    last_end: int | None = None


@dataclass(frozen=True, slots=True)
class KnownMeeting:
    """A meeting as it is known, and as one calendar showed it last; `seen` is None where it did not stand there."""

    taken: TakenAppointment
    seen: Interval | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What an event was decided to be.

    Args:
        shade: how it is shown; None for what is not shown at all.
        emails: the addresses that its decision hangs on, normalised.
        taken: the meeting's next state, if it is one.
        seen: when this calendar has the meeting.
        ended: the meeting that it was, called off, where it stood nowhere else.
    """

    event_id: str
    shade: Shade | None
    emails: tuple[str, ...] = ()
    taken: TakenAppointment | None = None
    seen: Interval | None = None
    ended: TakenAppointment | None = None


@dataclass(frozen=True, slots=True)
class LeftMeeting:
    """A live meeting whose event is not in a calendar any more.

    Args:
        event_id: by which it stood there.
        is_elsewhere: it still stands in another linked calendar.
    """

    taken: TakenAppointment
    event_id: str
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Declined:
    """A contact who will not come, for the host to know.

    Args:
        subject: the appointment, or the taken one.
        member_id: the host who is told.
        span: when it is; of a series its first time.
        is_booked: it was booked in Daybook, so that there is a card.
        link: where its event is shown in Google, for the host, as Google told it; known when he is told.
    """

    workspace_id: UUID
    subject: UUID
    member_id: UUID
    contact: Contact
    title: str
    span: Interval
    repeats: bool = False
    is_booked: bool = False
    link: str = ""


def key_of(event: RemoteEvent, original: int, series: RemoteEvent | None, calendar_id: UUID) -> TakenKey:
    """By what the meeting is known that an event may be.

    Args:
        event: as fetched.
        original: of a changed time, where its series puts it, else 0; epoch seconds.
        series: its master, if it is one and that is known.
        calendar_id: in which it stands; one without a UID is nobody else's.
    """
    uid = event.ical_uid or (series.ical_uid if series is not None else "")
    return TakenKey(uid or f"{calendar_id}/{event.id}", original)


def id_of(workspace_id: UUID, key: TakenKey) -> UUID:
    """The same for ever, so that what was told of the meeting once is not told again."""
    return uuid5(workspace_id, f"{key.original}/{key.ical_uid}")


def day_about(original: int) -> date:
    """The date of a whole day that begins there, epoch seconds, in whichever zone."""
    return moment(original + DAY // 2).date()
