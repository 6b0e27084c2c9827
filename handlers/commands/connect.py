"""`/daybook connect`, and *Add New* wherever it stands."""

from collections.abc import Sequence

from bot.domain.accounts import Provider
from bot.domain.people import Actor
from bot.rendering.connect import connect_message, connect_modal
from bot.rendering.names import ActionId
from bot.usecases.offer_connections import OfferConnections
from handlers.interaction import Action, Command, Interaction
from handlers.registry import Handler, Work, on_action
from handlers.reply import Reply

_ONE_OF = {"google": Provider.GOOGLE, "zoom": Provider.ZOOM}


def connect_work(offer: OfferConnections) -> Work[Interaction]:
    """What can be connected, said where the person is; `google` or `zoom` alone where that was typed."""

    def connect(actor: Actor, asked: Interaction, reply: Reply) -> None:
        typed = asked.text.strip().lower() if isinstance(asked, Command) else ""
        reply.say(connect_message(offer(actor), only=_ONE_OF.get(typed)))

    return connect


def handlers(offer: OfferConnections) -> Sequence[Handler]:
    """*Add New* on top of the settings."""

    def add_new(actor: Actor, _pressed: Action, reply: Reply) -> None:
        reply.open(connect_modal(offer(actor)))

    return (on_action(ActionId.ADD_NEW, add_new, is_dear=True),)
