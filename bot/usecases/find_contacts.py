"""Contacts for the type-ahead of a form, and the address that was typed if nobody has it yet."""

from bot.domain.booking_form import ContactsFound
from bot.domain.contacts import BadAddress, new_contact
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Store

MOST_CONTACTS = 50


class FindContacts:
    """Looks in the actor's workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, words: str) -> ContactsFound:
        """Those whose name or address holds all the words, by name; somebody new where the words are an address."""
        require_full_member(actor)
        with self._store.reading() as work:
            contacts = tuple(work.contacts.search(actor, words, limit=MOST_CONTACTS))
            try:
                new = new_contact(words, "")
            except BadAddress:
                return ContactsFound(contacts)
            # The same address may be known as it was normalised and not as it was typed, or as another one of his.
            same = work.contacts.by_address(actor.workspace_id, [new.email]).get(new.email)
        if same is None:
            return ContactsFound(contacts, new)
        return ContactsFound(contacts if same in contacts else (same, *contacts))
