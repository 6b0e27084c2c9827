"""The Home tab was opened."""

from typing import Protocol

from bot.domain.errors import DaybookError, NotAllowed
from bot.domain.people import Actor
from bot.rendering.names import EventName
from bot.rendering.problem import problem
from handlers.parsing import parse_home_opened
from handlers.payload import Payload
from handlers.registry import Handler, Kind, Prepared, Resolve
from handlers.reply import Reply

_HOME_TAB = "home"


class Draw(Protocol):
    """Brings the actor's Home up to date; `shown` is the state that stands there by Slack's own word."""

    def __call__(self, actor: Actor, *, shown: str | None = None) -> None: ...


def handler(draw_home: Draw) -> Handler:
    """Draw the actor's Home; the same event tells of the Messages tab, which needs nothing.

    What stands on a Home is better than an error that would stay there. So only a refusal for good takes its place;
    whatever else fails is told where nothing stands yet, and is only logged otherwise.
    """

    def prepare(body: Payload) -> Prepared:
        event = parse_home_opened(body)

        def opened(resolve: Resolve, reply: Reply) -> None:
            shown = event.view.private_metadata if event.view is not None else ""
            try:
                actor = resolve(event.asker)
            except DaybookError as error:
                if event.view is not None and not isinstance(error, NotAllowed):
                    raise
                reply.say(problem(str(error)))
            else:
                draw_home(actor, shown=shown)

        return Prepared(event, opened if event.tab == _HOME_TAB else _nothing)

    return Handler(Kind.EVENT, EventName.APP_HOME_OPENED, prepare, is_silent=True)


def _nothing(_resolve: Resolve, _reply: Reply) -> None:
    """The Messages tab shows what it shows."""
