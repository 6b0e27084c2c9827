"""Outside events on appointments: who is to be told of them, and what became of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, select, update

from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.calendars import Calendar
from bot.domain.intervals import Interval
from bot.domain.landings import (
    Landing,
    LandingBatch,
    LandingNow,
    LandingState,
    accepted,
    distinct,
    lands_again,
    state_now,
)
from bot.domain.wall_time import epoch
from bot.ports import NewId
from storage.repositories.landing_batches import LandingBatches, is_stale
from storage.repositories.landing_rows import (
    LANDED,
    known_from,
    landing_from,
    noticed_columns,
    takes_time,
)
from storage.repositories.locks import alone
from storage.repositories.upserts import insert
from storage.tables import (
    APPOINTMENTS,
    CALENDARS,
    EVENTS,
    HOSTS,
    LANDING_BATCHES,
    LANDINGS,
    OCCURRENCES,
    SCHEDULES,
)
from storage.tables.landings import OPEN

_KEY = ("appointment_id", "calendar_id", "series_id", "start_at")
_CLAIMING = 0x0DA7F12F
_ON_CALENDAR = LANDED.where(
    CALENDARS.c.id == bindparam("calendar"), HOSTS.c.end_at > bindparam("now"), OCCURRENCES.c.end_at > bindparam("now")
)
_ON_APPOINTMENT = LANDED.where(HOSTS.c.appointment_id == bindparam("appointment"))
# Their messages say when the appointment is.
_KEPT_BEFORE = select(LANDINGS.c.batch_id).where(
    LANDINGS.c.appointment_id == bindparam("appointment"),
    LANDINGS.c.state.in_((LandingState.KEPT, LandingState.MOVED)),
    LANDINGS.c.batch_id.is_not(None),
)
# What an open one looks at; of a time that is told of twice, the longer one.
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
_STANDINGS = (
    select(
        LANDINGS,
        APPOINTMENTS.c.status,
        APPOINTMENTS.c.start_at.label("stands_from"),
        APPOINTMENTS.c.end_at.label("stands_to"),
        _HAPPENING.label("happens_to"),
    )
    .join(APPOINTMENTS, APPOINTMENTS.c.id == LANDINGS.c.appointment_id)
    .where(OPEN)
)


class SqlLandings(LandingBatches):
    """Implements `ports.Landings`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accept(self, appointment: Appointment) -> None:
        """What overlaps it now was there when it got that time."""
        if not appointment.is_live:
            return
        rows = _in_order(self._connection.execute(_ON_APPOINTMENT, {"appointment": appointment.id}))
        self._enter(rows, LandingState.KNOWN, appointment.changed_at)
        kept = list[UUID | None]()
        for row, known in _met_before(rows):
            state = accepted(known, _stands(row))
            if not state.is_open:
                self._write(known, state=state, end_at=row.end_at)
            if state is not known.state:
                kept.append(row.batch_id)
        kept += self._connection.scalars(_KEPT_BEFORE, {"appointment": appointment.id})
        self._want(kept)

    def notice(self, calendar: Calendar, now: datetime, *, tells: bool = True) -> int:
        """Enter what is new, and open again what had gone and is back; see the port."""
        rows = _in_order(self._connection.execute(_ON_CALENDAR, {"calendar": calendar.id, "now": epoch(now)}))
        state = LandingState.WAITING if tells else LandingState.KNOWN
        fresh = sum(row.known_as is None for row in rows)
        self._enter(rows, state, now)
        back = list[UUID | None]()
        for row, known in _met_before(rows):
            if lands_again(known, _stands(row)):
                # It is told anew, in a message of its own: nobody hears of an old one that is edited.
                self._write(known, **{**noticed_columns(row, state, now), "batch_id": None, "number": None})
                fresh += 1
            elif known.state is LandingState.GONE and row.batch_id is not None:
                self._write(known, state=LandingState.TOLD)
                back.append(row.batch_id)
            elif not known.state.is_open and row.end_at != row.known_to:
                self._write(known, end_at=row.end_at)
        self._want(back)
        return fresh

    def has_due(self, now: datetime) -> bool:
        """Whether anything ended, somebody is to be told, or a message is not up to date."""
        for row in self._connection.execute(_STANDINGS):
            if _state_of(row, now) != row.state or (row.state == LandingState.WAITING and row.due_at <= now):
                return True
        return self._connection.execute(select(LANDING_BATCHES.c.id).where(is_stale(now)).limit(1)).first() is not None

    def settle(self, now: datetime) -> int:
        """Look at what is open, and record what became of it."""
        self._alone()
        rows = sorted(self._connection.execute(_STANDINGS), key=_key)
        ended = [(row, state) for row in rows if (state := _state_of(row, now)) != row.state]
        for row, state in ended:
            # What nobody was told of needs no end; it may come back, and is then as good as new.
            if row.batch_id is None:
                self._connection.execute(LANDINGS.delete().where(_is(row), OPEN))
            else:
                self._connection.execute(update(LANDINGS).where(_is(row), OPEN).values(state=state))
        self._want([row.batch_id for row, _ in ended])
        return len(ended)

    def claim(self, now: datetime, new_id: NewId, *, limit: int) -> LandingBatch | None:
        """All that one host was not told of yet."""
        self._alone()
        is_due = and_(OPEN, LANDINGS.c.state == LandingState.WAITING, LANDINGS.c.due_at <= now)
        host = select(LANDINGS.c.member_id).where(is_due).order_by(LANDINGS.c.member_id).limit(1)
        rows = self._connection.execute(
            select(LANDINGS, func.coalesce(EVENTS.c.ical_uid, "").label("ical_uid"))
            .outerjoin(
                EVENTS, and_(EVENTS.c.calendar_id == LANDINGS.c.calendar_id, EVENTS.c.id == LANDINGS.c.series_id)
            )
            .where(is_due, LANDINGS.c.member_id == host.scalar_subquery())
            .order_by(LANDINGS.c.start_at, *(LANDINGS.c[name] for name in _KEY))
            .limit(limit)
        ).all()
        if not rows:
            return None
        told, repeated = distinct([landing_from(row) for row in rows], [row.ical_uid for row in rows])
        for landing in repeated:
            self._write(landing, state=LandingState.KNOWN)
        return self._batch(new_id(), rows[0].member_id, told, now)

    def release(self, batch: LandingBatch, due_at: datetime) -> None:
        """The host could not be told after all: somebody will, from then on."""
        waiting = {"state": LandingState.WAITING, "due_at": due_at}
        of_batch = LANDINGS.c.batch_id == batch.id
        self._alone()
        # What ended meanwhile is as if it had never been, because nobody was told.
        self._connection.execute(LANDINGS.delete().where(of_batch, LANDINGS.c.state != LandingState.TOLD))
        self._connection.execute(update(LANDINGS).where(of_batch).values(batch_id=None, number=None, **waiting))
        self._connection.execute(LANDING_BATCHES.delete().where(LANDING_BATCHES.c.id == batch.id))

    def end(self, landings: Sequence[Landing], state: LandingState) -> None:
        """Record what became of open ones; their messages are to show it."""
        told = list[UUID | None]()
        for landing in sorted(landings, key=_key):
            ended = update(LANDINGS).where(_is(landing), OPEN).values(state=state).returning(LANDINGS.c.batch_id)
            told += self._connection.scalars(ended)
        self._want(told)

    def _alone(self) -> None:
        """Two that claimed at once would each tell a part of what belongs into one message."""
        alone(self._connection, _CLAIMING)

    def _enter(self, rows: Sequence[Row[*tuple[Any, ...]]], state: LandingState, due_at: datetime) -> None:
        fresh = [noticed_columns(row, state, due_at) for row in rows if row.known_as is None]
        if fresh:
            self._connection.execute(
                insert(self._connection.dialect.name, LANDINGS).on_conflict_do_nothing(index_elements=_KEY), fresh
            )

    def _batch(self, batch_id: UUID, member_id: UUID, told: Sequence[Landing], now: datetime) -> LandingBatch:
        workspace_id = told[0].workspace_id
        self._connection.execute(
            LANDING_BATCHES.insert().values(
                id=batch_id,
                workspace_id=workspace_id,
                member_id=member_id,
                sent_at=now,
                channel="",
                message="",
                wanted=0,
                shown=0,
            )
        )
        for number, landing in enumerate(told, start=1):
            self._write(landing, state=LandingState.TOLD, batch_id=batch_id, number=number)
        return self._read(LANDING_BATCHES.c.id == batch_id)[0]

    def _write(self, landing: Landing, **values: object) -> None:
        """Unless it has become something else meanwhile."""
        is_as_read = LANDINGS.c.state == landing.state
        self._connection.execute(update(LANDINGS).where(_is(landing), is_as_read).values(**values))


