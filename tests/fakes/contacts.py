"""An in-memory repository of contacts, with the semantics of `bot.ports`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from bot.domain.contacts import MOST_TAGS, Contact, ContactChanged, NewContact, deleted_contact
from bot.domain.errors import NotFound
from bot.domain.mail_domains import domain_of
from bot.domain.people import Actor
from tests.fakes.tables import Tables


class FakeContacts:
    """Implements `ports.Contacts`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def known(self, actor: Actor, new: NewContact, *, new_id: UUID) -> Contact:
        found = self.by_address(actor.workspace_id, [new.email])
        if found:
            return found[new.email]
        contact = Contact(new_id, actor.workspace_id, new.email, new.name)
        self._tables.contacts[new_id] = contact
        return contact

    def get(self, actor: Actor, contact_id: UUID) -> Contact:
        contact = self._tables.contacts.get(contact_id)
        if contact is None or contact.workspace_id != actor.workspace_id or not contact.email:
            raise NotFound
        return contact

    def held(self, actor: Actor, contact_id: UUID) -> Contact:
        return self.get(actor, contact_id)

    def search(self, actor: Actor, words: str, *, limit: int, offset: int = 0) -> Sequence[Contact]:
        asked = words.casefold().split()
        found = [one for one in self._of(actor.workspace_id) if all(word in self._findable(one) for word in asked)]
        return sorted(found, key=lambda one: (self._findable(one), one.id))[offset : offset + limit]

    def count(self, actor: Actor, words: str) -> int:
        return len(self.search(actor, words, limit=len(self._tables.contacts)))

    def by_address(self, workspace_id: UUID, emails: Collection[str]) -> Mapping[str, Contact]:
        own = {one.email: one for one in self._of(workspace_id)}
        others = {
            email: self._tables.contacts[contact_id]
            for (whose, email), contact_id in self._tables.contact_addresses.items()
            if whose == workspace_id
        }
        return {email: contact for email, contact in (own | others).items() if email in emails}

    def of_domains(self, workspace_id: UUID, domains: Collection[str]) -> Sequence[str]:
        own = {one.email for one in self._of(workspace_id)}
        others = {email for whose, email in self._tables.contact_addresses if whose == workspace_id}
        return sorted(email for email in own | others if domain_of(email) in domains)

    def other_addresses(self, actor: Actor, contact_id: UUID) -> Sequence[str]:
        return self._others(actor.workspace_id, contact_id)

    def save(self, changed: Contact) -> None:
        stored = self._tables.contacts.get(changed.id)
        if stored is None or (stored.workspace_id, stored.version) != (changed.workspace_id, changed.version - 1):
            raise ContactChanged
        self._tables.contacts[changed.id] = changed

    def add_address(self, actor: Actor, contact_id: UUID, email: str) -> None:
        self.get(actor, contact_id)
        if not self.by_address(actor.workspace_id, [email]):
            self._tables.contact_addresses[actor.workspace_id, email] = contact_id

    def drop_address(self, actor: Actor, contact_id: UUID, email: str) -> bool:
        self.get(actor, contact_id)
        key = actor.workspace_id, email
        if self._tables.contact_addresses.get(key) != contact_id:
            return False
        del self._tables.contact_addresses[key]
        return True

    def locked(self, actor: Actor, contact_ids: Collection[UUID]) -> Mapping[UUID, Contact]:
        return {contact_id: self.get(actor, contact_id) for contact_id in contact_ids}

    def tag(self, workspace_id: UUID, contact_id: UUID, tag: str) -> bool:
        contact = self._tables.contacts.get(contact_id)
        if contact is None or contact.workspace_id != workspace_id or not contact.email:
            return False
        if tag in contact.tags or len(contact.tags) >= MOST_TAGS:
            return False
        self.save(replace(contact, tags=(*contact.tags, tag), version=contact.version + 1))
        return True

    def merge(self, kept: Contact, gone: Contact) -> None:
        self._hand_over(gone, kept)
        self._hand_over_taken(gone, kept)
        for key, contact_id in self._tables.contact_addresses.items():
            if contact_id == gone.id:
                self._tables.contact_addresses[key] = kept.id
        del self._tables.contacts[gone.id]
        self._tables.contact_addresses[kept.workspace_id, gone.email] = kept.id
        self.save(kept)

    def delete(self, contact: Contact) -> None:
        nobody = deleted_contact(contact.workspace_id)
        self._tables.contacts[nobody.id] = nobody
        self._hand_over(contact, nobody)
        self._hand_over_taken(contact, None)
        del self._tables.contacts[contact.id]
        for email in self._others(contact.workspace_id, contact.id):
            del self._tables.contact_addresses[contact.workspace_id, email]

    def _hand_over(self, gone: Contact, to: Contact) -> None:
        for key, row in self._tables.appointments.items():
            if row.appointment.contact is not None and row.appointment.contact.id == gone.id:
                self._tables.appointments[key] = replace(row, appointment=replace(row.appointment, contact=to))

    def _hand_over_taken(self, gone: Contact, to: Contact | None) -> None:
        """Of meetings from Google, and of what their hosts are to be told."""
        for key, taken in self._tables.taken.items():
            holds = {one.contact.id for one in taken.contacts}
            handed = [
                replace(one, contact=to) if to is not None and one.contact.id == gone.id else one
                for one in taken.contacts
                if one.contact.id != gone.id or (to is not None and to.id not in holds)
            ]
            self._tables.taken[key] = replace(taken, contacts=tuple(handed))
        for place, row in list(self._tables.declined.items()):
            declined = row.declined
            if declined.contact.id == gone.id:
                del self._tables.declined[place]
                if to is not None:
                    there = (declined.subject, to.id, declined.member_id, declined.span.start)
                    self._tables.declined.setdefault(there, replace(row, declined=replace(declined, contact=to)))

    def _of(self, workspace_id: UUID) -> list[Contact]:
        return [one for one in self._tables.contacts.values() if one.workspace_id == workspace_id and one.email]

    def _others(self, workspace_id: UUID, contact_id: UUID) -> list[str]:
        held = self._tables.contact_addresses.items()
        return sorted(email for (whose, email), holder in held if (whose, holder) == (workspace_id, contact_id))

    def _findable(self, contact: Contact) -> str:
        others = self._others(contact.workspace_id, contact.id)
        tags = [tag.casefold() for tag in contact.tags]
        return "\n".join([contact.name.casefold(), contact.email, *others, *tags])
