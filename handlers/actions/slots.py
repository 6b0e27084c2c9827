"""The buttons of an answer about free time."""

from collections.abc import Sequence

from bot.domain.errors import NotAllowed
from bot.domain.people import Actor
from bot.rendering.explanation import checking, explanation_modal
from bot.rendering.find_a_time import find_a_time, found_modal
from bot.rendering.names import ActionId
from bot.rendering.question import WHOLE_DAY, slot_ref
from bot.rendering.shared_slots import shared_slots
from bot.rendering.slots import slots_message
from bot.rendering.surfaces import Message, Modal
from bot.usecases.ask_to_connect import AskToConnect
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.find_slots import FindSlots
from handlers.commands.slots import answer, slots_request_in
from handlers.commands.why import explained_at, put_explanation
from handlers.interaction import Action, Surface
from handlers.registry import Handler, Work, on_action
from handlers.reply import Reply

SHARED = "Shared in this channel."
NOT_FOR_ALL = "Somebody among them shows free times to some people only, so they cannot be shared in a channel."


def handlers(find_slots: FindSlots, explain_slot: ExplainSlot, ask_to_connect: AskToConnect) -> Sequence[Handler]:
    """Each of them; ids in their values are hints, the use-cases decide."""
    return (
        on_action(ActionId.SLOT, _explain(explain_slot), loading=checking(), is_dear=True),
        on_action(ActionId.OTHER_SLOT, _explain_another(explain_slot), is_dear=True),
        on_action(ActionId.ASK_AGAIN, _ask_again(find_slots), is_dear=True),
        on_action(ActionId.ALL_TIMES, _all_times(find_slots), is_dear=True),
        on_action(ActionId.ANOTHER_DAY, _another_day, loading=_form_at_once, is_dear=True),
        on_action(ActionId.SHARE_SLOTS, _share(find_slots)),
        on_action(ActionId.ASK_TO_CONNECT, _ask_to_connect(find_slots, ask_to_connect)),
    )


def _explain(explain_slot: ExplainSlot) -> Work[Action]:
    def explain(actor: Actor, pressed: Action, reply: Reply) -> None:
        explained = explained_at(explain_slot, actor, slot_ref(pressed.value))
        reply.update(explanation_modal(explained, actor.member_id))

    return explain


def _explain_another(explain_slot: ExplainSlot) -> Work[Action]:
    def explain(actor: Actor, pressed: Action, reply: Reply) -> None:
        put_explanation(actor, pressed, reply, explained_at(explain_slot, actor, slot_ref(pressed.value)))

    return explain


def _ask_again(find_slots: FindSlots) -> Work[Action]:
    def ask_again(actor: Actor, pressed: Action, reply: Reply) -> None:
        request = slots_request_in(pressed.value)
        _put(reply, pressed, answer(find_slots, actor, request, can_share=pressed.can_share))

    return ask_again


def _all_times(find_slots: FindSlots) -> Work[Action]:
    def all_times(actor: Actor, pressed: Action, reply: Reply) -> None:
        request = slots_request_in(pressed.value)
        _put(reply, pressed, answer(find_slots, actor, request, can_share=pressed.can_share, is_whole=True))

    return all_times


def _form_at_once(pressed: Action) -> Modal | None:
    """The form needs nothing that has to be looked up; inside a modal it takes that modal's place."""
    return None if pressed.surface is Surface.MODAL else find_a_time(slots_request_in(pressed.value))


def _another_day(_actor: Actor, pressed: Action, reply: Reply) -> None:
    if pressed.surface is Surface.MODAL:
        reply.update(find_a_time(slots_request_in(pressed.value)))


def _share(find_slots: FindSlots) -> Work[Action]:
    def share(actor: Actor, pressed: Action, reply: Reply) -> None:
        found = find_slots(actor, slots_request_in(pressed.value))
        if not found.gathered.is_public:
            raise NotAllowed(NOT_FOR_ALL)
        reply.share(shared_slots(found, actor))
        reply.replace(slots_message(found, actor.member_id, is_whole=_is_whole(pressed), note=SHARED))

    return share


def _ask_to_connect(find_slots: FindSlots, ask_to_connect: AskToConnect) -> Work[Action]:
    def ask(actor: Actor, pressed: Action, reply: Reply) -> None:
        whom, _, words = pressed.value.partition(" ")
        request = slots_request_in(words)
        ask_to_connect(actor, whom)
        message = answer(
            find_slots, actor, request, can_share=pressed.can_share, asked=(whom,), is_whole=_is_whole(pressed)
        )
        _put(reply, pressed, message)

    return ask


def _is_whole(pressed: Action) -> bool:
    return pressed.action_id.endswith(WHOLE_DAY)


def _put(reply: Reply, pressed: Action, message: Message) -> None:
    """The new answer in the place of the old one."""
    if pressed.surface is Surface.MODAL:
        reply.update(found_modal(message))
    else:
        reply.replace(message)
