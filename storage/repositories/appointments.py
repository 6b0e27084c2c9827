"""Appointments, and the rows by which the database keeps their hosts' time apart."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, delete, func, not_, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.appointment_log import Deed
from bot.domain.appointments import Appointment, AppointmentStatus, EditedMeanwhile
from bot.domain.booking import SlotTaken
from bot.domain.errors import NotFound
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from storage.guard import is_slot_taken
from storage.repositories.appointment_rows import (
    SELECT_APPOINTMENTS,
    appointment_from,
    columns_of,
    host_rows,
    hosts_of,
    new_columns,
)
from storage.repositories.histories import Histories
from storage.repositories.locks import lock
from storage.repositories.upserts import insert_unless_there, upsert
from storage.tables import APPOINTMENT_LOG, APPOINTMENTS, HOSTS, MEMBERS
from storage.tables.appointments import HELD

_LIVE = [status for status in AppointmentStatus if status.is_live]
_BY_START = (APPOINTMENTS.c.start_at, APPOINTMENTS.c.end_at, APPOINTMENTS.c.id)


_BY_ID = SELECT_APPOINTMENTS.where(APPOINTMENTS.c.id == bindparam("id"))
_PER_HOST = (
    SELECT_APPOINTMENTS.add_columns(HOSTS.c.host_id)
    .join(HOSTS, HOSTS.c.appointment_id == APPOINTMENTS.c.id)
    .where(HOSTS.c.workspace_id == bindparam("workspace"), HOSTS.c.host_id.in_(bindparam("hosts", expanding=True)))
    .order_by(*_BY_START)
)
_BETWEEN = _PER_HOST.where(
    HOSTS.c.end_at > bindparam("start"),
    HOSTS.c.start_at < bindparam("end"),
    APPOINTMENTS.c.status != AppointmentStatus.CANCELLED,
)
_ASKED_ABOUT = _PER_HOST.where(
    HOSTS.c.live,
    APPOINTMENTS.c.workspace_id == bindparam("workspace"),
    APPOINTMENTS.c.their_end_at > bindparam("start"),
    APPOINTMENTS.c.their_start_at < bindparam("end"),
)
_LOCK_HOSTS = (
    select(MEMBERS.c.id)
    .where(MEMBERS.c.id.in_(bindparam("hosts", expanding=True)))
    .order_by(MEMBERS.c.id)
    .with_for_update(key_share=True)
)
_SUBMISSION = ("workspace_id", "booker_id", "origin")
_BY_ORIGIN = SELECT_APPOINTMENTS.where(
    APPOINTMENTS.c.workspace_id == bindparam("workspace"),
    APPOINTMENTS.c.booker_id == bindparam("booker"),
    APPOINTMENTS.c.origin == bindparam("origin"),
)
_EXPIRED = SELECT_APPOINTMENTS.where(HELD, APPOINTMENTS.c.expires_at <= bindparam("now")).order_by(
    APPOINTMENTS.c.expires_at, APPOINTMENTS.c.id
)
_EXPIRED_OF = _EXPIRED.where(
    select(HOSTS.c.host_id)
    .where(HOSTS.c.appointment_id == APPOINTMENTS.c.id, HOSTS.c.host_id.in_(bindparam("hosts", expanding=True)))
    .exists()
)
_BOOKED_SINCE = select(func.count()).where(
    APPOINTMENTS.c.workspace_id == bindparam("workspace"),
    APPOINTMENTS.c.booker_id == bindparam("member"),
    APPOINTMENTS.c.created_at >= bindparam("since"),
    APPOINTMENTS.c.invites,
)
_MOVED_SINCE = (
    select(func.count())
    .select_from(APPOINTMENT_LOG)
    .join(APPOINTMENTS, APPOINTMENTS.c.id == APPOINTMENT_LOG.c.appointment_id)
    .where(
        APPOINTMENT_LOG.c.who == bindparam("member"),
        APPOINTMENT_LOG.c.deed == Deed.MOVED,
        APPOINTMENT_LOG.c.at >= bindparam("since"),
        APPOINTMENTS.c.workspace_id == bindparam("workspace"),
        APPOINTMENTS.c.invites,
        # What was moved since was changed since, and that is told apart without reading every history.
        APPOINTMENTS.c.changed_at >= bindparam("since"),
    )
)
_INVITATIONS = select(_BOOKED_SINCE.scalar_subquery(), _MOVED_SINCE.scalar_subquery())


class SqlAppointments(Histories):
    """Implements `ports.Appointments`; an appointment's history is in the parent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock_hosts(self, host_ids: Collection[UUID]) -> None:
        """One booking at a time for these members until the transaction ends, in the order of their ids."""
        lock(self._connection, _LOCK_HOSTS, {"hosts": list(host_ids)})

    def add(self, appointment: Appointment, *, origin: str) -> None:
        """Store a new one; raises `SlotTaken` and `EditedMeanwhile`, and then has written nothing."""
        with self._guarded():
            # Before the hosts' time, because the same submission wants the same time.
            unless_there = insert_unless_there(self._connection.dialect.name, APPOINTMENTS, by=_SUBMISSION)
            if self._connection.execute(unless_there, new_columns(appointment, origin)).first() is None:
                raise EditedMeanwhile
            self._take_time(appointment)

    def by_origin(self, actor: Actor, origin: str) -> Appointment | None:
        """What the actor's submission has made already."""
        asked = {"workspace": actor.workspace_id, "booker": actor.member_id, "origin": origin}
        return next(iter(self._read(_BY_ORIGIN, asked)), None)

    def save(self, changed: Appointment) -> None:
        """Store the next version; raises `EditedMeanwhile` and `SlotTaken`, and then has written nothing."""
        with self._guarded():
            written = self._connection.execute(
                update(APPOINTMENTS)
                .where(APPOINTMENTS.c.id == changed.id, APPOINTMENTS.c.version == changed.version - 1)
                .values(columns_of(changed))
            )
            if written.rowcount != 1:
                raise EditedMeanwhile
            self._leave_time_of_others(changed)
            self._take_time(changed)

    def get(self, actor: Actor, appointment_id: UUID) -> Appointment:
        """One that the actor hosts or booked; raises `NotFound`."""
        found = self._one(
            APPOINTMENTS.c.id == appointment_id,
            APPOINTMENTS.c.workspace_id == actor.workspace_id,
            or_(APPOINTMENTS.c.booker_id == actor.member_id, _hosted_by([actor.member_id])),
        )
        if found is None:
            raise NotFound
        return found

    def known(self, appointment_id: UUID) -> Appointment | None:
        """Anybody's, for jobs."""
        return next(iter(self._read(_BY_ID, {"id": appointment_id})), None)

    def between(
        self, actor: Actor, host_ids: Collection[UUID], window: Interval
    ) -> Mapping[UUID, Sequence[Appointment]]:
        """Per host, of the actor's workspace, the live and settled ones that touch `window`, by start."""
        return self._per_host(_BETWEEN, actor, host_ids, window)

    def with_colleagues(self, actor: Actor, window: Interval) -> Sequence[Appointment]:
        """Those without a contact that the actor booked and does not host; see the port."""
        found = SELECT_APPOINTMENTS.where(
            APPOINTMENTS.c.workspace_id == actor.workspace_id,
            APPOINTMENTS.c.booker_id == actor.member_id,
            APPOINTMENTS.c.contact_id.is_(None),
            APPOINTMENTS.c.end_at > window.start,
            APPOINTMENTS.c.start_at < window.end,
            APPOINTMENTS.c.status != AppointmentStatus.CANCELLED,
            not_(_hosted_by([actor.member_id])),
        )
        return self._read(found.order_by(*_BY_START))

    def asked_about(
        self, actor: Actor, host_ids: Collection[UUID], window: Interval
    ) -> Mapping[UUID, Sequence[Appointment]]:
        """Per host, live ones whose copy was moved to a time that touches `window`; see the port."""
        return self._per_host(_ASKED_ABOUT, actor, host_ids, window)

    def with_contact(
        self, actor: Actor, contact_id: UUID, now: datetime, *, to_come: bool, limit: int
    ) -> Sequence[Appointment]:
        """A contact's: live ones that end after `now`, by start; or all others, the latest first."""
        is_to_come = and_(APPOINTMENTS.c.status.in_(_LIVE), APPOINTMENTS.c.end_at > epoch(now))
        found = SELECT_APPOINTMENTS.where(
            APPOINTMENTS.c.workspace_id == actor.workspace_id,
            APPOINTMENTS.c.contact_id == contact_id,
            is_to_come if to_come else not_(is_to_come),
        )
        order = _BY_START if to_come else [column.desc() for column in _BY_START]
        return self._read(found.order_by(*order).limit(limit))

    def expired(self, now: datetime, *, limit: int) -> Sequence[Appointment]:
        """Held ones whose time is up, of anybody, the first to expire first."""
        return self._read(_EXPIRED.limit(limit), {"now": now})

    def expired_of(self, host_ids: Collection[UUID], now: datetime) -> Sequence[Appointment]:
        """Held ones of these hosts whose time is up."""
        return self._read(_EXPIRED_OF, {"now": now, "hosts": list(host_ids)})

    def starting(self, window: Interval, *, limit: int) -> Sequence[Appointment]:
        """Confirmed ones that start in the window and whose link was not checked for this time yet."""
        return self._read(
            SELECT_APPOINTMENTS.where(
                APPOINTMENTS.c.start_at >= window.start,
                APPOINTMENTS.c.start_at < window.end,
                APPOINTMENTS.c.status == AppointmentStatus.CONFIRMED,
                APPOINTMENTS.c.checked_start.is_distinct_from(APPOINTMENTS.c.start_at),
            )
            .order_by(*_BY_START)
            .limit(limit)
        )

    def checked(self, appointment: Appointment) -> bool:
        """Remember that the link was checked for this start; True for exactly one caller."""
        start = appointment.span.start
        return (
            self._connection.execute(
                update(APPOINTMENTS)
                .where(
                    APPOINTMENTS.c.id == appointment.id,
                    APPOINTMENTS.c.start_at == start,
                    APPOINTMENTS.c.checked_start.is_distinct_from(start),
                )
                .values(checked_start=start)
            ).rowcount
            == 1
        )

    def invitations_since(self, actor: Actor, since: datetime) -> int:
        """How often the actor had somebody mailed since then: by what he booked, and by what he moved."""
        asked = {"workspace": actor.workspace_id, "member": actor.member_id, "since": since}
        return sum(self._connection.execute(_INVITATIONS, asked).one())

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """All or nothing, and the guard's word in ours; the transaction goes on as it was before."""
        try:
            with self._connection.begin_nested():
                yield
        except IntegrityError as error:
            if is_slot_taken(error):
                raise SlotTaken from error
            raise

    def _leave_time_of_others(self, appointment: Appointment) -> None:
        self._connection.execute(
            delete(HOSTS).where(HOSTS.c.appointment_id == appointment.id, HOSTS.c.host_id.not_in(appointment.hosts))
        )

    def _take_time(self, appointment: Appointment) -> None:
        key = ("appointment_id", "host_id")
        rows = host_rows(appointment)
        others = tuple(column for column in rows[0] if column not in key)
        self._connection.execute(upsert(self._connection.dialect.name, HOSTS, by=key, updating=others), rows)

    def _per_host(
        self, query: Select[Any], actor: Actor, host_ids: Collection[UUID], window: Interval
    ) -> Mapping[UUID, Sequence[Appointment]]:
        asked = {"workspace": actor.workspace_id, "hosts": list(host_ids), "start": window.start, "end": window.end}
        rows = self._connection.execute(query, asked).all()
        hosts = hosts_of(self._connection, rows)
        found: dict[UUID, list[Appointment]] = {host_id: [] for host_id in host_ids}
        for row in rows:
            found[row.host_id].append(appointment_from(row, hosts[row.id]))
        return found

    def _one(self, *which: ColumnElement[bool]) -> Appointment | None:
        return next(iter(self._read(SELECT_APPOINTMENTS.where(*which))), None)

    def _read(self, query: Select[Any], asked: Mapping[str, object] | None = None) -> Sequence[Appointment]:
        rows = self._connection.execute(query, asked).all()
        hosts = hosts_of(self._connection, rows)
        return [appointment_from(row, hosts[row.id]) for row in rows]


def _hosted_by(host_ids: Collection[UUID]) -> ColumnElement[bool]:
    return (
        select(HOSTS.c.host_id)
        .where(HOSTS.c.appointment_id == APPOINTMENTS.c.id, HOSTS.c.host_id.in_(list(host_ids)))
        .exists()
    )
