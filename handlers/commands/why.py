"""`/daybook why`: every reason that a time is or is not free."""

from dataclasses import replace

from bot.domain.answers import SlotExplained, TimeUnknown
from bot.domain.day_words import UnclearWhen
from bot.domain.people import Actor
from bot.domain.slots_request import SlotsRequest
from bot.domain.when import has_time
from bot.rendering.explanation import explanation_message, explanation_modal, unknown_message
from bot.rendering.names import ActionId
from bot.rendering.question import SlotRef
from bot.rendering.slots import unclear_message
from bot.rendering.surfaces import Modal
from bot.rendering.why_form import opening_why, why_form
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.explain_when import ExplainWhen
from handlers.commands.slots import slots_request_in
from handlers.interaction import Action, Command, Surface
from handlers.registry import Work
from handlers.reply import Reply


def why_work(explain_when: ExplainWhen) -> Work[Command]:
    """The reasons; the form *Why not?* where no time was written; or what the words could mean, each a button."""

    def why(actor: Actor, command: Command, reply: Reply) -> None:
        request = slots_request_in(command.text)
        try:
            if not has_time(request.when):
                reply.open(blank_form(explain_when, actor, request))
                return
            explained = explain_when(actor, request)
        except UnclearWhen as unclear:
            reply.say(unclear_message(request, unclear, ActionId.WHY))
        except TimeUnknown as unknown:
            reply.say(unknown_message(unknown, actor.member_id))
        else:
            reply.say(explanation_message(explained, actor.member_id))

    return why


def why_loading(command: Command) -> Modal | None:
    """What is opened at once: the form is a modal, an explanation is not."""
    return None if has_time(command.text) else opening_why()


def blank_form(explain_when: ExplainWhen, actor: Actor, request: SlotsRequest) -> Modal:
    """*Why not?* as it opens: whom and which day the words name, or the actor's own today. Raises `UnclearWhen`."""
    day = explain_when.day(actor, request).isoformat()
    return why_form(replace(request, members=request.members or (actor.slack_user_id,), when=day))


def explained_at(explain_slot: ExplainSlot, actor: Actor, ref: SlotRef) -> SlotExplained:
    """The time that a button stands for, explained."""
    return explain_slot(actor, ref.members, ref.start, ref.minutes, ref.mode)


def put_explanation(actor: Actor, pressed: Action, reply: Reply, explained: SlotExplained, *, note: str = "") -> None:
    """An explanation in the place of what the pressed button stood in."""
    if pressed.surface is Surface.CHANNEL:
        reply.replace(explanation_message(explained, actor.member_id, note=note))
    else:
        reply.update(explanation_modal(explained, actor.member_id, note=note))
