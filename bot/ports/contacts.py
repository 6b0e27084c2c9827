"""The people whom appointments are with."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from bot.domain.contacts import Contact, NewContact
from bot.domain.people import Actor


class Contacts(Protocol):
    """A workspace's contacts; other workspaces never see them. Each is found by any of his addresses."""

    def known(self, actor: Actor, new: NewContact, *, new_id: UUID) -> Contact:
        """The contact of that address, made if there is none; a name that is there already stays.

        Nobody deletes or merges him until the transaction ends.
        """
        ...

    def get(self, actor: Actor, contact_id: UUID) -> Contact:
        """Raises `NotFound`, for another workspace's as for none."""
        ...

    def held(self, actor: Actor, contact_id: UUID) -> Contact:
        """The same; nobody deletes or merges him until the transaction ends, which must be one that writes."""
        ...

    def search(self, actor: Actor, words: str, *, limit: int, offset: int = 0) -> Sequence[Contact]:
        """Those whose name, addresses or tags hold all the words, by name; all of them where there are none."""
        ...

    def count(self, actor: Actor, words: str) -> int:
        """How many there are of these."""
        ...

    def by_address(self, workspace_id: UUID, emails: Collection[str]) -> Mapping[str, Contact]:
        """The contacts among normalised addresses, each under the address that was asked for."""
        ...

    def of_domains(self, workspace_id: UUID, domains: Collection[str]) -> Sequence[str]:
        """The addresses of contacts that are at these domains."""
        ...

    def other_addresses(self, actor: Actor, contact_id: UUID) -> Sequence[str]:
        """By which a contact is found beside his own."""
        ...

    def save(self, changed: Contact) -> None:
        """Store the next version; raises `ContactChanged` unless the stored one is the version before."""
        ...

    def add_address(self, actor: Actor, contact_id: UUID, email: str) -> None:
        """Have a contact found by another address too; nothing happens where somebody has it already."""
        ...

    def drop_address(self, actor: Actor, contact_id: UUID, email: str) -> bool:
        """Have a contact found by that other address no more; False where it was not his."""
        ...

    def locked(self, actor: Actor, contact_ids: Collection[UUID]) -> Mapping[UUID, Contact]:
        """Contacts that are to be merged or deleted: nobody books with them, or changes them, until the transaction
        ends. Raises `NotFound` where one is not there."""
        ...

    def tag(self, workspace_id: UUID, contact_id: UUID, tag: str) -> bool:
        """Add a tag, as a new version; False where he has it, or as many as one can have, or is not there."""
        ...

    def merge(self, kept: Contact, gone: Contact) -> None:
        """Store `kept` in its next version, with all that refers to `gone` and its addresses; both are locked."""
        ...

    def delete(self, contact: Contact) -> None:
        """Erase one that is locked; appointments keep that there was somebody."""
        ...