def _key(one: Landing | Row[*tuple[Any, ...]]) -> tuple[UUID, UUID, str, int]:
    start = one.span.start if isinstance(one, Landing) else one.start_at
    return one.appointment_id, one.calendar_id, one.series_id, start


def _in_order(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[Row[*tuple[Any, ...]]]:
    """Rows of `LANDED` in the order in which everybody locks; two of one time, as of a series told of twice, are one,
    the longer."""
    found = {_key(row): row for row in rows}
    return [found[key] for key in sorted(found)]


def _met_before(rows: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[tuple[Row[*tuple[Any, ...]], Landing]]:
    return ((row, known_from(row)) for row in rows if row.known_as is not None)


def _stands(row: Row[*tuple[Any, ...]]) -> Interval:
    return Interval(row.stands_from, row.stands_to)


def _is(one: Landing | Row[*tuple[Any, ...]]) -> ColumnElement[bool]:
    start = one.span.start if isinstance(one, Landing) else one.start_at
    return and_(
        LANDINGS.c.appointment_id == one.appointment_id,
        LANDINGS.c.calendar_id == one.calendar_id,
        LANDINGS.c.series_id == one.series_id,
        LANDINGS.c.start_at == start,
    )


def _state_of(row: Row[*tuple[Any, ...]], now: datetime) -> LandingState:
    happens = None if row.happens_to is None else Interval(row.start_at, row.happens_to)
    is_live = AppointmentStatus(row.status).is_live
    return state_now(landing_from(row), LandingNow(Interval(row.stands_from, row.stands_to), is_live, happens), now)
