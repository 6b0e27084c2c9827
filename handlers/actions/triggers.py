"""The buttons of triggers: look at one, try it, pause it, delete it, and have a firing done after all."""

from collections.abc import Sequence
from uuid import UUID

from bot.domain.errors import DaybookError, NotFound
from bot.domain.people import Actor
from bot.rendering.names import ActionId
from bot.rendering.trigger_ref import TriggerDeed, trigger_ref
from bot.rendering.triggers import (
    deleted_view,
    failed_note,
    opening_triggers,
    paused_note,
    secret_note,
    tried_note,
    trigger_modal,
    triggers_modal,
    trying_note,
)
from bot.usecases.run_firing_again import TriggerPaused
from handlers.home import RefreshHome
from handlers.identifiers import id_in
from handlers.interaction import Action
from handlers.registry import Handler, on_action
from handlers.reply import Reply
from handlers.trigger_cases import TriggerCases


def handlers(cases: TriggerCases, refresh_home: RefreshHome) -> Sequence[Handler]:
    """*Open*, everything that can be done with one trigger, and *Run again*."""

    def open_one(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.update(trigger_modal(cases.show(actor, id_in(pressed.value))))

    def do(actor: Actor, pressed: Action, reply: Reply) -> None:
        ref = trigger_ref(pressed.value)
        match ref.deed:
            case TriggerDeed.PAGE:
                reply.update(trigger_modal(cases.show(actor, ref.trigger_id, offset=ref.offset)))
            case TriggerDeed.TRY:
                _try_it(cases, actor, ref.trigger_id, reply)
            case TriggerDeed.SECRET:
                note = secret_note(cases.renew_secret(actor, ref.trigger_id))
                reply.update(trigger_modal(cases.show(actor, ref.trigger_id), note=note))
            case TriggerDeed.PAUSE | TriggerDeed.RESUME:
                cases.pause(actor, ref.trigger_id, is_paused=ref.deed is TriggerDeed.PAUSE)
                reply.update(trigger_modal(cases.show(actor, ref.trigger_id)))
                reply.update_below(triggers_modal(cases.show_all(actor)))
                refresh_home(actor)
            case TriggerDeed.DELETE:
                reply.update(deleted_view(cases.delete(actor, ref.trigger_id)))
                reply.update_below(triggers_modal(cases.show_all(actor)))
                refresh_home(actor)

    def again(actor: Actor, pressed: Action, reply: Reply) -> None:
        try:
            trigger_id, note = cases.run_again(actor, id_in(pressed.value)), ""
        except TriggerPaused as paused:
            trigger_id, note = paused.trigger_id, paused_note()
        reply.update(trigger_modal(cases.show(actor, trigger_id), note=note))

    return (
        on_action(ActionId.TRIGGER_OPEN, open_one, loading=opening_triggers()),
        on_action(ActionId.TRIGGER_DO, do, is_dear=True),
        on_action(ActionId.FIRING_AGAIN, again),
    )


def _try_it(cases: TriggerCases, actor: Actor, trigger_id: UUID, reply: Reply) -> None:
    """A webhook may take its time, so what is going on is told first."""
    reply.update(trigger_modal(cases.show(actor, trigger_id), note=trying_note()))
    try:
        note = tried_note(cases.try_it(actor, trigger_id))
    except NotFound:
        raise
    except DaybookError as refused:
        note = failed_note(str(refused))
    reply.update(trigger_modal(cases.show(actor, trigger_id), note=note))
