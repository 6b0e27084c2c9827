"""How somebody comes to be a contact, and what triggers hear of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.contacts import Contact
from bot.domain.occasions import BookedIn, Occasion, What
from bot.domain.people import Actor


@dataclass(frozen=True, slots=True)
class NewcomerOccasion:
    """How somebody comes to be a contact.

    Args:
        new_id: of the contact, if one is made.
        now: when triggers are told that it was.
        booked_in: where he came from.
        hosts: the members whose contact triggers count him; the actor's where nobody is named.
        calendar_id: the linked calendar in which he was met.
        fires: whether triggers hear of it.
    """

    new_id: UUID
    now: datetime
    booked_in: BookedIn
    hosts: tuple[UUID, ...] = ()
    calendar_id: UUID | None = None
    fires: bool = True


def occasion_of_contact(actor: Actor, contact: Contact, arrival: NewcomerOccasion) -> Occasion:
    """That the contact was made, in the actor's name."""
    return Occasion(
        workspace_id=actor.workspace_id,
        what=What.CONTACT_ADDED,
        subject=contact.id,
        version=1,
        at=arrival.now,
        booked_in=arrival.booked_in,
        calendar_id=arrival.calendar_id,
        hosts=arrival.hosts or (actor.member_id,),
        contacts=(contact,),
        zone=actor.zone,
    )
