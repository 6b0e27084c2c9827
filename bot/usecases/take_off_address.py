"""Takes back that an address is a contact's: it was linked to the wrong one, or is another person's now."""

from uuid import UUID

from bot.domain.contacts import Contact
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Store


class TakeOffAddress:
    """*Take off*: whoever has the address is somebody unknown again, and may be asked about."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, contact_id: UUID, email: str) -> Contact:
        """The contact; raises `NotFound`. His own, to which invitations go, cannot be taken off.

        Events on which the address is are decided anew.
        """
        require_full_member(actor)
        with self._store.writing() as work:
            # Before the contact is locked: those who decide about events have it the same way round.
            work.taken.mark_invited(actor.workspace_id, [email])
            contact = work.contacts.held(actor, contact_id)
            if work.contacts.drop_address(actor, contact_id, email):
                work.invitees.forget(actor.workspace_id, [email])
                work.commit()
        return contact
