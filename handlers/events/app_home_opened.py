"""The Home tab was opened."""

from bot.domain.people import Actor
from bot.rendering.names import EventName
from handlers.home import RefreshHome
from handlers.interaction import HomeOpened
from handlers.parsing import parse_home_opened
from handlers.registry import Handler, on_event
from handlers.reply import Reply

_HOME_TAB = "home"


def handler(refresh_home: RefreshHome) -> Handler:
    """Draw the actor's Home; the same event tells of the Messages tab, which needs nothing."""

    def opened(actor: Actor, event: HomeOpened, reply: Reply) -> None:
        if event.tab == _HOME_TAB:
            refresh_home(actor, reply)

    return on_event(EventName.APP_HOME_OPENED, parse_home_opened, opened)
