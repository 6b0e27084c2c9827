"""A workspace's contacts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from bot.domain.contacts import Contact, NewContact
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from storage.repositories.upserts import insert
from storage.tables import CONTACTS
from storage.text import storable


class SqlContacts:
    """Implements `ports.Contacts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, actor: Actor, new: NewContact, *, new_id: UUID) -> Contact:
        """The contact of that address, made if there is none; a name that is there already stays."""
        name = storable(new.name)
        self._connection.execute(
            insert(self._connection.dialect.name, CONTACTS)
            .values(
                id=new_id,
                workspace_id=actor.workspace_id,
                email=new.email,
                name=name,
                zone="",
                findable=findable(name, new.email),
            )
            .on_conflict_do_nothing(index_elements=["workspace_id", "email"])
        )
        row = self._connection.execute(
            select(CONTACTS).where(CONTACTS.c.workspace_id == actor.workspace_id, CONTACTS.c.email == new.email)
        ).one()
        return _contact(row)

    def get(self, actor: Actor, contact_id: UUID) -> Contact:
        """One of the actor's workspace; raises `NotFound`."""
        row = self._connection.execute(
            select(CONTACTS).where(CONTACTS.c.workspace_id == actor.workspace_id, CONTACTS.c.id == contact_id)
        ).one_or_none()
        if row is None:
            raise NotFound
        return _contact(row)

    def search(self, actor: Actor, words: str, *, limit: int) -> Sequence[Contact]:
        """Those whose name or address holds all the words, by name; all of them where there are no words."""
        asked = [CONTACTS.c.findable.contains(word, autoescape=True) for word in storable(words).casefold().split()]
        found = self._connection.execute(
            select(CONTACTS)
            .where(CONTACTS.c.workspace_id == actor.workspace_id, *asked)
            .order_by(CONTACTS.c.findable)
            .limit(limit)
        )
        return [_contact(row) for row in found]


def findable(name: str, email: str) -> str:
    """What a search looks at: databases fold the letters of foreign alphabets each in its own way, or not at all."""
    return f"{name.casefold()}\n{email}"


def _contact(row: Row[Any]) -> Contact:
    return Contact(row.id, row.workspace_id, row.email, row.name, row.zone)
