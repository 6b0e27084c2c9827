"""The buttons of an agenda: another day, one calendar alone, and what the colours mean."""

from collections.abc import Sequence

from bot.domain.people import Actor
from bot.rendering.agenda_ref import agenda_ref
from bot.rendering.colours import colours_modal
from bot.rendering.names import ActionId
from bot.usecases.draw_home import DrawHome
from bot.usecases.show_agenda import ShowAgenda
from handlers.commands.agenda import agenda_answer
from handlers.interaction import Action, Surface
from handlers.registry import Handler, Work, on_action
from handlers.reply import Reply


def handlers(show_agenda: ShowAgenda, draw_home: DrawHome) -> Sequence[Handler]:
    """Each of them; what they carry is a hint, the use-cases decide."""
    return (
        on_action(ActionId.AGENDA_DAY, _another_day(show_agenda)),
        on_action(ActionId.AGENDA_CALENDAR, _one_calendar(show_agenda, draw_home)),
        on_action(ActionId.COLOURS, _nothing_more, loading=colours_modal()),
    )


def _another_day(show_agenda: ShowAgenda) -> Work[Action]:
    def another_day(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.replace(agenda_answer(show_agenda, actor, agenda_ref(pressed.value).request()))

    return another_day


def _one_calendar(show_agenda: ShowAgenda, draw_home: DrawHome) -> Work[Action]:
    def one_calendar(actor: Actor, picked: Action, reply: Reply) -> None:
        ref = agenda_ref("".join(picked.chosen))
        if picked.surface is Surface.HOME:
            draw_home.of_one_calendar(actor, ref.calendar_id)
        else:
            reply.replace(agenda_answer(show_agenda, actor, ref.request()))

    return one_calendar


def _nothing_more(_actor: Actor, _pressed: Action, _reply: Reply) -> None:
    """The key is on the screen already; there is nothing to look up for it."""
