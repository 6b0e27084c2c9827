"""Forgets whoever has an address and is no contact any more, or never was."""

from bot.domain.contacts import Contact, ContactChanged
from bot.domain.erasure import ContactForgotten, Outsider
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store


class WhoHasAddress:
    """The contact who is known by an address, if one is."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, email: str) -> Contact | None:
        """The address is normalised."""
        require_full_member(actor)
        with self._store.reading() as work:
            return work.contacts.by_address(actor.workspace_id, [email]).get(email)


class ForgetAddress:
    """One transaction: what the workspace stores of the address, and of the names that invitations give it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, email: str) -> ContactForgotten:
        """What was done; the address is normalised. Raises `ContactChanged` where a contact has it by now."""
        require_full_member(actor)
        now = self._clock.now()
        with self._store.writing() as work:
            # As for a contact: those who decide about events may be about to make one of him.
            work.taken.mark_invited(actor.workspace_id, [email])
            if work.contacts.by_address(actor.workspace_id, [email]):
                raise ContactChanged
            names = work.erasures.names(actor.workspace_id, [email])
            outsider = Outsider(actor.workspace_id, (email,), tuple(sorted(names)))
            events = work.erasures.erase_invited(outsider)
            work.erasures.erase_outsider(outsider, now)
            work.commit()
        return ContactForgotten(0, events, 0, 0)
