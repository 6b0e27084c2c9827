"""In-memory round trip checks with the semantics of `bot.ports`, and the provider that they go to."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from bot.domain.calendars import Calendar, SyncClaim
from bot.domain.errors import NotFound
from bot.domain.events import RemoteEvent
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.round_trips import ROUND_TRIP_LEASE, RoundTrip, Way, begin, came_back
from tests.fakes.calendar_rows import RoundTripRow
from tests.fakes.tables import Tables, aware


class FakeRoundTrips:
    """Implements `ports.RoundTrips`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def of(self, actor: Actor) -> RoundTrip | None:
        row = self._tables.round_trips.get(actor.member_id)
        return row.trip if row is not None and row.trip.workspace_id == actor.workspace_id else None

    def begin(self, actor: Actor, calendar: Calendar, now: datetime, *, new_id: UUID) -> RoundTrip:
        known = self._tables.calendars.get(calendar.id)
        if known is None or known.calendar.member_id != actor.member_id:
            raise NotFound
        trip = begin(new_id, calendar, self.of(actor), aware(now))
        self._tables.round_trips[actor.member_id] = RoundTripRow(trip)
        return trip

    def refuse(self, trip: RoundTrip) -> None:
        row = self._same(trip)
        if row is not None and row.trip.came_back_at is None:
            self._put(replace(row, trip=replace(row.trip, problem=trip.problem, tidy_at=trip.tidy_at)))

    def came_back(self, claim: SyncClaim, event_ids: Collection[str], way: Way, now: datetime) -> None:
        row = self._tables.round_trips.get(claim.calendar.member_id)
        if row is not None and row.trip.calendar_id == claim.calendar.id and row.trip.event_id in event_ids:
            self._put(replace(row, trip=came_back(row.trip, way, now)))

    def is_any_due(self, now: datetime) -> bool:
        return any(self._is_due(row, now) for row in self._tables.round_trips.values())

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[RoundTrip]:
        due = [row for row in self._tables.round_trips.values() if self._is_due(row, now)]
        due.sort(key=lambda row: row.trip.tidy_at or now)
        claimed = [
            RoundTripRow(replace(row.trip, fence=row.trip.fence + 1), lease_until=now + ROUND_TRIP_LEASE)
            for row in due[:limit]
        ]
        for row in claimed:
            self._put(row)
        return [row.trip for row in claimed]

    def tidied(self, trip: RoundTrip) -> None:
        self._end(trip, tidy_at=None)

    def retry(self, trip: RoundTrip, tidy_at: datetime) -> None:
        self._end(trip, tidy_at=aware(tidy_at), failed=1)

    def leave(self, trip: RoundTrip) -> None:
        self._end(trip, tidy_at=None, is_left=True)

    def untidied(self, account_id: UUID) -> Sequence[RoundTrip]:
        trips = [row.trip for row in self._tables.round_trips.values()]
        return [one for one in trips if one.account_id == account_id and one.tidy_at is not None]

    def _end(self, trip: RoundTrip, *, tidy_at: datetime | None, failed: int = 0, is_left: bool = False) -> None:
        row = self._same(trip)
        if row is not None and row.trip.fence == trip.fence:
            attempts = row.trip.attempts + failed
            self._put(RoundTripRow(replace(row.trip, tidy_at=tidy_at, attempts=attempts, is_left=is_left)))

    def _same(self, trip: RoundTrip) -> RoundTripRow | None:
        row = self._tables.round_trips.get(trip.member_id)
        return row if row is not None and row.trip.id == trip.id else None

    def _put(self, row: RoundTripRow) -> None:
        self._tables.round_trips[row.trip.member_id] = row

    @staticmethod
    def _is_due(row: RoundTripRow, now: datetime) -> bool:
        is_free = row.lease_until is None or row.lease_until <= now
        return is_free and row.trip.tidy_at is not None and row.trip.tidy_at <= now


def _nothing(_name: str) -> None:
    """Everything goes well."""


@dataclass
class FakeRoundTripEvents:
    """Implements `ports.RoundTripEvents`: `events` are those that are there, by calendar and id.

    `before` is told the name of each request ahead of the work and `after` once it is done: an error that either
    raises is what the caller gets.
    """

    events: dict[tuple[str, str], Interval] = field(default_factory=dict)
    before: Callable[[str], None] = _nothing
    after: Callable[[str], None] = _nothing

    def write(self, account_id: UUID, remote_id: str, event_id: str, span: Interval, zone: str) -> None:
        self.before("write")
        self.events[remote_id, event_id] = span
        self.after("write")

    def remove(self, account_id: UUID, remote_id: str, event_id: str) -> None:
        self.before("remove")
        self.events.pop((remote_id, event_id), None)
        self.after("remove")


@dataclass
class FakeDayReader:
    """Implements `ports.DayReader`: every day is `events`, unless `problem` is raised."""

    events: Sequence[RemoteEvent] = ()
    problem: Exception | None = None
    asked: list[tuple[str, Interval]] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    def day(self, account_id: UUID, remote_id: str, window: Interval, *, limit: int) -> Sequence[RemoteEvent]:
        self.before()
        self.asked.append((remote_id, window))
        if self.problem is not None:
            raise self.problem
        return self.events[:limit]


@dataclass
class FakePermissions:
    """Implements `ports.Permissions`."""

    granted: frozenset[str] = frozenset({"users:read.email"})
    problem: Exception | None = None

    def missing(self, wanted: Collection[str]) -> frozenset[str]:
        if self.problem is not None:
            raise self.problem
        return frozenset(wanted) - self.granted
