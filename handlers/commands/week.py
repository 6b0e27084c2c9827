"""`/daybook week`: the text where the person is, the picture in his messages with Daybook."""

from bot.domain.day_words import UnclearWhen
from bot.domain.people import Actor
from bot.domain.week import WeekRequest, parse_week_request
from bot.rendering.week.message import Shown, unclear_week, week_message
from handlers.interaction import Command
from handlers.registry import Work
from handlers.reply import Reply
from handlers.week_cases import WeekCases


def week_work(cases: WeekCases) -> Work[Command]:
    """The week that was typed."""

    def week(actor: Actor, command: Command, reply: Reply) -> None:
        request = parse_week_request(command.text)
        answer_week(cases, actor, request, command.channel_id, reply, is_pressed=False)

    return week


def answer_week(
    cases: WeekCases, actor: Actor, request: WeekRequest, channel_id: str, reply: Reply, *, is_pressed: bool
) -> None:
    """The text is said at once, except among the pictures, where the message with the picture says it all."""
    said = reply.replace if is_pressed else reply.say
    try:
        week = cases.show(actor, request)
    except UnclearWhen as unclear:
        said(unclear_week(unclear, request.member or actor.slack_user_id))
        return
    if not week.is_drawn:
        said(week_message(week, "", Shown.ELSEWHERE))
        return
    link = cases.make_link(actor, week)
    if not cases.pictures.is_there(actor, channel_id):
        said(week_message(week, link, Shown.ELSEWHERE))
    cases.pictures.post(actor, week, link)
