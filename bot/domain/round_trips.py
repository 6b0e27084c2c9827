"""The round trip check: a private, Free event is written to a linked calendar, and comes back by the ordinary sync.

What is told of the event never becomes anything here: it is set apart before a reading is planned, so that it takes
no time, makes no contact or appointment, and fires no trigger, in whoever's calendar it is read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.accounts import Account, AccountStatus
from bot.domain.calendars import Calendar
from bot.domain.connections import takes_appointments
from bot.domain.errors import AccessLost, CredentialRefused, DaybookError
from bot.domain.events import EventStatus, RemoteEvent, ShowsAs
from bot.domain.intervals import Interval
from bot.domain.wall_time import MINUTE, midnight, wall_clock, zone_named

SPACING = timedelta(minutes=1)
"""One member checks once in so long."""
ROUND_TRIP_LEASE = timedelta(minutes=2)
"""How long whoever claimed it may take to remove the event."""
_SHORTEST_WAIT = timedelta(minutes=10)
_LONGEST_WAIT = timedelta(minutes=90)
_MARGIN = timedelta(minutes=5)
# A write of which nothing was heard may still arrive; it is removed after that.
_UNHEARD = timedelta(minutes=1)
_SHORTEST_PAUSE = timedelta(seconds=10)
_LONGEST_PAUSE = timedelta(hours=1)
_GIVEN_UP_AFTER = timedelta(days=1)
_AT = 3 * 60 * MINUTE
# Google takes the digits and the letters from a to v.
_CHECK = re.compile(r"dbcheck[0-9a-f]{32}")


class Way(StrEnum):
    """How Daybook heard of the change."""

    PUSH = "push"
    POLL = "poll"


class CannotCheck(DaybookError):
    """No check can begin; the sentence says why."""


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """A member's last check.

    Args:
        id: of this one, and by it of its event, so that no two checks ever use the same.
        began_at: just before the event was written.
        waits_until: it is given up then.
        came_back_at: when a reading met it.
        problem: why it was not written.
        tidy_at: when the event is to be removed; nothing once it was.
        attempts: so often removing it failed.
        is_left: Google did not let us remove it, and nobody tries any more.
        fence: rises with every claim to remove it.
    """

    member_id: UUID
    workspace_id: UUID
    account_id: UUID
    calendar_id: UUID
    remote_id: str
    id: UUID
    began_at: datetime
    waits_until: datetime
    came_back_at: datetime | None = None
    way: Way | None = None
    problem: str = ""
    tidy_at: datetime | None = None
    attempts: int = 0
    is_left: bool = False
    fence: int = 0

    @property
    def event_id(self) -> str:
        """The id of its event: the same on every try."""
        return f"dbcheck{self.id.hex}"

    @property
    def lag(self) -> timedelta | None:
        """How long the event took to come back."""
        return None if self.came_back_at is None else max(timedelta(), self.came_back_at - self.began_at)

    def is_over(self, now: datetime) -> bool:
        """Whether the answer is known: it came back, was never written, or was waited for long enough."""
        return self.came_back_at is not None or bool(self.problem) or now >= self.waits_until


@dataclass(frozen=True, slots=True)
class RoundTripShown:
    """A check as of `now`, with the calendar that it goes through, where that is still in use."""

    trip: RoundTrip
    calendar: Calendar | None
    now: datetime

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to wait for: an answer, and the event removed."""
        return self.trip.is_over(self.now) and self.trip.tidy_at is None

    @property
    def has_answer(self) -> bool:
        """Whether the answer is known."""
        return self.trip.is_over(self.now)


