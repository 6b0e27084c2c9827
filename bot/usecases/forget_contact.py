"""Forgets a contact everywhere: past appointments and the events that were read name him no more either."""

from datetime import datetime
from uuid import UUID

from bot.domain.contacts import Contact, ContactChanged
from bot.domain.effects import EffectKind, LinkState, card_lane
from bot.domain.erasure import ContactForgotten, ErasedContact, outsider_of
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.contact_addresses import addresses_of
from bot.usecases.delete_contact import AppointmentsStand


class ForgetContact:
    """One transaction, so that he is forgotten or is not; cards in Slack follow as effects."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, contact_id: UUID, *, version: int) -> tuple[Contact, ContactForgotten]:
        """Whom it was, to be named once more, and what was done.

        Args:
            actor: who has him forgotten: any full member, because contacts are the workspace's.
            contact_id: the contact.
            version: as it was shown.

        Raises:
            NotFound: he is not there any more, or not in this workspace.
            AppointmentsStand: appointments with him are to come.
            ContactChanged: he is not as he was shown any more.
        """
        require_full_member(actor)
        now = self._clock.now()
        with self._store.writing() as work:
            shown = work.contacts.get(actor, contact_id)
            addresses = addresses_of(work, actor, contact_id)
            # Before any contact is locked: those who decide about events have it the same way round.
            work.taken.mark_invited(actor.workspace_id, addresses)
            outsider = outsider_of(shown, addresses, work.erasures.names(actor.workspace_id, addresses))
            events = work.erasures.erase_invited(outsider)
            contact = work.contacts.locked(actor, [contact_id])[contact_id]
            is_as_shown = contact == shown and addresses_of(work, actor, contact_id) == addresses
            if contact.version != version or not is_as_shown:
                raise ContactChanged
            if work.appointments.with_contact(actor, contact_id, now, to_come=True, limit=1):
                raise AppointmentsStand(contact)
            erased = work.erasures.erase_outsider(outsider, now)
            work.contacts.delete(contact)
            _show_anew(work, erased, now)
            work.commit()
        return contact, ContactForgotten(len(erased.appointments), events, erased.in_google, erased.in_zoom)


def _show_anew(work: UnitOfWork, erased: ErasedContact, now: datetime) -> None:
    for appointment_id in erased.appointments:
        card = work.remote_links.of(appointment_id).get(EffectKind.CARD)
        appointment = work.appointments.known(appointment_id)
        if appointment is not None and card is not None and card.state is LinkState.WRITTEN:
            work.effects.want(appointment, EffectKind.CARD, lane=card_lane(appointment_id), due_at=now)
    for subject in (*erased.appointments, *erased.taken):
        work.reminders.changed(subject, now)
