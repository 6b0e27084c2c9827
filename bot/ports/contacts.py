"""The people whom appointments are with."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from bot.domain.contacts import Contact, NewContact
from bot.domain.people import Actor


class Contacts(Protocol):
    """A workspace's contacts; other workspaces never see them."""

    def known(self, actor: Actor, new: NewContact, *, new_id: UUID) -> Contact:
        """The contact of that address, made if there is none; a name that is there already stays."""
        ...

    def get(self, actor: Actor, contact_id: UUID) -> Contact:
        """Raises `NotFound`, for another workspace's as for none."""
        ...

    def search(self, actor: Actor, words: str, *, limit: int) -> Sequence[Contact]:
        """Those whose name or address holds all the words, by name; all of them where there are none."""
        ...