def begin(new_id: UUID, calendar: Calendar, previous: RoundTrip | None, now: datetime) -> RoundTrip:
    """A new check of its owner's calendar; raises `CannotCheck` while one runs, and within a minute of the last."""
    if previous is not None:
        if not previous.is_over(now):
            raise CannotCheck("A round trip check is running already. Its result shows here by itself.")
        if previous.tidy_at is not None and previous.attempts:
            raise CannotCheck(
                "The event of the last check could not be removed from Google yet. Daybook goes on trying; "
                "check again after that."
            )
        if previous.tidy_at is not None:
            raise CannotCheck("The last check is still being cleaned up in Google. Try again in a minute.")
        if now - previous.began_at < SPACING:
            raise CannotCheck("The last check was less than a minute ago. Try again in a minute.")
    until = now + _patience(calendar, now)
    return RoundTrip(
        member_id=calendar.member_id,
        workspace_id=calendar.workspace_id,
        account_id=calendar.account_id,
        calendar_id=calendar.id,
        remote_id=calendar.remote_id,
        id=new_id,
        began_at=now,
        waits_until=until,
        # Whatever becomes of the process that writes it, the event goes then.
        tidy_at=until,
    )


def checked_calendar(calendars: Sequence[Calendar], accounts: Sequence[Account]) -> Calendar:
    """The linked calendar that can be checked; raises `CannotCheck` with what to do first."""
    active = [one for one in accounts if one.status is AccountStatus.ACTIVE]
    found = next((one for one in calendars if takes_appointments(one, active)), None)
    if found is None:
        raise CannotCheck(
            "The check writes an event to your linked calendar and removes it again. "
            "First choose a linked calendar that you can edit, under Calendar Settings."
        )
    return found


def refused(trip: RoundTrip, problem: str, now: datetime, *, may_be_there: bool) -> RoundTrip:
    """The event was not written, as far as is known; one that may be there all the same is removed."""
    return replace(trip, problem=problem, tidy_at=now + _UNHEARD if may_be_there else None)


def came_back(trip: RoundTrip, way: Way, now: datetime) -> RoundTrip:
    """A reading met the event; it is removed at once. What is known already stays."""
    if trip.came_back_at is not None or trip.problem:
        return trip
    return replace(trip, came_back_at=now, way=way, tidy_at=now)


def tidy_pause(attempts: int) -> timedelta:
    """How long to wait after so many tries to remove it."""
    doubled: timedelta = _SHORTEST_PAUSE * 2 ** min(attempts, 12)
    return min(doubled, _LONGEST_PAUSE)


def is_left(trip: RoundTrip, error: DaybookError, now: datetime) -> bool:
    """Whether its event stays where it is: for a day Daybook has been without the right to remove it."""
    return isinstance(error, (AccessLost, CredentialRefused)) and now - trip.began_at >= _GIVEN_UP_AFTER


def check_span(zone: str, now: datetime) -> Interval:
    """The minute of the event: tomorrow at 3:00 on the wall of `zone`, or the first one after that is shown."""
    home = zone_named(zone)
    day = now.astimezone(home).date() + timedelta(days=1)
    start = wall_clock(home, day, day).instant(midnight(day) + _AT)
    return Interval(start, start + MINUTE)


def is_check(event: RemoteEvent) -> bool:
    """Whether it is the event of a check, anybody's.

    The id alone proves nothing, as the sender of an invitation chooses it; but what is Free takes nobody's time.
    """
    return is_check_id(event.id) and (event.shows_as is ShowsAs.FREE or event.status is EventStatus.CANCELLED)


def is_check_id(event_id: str) -> bool:
    """Whether it looks like the id of such an event."""
    return _CHECK.fullmatch(event_id) is not None


def set_apart(events: Sequence[RemoteEvent]) -> tuple[Sequence[RemoteEvent], tuple[str, ...]]:
    """What a reading told without the events of checks, which it tells as gone, and the ids of those that are there."""
    checks = [one for one in events if is_check(one)]
    if not checks:
        return events, ()
    met = tuple(one.id for one in checks if one.status is not EventStatus.CANCELLED)
    told = [replace(one, status=EventStatus.CANCELLED) if is_check(one) else one for one in events]
    return told, met


def _patience(calendar: Calendar, now: datetime) -> timedelta:
    """Beyond its next reading, wherever that is planned."""
    return min(max(_SHORTEST_WAIT, until_next(calendar, now) + _MARGIN), _LONGEST_WAIT)


def until_next(calendar: Calendar, now: datetime) -> timedelta:
    """How long until the calendar is read by the clock."""
    return timedelta() if calendar.next_sync_at is None else max(timedelta(), calendar.next_sync_at - now)
