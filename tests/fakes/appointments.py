"""An in-memory repository of appointments, with the semantics of `bot.ports`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus, EditedMeanwhile
from bot.domain.booking import SlotTaken
from bot.domain.effects import EffectClaim
from bot.domain.errors import NotFound
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from tests.fakes.tables import AppointmentRow, Tables, aware


class FakeAppointments:
    """Implements `ports.Appointments`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def lock_hosts(self, host_ids: Collection[UUID]) -> None:
        """Whoever writes to the fake store is alone with it anyhow."""

    def add(self, appointment: Appointment, *, origin: str) -> None:
        aware(appointment.created_at)
        if self._from(appointment.workspace_id, appointment.booker_id, origin) is not None:
            raise EditedMeanwhile
        self._store(AppointmentRow(appointment, origin))

    def by_origin(self, actor: Actor, origin: str) -> Appointment | None:
        return self._from(actor.workspace_id, actor.member_id, origin)

    def save(self, changed: Appointment) -> None:
        row = self._tables.appointments.get(changed.id)
        if row is None or row.appointment.version != changed.version - 1:
            raise EditedMeanwhile
        # Whom it is with is not of a version: merging contacts hands it over.
        self._store(replace(row, appointment=replace(changed, contact=row.appointment.contact)))

    def get(self, actor: Actor, appointment_id: UUID) -> Appointment:
        found = self.known(appointment_id)
        if found is None or found.workspace_id != actor.workspace_id:
            raise NotFound
        if actor.member_id not in (*found.hosts, found.booker_id):
            raise NotFound
        return found

    def known(self, appointment_id: UUID) -> Appointment | None:
        return next((one for one in self._all() if one.id == appointment_id), None)

    def between(
        self, actor: Actor, host_ids: Collection[UUID], window: Interval
    ) -> Mapping[UUID, Sequence[Appointment]]:
        touching = [
            one
            for one in self._all()
            if one.workspace_id == actor.workspace_id
            and one.status is not AppointmentStatus.CANCELLED
            and _touch(one.span, window)
        ]
        return {host: sorted((one for one in touching if host in one.hosts), key=_by_start) for host in host_ids}

    def with_colleagues(self, actor: Actor, window: Interval) -> Sequence[Appointment]:
        found = [
            one
            for one in self._all()
            if (one.workspace_id, one.booker_id) == (actor.workspace_id, actor.member_id)
            and one.contact is None
            and actor.member_id not in one.hosts
            and one.status is not AppointmentStatus.CANCELLED
            and _touch(one.span, window)
        ]
        return sorted(found, key=_by_start)

    def asked_about(
        self, actor: Actor, host_ids: Collection[UUID], window: Interval
    ) -> Mapping[UUID, Sequence[Appointment]]:
        asked = [
            one
            for one in self._all()
            if one.workspace_id == actor.workspace_id and one.is_live and one.question is not None
            if one.question.theirs is not None and _touch(one.question.theirs, window)
        ]
        return {host: sorted((one for one in asked if host in one.hosts), key=_by_start) for host in host_ids}

    def with_contact(
        self, actor: Actor, contact_id: UUID, now: datetime, *, to_come: bool, limit: int
    ) -> Sequence[Appointment]:
        found = [
            one
            for one in self._all()
            if one.workspace_id == actor.workspace_id and one.contact is not None and one.contact.id == contact_id
            if (one.is_live and one.span.end > epoch(now)) is to_come
        ]
        return sorted(found, key=_by_start, reverse=not to_come)[:limit]

    def expired(self, now: datetime, *, limit: int) -> Sequence[Appointment]:
        return self._expired(now)[:limit]

    def expired_of(self, host_ids: Collection[UUID], now: datetime) -> Sequence[Appointment]:
        return [one for one in self._expired(now) if not set(one.hosts).isdisjoint(host_ids)]

    def starting(self, window: Interval, *, limit: int) -> Sequence[Appointment]:
        found = [
            one
            for one in self._all()
            if one.status is AppointmentStatus.CONFIRMED
            and window.start <= one.span.start < window.end
            and self._tables.appointments[one.id].checked_start != one.span.start
        ]
        return sorted(found, key=_by_start)[:limit]

    def checked(self, appointment: Appointment) -> bool:
        row = self._tables.appointments.get(appointment.id)
        start = appointment.span.start
        if row is None or row.appointment.span.start != start or row.checked_start == start:
            return False
        self._tables.appointments[appointment.id] = replace(row, checked_start=start)
        return True

    def invitations_since(self, actor: Actor, since: datetime) -> int:
        moves = sum(
            (line.deed, line.who) == (Deed.MOVED, actor.member_id) and line.at >= since
            for row in self._tables.appointments.values()
            for line in row.log
            if row.appointment.invites and row.appointment.workspace_id == actor.workspace_id
        )
        return moves + sum(
            one.invites and one.created_at >= since
            for one in self._all()
            if (one.workspace_id, one.booker_id) == (actor.workspace_id, actor.member_id)
        )

    def write_log(self, appointment_id: UUID, entry: LogEntry) -> None:
        aware(entry.at)
        row = self._tables.appointments[appointment_id]
        self._tables.appointments[appointment_id] = replace(row, log=(*row.log, entry))

    def log(self, appointment_id: UUID) -> Sequence[LogEntry]:
        row = self._tables.appointments.get(appointment_id)
        return row.log if row else ()

    def told(self, claim: EffectClaim) -> int:
        row = self._tables.effects.get((claim.effect.appointment_id, claim.effect.kind))
        return row.told if row else 0

    def tell(self, claim: EffectClaim, count: int) -> None:
        row = self._tables.claimed_effect(claim)
        self._tables.effects[claim.effect.appointment_id, claim.effect.kind] = replace(row, told=count)

    def _store(self, row: AppointmentRow) -> None:
        new = row.appointment
        aware(new.changed_at)
        if new.span.end <= new.span.start:
            raise ValueError(f"{new.span} holds no second.")
        if new.contact is not None and new.contact.id not in self._tables.contacts:
            raise ValueError(f"{new.contact.email} is no contact that is stored.")
        for other in self._all():
            is_shared = other.id != new.id and not set(other.hosts).isdisjoint(new.hosts)
            if new.is_live and other.is_live and is_shared and _touch(other.span, new.span):
                raise SlotTaken
        self._tables.appointments[new.id] = row

    def _from(self, workspace_id: UUID, booker_id: UUID, origin: str) -> Appointment | None:
        for one in self._all():
            row = self._tables.appointments[one.id]
            if (one.workspace_id, one.booker_id, row.origin) == (workspace_id, booker_id, origin):
                return one
        return None

    def _expired(self, now: datetime) -> list[Appointment]:
        held = [(one.expires_at, one.id, one) for one in self._all() if one.status is AppointmentStatus.HELD]
        return [one for _, _, one in sorted((at, key, one) for at, key, one in held if at is not None and at <= now)]

    def _all(self) -> Iterator[Appointment]:
        for row in self._tables.appointments.values():
            contact = row.appointment.contact
            yield replace(row.appointment, contact=contact and self._tables.contacts[contact.id])


def _touch(one: Interval, other: Interval) -> bool:
    return one.start < other.end and other.start < one.end


def _by_start(appointment: Appointment) -> tuple[int, int, UUID]:
    return (*appointment.span, appointment.id)
