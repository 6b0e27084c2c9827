"""What can be pressed under alerts: why a connection broke, and what landed on an appointment."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import DaybookError, NotFound
from bot.domain.people import Actor
from bot.rendering.landing_ref import LandingDeed, LandingRef, landing_ref
from bot.rendering.landings import landing_message
from bot.rendering.loading import loading
from bot.rendering.names import ActionId
from bot.rendering.nudges import TITLE, why_broken
from bot.usecases.answer_landing import AnswerLanding, LandingMove
from bot.usecases.show_landings import ShowLandings
from bot.usecases.show_own_account import ShowOwnAccount
from handlers.home import RefreshHome
from handlers.identifiers import id_in
from handlers.interaction import Action
from handlers.registry import Handler, on_action
from handlers.reply import Reply


@dataclass(frozen=True, slots=True)
class AlertCases:
    """What these buttons call."""

    answer_landing: AnswerLanding
    show_landings: ShowLandings
    show_own_account: ShowOwnAccount


def handlers(cases: AlertCases, refresh_home: RefreshHome) -> Sequence[Handler]:
    """*Why did this happen?*; *Move to 15:30*, *Keep both* and *Keep all*."""

    def explain(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.open(why_broken(cases.show_own_account(actor, id_in(pressed.value))))

    def decide(actor: Actor, pressed: Action, reply: Reply) -> None:
        ref = landing_ref(pressed.value)
        try:
            _do(cases, actor, ref)
        except NotFound:
            raise
        except DaybookError:
            # With the times that are free by now, under the sentence that says why nothing was done.
            reply.replace(landing_message(cases.show_landings(actor, ref.batch_id)))
            raise
        reply.replace(landing_message(cases.show_landings(actor, ref.batch_id)))
        refresh_home(actor)

    return (
        on_action(ActionId.WHY_BROKEN, explain, loading=loading(TITLE)),
        on_action(ActionId.LANDING, decide, is_dear=True),
    )


def _do(cases: AlertCases, actor: Actor, ref: LandingRef) -> None:
    match ref.deed:
        case LandingDeed.MOVE:
            cases.answer_landing.move(actor, LandingMove(ref.batch_id, ref.number, ref.version, ref.start))
        case LandingDeed.KEEP:
            cases.answer_landing.keep(actor, ref.batch_id, ref.number)
