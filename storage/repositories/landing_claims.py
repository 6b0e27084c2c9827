"""Outside events on appointments: which of them are to be told, and what became of those that were."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, select, update

from bot.domain.appointments import AppointmentStatus
from bot.domain.intervals import Interval
from bot.domain.landings import Landing, LandingBatch, LandingNow, LandingState, distinct, state_now
from bot.ports import NewId
from storage.repositories.landing_batches import LandingBatches, is_stale
from storage.repositories.landing_rows import KEY, LandingKey, is_at, key_of, landing_from, takes_time
from storage.repositories.locks import alone
from storage.tables import APPOINTMENTS, CALENDARS, LANDING_BATCHES, LANDINGS, OCCURRENCES, SCHEDULES
from storage.tables.landings import OPEN

_CLAIMING = 0x0DA7F12F
# What each looks at; of a time that is told of twice, the longer one.
_HAPPENING = (
    select(func.max(OCCURRENCES.c.end_at))
    .join(CALENDARS, CALENDARS.c.id == OCCURRENCES.c.calendar_id)
    .outerjoin(SCHEDULES, SCHEDULES.c.member_id == CALENDARS.c.member_id)
    .where(
        OCCURRENCES.c.calendar_id == LANDINGS.c.calendar_id,
        OCCURRENCES.c.series_id == LANDINGS.c.series_id,
        OCCURRENCES.c.start_at == LANDINGS.c.start_at,
        takes_time(),
    )
    .correlate(LANDINGS)
    .scalar_subquery()
)
_STANDINGS = select(
    LANDINGS,
    APPOINTMENTS.c.status,
    APPOINTMENTS.c.start_at.label("stands_from"),
    APPOINTMENTS.c.end_at.label("stands_to"),
    _HAPPENING.label("happens_to"),
).join(APPOINTMENTS, APPOINTMENTS.c.id == LANDINGS.c.appointment_id)


class LandingClaims(LandingBatches):
    """The part of `ports.Landings` that hands out and settles what its child noticed."""

    def has_due(self, now: datetime) -> bool:
        """Whether anything ended, somebody is to be told, or a message is not up to date."""
        for row in self._connection.execute(_STANDINGS.where(OPEN)):
            if _state_of(row, now) != row.state or (row.state == LandingState.WAITING and row.due_at <= now):
                return True
        return self._connection.execute(select(LANDING_BATCHES.c.id).where(is_stale(now)).limit(1)).first() is not None

    def settle(self, now: datetime) -> int:
        """Look at what is open, and record what became of it; see the port."""
        self._alone()
        rows = sorted(self._connection.execute(_STANDINGS.where(OPEN)), key=key_of)
        ended = {key_of(row): (row, state) for row in rows if (state := _state_of(row, now)) != row.state}
        gone = [row for row, state in ended.values() if state is LandingState.GONE]
        instead = self._instead(gone, ended, now)
        for key, (row, state) in ended.items():
            if key in instead:
                self._replace(row, instead[key])
            # What nobody was told of needs no end; it may come back, and is then as good as new.
            elif row.batch_id is None:
                self._connection.execute(LANDINGS.delete().where(is_at(key), OPEN))
            else:
                self._connection.execute(update(LANDINGS).where(is_at(key), OPEN).values(state=state))
        self._want([row.batch_id for row, _ in ended.values()])
        return len(ended) - len(instead)

    def claim(self, now: datetime, new_id: NewId, *, limit: int) -> LandingBatch | None:
        """All that one host was not told of yet."""
        self._alone()
        while waiting := self._waiting(now, limit):
            told, repeated = distinct(waiting, self._told_to(waiting[0].member_id, now))
            numbers = {key_of(landing): number for number, landing in enumerate(told, start=1)}
            batch_id = new_id()
            if told:
                self._add_batch(batch_id, told[0], now)
            for landing in sorted([*told, *repeated], key=key_of):
                if (number := numbers.get(key_of(landing))) is None:
                    self._write(landing, state=LandingState.KNOWN)
                else:
                    self._write(landing, state=LandingState.TOLD, batch_id=batch_id, number=number)
            for batch in self._read(LANDING_BATCHES.c.id == batch_id):
                if batch.landings:
                    return batch
                # All of them have become something else while they were waited for.
                self._connection.execute(LANDING_BATCHES.delete().where(LANDING_BATCHES.c.id == batch_id))
        return None

    def release(self, batch: LandingBatch, due_at: datetime) -> None:
        """The host could not be told after all: somebody will, from then on."""
        of_batch = LANDINGS.c.batch_id == batch.id
        waiting = {"state": LandingState.WAITING, "due_at": due_at, "batch_id": None, "number": None}
        self._alone()
        for row in sorted(self._connection.execute(select(LANDINGS).where(of_batch)), key=key_of):
            is_its = and_(is_at(key_of(row)), of_batch)
            still_told = and_(is_its, LANDINGS.c.state == LandingState.TOLD)
            # What ended meanwhile is as if it had never been, because nobody was told.
            if not self._connection.execute(update(LANDINGS).where(still_told).values(waiting)).rowcount:
                self._connection.execute(LANDINGS.delete().where(is_its))
        self._connection.execute(LANDING_BATCHES.delete().where(LANDING_BATCHES.c.id == batch.id))

    def end(self, landings: Sequence[Landing], state: LandingState) -> None:
        """Record what became of open ones; their messages are to show it."""
        told = list[UUID | None]()
        for landing in sorted(landings, key=key_of):
            ended = (
                update(LANDINGS).where(is_at(key_of(landing)), OPEN).values(state=state).returning(LANDINGS.c.batch_id)
            )
            told += self._connection.scalars(ended)
        self._want(told)

    def _alone(self) -> None:
        """Two that claimed at once would each tell a part of what belongs into one message."""
        alone(self._connection, _CLAIMING)

    def _waiting(self, now: datetime, limit: int) -> Sequence[Landing]:
        """What is to be told to one host, in the order in which he is told."""
        is_due = and_(OPEN, LANDINGS.c.state == LandingState.WAITING, LANDINGS.c.due_at <= now)
        host = select(LANDINGS.c.member_id).where(is_due).order_by(LANDINGS.c.member_id).limit(1)
        rows = self._connection.execute(
            select(LANDINGS)
            .where(is_due, LANDINGS.c.member_id == host.scalar_subquery())
            .order_by(LANDINGS.c.start_at, *(LANDINGS.c[name] for name in KEY))
            .limit(limit)
        )
        return [landing_from(row) for row in rows]

    def _told_to(self, member_id: UUID, now: datetime) -> Sequence[Landing]:
        """What a host was told of, and stands there still."""
        were_told = LANDINGS.c.state.in_((LandingState.TOLD, LandingState.KEPT))
        return self._standing(now, LANDINGS.c.member_id == member_id, were_told)

    def _same_meeting(self, gone: Landing, now: datetime) -> Landing | None:
        """The same in another calendar of the host, where it stands still, and he was not told of it there."""
        if gone.meeting is None:
            return None
        found = self._standing(
            now,
            LANDINGS.c.member_id == gone.member_id,
            LANDINGS.c.appointment_id == gone.appointment_id,
            LANDINGS.c.ical_uid == gone.ical_uid,
            LANDINGS.c.start_at == gone.span.start,
            LANDINGS.c.state.in_((LandingState.KNOWN, LandingState.WAITING)),
        )
        return min((one for one in found if key_of(one) != key_of(gone)), key=key_of, default=None)

    def _standing(self, now: datetime, *which: ColumnElement[bool]) -> Sequence[Landing]:
        rows = self._connection.execute(_STANDINGS.where(*which))
        return [landing_from(row) for row in rows if _state_of(row, now) == row.state]

    def _instead(
        self, gone: Sequence[Row[*tuple[Any, ...]]], ended: Iterable[LandingKey], now: datetime
    ) -> dict[LandingKey, Landing]:
        """What takes the place of those that are gone, each of one alone, and what a message tells of first.

        All of it is held, and nothing of it has become something else meanwhile.
        """
        found = dict[LandingKey, Landing]()
        for row in sorted(gone, key=lambda row: row.batch_id is None):
            other = self._same_meeting(landing_from(row), now)
            if other is not None and other not in found.values():
                found[key_of(row)] = other
        if not found:
            return found
        held = self._hold([*ended, *map(key_of, found.values())])
        as_read = {key_of(row): row.state for row in gone}
        return {
            key: other
            for key, other in found.items()
            if held.get(key) == as_read[key] and held.get(key_of(other)) == other.state
        }

    def _hold(self, keys: Iterable[LandingKey]) -> dict[LandingKey, LandingState]:
        """Lock them in the order of everybody, for whoever then writes them in another; the states of those there."""
        rows = [
            (key, self._connection.scalar(select(LANDINGS.c.state).where(is_at(key)).with_for_update(key_share=True)))
            for key in sorted(keys)
        ]
        return {key: LandingState(state) for key, state in rows if state is not None}

    def _replace(self, gone: Row[*tuple[Any, ...]], instead: Landing) -> None:
        """The message tells of the other in its place; if the first comes back, it is the one that is repeated.

        Both are held, so that no message is left that tells of nothing.
        """
        self._connection.execute(LANDINGS.delete().where(is_at(key_of(gone))))
        place = {"state": gone.state, "due_at": gone.due_at, "batch_id": gone.batch_id, "number": gone.number}
        self._write(instead, **place)

    def _add_batch(self, batch_id: UUID, of: Landing, now: datetime) -> None:
        self._connection.execute(
            LANDING_BATCHES.insert().values(
                id=batch_id,
                workspace_id=of.workspace_id,
                member_id=of.member_id,
                sent_at=now,
                channel="",
                message="",
                wanted=0,
                shown=0,
            )
        )

    def _write(self, landing: Landing, **values: object) -> None:
        """Unless it has become something else meanwhile."""
        is_as_read = LANDINGS.c.state == landing.state
        self._connection.execute(update(LANDINGS).where(is_at(key_of(landing)), is_as_read).values(**values))


def _state_of(row: Row[*tuple[Any, ...]], now: datetime) -> LandingState:
    happens = None if row.happens_to is None else Interval(row.start_at, row.happens_to)
    is_live = AppointmentStatus(row.status).is_live
    return state_now(landing_from(row), LandingNow(Interval(row.stands_from, row.stands_to), is_live, happens), now)
