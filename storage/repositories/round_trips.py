"""The last round trip check of each member, and the events of checks that are to be removed."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, or_, select, update

from bot.domain.calendars import Calendar, SyncClaim
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.round_trips import ROUND_TRIP_LEASE, RoundTrip, Way, begin, came_back
from storage.repositories.locks import lock_member, lock_own_calendar
from storage.repositories.upserts import upsert
from storage.tables import ROUND_TRIPS
from storage.text import storable

_COLUMNS = tuple(one.name for one in fields(RoundTrip))
_NOT_KEY = [name for name in (*_COLUMNS, "lease_until") if name != "member_id"]


class SqlRoundTrips:
    """Implements `ports.RoundTrips`. In the order of locks a check comes after its calendar, before its account."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, actor: Actor) -> RoundTrip | None:
        """The actor's own."""
        found = self._read(_of(actor))
        return found[0] if found else None

    def begin(self, actor: Actor, calendar: Calendar, now: datetime, *, new_id: UUID) -> RoundTrip:
        """Store a new one in the place of the actor's last; raises `CannotCheck`, and `NotFound` for another's."""
        lock_member(self._connection, actor)
        if not lock_own_calendar(self._connection, actor, calendar.id):
            raise NotFound
        trip = begin(new_id, calendar, self.of(actor), now)
        values = {name: getattr(trip, name) for name in _COLUMNS} | {"lease_until": None}
        statement = upsert(self._connection.dialect.name, ROUND_TRIPS, by=["member_id"], updating=_NOT_KEY)
        self._connection.execute(statement.values(values))
        return trip

    def refuse(self, trip: RoundTrip) -> None:
        """Store that its event was not written, unless it has come back."""
        self._connection.execute(
            update(ROUND_TRIPS)
            .where(*_same(trip), ROUND_TRIPS.c.came_back_at.is_(None))
            .values(problem=storable(trip.problem), tidy_at=trip.tidy_at)
        )

    def came_back(self, claim: SyncClaim, event_ids: Collection[str], way: Way, now: datetime) -> None:
        """The check of the claimed calendar that waits for one of these events has its answer."""
        calendar = claim.calendar
        is_of = (ROUND_TRIPS.c.member_id == calendar.member_id) & (ROUND_TRIPS.c.calendar_id == calendar.id)
        rows = self._connection.execute(select(ROUND_TRIPS).where(is_of).with_for_update()).all()
        for trip in map(_trip, rows):
            if trip.event_id in event_ids and (answered := came_back(trip, way, now)) is not trip:
                values = {"came_back_at": answered.came_back_at, "way": answered.way, "tidy_at": answered.tidy_at}
                self._connection.execute(update(ROUND_TRIPS).where(*_same(trip)).values(values))

    def is_any_due(self, now: datetime) -> bool:
        """Whether it is worth the while to claim."""
        return self._connection.scalar(select(ROUND_TRIPS.c.id).where(*_due(now)).limit(1)) is not None

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[RoundTrip]:
        """Claim those whose events are to be removed by now, most overdue first."""
        due = (
            select(ROUND_TRIPS.c.member_id)
            .where(*_due(now))
            .order_by(ROUND_TRIPS.c.tidy_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = self._connection.execute(
            update(ROUND_TRIPS)
            .where(ROUND_TRIPS.c.member_id.in_(due))
            .values(lease_until=now + ROUND_TRIP_LEASE, fence=ROUND_TRIPS.c.fence + 1)
            .returning(ROUND_TRIPS)
        )
        return [_trip(row) for row in rows]

    def tidied(self, trip: RoundTrip) -> None:
        """Its event is gone; nothing happens where another claimed it meanwhile."""
        self._end(trip, tidy_at=None)

    def retry(self, trip: RoundTrip, tidy_at: datetime) -> None:
        """Its event could not be removed: free the claim, count the attempt."""
        self._end(trip, tidy_at=tidy_at, attempts=ROUND_TRIPS.c.attempts + 1)

    def leave(self, trip: RoundTrip) -> None:
        """Its event cannot be removed, and stays."""
        self._end(trip, tidy_at=None, is_left=True)

    def untidied(self, account_id: UUID) -> Sequence[RoundTrip]:
        """Those of an account whose events may still be there."""
        return self._read(ROUND_TRIPS.c.account_id == account_id, ROUND_TRIPS.c.tidy_at.is_not(None))

    def _end(self, trip: RoundTrip, **values: object) -> None:
        held = ROUND_TRIPS.c.fence == trip.fence
        self._connection.execute(update(ROUND_TRIPS).where(*_same(trip), held).values(lease_until=None, **values))

    def _read(self, *which: ColumnElement[bool]) -> Sequence[RoundTrip]:
        return [_trip(row) for row in self._connection.execute(select(ROUND_TRIPS).where(*which))]


def _of(actor: Actor) -> ColumnElement[bool]:
    return (ROUND_TRIPS.c.member_id == actor.member_id) & (ROUND_TRIPS.c.workspace_id == actor.workspace_id)


def _same(trip: RoundTrip) -> tuple[ColumnElement[bool], ...]:
    return ROUND_TRIPS.c.member_id == trip.member_id, ROUND_TRIPS.c.id == trip.id


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    is_free = or_(ROUND_TRIPS.c.lease_until.is_(None), ROUND_TRIPS.c.lease_until <= now)
    return ROUND_TRIPS.c.tidy_at.is_not(None), ROUND_TRIPS.c.tidy_at <= now, is_free


def _trip(row: Row[Any]) -> RoundTrip:
    return RoundTrip(**{name: getattr(row, name) for name in _COLUMNS})
