"""`/daybook week`: the text where the person is, the picture in his messages with Daybook."""

from bot.domain.day_words import UnclearWhen
from bot.domain.people import Actor
from bot.domain.week import Week, WeekRequest, parse_week_request
from bot.rendering.surfaces import Message
from bot.rendering.week.message import Shown, unclear_week, week_message
from bot.usecases.send_week import SendWeek
from handlers.interaction import Command
from handlers.registry import Work
from handlers.reply import Reply


def week_work(send: SendWeek) -> Work[Command]:
    """The week that was typed."""

    def week(actor: Actor, command: Command, reply: Reply) -> None:
        request = parse_week_request(command.text)
        answer_week(send, actor, request, command.channel_id, reply, is_pressed=False)

    return week


def answer_week(
    send: SendWeek, actor: Actor, request: WeekRequest, channel_id: str, reply: Reply, *, is_pressed: bool
) -> None:
    """Answer a command with a new message, and a press with one in the place of the old, unless that is a picture."""

    def answer(message: Message) -> None:
        in_its_place = is_pressed and not send.is_among_pictures(actor, channel_id)
        (reply.replace if in_its_place else reply.say)(message)

    def say(week: Week, link: str) -> None:
        answer(week_message(week, link, Shown.ELSEWHERE))

    try:
        send(actor, request, channel_id, say)
    except UnclearWhen as unclear:
        member = request.member or actor.slack_user_id
        answer(unclear_week(unclear, member, first_day=actor.habits.first_day))
