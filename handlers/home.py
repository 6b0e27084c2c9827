"""A person's Home, published when something on it changed."""

from collections.abc import Callable

from bot.domain.people import Actor
from bot.rendering.home import render_home
from bot.usecases.show_home import ShowHome
from handlers.reply import Reply

RefreshHome = Callable[[Actor, Reply], None]


def refresh_home_with(show_home: ShowHome) -> RefreshHome:
    """Draw the actor's Home as it is now."""

    def refresh_home(actor: Actor, reply: Reply) -> None:
        reply.publish_home(render_home(show_home(actor)))

    return refresh_home
