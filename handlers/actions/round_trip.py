"""*Check the round trip*: writes an event that nobody sees, and says how long it took to come back."""

from collections.abc import Sequence

from bot.domain.people import Actor
from bot.domain.round_trips import CannotCheck, RoundTripShown
from bot.rendering.diagnosis import diagnosis_message
from bot.rendering.names import ActionId
from bot.rendering.round_trip import round_trip_note, writing_note
from handlers.interaction import Action
from handlers.registry import Handler, on_action
from handlers.reply import Reply
from handlers.trouble_cases import TroubleCases


def handlers(cases: TroubleCases) -> Sequence[Handler]:
    """The one button; what it tells stands on top of the status."""

    def show(actor: Actor, reply: Reply, note: str) -> None:
        reply.replace(diagnosis_message(cases.diagnose(actor), actor.zone, note=note))

    def check(actor: Actor, _pressed: Action, reply: Reply) -> None:
        show(actor, reply, writing_note())
        try:
            begun = cases.begin_round_trip(actor)
        except CannotCheck as refused:
            show(actor, reply, str(refused))
            return
        show(actor, reply, round_trip_note(begun.trip, begun.calendar, begun.now))

        def answer(shown: RoundTripShown) -> None:
            show(actor, reply, round_trip_note(shown.trip, shown.calendar, shown.now))

        if not begun.trip.problem:
            cases.wait_for_round_trip(actor, answer)

    return (on_action(ActionId.ROUND_TRIP, check, is_dear=True),)
