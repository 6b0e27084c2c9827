"""The answers to a question about a loss that is held back."""

from collections.abc import Sequence

from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.rendering.fuse import keeping, removing
from bot.rendering.names import ActionId
from bot.usecases.answer_fuse import AnswerFuse
from handlers.identifiers import id_in
from handlers.interaction import Action
from handlers.registry import Handler, on_action
from handlers.reply import Reply


def handlers(answer: AnswerFuse) -> Sequence[Handler]:
    """*Yes, remove them* and *No, keep and check again*."""

    def remove(actor: Actor, pressed: Action, reply: Reply) -> None:
        calendar, number = pressed.value.partition(" ")[::2]
        reply.replace(removing(answer(actor, id_in(calendar), _number(number), removes=True)))

    def keep(actor: Actor, pressed: Action, reply: Reply) -> None:
        calendar, number = pressed.value.partition(" ")[::2]
        reply.replace(keeping(answer(actor, id_in(calendar), _number(number), removes=False)))

    return on_action(ActionId.REMOVE_LOST, remove), on_action(ActionId.KEEP_LOST, keep)


def _number(text: str) -> int:
    """The question's; whatever is no number is that of none."""
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise NotFound
    return int(text)
