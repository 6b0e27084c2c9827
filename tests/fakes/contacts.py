"""An in-memory repository of contacts, with the semantics of `bot.ports`."""

from collections.abc import Sequence
from uuid import UUID

from bot.domain.contacts import Contact, NewContact
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from tests.fakes.tables import Tables


class FakeContacts:
    """Implements `ports.Contacts`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def known(self, actor: Actor, new: NewContact, *, new_id: UUID) -> Contact:
        for contact in self._of(actor):
            if contact.email == new.email:
                return contact
        contact = Contact(new_id, actor.workspace_id, new.email, new.name)
        self._tables.contacts[new_id] = contact
        return contact

    def get(self, actor: Actor, contact_id: UUID) -> Contact:
        contact = self._tables.contacts.get(contact_id)
        if contact is None or contact.workspace_id != actor.workspace_id:
            raise NotFound
        return contact

    def search(self, actor: Actor, words: str, *, limit: int) -> Sequence[Contact]:
        asked = words.casefold().split()
        found = [contact for contact in self._of(actor) if all(word in _findable(contact) for word in asked)]
        return sorted(found, key=_findable)[:limit]

    def _of(self, actor: Actor) -> list[Contact]:
        return [one for one in self._tables.contacts.values() if one.workspace_id == actor.workspace_id]


def _findable(contact: Contact) -> str:
    return f"{contact.name.casefold()}\n{contact.email}"
