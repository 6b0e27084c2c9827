"""`/daybook` alone, and `/daybook help`."""

from collections.abc import Callable, Sequence

from bot.domain.people import Actor
from bot.rendering.help import HelpEntry, help_message, welcome
from handlers.interaction import Interaction
from handlers.registry import Work
from handlers.reply import Reply

FirstSteps = Callable[[Actor], str | None]
"""Where the actor connects his first calendar (empty where nothing can be connected), or None once he has."""


def help_work(entries: Callable[[], Sequence[HelpEntry]]) -> Work[Interaction]:
    """Everything there is, with examples; asked for anew each time, because help is one of the entries."""

    def show_help(_actor: Actor, _asked: Interaction, reply: Reply) -> None:
        reply.say(help_message(entries()))

    return show_help


def start_work(entries: Callable[[], Sequence[HelpEntry]], first_steps: FirstSteps) -> Work[Interaction]:
    """The first words to a newcomer, and the help to everybody else."""

    def start(actor: Actor, _asked: Interaction, reply: Reply) -> None:
        connect_url = first_steps(actor)
        reply.say(help_message(entries()) if connect_url is None else welcome(connect_url))

    return start
