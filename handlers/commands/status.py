"""`/daybook status`: how each calendar is doing."""

from bot.domain.people import Actor
from bot.rendering.status import status_message
from bot.usecases.show_status import ShowStatus
from handlers.interaction import Interaction
from handlers.registry import Work
from handlers.reply import Reply


def status_work(show_status: ShowStatus) -> Work[Interaction]:
    """The state of everything that is connected."""

    def status(actor: Actor, _asked: Interaction, reply: Reply) -> None:
        reply.say(status_message(show_status(actor), actor.zone))

    return status
