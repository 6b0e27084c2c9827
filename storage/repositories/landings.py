"""Outside events on appointments: what stands there, and who is to be told of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select

from bot.domain.appointments import Appointment
from bot.domain.calendars import Calendar
from bot.domain.intervals import Interval
from bot.domain.landings import Landing, LandingState, accepted, lands_again, lands_unasked
from bot.domain.wall_time import epoch
from storage.repositories.landing_claims import LandingClaims
from storage.repositories.landing_rows import KEY, LANDED, key_of, known_from, noticed_columns
from storage.repositories.upserts import insert
from storage.tables import CALENDARS, HOSTS, LANDINGS, OCCURRENCES

_Found = Row[*tuple[Any, ...]]
_KNOWN, _WAITING = LandingState.KNOWN, LandingState.WAITING
_ON_CALENDAR = LANDED.where(
    CALENDARS.c.id == bindparam("calendar"), HOSTS.c.end_at > bindparam("now"), OCCURRENCES.c.end_at > bindparam("now")
)
_ON_APPOINTMENT = LANDED.where(HOSTS.c.appointment_id == bindparam("appointment"))
# Their messages say when the appointment is.
_TOLD_BEFORE = select(LANDINGS.c.batch_id).where(
    LANDINGS.c.appointment_id == bindparam("appointment"),
    LANDINGS.c.state.in_((LandingState.TOLD, LandingState.KEPT, LandingState.MOVED)),
    LANDINGS.c.batch_id.is_not(None),
)


class SqlLandings(LandingClaims):
    """Implements `ports.Landings`: what is noticed here, what is told in the parents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accept(self, appointment: Appointment, *, unasked: Collection[UUID] = ()) -> None:
        """What overlaps it now was there when it got that time; see the port."""
        if not appointment.is_live:
            return
        rows = _in_order(self._connection.execute(_ON_APPOINTMENT, {"appointment": appointment.id}))
        now = appointment.changed_at
        self._enter([(row, _WAITING if row.host_id in unasked else _KNOWN) for row in rows], now)
        changed = list[UUID | None]()
        for row, known in _met_before(rows):
            if row.host_id in unasked:
                if lands_unasked(known, _stands(row)):
                    self._tell_anew(row, known, _WAITING, now)
                continue
            state = accepted(known, _stands(row))
            if not state.is_open:
                self._write(known, state=state, end_at=row.end_at)
            if state is not known.state:
                changed.append(row.batch_id)
        changed += self._connection.scalars(_TOLD_BEFORE, {"appointment": appointment.id})
        self._want(changed)

    def notice(self, calendar: Calendar, now: datetime, *, tells: bool = True) -> int:
        """Enter what is new, and open again what had gone and is back; see the port."""
        rows = _in_order(self._connection.execute(_ON_CALENDAR, {"calendar": calendar.id, "now": epoch(now)}))
        state = _WAITING if tells else _KNOWN
        fresh = sum(row.known_as is None for row in rows)
        self._enter([(row, state) for row in rows], now)
        back = list[UUID | None]()
        for row, known in _met_before(rows):
            if lands_again(known, _stands(row)):
                self._tell_anew(row, known, state, now)
                fresh += 1
            elif known.state is LandingState.GONE and row.batch_id is not None:
                self._write(known, state=LandingState.TOLD)
                back.append(row.batch_id)
            elif not known.state.is_open and row.end_at != row.known_to:
                self._write(known, end_at=row.end_at)
        self._want(back)
        return fresh

    def _enter(self, found: Iterable[tuple[_Found, LandingState]], due_at: datetime) -> None:
        """Those that were never met before."""
        fresh = [noticed_columns(row, state, due_at) for row, state in found if row.known_as is None]
        if fresh:
            self._connection.execute(
                insert(self._connection.dialect.name, LANDINGS).on_conflict_do_nothing(index_elements=KEY), fresh
            )

    def _tell_anew(self, row: _Found, known: Landing, state: LandingState, due_at: datetime) -> None:
        """In a message of its own: nobody hears of an old one that is edited."""
        self._write(known, **{**noticed_columns(row, state, due_at), "batch_id": None, "number": None})


def _in_order(rows: Iterable[_Found]) -> Sequence[_Found]:
    """Rows of `LANDED` in the order in which everybody locks; two of one time, as of a series told of twice, are one,
    the longer."""
    found = {key_of(row): row for row in rows}
    return [found[key] for key in sorted(found)]


def _met_before(rows: Sequence[_Found]) -> Iterator[tuple[_Found, Landing]]:
    return ((row, known_from(row)) for row in rows if row.known_as is not None)


def _stands(row: _Found) -> Interval:
    return Interval(row.stands_from, row.stands_to)
