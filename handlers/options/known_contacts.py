"""What the views of contacts offer as the person types: contacts who are there already, and time zones."""

from collections.abc import Sequence

from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.rendering.contacts.forms import other_options, zone_options
from bot.rendering.names import ActionId
from bot.rendering.surfaces import Block
from bot.usecases.find_contacts import FindContacts
from handlers.interaction import Search
from handlers.registry import Handler, on_search


def handlers(find_contacts: FindContacts) -> Sequence[Handler]:
    """Both kinds; of contacts those of the actor's workspace that fit."""

    def contacts(actor: Actor, typing: Search) -> Sequence[Block]:
        return other_options(find_contacts(actor, typing.typed).contacts, typing.typed)

    def zones(actor: Actor, typing: Search) -> Sequence[Block]:
        require_full_member(actor)
        return zone_options(typing.typed)

    return (
        on_search(ActionId.CONTACT_OTHER, contacts),
        on_search(ActionId.INVITEE_LINK, contacts),
        on_search(ActionId.CONTACT_ZONE, zones),
    )
