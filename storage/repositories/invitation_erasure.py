"""Takes somebody out of the events that were read from Google."""

import json
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, false, func, or_, select, tuple_, update

from bot.domain.contacts import BadAddress, normalised_email
from bot.domain.erasure import Outsider
from bot.domain.join_links import is_personal_room
from storage.tables import APPOINTMENTS, CALENDARS, EVENTS, INVITED, INVITEE_QUESTIONS, REMOTE_LINKS

Told = list[Any]
"""One invitee as an event's JSON has him: the address, the name, and what else is known."""


def names_of(connection: Connection, workspace_id: UUID, emails: Collection[str]) -> frozenset[str]:
    """By which invitations, and questions about them, name whoever has these normalised addresses."""
    told = {
        one[1]
        for row in _events(connection, workspace_id, _names(workspace_id, emails))
        for one in _invitees(row)
        if _is_one_of(one, emails)
    }
    of_him = INVITEE_QUESTIONS.c.workspace_id == workspace_id, INVITEE_QUESTIONS.c.email.in_(list(emails))
    told |= set(connection.scalars(select(INVITEE_QUESTIONS.c.name).where(*of_him)))
    return frozenset(name for name in told if name)


def erase_invited(connection: Connection, outsider: Outsider) -> int:
    """Take him out of the events that were read, and have these decided anew; how many there were."""
    copies = select(REMOTE_LINKS.c.ical_uid).where(
        REMOTE_LINKS.c.appointment_id.in_(
            select(APPOINTMENTS.c.id).where(
                APPOINTMENTS.c.contact_id == outsider.contact_id, APPOINTMENTS.c.contact_id.is_not(None)
            )
        ),
        REMOTE_LINKS.c.ical_uid != "",
    )
    which = or_(_names(outsider.workspace_id, outsider.addresses), EVENTS.c.ical_uid.in_(copies))
    found = 0
    for row in _events(connection, outsider.workspace_id, which):
        told = _invitees(row)
        others = [one for one in told if not _is_one_of(one, outsider.addresses)]
        # He may have had another name, which his invitations tell.
        names = [one[1] for one in told if one not in others and one[1]]
        values: dict[str, object] = {"title": outsider.redaction(*names)(row.title)}
        if is_personal_room(row.join_url):  # whose it is, nobody can tell
            values["join_url"] = ""
        if others != told:
            values |= {"invitees": json.dumps(others, separators=(",", ":")) if others else "", "needs_decision": True}
        is_it = and_(EVENTS.c.calendar_id == row.calendar_id, EVENTS.c.id == row.id)
        connection.execute(update(EVENTS).where(is_it).values(values))
        found += 1
    calendars = _calendars(outsider.workspace_id)
    connection.execute(
        delete(INVITED).where(INVITED.c.calendar_id.in_(calendars), INVITED.c.email.in_(outsider.addresses))
    )
    return found


def _events(connection: Connection, workspace_id: UUID, which: ColumnElement[bool]) -> Sequence[Row[*tuple[Any, ...]]]:
    return connection.execute(
        select(EVENTS.c.calendar_id, EVENTS.c.id, EVENTS.c.title, EVENTS.c.invitees, EVENTS.c.join_url)
        .where(EVENTS.c.calendar_id.in_(_calendars(workspace_id)), which)
        .order_by(EVENTS.c.calendar_id, EVENTS.c.id)
    ).all()


def _names(workspace_id: UUID, emails: Collection[str]) -> ColumnElement[bool]:
    """Events that may name them: Google tells of domains in other letters than those by which we know them."""
    before_at = [f"{email.rpartition('@')[0]}@" for email in emails]
    told = (func.lower(EVENTS.c.invitees).contains(one, autoescape=True) for one in before_at)
    hung_on = select(INVITED.c.calendar_id, INVITED.c.event_id).where(
        INVITED.c.calendar_id.in_(_calendars(workspace_id)), INVITED.c.email.in_(list(emails))
    )
    return or_(false(), *told, tuple_(EVENTS.c.calendar_id, EVENTS.c.id).in_(hung_on))


def _calendars(workspace_id: UUID) -> Any:
    return select(CALENDARS.c.id).where(CALENDARS.c.workspace_id == workspace_id)


def _invitees(row: Row[*tuple[Any, ...]]) -> list[Told]:
    return json.loads(row.invitees) if row.invitees else []


def _is_one_of(told: Told, emails: Collection[str]) -> bool:
    try:
        return normalised_email(told[0]) in emails
    except BadAddress:
        return False
