"""How an appointment, and a line of its history, is kept in columns and read from them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select

from bot.domain.appointment_log import LogEntry
from bot.domain.appointments import Appointment, Question, Venue
from bot.domain.contacts import Contact
from bot.domain.intervals import Interval
from storage.repositories.contact_rows import tags_from
from storage.tables import APPOINTMENTS, CONTACTS, HOSTS
from storage.text import storable

SELECT_APPOINTMENTS = select(
    APPOINTMENTS,
    CONTACTS.c.email.label("contact_email"),
    CONTACTS.c.name.label("contact_name"),
    CONTACTS.c.zone.label("contact_zone"),
    CONTACTS.c.phone.label("contact_phone"),
    CONTACTS.c.note.label("contact_note"),
    CONTACTS.c.tags.label("contact_tags"),
    CONTACTS.c.version.label("contact_version"),
).outerjoin(CONTACTS, CONTACTS.c.id == APPOINTMENTS.c.contact_id)
_IDS_AT_ONCE = 500
_HOSTS_OF = (
    select(HOSTS.c.appointment_id, HOSTS.c.host_id)
    .where(HOSTS.c.appointment_id.in_(bindparam("ids", expanding=True)))
    .order_by(HOSTS.c.position)
)


def columns_of(appointment: Appointment) -> dict[str, object]:
    """The columns that may differ from version to version."""
    question = appointment.question
    return {
        "version": appointment.version,
        "title": storable(appointment.title),
        "start_at": appointment.span.start,
        "end_at": appointment.span.end,
        "zone": appointment.zone,
        "venue": appointment.venue.where,
        "venue_details": storable(appointment.venue.details),
        "note": storable(appointment.note),
        "status": appointment.status,
        "invites": appointment.invites,
        "changed_at": appointment.changed_at,
        "expires_at": appointment.expires_at,
        "reason": storable(appointment.reason),
        "question": question.kind if question else None,
        **_span("their", question.theirs if question else None),
        **_span("before", appointment.before_move),
        "only_met_elsewhere": appointment.only_met_elsewhere,
    }


def new_columns(appointment: Appointment, origin: str) -> dict[str, object]:
    """All columns of an appointment that is not stored yet."""
    return columns_of(appointment) | {
        "id": appointment.id,
        "workspace_id": appointment.workspace_id,
        "booker_id": appointment.booker_id,
        # Not of a version: merging contacts hands it over, whoever is changing the appointment meanwhile.
        "contact_id": appointment.contact.id if appointment.contact else None,
        "origin": origin,
        "created_at": appointment.created_at,
    }


def host_rows(appointment: Appointment) -> list[dict[str, object]]:
    """The rows of the guard, in the order of the hosts' ids, as whoever locks hosts has it."""
    return [
        {
            "appointment_id": appointment.id,
            "host_id": host_id,
            "workspace_id": appointment.workspace_id,
            "position": appointment.hosts.index(host_id),
            "start_at": appointment.span.start,
            "end_at": appointment.span.end,
            "live": appointment.is_live,
        }
        for host_id in sorted(appointment.hosts)
    ]


def hosts_of(connection: Connection, rows: Sequence[Row[Any]]) -> Mapping[UUID, Sequence[UUID]]:
    """The hosts of the appointments of such rows, in their order, by the appointment's id."""
    hosts: dict[UUID, list[UUID]] = {row.id: [] for row in rows}
    ids = list(hosts)
    for first in range(0, len(ids), _IDS_AT_ONCE):
        found = connection.execute(_HOSTS_OF, {"ids": ids[first : first + _IDS_AT_ONCE]})
        for appointment_id, host_id in found:
            hosts[appointment_id].append(host_id)
    return hosts


def appointment_from(row: Row[Any], hosts: Sequence[UUID]) -> Appointment:
    """The appointment of a row of `SELECT_APPOINTMENTS`."""
    return Appointment(
        id=row.id,
        workspace_id=row.workspace_id,
        hosts=tuple(hosts),
        booker_id=row.booker_id,
        contact=_contact(row),
        title=row.title,
        span=Interval(row.start_at, row.end_at),
        zone=row.zone,
        venue=Venue(row.venue, row.venue_details),
        note=row.note,
        status=row.status,
        invites=row.invites,
        created_at=row.created_at,
        changed_at=row.changed_at,
        version=row.version,
        expires_at=row.expires_at,
        reason=row.reason,
        question=Question(row.question, _interval(row.their_start_at, row.their_end_at)) if row.question else None,
        before_move=_interval(row.before_start_at, row.before_end_at),
        only_met_elsewhere=row.only_met_elsewhere,
    )


def log_columns(entry: LogEntry) -> dict[str, object]:
    """The columns of a line of the history."""
    return {
        "at": entry.at,
        "deed": entry.deed,
        "who": entry.who,
        **_span("before", entry.before),
        **_span("after", entry.after),
        "detail": storable(entry.detail),
    }


def log_entry_from(row: Row[Any]) -> LogEntry:
    """The line of a row."""
    before = _interval(row.before_start_at, row.before_end_at)
    after = _interval(row.after_start_at, row.after_end_at)
    return LogEntry(row.at, row.deed, row.who, before, after, row.detail)


def _contact(row: Row[Any]) -> Contact | None:
    if row.contact_id is None:
        return None
    return Contact(
        id=row.contact_id,
        workspace_id=row.workspace_id,
        email=row.contact_email,
        name=row.contact_name,
        zone=row.contact_zone,
        phone=row.contact_phone,
        note=row.contact_note,
        tags=tags_from(row.contact_tags),
        version=row.contact_version,
    )


def _span(name: str, span: Interval | None) -> dict[str, object]:
    return {f"{name}_start_at": span.start if span else None, f"{name}_end_at": span.end if span else None}


def _interval(start: int | None, end: int | None) -> Interval | None:
    return None if start is None or end is None else Interval(start, end)
