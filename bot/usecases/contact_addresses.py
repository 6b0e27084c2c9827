"""The addresses by which a contact is known."""

from uuid import UUID

from bot.domain.people import Actor
from bot.ports import UnitOfWork


def addresses_of(work: UnitOfWork, actor: Actor, contact_id: UUID) -> list[str]:
    """The contact's own address, and behind it the others that lead to him; raises `NotFound`."""
    contact = work.contacts.get(actor, contact_id)
    return [contact.email, *work.contacts.other_addresses(actor, contact_id)]
