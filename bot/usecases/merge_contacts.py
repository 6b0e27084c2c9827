"""Two contacts who are one person, made into one."""

from uuid import UUID

from bot.domain.contact_edits import CannotMerge, merged
from bot.domain.contact_views import MergeShown
from bot.domain.contacts import Contact, ContactChanged
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.contact_addresses import addresses_of

_MOST_LOOKED_AT = 50


class LookAtMerge:
    """What the question before it shows."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, contact_id: UUID, other_id: UUID | None = None) -> MergeShown:
        """Raises `NotFound`; the same contact twice is as none chosen."""
        require_full_member(actor)
        with self._store.reading() as work:
            asked = work.contacts.get(actor, contact_id)
            if other_id is None or other_id == contact_id:
                return MergeShown(asked)
            other = work.contacts.get(actor, other_id)
            return MergeShown(asked, other, is_mailed=any(self._is_mailed(work, actor, one) for one in (asked, other)))

    def _is_mailed(self, work: UnitOfWork, actor: Actor, contact: Contact) -> bool:
        to_come = work.appointments.with_contact(
            actor, contact.id, self._clock.now(), to_come=True, limit=_MOST_LOOKED_AT
        )
        return any(one.invites for one in to_come)


class MergeContacts:
    """One stays, with the appointments, tags and addresses of both."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, kept: tuple[UUID, int], gone: tuple[UUID, int]) -> Contact:
        """The one that stays.

        Args:
            actor: who merges.
            kept: the id and the version of the one that stays, as they were shown.
            gone: those of the other.

        Raises:
            NotFound: one is not there any more, or not in this workspace.
            ContactChanged: one is not as it was shown any more.
            CannotMerge: together they would have too much of something.
        """
        require_full_member(actor)
        if kept[0] == gone[0]:
            raise CannotMerge("That is the same contact. Choose another one.")
        with self._store.writing() as work:
            # Before any contact is locked: those who decide about events have it the same way round.
            addresses = [*addresses_of(work, actor, kept[0]), *addresses_of(work, actor, gone[0])]
            work.taken.mark_invited(actor.workspace_id, addresses)
            locked = work.contacts.locked(actor, [kept[0], gone[0]])
            if any(locked[contact_id].version != version for contact_id, version in (kept, gone)):
                raise ContactChanged
            stays = merged(locked[kept[0]], locked[gone[0]])
            work.contacts.merge(stays, locked[gone[0]])
            work.commit()
        return stays
