"""`/daybook privacy`: what is stored."""

from bot.domain.people import Actor
from bot.rendering.privacy import privacy_message
from handlers.interaction import Interaction
from handlers.reply import Reply


def privacy_work(_actor: Actor, _asked: Interaction, reply: Reply) -> None:
    """Say what is stored, who sees it and how it goes away."""
    reply.say(privacy_message())
