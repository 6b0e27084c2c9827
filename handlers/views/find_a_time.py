"""The modal *Find a time*: opened by its shortcut, and submitted."""

from collections.abc import Sequence

from bot.domain.availability import Mode
from bot.domain.day_words import UnclearWhen
from bot.domain.errors import NotAllowed
from bot.domain.people import Actor
from bot.domain.slots_request import LONGEST_MINUTES, SlotsRequest
from bot.ports import Clock
from bot.rendering.find_a_time import USUAL, find_a_time, found_modal, looking, opening
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.question import MOST_PEOPLE
from bot.rendering.slots import slots_message
from bot.usecases.find_slots import FindSlots
from handlers.commands.slots import blank_form
from handlers.interaction import Shortcut, Submission
from handlers.registry import Handler, on_shortcut, on_submission
from handlers.reply import Reply


def handlers(find_slots: FindSlots, clock: Clock) -> Sequence[Handler]:
    """The shortcut, and *Find*."""

    def opened(actor: Actor, _shortcut: Shortcut, reply: Reply) -> None:
        reply.open(blank_form(actor, clock.now()))

    def find(actor: Actor, submitted: Submission, reply: Reply) -> None:
        request = _request(submitted)
        try:
            found = find_slots(actor, request)
        except (UnclearWhen, NotAllowed) as refused:
            reply.update(find_a_time(request, mistake=str(refused)))
        else:
            reply.update(found_modal(slots_message(found, actor.member_id)))

    return (
        on_shortcut(CallbackId.FIND_A_TIME, opened, loading=opening(), is_dear=True),
        on_submission(CallbackId.FIND_A_TIME, find, loading=looking(), validate=mistakes, is_dear=True),
    )


def mistakes(submitted: Submission) -> dict[str, str]:
    """What is wrong on the form, by block id, as far as the form alone shows it."""
    found: dict[str, str] = {}
    people = submitted.values.all(ActionId.PEOPLE)
    if not people:
        found[ActionId.PEOPLE] = "Choose at least one person."
    elif len(people) > MOST_PEOPLE:
        found[ActionId.PEOPLE] = f"Choose {MOST_PEOPLE} people at most."
    if not submitted.values.one(ActionId.DAY):
        found[ActionId.DAY] = "Choose a day."
    if not _is_length(submitted.values.one(ActionId.LENGTH)):
        found[ActionId.LENGTH] = "Choose a length."
    return found


def _request(submitted: Submission) -> SlotsRequest:
    length = submitted.values.one(ActionId.LENGTH)
    return SlotsRequest(
        members=submitted.values.all(ActionId.PEOPLE),
        mode=Mode.ANY if submitted.values.one(ActionId.MODE) == Mode.ANY else Mode.ALL,
        minutes=None if length == USUAL else int(length),
        when=submitted.values.one(ActionId.DAY),
    )


def _is_length(chosen: str) -> bool:
    if chosen == USUAL:
        return True
    return len(chosen) <= 3 and chosen.isascii() and chosen.isdigit() and 1 <= int(chosen) <= LONGEST_MINUTES
