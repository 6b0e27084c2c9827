"""`/daybook agenda`: one day of one member, or his week where that is written."""

from bot.domain.agenda import AgendaRequest, parse_agenda_request
from bot.domain.day_words import UnclearWhen
from bot.domain.people import Actor
from bot.domain.week import is_of_a_week
from bot.rendering.agenda import agenda_message, unclear_day
from bot.rendering.surfaces import Message
from bot.usecases.show_agenda import ShowAgenda
from handlers.interaction import Command
from handlers.registry import Work
from handlers.reply import Reply


def agenda_work(show_agenda: ShowAgenda, week: Work[Command]) -> Work[Command]:
    """The day, said where the person is; `week` answers what is asked of a whole week."""

    def agenda(actor: Actor, command: Command, reply: Reply) -> None:
        if is_of_a_week(command.text):
            week(actor, command, reply)
            return
        reply.say(agenda_answer(show_agenda, actor, parse_agenda_request(command.text)))

    return agenda


def agenda_answer(show_agenda: ShowAgenda, actor: Actor, request: AgendaRequest, *, note: str = "") -> Message:
    """The day, or what the words for it could mean."""
    try:
        return agenda_message(show_agenda(actor, request), note=note)
    except UnclearWhen as unclear:
        return unclear_day(unclear, request.member or actor.slack_user_id)
