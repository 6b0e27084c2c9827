"""`/daybook triggers`: what happens by itself, and what it did."""

from bot.domain.people import Actor
from bot.rendering.triggers import triggers_modal
from bot.usecases.show_triggers import ShowTriggers
from handlers.interaction import Interaction
from handlers.registry import Work
from handlers.reply import Reply


def triggers_work(show: ShowTriggers) -> Work[Interaction]:
    """The list."""

    def triggers(actor: Actor, _asked: Interaction, reply: Reply) -> None:
        reply.open(triggers_modal(show(actor)))

    return triggers
