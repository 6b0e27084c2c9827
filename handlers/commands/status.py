"""`/daybook status`: what stands in the way of the sync, and how each calendar is doing."""

from bot.domain.people import Actor
from bot.rendering.diagnosis import diagnosis_message
from bot.usecases.diagnose import Diagnose
from handlers.interaction import Interaction
from handlers.registry import Work
from handlers.reply import Reply


def status_work(diagnose: Diagnose) -> Work[Interaction]:
    """The checks in their order, and the state of everything that is connected."""

    def status(actor: Actor, _asked: Interaction, reply: Reply) -> None:
        reply.say(diagnosis_message(diagnose(actor), actor.zone))

    return status
