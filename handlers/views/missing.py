"""*An event is missing*: asks for calendar and day, and shows both sides of that day."""

from collections.abc import Sequence

from bot.domain.connections import Status
from bot.domain.errors import DaybookError, NotFound
from bot.domain.people import Actor
from bot.domain.wall_time import zone_named
from bot.ports import Clock
from bot.rendering.missing import (
    CALENDAR,
    DAY,
    compared_view,
    comparing,
    missing_form,
    opening_missing,
    reading_again_note,
    taken_back_note,
)
from bot.rendering.missing_ref import MissingDeed, MissingRef, missing_ref
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.problem import problem
from handlers.identifiers import day_in
from handlers.interaction import Action, Submission
from handlers.registry import Handler, on_action, on_submission
from handlers.reply import Reply
from handlers.trouble_cases import TroubleCases
from handlers.waiting import WaitForSync


def handlers(cases: TroubleCases, wait_for_sync: WaitForSync, clock: Clock) -> Sequence[Handler]:
    """The form, what it is answered with, and what can be done there; marks lead to the actor's own alone."""

    def ask(actor: Actor, pressed: Action, reply: Reply) -> None:
        before = missing_ref(pressed.value) if pressed.value else None
        day = before.day if before else clock.now().astimezone(zone_named(actor.zone)).date()
        reply.update(missing_form(cases.offer_own_calendars(actor), day, mark=before.mark if before else ""))

    def submit(actor: Actor, submitted: Submission, reply: Reply) -> None:
        mark, day = submitted.values.in_block(CALENDAR), submitted.values.in_block(DAY)
        _compare(cases, actor, MissingRef(MissingDeed.FORM, mark, day_in(day)), reply)

    def do(actor: Actor, pressed: Action, reply: Reply) -> None:
        ref = missing_ref(pressed.value)
        if ref.deed is MissingDeed.BACK and ref.event is not None:
            cases.unignore(actor, ref.event)
            _compare(cases, actor, ref, reply, taken_back_note())
        elif ref.deed is MissingDeed.SYNC:
            _read_again(cases, wait_for_sync, actor, ref, reply)
        else:
            raise NotFound

    return (
        on_action(ActionId.MISSING, ask, loading=opening_missing(), is_dear=True),
        on_submission(CallbackId.MISSING, submit, loading=comparing(), is_dear=True),
        on_action(ActionId.MISSING_DO, do, is_dear=True),
    )


def _compare(cases: TroubleCases, actor: Actor, ref: MissingRef, reply: Reply, note: str = "") -> None:
    reply.update(compared_view(cases.compare_day(actor, ref.mark, ref.day), note=note))


def _read_again(cases: TroubleCases, wait_for_sync: WaitForSync, actor: Actor, ref: MissingRef, reply: Reply) -> None:
    """Once the calendars were read, the day is compared anew, in the same view."""
    number = cases.request_sync(actor)
    asked = cases.show_status(actor)
    _compare(cases, actor, ref, reply, reading_again_note())

    def show(_latest: Status, _is_reading: bool) -> None:
        try:
            _compare(cases, actor, ref, reply)
        except DaybookError as refused:
            reply.replace(problem(str(refused)))

    if number:
        wait_for_sync(actor, asked, show)
