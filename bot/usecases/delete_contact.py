"""Erases a contact; what is over keeps that there was somebody."""

from uuid import UUID

from bot.domain.contact_views import MEETINGS_SHOWN, DeleteShown
from bot.domain.contacts import Contact, ContactChanged
from bot.domain.errors import DaybookError
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store
from bot.usecases.contact_addresses import addresses_of
from bot.usecases.contact_meetings import booked_to_come, meetings_to_come


class AppointmentsStand(DaybookError):
    """Appointments to come are with the contact; what becomes of them is decided first."""

    def __init__(self, contact: Contact) -> None:
        super().__init__(
            f"{contact.name} has appointments to come, so nothing was deleted. Cancel them first, or merge the contact "
            "into another one."
        )


class LookAtDelete:
    """What the question before it shows."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, contact_id: UUID) -> DeleteShown:
        """Raises `NotFound`."""
        require_full_member(actor)
        now = self._clock.now()
        with self._store.reading() as work:
            contact = work.contacts.get(actor, contact_id)
            standing = booked_to_come(work, actor, contact_id, now, limit=MEETINGS_SHOWN)
            to_come = meetings_to_come(work, actor, contact_id, now, limit=MEETINGS_SHOWN)
        in_google = any(meeting.status is None for meeting in to_come)
        return DeleteShown(contact, tuple(standing), in_google=in_google, zone=actor.zone)


class DeleteContact:
    """Erases him from the actor's workspace."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, contact_id: UUID, *, version: int, never_again: bool) -> Contact:
        """Whom it was.

        Args:
            actor: who deletes.
            contact_id: the contact.
            version: as it was shown.
            never_again: his addresses never become a contact again; they are kept for that alone.

        Raises:
            NotFound: he is not there any more, or not in this workspace.
            AppointmentsStand: appointments with him are to come.
            ContactChanged: he is not as he was shown any more.
        """
        require_full_member(actor)
        now = self._clock.now()
        with self._store.writing() as work:
            addresses = addresses_of(work, actor, contact_id)
            # Before any contact is locked: those who decide about events have it the same way round.
            work.taken.mark_invited(actor.workspace_id, addresses)
            contact = work.contacts.locked(actor, [contact_id])[contact_id]
            if contact.version != version:
                raise ContactChanged
            if work.appointments.with_contact(actor, contact_id, now, to_come=True, limit=1):
                raise AppointmentsStand(contact)
            work.contacts.delete(contact)
            work.invitees.forget(actor.workspace_id, addresses)
            for address in addresses if never_again else ():
                work.invitees.block(actor, address, now)
            work.commit()
        return contact
