"""Takes a contact out of every row that tells of him."""

import json
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection, Select, and_, delete, false, func, or_, select, update

from bot.domain.contacts import DELETED_NAME, Contact
from bot.domain.effects import EffectKind, LinkState
from bot.domain.erasure import ErasedContact, Redaction, without_contact
from storage.repositories.redacting import names_any, redact, rewrite_json
from storage.tables import (
    APPOINTMENT_LOG,
    APPOINTMENTS,
    BLOCKED_ADDRESSES,
    CALENDARS,
    COLLEAGUES,
    EFFECTS,
    EVENTS,
    FIRING_CONTACTS,
    FIRINGS,
    INBOX,
    INVITED,
    INVITEE_QUESTIONS,
    LEFT_COPIES,
    OFFERS,
    REMOTE_LINKS,
    TAKEN,
    TAKEN_CONTACTS,
)

_NAMELESS = {"title": DELETED_NAME}
_SHORTEST_WORD = 3


def erase_invited(connection: Connection, contact: Contact, addresses: Collection[str]) -> int:
    """Take him out of the events that were read, and have these decided anew; how many there were."""
    calendars = select(CALENDARS.c.id).where(CALENDARS.c.workspace_id == contact.workspace_id)
    named = or_(*(func.lower(EVENTS.c.invitees).contains(email, autoescape=True) for email in addresses))
    copies = select(REMOTE_LINKS.c.ical_uid).where(
        REMOTE_LINKS.c.appointment_id.in_(_appointments_of(contact)), REMOTE_LINKS.c.ical_uid != ""
    )
    rows = connection.execute(
        select(EVENTS.c.calendar_id, EVENTS.c.id, EVENTS.c.title, EVENTS.c.invitees)
        .where(EVENTS.c.calendar_id.in_(calendars), or_(named, EVENTS.c.ical_uid.in_(copies)))
        .order_by(EVENTS.c.calendar_id, EVENTS.c.id)
    ).all()
    for row in rows:
        told = json.loads(row.invitees) if row.invitees else []
        others = [one for one in told if one[0].strip().lower() not in addresses]
        # He may have had another name, which his invitations tell.
        names = [one[1] for one in told if one not in others and one[1]]
        values: dict[str, object] = {"title": without_contact(contact, [*addresses, *names])(row.title)}
        if others != told:
            values |= {"invitees": json.dumps(others, separators=(",", ":")) if others else "", "needs_decision": True}
        is_it = and_(EVENTS.c.calendar_id == row.calendar_id, EVENTS.c.id == row.id)
        connection.execute(update(EVENTS).where(is_it).values(values))
    connection.execute(
        delete(INVITED).where(INVITED.c.calendar_id.in_(calendars), INVITED.c.email.in_(list(addresses)))
    )
    return len(rows)


def erase_contact(connection: Connection, contact: Contact, addresses: Collection[str]) -> ErasedContact:
    """Take a locked one out of all that refers to him; his own row stays."""
    redaction = without_contact(contact, addresses)
    ids = tuple(row.id for row in connection.execute(_appointments_of(contact).order_by(APPOINTMENTS.c.id)))
    erased = ErasedContact(
        ids, _written(connection, contact, EffectKind.EVENT), _written(connection, contact, EffectKind.MEETING)
    )
    _erase_firings(connection, contact, redaction)
    of_taken = TAKEN.c.id.in_(select(TAKEN_CONTACTS.c.taken_id).where(TAKEN_CONTACTS.c.contact_id == contact.id))
    connection.execute(update(TAKEN).where(of_taken).values(_NAMELESS))
    _erase_appointments(connection, contact)
    _erase_addresses(connection, contact.workspace_id, addresses)
    erase_answers(connection, [*addresses, contact.name])
    return erased


def erase_answers(connection: Connection, words: Collection[str]) -> None:
    """What Slack was answered with such words is answered with nothing, if it asks once more.

    They are told apart from others that contain them; the shortest are no names by themselves.
    """
    told = sorted({word for word in words if len(word) >= _SHORTEST_WORD})
    spelt = {one for word in told for one in (word, json.dumps(word)[1:-1])}
    named = or_(false(), *(INBOX.c.answer.contains(word, autoescape=True) for word in sorted(spelt)))
    for row in connection.execute(select(INBOX.c.key, INBOX.c.answer).where(named)).all():
        if names_any(row.answer, told):
            # What stays says that it was answered.
            connection.execute(update(INBOX).where(INBOX.c.key == row.key).values(answer=row.answer[:4]))


def _erase_appointments(connection: Connection, contact: Contact) -> None:
    """He may have had another name when they were made, so that nothing is kept of what was typed."""
    mine = _appointments_of(contact)
    connection.execute(
        update(APPOINTMENTS)
        .where(APPOINTMENTS.c.contact_id == contact.id)
        .values(note="", venue_details="", reason="", **_NAMELESS)
    )
    connection.execute(update(APPOINTMENT_LOG).where(APPOINTMENT_LOG.c.appointment_id.in_(mine)).values(detail=""))
    connection.execute(update(EFFECTS).where(EFFECTS.c.appointment_id.in_(mine)).values(problem=""))
    agreed = {**_NAMELESS, "place": "", "description": ""}
    rewrite_json(connection, REMOTE_LINKS, "agreed", agreed, REMOTE_LINKS.c.appointment_id.in_(mine))
    connection.execute(update(LEFT_COPIES).where(LEFT_COPIES.c.appointment_id.in_(mine)).values(_NAMELESS))
    connection.execute(
        update(OFFERS).where(OFFERS.c.appointment_id.in_(mine)).values(note="", venue_details="", **_NAMELESS)
    )


def _erase_firings(connection: Connection, contact: Contact, redaction: Redaction) -> None:
    """The ledger keeps that something happened: what was sent is not asked back."""
    told = select(FIRING_CONTACTS.c.firing_id).where(FIRING_CONTACTS.c.contact_id == contact.id)
    subjects = FIRINGS.c.subject.in_(_appointments_of(contact))
    about = or_(FIRINGS.c.id.in_(told), subjects, FIRINGS.c.subject == contact.id)
    redact(connection, FIRINGS, ["problem"], redaction, about)
    connection.execute(update(FIRINGS).where(about).values(venue_details="", **_NAMELESS))


def _erase_addresses(connection: Connection, workspace_id: UUID, addresses: Collection[str]) -> None:
    for table, column in (
        (INVITEE_QUESTIONS, INVITEE_QUESTIONS.c.email),
        (COLLEAGUES, COLLEAGUES.c.email),
        (BLOCKED_ADDRESSES, BLOCKED_ADDRESSES.c.pattern),
    ):
        connection.execute(delete(table).where(table.c.workspace_id == workspace_id, column.in_(list(addresses))))


def _written(connection: Connection, contact: Contact, kind: EffectKind) -> int:
    return connection.execute(
        select(func.count()).where(
            REMOTE_LINKS.c.appointment_id.in_(_appointments_of(contact)),
            REMOTE_LINKS.c.kind == kind,
            REMOTE_LINKS.c.state == LinkState.WRITTEN,
        )
    ).scalar_one()


def _appointments_of(contact: Contact) -> Select[tuple[UUID]]:
    return select(APPOINTMENTS.c.id).where(APPOINTMENTS.c.contact_id == contact.id)
