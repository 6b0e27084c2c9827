"""Outside events that land on appointments: each is told to its host once, and followed until it is settled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.availability import Slot
from bot.domain.cards import PostedCard
from bot.domain.intervals import Interval, overlaps
from bot.domain.people import Member
from bot.domain.ties import ALL_WORKS, Ties
from bot.domain.wall_time import MINUTE, epoch, local_day, zone_named

MOST_MOVES = 3
"""How many other times are offered for an appointment."""

MOST_SHOWN = 8
"""How many stand in one message, which says how many there are besides; of more at once nobody decides in it."""

LANDING_LEASE = timedelta(minutes=2)
"""How long whoever claimed what is to be told may take to tell it."""

_MOST_OF_A_DAY = 2
_APART = 60 * MINUTE


class LandingState(StrEnum):
    """Where an overlap stands. All but the first three are final, unless the event comes back."""

    KNOWN = "known"
    """It was there before the appointment took that time: somebody chose it so."""
    WAITING = "waiting"
    """Its host is about to be told."""
    TOLD = "told"
    MOVED = "moved"
    """The appointment stands elsewhere by now."""
    KEPT = "kept"
    """The host said that both are to stand."""
    GONE = "gone"
    """The event takes that time no more."""
    CALLED_OFF = "called_off"
    """The appointment does not take place."""
    OVER = "over"

    @property
    def is_open(self) -> bool:
        """Something is still to be said or decided."""
        return self in (LandingState.WAITING, LandingState.TOLD)


@dataclass(frozen=True, slots=True)
class Landing:
    """An event of a host's on an appointment of his.

    Args:
        member_id: whose calendar it is in; he hosts the appointment.
        series_id: the event, or the series that it is one time of.
        event_id: the same where it is a changed time of a series, or else its series.
        span: when the event was, as it was noticed.
        version: of the appointment then.
        ical_uid: by which the provider knows the meeting wherever it stands; empty where it told none.
        number: its place in the message that tells of it.
    """

    appointment_id: UUID
    workspace_id: UUID
    member_id: UUID
    calendar_id: UUID
    series_id: str
    event_id: str
    span: Interval
    version: int
    state: LandingState = LandingState.WAITING
    number: int | None = None
    ical_uid: str = ""

    @property
    def meeting(self) -> tuple[UUID, UUID, str, int] | None:
        """The same for one meeting in several calendars of a host, on one appointment; None where nobody can tell."""
        return (self.member_id, self.appointment_id, self.ical_uid, self.span.start) if self.ical_uid else None


@dataclass(frozen=True, slots=True)
class LandingBatch:
    """All that one message tells a host, in its order.

    Args:
        wanted: counts its states; the message is up to date where it shows the last.
        posted: where it stands; None where it was about to be posted, and may have been.
    """

    id: UUID
    workspace_id: UUID
    member_id: UUID
    landings: tuple[Landing, ...]
    wanted: int = 0
    posted: PostedCard | None = None


@dataclass(frozen=True, slots=True)
class LandedEvent:
    """The event of a landing, as its owner may read it; `link` is its page, safe to open, or empty."""

    title: str
    span: Interval
    link: str = ""


@dataclass(frozen=True, slots=True)
class LandingShown:
    """A landing with what its host decides by.

    Args:
        appointment: as it is now.
        event: None where it is not there any more.
        moves: free starts that the appointment could have instead, the nearest first.
        ties: whether Google can be told of a move.
        is_read: whether Daybook still reads the calendar that the event is in.
    """

    landing: Landing
    appointment: Appointment
    event: LandedEvent | None
    moves: tuple[Slot, ...] = ()
    ties: Ties = ALL_WORKS
    is_read: bool = True

    @property
    def state(self) -> LandingState:
        """What is to be said of it: the appointment may have made way for one that was kept, for another reason."""
        is_kept = self.landing.state is LandingState.KEPT
        if is_kept and not overlaps(self.appointment.span, self.landing.span):
            return LandingState.MOVED
        return self.landing.state


@dataclass(frozen=True, slots=True)
class BatchShown:
    """Everything that the message shows; `zone` is the host's."""

    batch: LandingBatch
    host: Member
    zone: str
    landings: tuple[LandingShown, ...]


@dataclass(frozen=True, slots=True)
class LandingNow:
    """How the two of an overlap stand now: the appointment, and the event's time if it takes any."""

    appointment: Interval
    is_live: bool
    event: Interval | None


def state_now(landing: Landing, standing: LandingNow, now: datetime) -> LandingState:
    """What became of an open one; the same where nothing did."""
    if not standing.is_live:
        return LandingState.CALLED_OFF
    if not overlaps(standing.appointment, landing.span):
        return LandingState.MOVED
    if standing.event is None or not overlaps(standing.event, standing.appointment):
        return LandingState.GONE
    if min(standing.appointment.end, standing.event.end) <= epoch(now):
        return LandingState.OVER
    return landing.state


def lands_again(known: Landing, appointment: Interval) -> bool:
    """Whether an event that stands on the appointment now is news, though it was met with it before.

    What was known of it did not reach there: the appointment made way, and then the event grew onto it again.
    """
    return known.state is not LandingState.TOLD and not overlaps(known.span, appointment)


def lands_unasked(known: Landing, appointment: Interval) -> bool:
    """Whether one that was met before is news to a host whose appointment was put on it, and who was not asked.

    What he kept or knew of there is none, and neither is what he is told of already.
    """
    ended = (LandingState.MOVED, LandingState.GONE, LandingState.CALLED_OFF, LandingState.OVER)
    return known.state in ended or not overlaps(known.span, appointment)


def accepted(known: Landing, appointment: Interval) -> LandingState:
    """What becomes of one that was met before, when the appointment is put on its event by somebody's choice."""
    match known.state:
        case LandingState.KNOWN | LandingState.KEPT:
            return known.state
        case LandingState.WAITING:
            return known.state if overlaps(known.span, appointment) else LandingState.KNOWN
        case LandingState.TOLD if overlaps(known.span, appointment):
            return known.state
    return LandingState.KEPT


def other_starts(free: Sequence[Slot], start: int, zone: str) -> tuple[Slot, ...]:
    """A few of the free starts that leave a choice: near to `start`, an hour apart, and not all on one day.

    None on an earlier day: people prepare, and travel.

    Args:
        free: starts that are free.
        start: where it stands; epoch seconds.
        zone: IANA name of the zone whose days count.
    """
    there = zone_named(zone)
    first_day = local_day(start, there)
    chosen: list[Slot] = []
    for slot in sorted(free, key=lambda one: (abs(one.start - start), -one.start)):
        is_apart = all(abs(slot.start - one.start) >= _APART for one in chosen)
        day = local_day(slot.start, there)
        on_that_day = sum(local_day(one.start, there) == day for one in chosen)
        if is_apart and slot.start != start and day >= first_day and on_that_day < _MOST_OF_A_DAY:
            chosen.append(slot)
        if len(chosen) == MOST_MOVES:
            break
    return tuple(sorted(chosen))


def distinct(waiting: Sequence[Landing], standing: Iterable[Landing]) -> tuple[list[Landing], list[Landing]]:
    """Those to tell of, and those that are the same meeting in another calendar of the same host.

    Args:
        waiting: what was not told yet.
        standing: what he was told of before, and still takes that time.
    """
    told: list[Landing] = []
    repeated: list[Landing] = []
    seen = {one.meeting for one in standing}
    for landing in waiting:
        if landing.meeting is not None and landing.meeting in seen:
            repeated.append(landing)
        else:
            told.append(landing)
        seen.add(landing.meeting)
    return told, repeated
