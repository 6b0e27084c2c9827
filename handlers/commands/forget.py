"""`/daybook forget`: whom to forget."""

from collections.abc import Callable

from bot.domain.people import Actor
from bot.rendering.forgetting import ME, forget_modal
from bot.rendering.forgetting_me import forget_me_form
from bot.rendering.surfaces import Modal
from bot.usecases.forget_member import LookAtForgetting
from handlers.interaction import Command
from handlers.registry import Work
from handlers.reply import Reply


def forget_work(look: LookAtForgetting, of_address: Callable[[Actor, str], Modal]) -> Work[Command]:
    """Oneself or a contact; `forget me` and `forget maya@ortiz.test` come to the point."""

    def forget(actor: Actor, command: Command, reply: Reply) -> None:
        typed = command.text.strip()
        if typed.lower() == ME:
            reply.open(forget_me_form(look(actor), actor.member_id))
        elif typed:
            reply.open(of_address(actor, typed))
        else:
            reply.open(forget_modal())

    return forget
