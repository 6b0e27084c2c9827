"""One event of the actor's own: looked at, moved to another time, and cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.event_changes import BadMove, MoveOverlaps
from bot.domain.people import Actor
from bot.rendering.event_mark import event_mark
from bot.rendering.event_view import (
    cancelled_view,
    changing_event,
    event_view,
    is_meant,
    move_view,
    moved_view,
    opening_event,
)
from bot.rendering.names import ActionId, BookingField, CallbackId
from bot.usecases.change_event import CancelEvent, MoveEvent, ShowEvent
from handlers.home import RefreshHome
from handlers.identifiers import day_in
from handlers.interaction import Action, Submission
from handlers.registry import Handler, on_action, on_submission
from handlers.reply import Reply


@dataclass(frozen=True, slots=True)
class EventCases:
    """What the views of an event call."""

    show: ShowEvent
    move: MoveEvent
    cancel: CancelEvent


def handlers(cases: EventCases, refresh_home: RefreshHome) -> Sequence[Handler]:
    """Each of them; ids in their values are hints, the use-cases find among the actor's own events alone."""

    def look(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = event_mark(pressed.value)
        reply.open(event_view(cases.show(actor, mark.ref), mark))

    def ask_when(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = event_mark(pressed.value)
        reply.update(move_view(cases.show(actor, mark.ref), mark))

    def cancel(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.update(cancelled_view(cases.cancel(actor, event_mark(pressed.value).ref)))
        refresh_home(actor)

    def move(actor: Actor, submitted: Submission, reply: Reply) -> None:
        mark = event_mark(submitted.private_metadata.partition("\n")[0])
        day, clock = submitted.values.in_block(BookingField.DAY), submitted.values.in_block(BookingField.TIME)
        anyway = is_meant(submitted.private_metadata, day, clock)
        try:
            reply.update(moved_view(*cases.move(actor, mark.ref, day_in(day), clock, anyway=anyway)))
        except MoveOverlaps as taken:
            shown = cases.show(actor, mark.ref)
            reply.update(move_view(shown, mark, day=day, clock=clock, overlaps=taken.found))
            return
        except BadMove as bad:
            again = move_view(cases.show(actor, mark.ref), mark, day=day, clock=clock, mistake=str(bad))
            reply.update(again)
            return
        refresh_home(actor)

    return (
        on_action(ActionId.EVENT, look, loading=opening_event()),
        on_action(ActionId.EVENT_MOVE, ask_when),
        on_action(ActionId.EVENT_CANCEL, cancel),
        on_submission(CallbackId.EVENT_MOVE, move, loading=changing_event()),
    )
