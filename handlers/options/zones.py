"""Time zones, offered as the person types."""

from collections.abc import Sequence

from bot.domain.people import Actor
from bot.rendering.names import ActionId
from bot.rendering.settings.zone import zone_options
from bot.rendering.surfaces import Block
from handlers.interaction import Search
from handlers.registry import Handler, on_search


def handler() -> Handler:
    """Those that fit, from our own list; the actor's own zone in Slack always among them."""

    def search(actor: Actor, typing: Search) -> Sequence[Block]:
        return zone_options(typing.typed, actor.zone)

    return on_search(ActionId.ZONE, search)
