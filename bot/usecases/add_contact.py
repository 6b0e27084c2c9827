"""Makes a contact, whatever it comes of: of a booking, of somebody's hand, of an event in Google."""

from bot.domain.contact_edits import ContactEdit
from bot.domain.contact_occasions import NewcomerOccasion, occasion_of_contact
from bot.domain.contacts import Contact, NewContact
from bot.domain.invitee_questions import InviteeAnswer
from bot.domain.people import Actor
from bot.ports import UnitOfWork
from bot.usecases.record_occasion import record_occasion


def add_contact(
    work: UnitOfWork, actor: Actor, new: NewContact, arrival: NewcomerOccasion, edit: ContactEdit | None = None
) -> Contact:
    """The contact of that address, made if there is none; nobody is asked about him any more.

    Args:
        work: a transaction that has locked no contact yet.
        actor: in whose name.
        new: his address and name.
        arrival: where he came from.
        edit: what else is known of him, if he is made.
    """
    work.erasures.welcome(actor.workspace_id, new.email)
    if not work.contacts.by_address(actor.workspace_id, [new.email]):
        work.taken.mark_invited(actor.workspace_id, [new.email])
    return known_contact(work, actor, new, arrival, edit)


def known_contact(
    work: UnitOfWork, actor: Actor, new: NewContact, arrival: NewcomerOccasion, edit: ContactEdit | None = None
) -> Contact:
    """The same for those who decide events: they see for themselves which others he is invited to."""
    contact = work.contacts.known(actor, new, new_id=arrival.new_id)
    if contact.id != arrival.new_id:
        return contact
    if edit is not None and (edited := edit.on(contact)) != contact:
        work.contacts.save(edited)
        contact = edited
    work.invitees.settle(actor.workspace_id, [contact.email], InviteeAnswer.ADDED, told=contact.name)
    if arrival.fires:
        record_occasion(work, occasion_of_contact(actor, contact, arrival))
    return contact
