"""`/daybook forget`: whom to forget."""

from bot.domain.people import Actor
from bot.rendering.forgetting import ME, forget_me_form, forget_modal
from bot.usecases.forget_member import LookAtForgetting
from handlers.interaction import Command
from handlers.registry import Work
from handlers.reply import Reply


def forget_work(look: LookAtForgetting) -> Work[Command]:
    """Oneself or a contact; `forget me` comes to the point."""

    def forget(actor: Actor, command: Command, reply: Reply) -> None:
        if command.text.strip().lower() == ME:
            reply.open(forget_me_form(look(actor), actor.member_id))
        else:
            reply.open(forget_modal())

    return forget
