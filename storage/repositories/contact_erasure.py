"""Takes somebody outside the team out of every row that tells of him."""

import json
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, delete, false, func, or_, select, update

from bot.domain.contacts import DELETED_NAME
from bot.domain.effects import EffectKind, LinkState
from bot.domain.erasure import ErasedContact, Outsider, Redaction
from storage.repositories.redacting import names_any, redact, rewrite_json
from storage.repositories.redacting_everywhere import redact_everywhere
from storage.tables import (
    APPOINTMENT_LOG,
    APPOINTMENTS,
    BLOCKED_ADDRESSES,
    COLLEAGUES,
    DECLINED,
    EFFECTS,
    FIRING_CONTACTS,
    FIRINGS,
    INBOX,
    INVITEE_QUESTIONS,
    LANDING_BATCHES,
    LANDINGS,
    LEFT_COPIES,
    OFFERS,
    REMOTE_LINKS,
    TAKEN,
    TAKEN_CONTACTS,
)

_NAMELESS = {"title": DELETED_NAME}
_SHORTEST_WORD = 3


def erase_outsider(connection: Connection, outsider: Outsider) -> ErasedContact:
    """Take him out of all that tells of him; a contact is locked before, and his own row stays."""
    erased = ErasedContact((), 0, 0)
    if outsider.contact_id is not None:
        erased = _erase_contact(connection, outsider, outsider.contact_id)
    redact_everywhere(connection, outsider)
    _erase_addresses(connection, outsider)
    erase_answers(connection, [*outsider.addresses, *outsider.names])
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


def _erase_contact(connection: Connection, outsider: Outsider, contact_id: UUID) -> ErasedContact:
    """What is about him tells nothing that was typed any more, because he may have had another name then."""
    mine = select(APPOINTMENTS.c.id).where(APPOINTMENTS.c.contact_id == contact_id)
    taken = select(TAKEN_CONTACTS.c.taken_id).where(TAKEN_CONTACTS.c.contact_id == contact_id)
    ids = tuple(connection.scalars(mine.order_by(APPOINTMENTS.c.id)))
    taken_ids = tuple(connection.scalars(taken.order_by(TAKEN_CONTACTS.c.taken_id)))
    in_google, in_zoom = (_written(connection, mine, kind) for kind in (EffectKind.EVENT, EffectKind.MEETING))
    _erase_firings(connection, contact_id, outsider.redaction(), FIRINGS.c.subject.in_(mine.union(taken)))
    connection.execute(update(DECLINED).where(DECLINED.c.subject.in_(mine.union(taken))).values(_NAMELESS))
    connection.execute(update(TAKEN).where(TAKEN.c.id.in_(taken)).values(_NAMELESS))
    _erase_appointments(connection, contact_id, mine)
    _redraw_landings(connection, mine)
    return ErasedContact(ids, in_google, in_zoom, taken_ids)


def _erase_appointments(connection: Connection, contact_id: UUID, mine: Select[tuple[UUID]]) -> None:
    connection.execute(
        update(APPOINTMENTS)
        .where(APPOINTMENTS.c.contact_id == contact_id)
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


def _redraw_landings(connection: Connection, mine: Select[tuple[UUID]]) -> None:
    """Messages about events on his appointments name these, and are to be drawn anew."""
    told = select(LANDINGS.c.batch_id).where(LANDINGS.c.appointment_id.in_(mine))
    connection.execute(
        update(LANDING_BATCHES).where(LANDING_BATCHES.c.id.in_(told)).values(wanted=LANDING_BATCHES.c.wanted + 1)
    )


def _erase_firings(
    connection: Connection, contact_id: UUID, redaction: Redaction, subjects: ColumnElement[bool]
) -> None:
    """The ledger keeps that something happened: what was sent is not asked back."""
    told = select(FIRING_CONTACTS.c.firing_id).where(FIRING_CONTACTS.c.contact_id == contact_id)
    about = or_(FIRINGS.c.id.in_(told), subjects, FIRINGS.c.subject == contact_id)
    redact(connection, FIRINGS, ["problem"], redaction, about)
    connection.execute(update(FIRINGS).where(about).values(venue_details="", **_NAMELESS))


def _erase_addresses(connection: Connection, outsider: Outsider) -> None:
    for table, column in (
        (INVITEE_QUESTIONS, INVITEE_QUESTIONS.c.email),
        (COLLEAGUES, COLLEAGUES.c.email),
        (BLOCKED_ADDRESSES, BLOCKED_ADDRESSES.c.pattern),
    ):
        of_workspace = table.c.workspace_id == outsider.workspace_id
        connection.execute(delete(table).where(of_workspace, column.in_(outsider.addresses)))


def _written(connection: Connection, mine: Select[tuple[UUID]], kind: EffectKind) -> int:
    return connection.execute(
        select(func.count()).where(
            REMOTE_LINKS.c.appointment_id.in_(mine),
            REMOTE_LINKS.c.kind == kind,
            REMOTE_LINKS.c.state == LinkState.WRITTEN,
        )
    ).scalar_one()
