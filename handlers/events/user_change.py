"""Somebody's profile changed: another zone, a guest now, or gone."""

from collections.abc import Callable

from bot.rendering.names import EventName
from bot.usecases.resolve_actor import Asker
from handlers.interaction import Fact
from handlers.parsing import parse_fact
from handlers.registry import Handler, on_fact


def handler(refresh: Callable[[Asker], None]) -> Handler:
    """Read the profile anew at once, rather than within the hour; nobody is told anything."""

    def changed(event: Fact) -> None:
        refresh(event.asker)

    return on_fact(EventName.USER_CHANGE, parse_fact, changed)
