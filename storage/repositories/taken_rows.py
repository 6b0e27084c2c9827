"""How appointments taken from Google are kept in rows and read from them, and which of them nothing holds any more."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, case, delete, select, update

from bot.domain.contacts import Contact
from bot.domain.events import Response
from bot.domain.intervals import Interval
from bot.domain.sync_plan import portions
from bot.domain.taken import TakenAppointment, TakenContact
from storage.repositories.contact_rows import contact_from
from storage.tables import CALENDARS, CONTACTS, EVENTS, INVITED, TAKEN, TAKEN_CONTACTS, TAKEN_PLACES
from storage.text import storable


def taken_columns(taken: TakenAppointment) -> dict[str, object]:
    """All columns of a meeting."""
    return {
        "id": taken.id,
        "workspace_id": taken.workspace_id,
        "ical_uid": storable(taken.ical_uid),
        "original_at": taken.original,
        "start_at": taken.span.start,
        "end_at": taken.span.end,
        "title": storable(taken.title),
        "repeats": taken.repeats,
        "created_at": taken.created_at,
        "placed_at": taken.placed_at,
        "is_cancelled": taken.is_cancelled,
        "version": taken.version,
        "over_at": taken.over_at,
        "lapsed_in": None,
    }


def taken_from(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[TakenAppointment]:
    """The meetings of rows of `TAKEN`, in their order, each with its hosts and contacts."""
    ids = [row.id for row in rows]
    hosts: dict[UUID, list[UUID]] = {one: [] for one in ids}
    contacts: dict[UUID, list[TakenContact]] = {one: [] for one in ids}
    for some in portions(ids):
        for row in connection.execute(_HOSTS.where(TAKEN_PLACES.c.taken_id.in_(some))):
            if row.member_id not in hosts[row.taken_id]:
                hosts[row.taken_id].append(row.member_id)
        for guest in _guests(connection, some):
            contacts[guest.taken_id].append(TakenContact(guest.contact, guest.response))
    return [_taken(row, hosts[row.id], contacts[row.id]) for row in rows]


def held_by(connection: Connection, which: ColumnElement[bool]) -> list[UUID]:
    """The ids of the meetings that stand in these calendars, or stood there last."""
    calendars = select(CALENDARS.c.id).where(which)
    standing = select(TAKEN_PLACES.c.taken_id).where(TAKEN_PLACES.c.calendar_id.in_(calendars))
    return list(connection.scalars(standing.union(select(TAKEN.c.id).where(TAKEN.c.lapsed_in.in_(calendars)))))


def drop_unheld(connection: Connection, taken_ids: Iterable[UUID]) -> None:
    """Of these meetings, drop those that stand in no calendar."""
    for some in portions(taken_ids):
        connection.execute(
            delete(TAKEN).where(
                TAKEN.c.id.in_(some), TAKEN.c.id.not_in(select(TAKEN_PLACES.c.taken_id).where(_same_place(some)))
            )
        )


def lapse_unheld(connection: Connection, taken_ids: Iterable[UUID], calendar_id: UUID) -> None:
    """Of these meetings, keep of those that stand in no calendar only when they are, and what was told of them.

    They may be appointments again: then nobody is told of them twice. They stood in that calendar last, and go with it.
    """
    for some in portions(taken_ids):
        lapsed = list(
            connection.scalars(
                update(TAKEN)
                .where(
                    TAKEN.c.id.in_(some), TAKEN.c.id.not_in(select(TAKEN_PLACES.c.taken_id).where(_same_place(some)))
                )
                .values(title="", lapsed_in=calendar_id)
                .returning(TAKEN.c.id)
            )
        )
        connection.execute(delete(TAKEN_CONTACTS).where(TAKEN_CONTACTS.c.taken_id.in_(lapsed)))


def forget_decisions(connection: Connection, calendar_id: UUID) -> None:
    """Drop what was decided for a calendar, and the meetings that stand nowhere else."""
    stood = held_by(connection, CALENDARS.c.id == calendar_id)
    for table in (TAKEN_PLACES, INVITED):
        connection.execute(delete(table).where(table.c.calendar_id == calendar_id))
    drop_unheld(connection, stood)
    connection.execute(
        update(EVENTS).where(EVENTS.c.calendar_id == calendar_id, EVENTS.c.shade.is_not(None)).values(shade=None)
    )


def forget_people(connection: Connection, calendar_id: UUID) -> None:
    """The same for a calendar that is not linked any more, which has no business to know who is on its events."""
    forget_decisions(connection, calendar_id)
    connection.execute(
        update(EVENTS)
        .where(EVENTS.c.calendar_id == calendar_id)
        .values(invitees="", created_at=None, needs_decision=False)
    )


def _same_place(taken_ids: Collection[UUID]) -> ColumnElement[bool]:
    return TAKEN_PLACES.c.taken_id.in_(taken_ids)


# Who organises the meeting comes first.
_HOSTS = (
    select(TAKEN_PLACES.c.taken_id, CALENDARS.c.member_id)
    .join(CALENDARS, CALENDARS.c.id == TAKEN_PLACES.c.calendar_id)
    .outerjoin(EVENTS, (EVENTS.c.calendar_id == TAKEN_PLACES.c.calendar_id) & (EVENTS.c.id == TAKEN_PLACES.c.event_id))
    .order_by(TAKEN_PLACES.c.taken_id, case((EVENTS.c.is_own, 0), else_=1), CALENDARS.c.member_id)
)


class _Guest(NamedTuple):
    """A contact of a meeting."""

    taken_id: UUID
    contact: Contact
    response: Response


def _guests(connection: Connection, taken_ids: Collection[UUID]) -> list[_Guest]:
    """By the contacts' names."""
    told = connection.execute(select(TAKEN_CONTACTS).where(TAKEN_CONTACTS.c.taken_id.in_(taken_ids))).all()
    people = {
        row.id: contact_from(row)
        for some in portions(sorted({row.contact_id for row in told}))
        for row in connection.execute(select(CONTACTS).where(CONTACTS.c.id.in_(some)))
    }
    guests = [_Guest(row.taken_id, people[row.contact_id], Response(row.response)) for row in told]
    return sorted(guests, key=lambda one: (one.contact.name.casefold(), one.contact.email))


def _taken(row: Row[Any], hosts: Sequence[UUID], contacts: Sequence[TakenContact]) -> TakenAppointment:
    return TakenAppointment(
        id=row.id,
        workspace_id=row.workspace_id,
        ical_uid=row.ical_uid,
        original=row.original_at,
        span=Interval(row.start_at, row.end_at),
        title=row.title,
        repeats=row.repeats,
        hosts=tuple(hosts),
        contacts=tuple(contacts),
        created_at=row.created_at,
        placed_at=row.placed_at,
        is_cancelled=row.is_cancelled,
        version=row.version,
        over_at=row.over_at,
    )
