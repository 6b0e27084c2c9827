"""Takes somebody out of texts that are about others: guests who were taken off, and who is only spoken of."""

from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

from bot.domain.contacts import DELETED_NAME
from bot.domain.erasure import Outsider, Redaction
from storage.repositories.redacting import redact, redact_json
from storage.tables import (
    APPOINTMENT_LOG,
    APPOINTMENTS,
    CALENDARS,
    CONTACTS,
    DECLINED,
    EFFECTS,
    EVENTS,
    FIRINGS,
    INVITEE_QUESTIONS,
    LEAVINGS,
    LEFT_COPIES,
    MEMBERS,
    OFFERS,
    REMOTE_LINKS,
    TAKEN,
    TRIGGER_RULES,
)

_TEXTS: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (APPOINTMENTS, ("title", "note", "venue_details", "reason")),
    (APPOINTMENT_LOG, ("detail",)),
    (EFFECTS, ("problem",)),
    (EVENTS, ("title",)),
    (TAKEN, ("title",)),
    (DECLINED, ("title",)),
    (FIRINGS, ("title", "venue_details", "problem")),
    (LEFT_COPIES, ("title",)),
    (OFFERS, ("title", "note", "venue_details")),
    (TRIGGER_RULES, ("name", "says")),
    (CONTACTS, ("note",)),
    (INVITEE_QUESTIONS, ("name", "told")),
)
_JSON = ((REMOTE_LINKS, "agreed"),)


def redact_everywhere(connection: Connection, outsider: Outsider) -> None:
    """Take the words out that name nobody else, in texts of the whole workspace."""
    namesakes = _namesakes(connection, outsider)
    words = [word for word in outsider.unmistakable if word.casefold() not in namesakes]
    if not words:
        return
    redaction = Redaction(words, DELETED_NAME, in_parts=False)
    patterns = [_pattern(word) for word in words]
    for table, columns in _TEXTS:
        named = or_(*(_holds(table.c[name], pattern) for name in columns for pattern in patterns))
        redact(connection, table, columns, redaction, named, _of_workspace(table, outsider.workspace_id))
    for table, column in _JSON:
        named = or_(*(_holds(table.c[column], pattern) for pattern in patterns))
        redact_json(connection, table, column, redaction, named, _of_workspace(table, outsider.workspace_id))


def _namesakes(connection: Connection, outsider: Outsider) -> frozenset[str]:
    """The names of members and of other contacts, which stay."""
    members = select(MEMBERS.c.name).where(MEMBERS.c.workspace_id == outsider.workspace_id)
    contacts = select(CONTACTS.c.name).where(CONTACTS.c.workspace_id == outsider.workspace_id)
    if outsider.contact_id is not None:
        contacts = contacts.where(CONTACTS.c.id != outsider.contact_id)
    return frozenset(name.casefold() for which in (members, contacts) for name in connection.scalars(which))


def _pattern(word: str) -> str:
    """For LIKE: databases and JSON spell letters of other alphabets each in their own way."""
    return f"%{''.join(_spelt(letter) for letter in word.lower())}%"


def _spelt(letter: str) -> str:
    if not letter.isascii():
        return "%"
    return f"/{letter}" if letter in "%_/" else letter


def _holds(column: ColumnElement[str], pattern: str) -> ColumnElement[bool]:
    return func.lower(column).like(pattern, escape="/")


def _of_workspace(table: Table, workspace_id: UUID) -> ColumnElement[bool]:
    if "workspace_id" in table.c:
        return table.c.workspace_id == workspace_id
    by, others = _LED_BY[table]
    return table.c[by].in_(select(others.c[_KEY.get(others, "id")]).where(others.c.workspace_id == workspace_id))


_LED_BY: dict[Table, tuple[str, Table]] = {
    APPOINTMENT_LOG: ("appointment_id", APPOINTMENTS),
    EFFECTS: ("appointment_id", APPOINTMENTS),
    REMOTE_LINKS: ("appointment_id", APPOINTMENTS),
    EVENTS: ("calendar_id", CALENDARS),
    FIRINGS: ("trigger_id", TRIGGER_RULES),
    LEFT_COPIES: ("account_id", LEAVINGS),
}
_KEY = {LEAVINGS: "account_id"}
