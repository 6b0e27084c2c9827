"""The Home tab was opened."""

from bot.domain.people import Actor
from bot.rendering.names import EventName
from bot.usecases.draw_home import DrawHome
from handlers.interaction import HomeOpened
from handlers.parsing import parse_home_opened
from handlers.registry import Handler, on_event
from handlers.reply import Reply

_HOME_TAB = "home"


def handler(draw_home: DrawHome) -> Handler:
    """Draw the actor's Home; the same event tells of the Messages tab, which needs nothing."""

    def opened(actor: Actor, event: HomeOpened, _reply: Reply) -> None:
        if event.tab == _HOME_TAB:
            draw_home(actor, shown=event.view.private_metadata if event.view is not None else "")

    return on_event(EventName.APP_HOME_OPENED, parse_home_opened, opened)
