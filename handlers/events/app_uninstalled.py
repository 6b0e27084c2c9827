"""Daybook was removed from a workspace."""

from collections.abc import Callable

from bot.rendering.names import EventName
from handlers.interaction import Fact
from handlers.parsing import parse_fact
from handlers.registry import Handler, on_fact


def handler(leave: Callable[[str], object]) -> Handler:
    """End what was connected there; nobody can be told."""

    def uninstalled(event: Fact) -> None:
        leave(event.asker.installed_team_id)

    return on_fact(EventName.APP_UNINSTALLED, parse_fact, uninstalled)
