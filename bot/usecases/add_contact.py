"""Makes a contact, whatever it comes of: of a booking, of somebody's hand, of an event in Google."""

from datetime import datetime
from uuid import UUID

from bot.domain.contact_edits import ContactEdit
from bot.domain.contacts import Contact, NewContact
from bot.domain.invitee_questions import InviteeAnswer
from bot.domain.occasions import BookedIn, Occasion, What
from bot.domain.people import Actor
from bot.ports import UnitOfWork
from bot.usecases.record_occasion import record_occasion


def add_contact(
    work: UnitOfWork,
    actor: Actor,
    new: NewContact,
    *,
    new_id: UUID,
    now: datetime,
    booked_in: BookedIn,
    hosts: tuple[UUID, ...] = (),
    calendar_id: UUID | None = None,
    fires: bool = True,
    edit: ContactEdit | None = None,
) -> Contact:
    """The contact of that address, made if there is none; nobody is asked about him any more.

    Args:
        work: a transaction that has locked no contact yet.
        actor: in whose name.
        new: his address and name.
        new_id: of the contact, if one is made.
        now: when triggers are told that it was.
        booked_in: where he came from.
        hosts: the members whose contact triggers count him; the actor's where nobody is named.
        calendar_id: the linked calendar in which he was met.
        fires: whether triggers hear of it.
        edit: what else is known of him, if he is made.
    """
    work.erasures.welcome(actor.workspace_id, new.email)
    if not work.contacts.by_address(actor.workspace_id, [new.email]):
        work.taken.mark_invited(actor.workspace_id, [new.email])
    return known_contact(
        work,
        actor,
        new,
        new_id=new_id,
        now=now,
        booked_in=booked_in,
        hosts=hosts,
        calendar_id=calendar_id,
        fires=fires,
        edit=edit,
    )


def known_contact(
    work: UnitOfWork,
    actor: Actor,
    new: NewContact,
    *,
    new_id: UUID,
    now: datetime,
    booked_in: BookedIn,
    hosts: tuple[UUID, ...] = (),
    calendar_id: UUID | None = None,
    fires: bool = True,
    edit: ContactEdit | None = None,
) -> Contact:
    """The same for those who decide events: they see for themselves which others he is invited to."""
    contact = work.contacts.known(actor, new, new_id=new_id)
    if contact.id != new_id:
        return contact
    if edit is not None and (edited := edit.on(contact)) != contact:
        work.contacts.save(edited)
        contact = edited
    work.invitees.settle(actor.workspace_id, [contact.email], InviteeAnswer.ADDED, told=contact.name)
    if fires:
        added = Occasion(
            workspace_id=actor.workspace_id,
            what=What.CONTACT_ADDED,
            subject=contact.id,
            version=1,
            at=now,
            booked_in=booked_in,
            calendar_id=calendar_id,
            hosts=hosts or (actor.member_id,),
            contacts=(contact,),
            zone=actor.zone,
        )
        record_occasion(work, added)
    return contact
