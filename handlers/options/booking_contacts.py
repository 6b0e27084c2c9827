"""Contacts, offered as the person types; an address that nobody has yet can be taken as it is."""

from collections.abc import Sequence

from bot.domain.people import Actor
from bot.rendering.booking_words import contact_options
from bot.rendering.names import ActionId
from bot.rendering.surfaces import Block
from bot.usecases.find_contacts import FindContacts
from handlers.interaction import Search
from handlers.registry import Handler, on_search


def handler(find_contacts: FindContacts) -> Handler:
    """Those of the actor's workspace that fit."""

    def search(actor: Actor, typing: Search) -> Sequence[Block]:
        return contact_options(find_contacts(actor, typing.typed), typing.typed)

    return on_search(ActionId.CONTACT, search)
