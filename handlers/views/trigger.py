"""The form of a trigger: it follows what is chosen, and is saved, or shown again with why it was not."""

from collections.abc import Sequence

from bot.domain.errors import DaybookError, NotFound
from bot.domain.people import Actor
from bot.domain.trigger_form import mistakes_in
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.trigger_form import opening_form, saved_view, saving_trigger, trigger_form
from bot.rendering.trigger_ref import TriggerMark, trigger_mark
from bot.rendering.triggers import trigger_modal, triggers_modal
from handlers.home import RefreshHome
from handlers.identifiers import id_in
from handlers.interaction import Action, FormOutdated, Submission
from handlers.registry import Handler, on_action, on_submission
from handlers.reply import Reply
from handlers.trigger_cases import TriggerCases
from handlers.views.trigger_values import wish_in


def handlers(cases: TriggerCases, refresh_home: RefreshHome) -> Sequence[Handler]:
    """*New trigger*, *Edit*, a choice in the form, and *Save*."""

    def new(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = TriggerMark(pressed.trigger_id, below=pressed.view.id if pressed.view else "")
        reply.update(trigger_form(cases.form_of(actor, None), mark))

    def edit(actor: Actor, pressed: Action, reply: Reply) -> None:
        trigger_id = id_in(pressed.value)
        mark = TriggerMark(pressed.trigger_id, trigger_id, pressed.view.id if pressed.view else "")
        reply.update(trigger_form(cases.form_of(actor, trigger_id), mark))

    def follow(actor: Actor, changed: Action, reply: Reply) -> None:
        if changed.view is None:
            raise NotFound
        mark = trigger_mark(changed.view.private_metadata)
        reply.update(trigger_form(cases.form_of(actor, mark.trigger_id, wish_in(changed.values)), mark))

    def save(actor: Actor, submitted: Submission, reply: Reply) -> None:
        mark, wish = trigger_mark(submitted.private_metadata), wish_in(submitted.values)
        try:
            saved = cases.save(actor, wish, origin=mark.opened, trigger_id=mark.trigger_id)
        except NotFound:
            raise
        except DaybookError as refused:
            reply.update(trigger_form(cases.form_of(actor, mark.trigger_id, wish), mark, mistake=str(refused)))
            return
        reply.update(saved_view(saved))
        if mark.below and submitted.view.previous_id == mark.below:
            below = (
                triggers_modal(cases.show_all(actor))
                if mark.trigger_id is None
                else trigger_modal(cases.show(actor, mark.trigger_id))
            )
            reply.update_below(below)
        refresh_home(actor)

    return (
        on_action(ActionId.TRIGGER_NEW, new, loading=opening_form()),
        on_action(ActionId.TRIGGER_EDIT, edit, loading=opening_form()),
        on_action(ActionId.TRIGGER_KIND, follow),
        on_submission(CallbackId.TRIGGER, save, loading=saving_trigger(), validate=mistakes),
    )


def mistakes(submitted: Submission) -> dict[str, str]:
    """What is wrong with what was entered stands on its field; the rest needs somebody to be asked."""
    try:
        return {str(name): sentence for name, sentence in mistakes_in(wish_in(submitted.values)).items()}
    except (FormOutdated, NotFound):
        return {}  # told by the work, where there is a place for a sentence
