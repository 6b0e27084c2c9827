"""The buttons of a week: another week, and one calendar alone."""

from collections.abc import Sequence

from bot.domain.people import Actor
from bot.rendering.agenda_ref import agenda_ref
from bot.rendering.names import ActionId
from bot.rendering.week.message import week_request
from bot.usecases.send_week import SendWeek
from handlers.commands.week import answer_week
from handlers.interaction import Action
from handlers.registry import Handler, on_action
from handlers.reply import Reply


def handlers(send: SendWeek) -> Sequence[Handler]:
    """Another week, or one calendar alone; what they carry is a hint, the use-cases decide."""

    def another_week(actor: Actor, pressed: Action, reply: Reply) -> None:
        request = week_request(agenda_ref(pressed.value))
        answer_week(send, actor, request, pressed.channel_id, reply, is_pressed=True)

    def one_calendar(actor: Actor, picked: Action, reply: Reply) -> None:
        request = week_request(agenda_ref("".join(picked.chosen)))
        answer_week(send, actor, request, picked.channel_id, reply, is_pressed=True)

    return (
        on_action(ActionId.WEEK, another_week, is_dear=True),
        on_action(ActionId.WEEK_CALENDAR, one_calendar, is_dear=True),
    )
