"""The buttons of an explanation: a time that was meant, and what the host may do about his own events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.answers import TimeUnknown
from bot.domain.connections import Status
from bot.domain.errors import DaybookError
from bot.domain.event_fixes import EventRef, Fix
from bot.domain.events import AgendaEntry
from bot.domain.people import Actor
from bot.domain.when import has_time
from bot.rendering.event_mark import EventMark, event_mark
from bot.rendering.explanation import unknown_message
from bot.rendering.names import ActionId
from bot.rendering.own_events import ignored_note, marked_free_note, unignored_note
from bot.rendering.problem import problem_with_note
from bot.rendering.question import SlotRef
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.explain_when import ExplainWhen
from bot.usecases.ignore_event import IgnoreEvent, UnignoreEvent
from bot.usecases.mark_free import MarkFree
from bot.usecases.show_agenda import ShowAgenda
from bot.usecases.show_status import ShowStatus
from handlers.commands.agenda import agenda_answer
from handlers.commands.slots import slots_request_in
from handlers.commands.why import blank_form, explained_at, put_explanation
from handlers.home import RefreshHome
from handlers.interaction import Action, Surface
from handlers.registry import Handler, Work, on_action
from handlers.reply import Reply
from handlers.waiting import WaitForSync


@dataclass(frozen=True, slots=True)
class Redraw:
    """Shows again what the pressed button stood in, with a note of what was done."""

    explain_slot: ExplainSlot
    show_agenda: ShowAgenda
    refresh_home: RefreshHome

    def __call__(
        self, actor: Actor, pressed: Action, reply: Reply, mark: EventMark, note: str, *, done: Fix | None = None
    ) -> None:
        """The explanation or agenda that `mark` leads back to; on Home, Home itself.

        What was done is told even where that cannot be shown any more. `done` is not offered again for that event.
        """
        if pressed.surface is not Surface.HOME:
            try:
                self._draw(actor, pressed, reply, mark, note, done)
            except DaybookError as error:
                reply.replace(problem_with_note(str(error), note))
        self.refresh_home(actor)

    def _draw(self, actor: Actor, pressed: Action, reply: Reply, mark: EventMark, note: str, done: Fix | None) -> None:
        if isinstance(ref := mark.then, SlotRef):
            explained = explained_at(self.explain_slot, actor, ref)
            if done is not None:
                explained = explained.without_fix(mark.ref, done)
            put_explanation(actor, pressed, reply, explained, note=note)
        else:
            reply.replace(agenda_answer(self.show_agenda, actor, ref.request(), note=note))


def handlers(
    explain_when: ExplainWhen,
    mark_free: MarkFree,
    ignore_event: IgnoreEvent,
    unignore_event: UnignoreEvent,
    show_status: ShowStatus,
    redraw: Redraw,
    wait_for_sync: WaitForSync,
) -> Sequence[Handler]:
    """Each of them; ids in their values are hints, the use-cases find among the actor's own events alone."""
    return (
        on_action(ActionId.WHY, _why(explain_when), is_dear=True),
        on_action(ActionId.MARK_FREE, _mark_free(mark_free, show_status, redraw, wait_for_sync)),
        on_action(ActionId.IGNORE_EVENT, _changed_here(ignore_event, ignored_note, redraw)),
        on_action(ActionId.UNIGNORE_EVENT, _changed_here(unignore_event, unignored_note, redraw)),
    )


def _why(explain_when: ExplainWhen) -> Work[Action]:
    def why(actor: Actor, pressed: Action, reply: Reply) -> None:
        request = slots_request_in(pressed.value)
        if not has_time(request.when):
            reply.open(blank_form(explain_when, actor, request))
            return
        try:
            explained = explain_when(actor, request)
        except TimeUnknown as unknown:
            reply.replace(unknown_message(unknown, actor.member_id))
        else:
            put_explanation(actor, pressed, reply, explained)

    return why


def _mark_free(
    mark_free: MarkFree, show_status: ShowStatus, redraw: Redraw, wait_for_sync: WaitForSync
) -> Work[Action]:
    def free(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = event_mark(pressed.value)
        entry = mark_free(actor, mark.ref)
        asked = show_status(actor)
        calendar_id = mark.ref.calendar_id
        paused_until = asked.paused_until(calendar_id)

        def show(latest: Status, is_reading: bool) -> None:
            calendar = latest.calendar(calendar_id)
            if not is_reading and calendar is not None and not calendar.problem:
                redraw(actor, pressed, reply, mark, marked_free_note(entry, actor.zone, is_read=True))

        # First, so that the second answer comes whatever becomes of this one.
        if paused_until is None:
            wait_for_sync(actor, asked, show)
        note = marked_free_note(entry, actor.zone, is_read=False, paused_until=paused_until)
        redraw(actor, pressed, reply, mark, note, done=Fix.MARK_FREE)

    return free


def _changed_here(
    change: Callable[[Actor, EventRef], AgendaEntry], note: Callable[[AgendaEntry], str], redraw: Redraw
) -> Work[Action]:
    """What only Daybook does shows at once."""

    def changed(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = event_mark(pressed.value)
        redraw(actor, pressed, reply, mark, note(change(actor, mark.ref)))

    return changed
