"""The form of another time for an appointment: made anew as the day changes, and submitted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from bot.domain.booking_form import MoveForm
from bot.domain.errors import DaybookError, NotFound
from bot.domain.people import Actor
from bot.ports import Clock
from bot.rendering.booking_result import moved_view
from bot.rendering.form_mark import FormMark, form_mark
from bot.rendering.form_trouble import MOVE_ANYWAY, NO_TROUBLE, Reader, Trouble, trouble_of
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.reschedule import move_form, moving_now
from bot.usecases.move_appointment import MoveAppointment, MoveRequest
from bot.usecases.move_form import ShowMoveForm
from bot.usecases.show_appointment import ShowAppointment
from handlers.home import RefreshHome
from handlers.interaction import Action, Interaction, Submission
from handlers.registry import Handler, on_action, on_submission
from handlers.reply import Reply
from handlers.views.booking_values import WhenTyped, move_mistakes, when_in

OpenMove = Callable[[Actor, Interaction, Reply, UUID], None]
"""Opens the form for an appointment."""


def opening_with(form_of: ShowMoveForm) -> OpenMove:
    """The form as it opens, for the appointment as it is now."""

    def open_form(actor: Actor, opened_by: Interaction, reply: Reply, appointment_id: UUID) -> None:
        form = form_of(actor, appointment_id)
        moves = (appointment_id, form.appointment.version)
        mark = FormMark(opened_by.trigger_id, form.zone, moves=moves)
        reply.open(move_form(form, frozenset(), mark, actor.member_id))

    return open_form


def handlers(
    form_of: ShowMoveForm, move: MoveAppointment, show: ShowAppointment, refresh_home: RefreshHome, clock: Clock
) -> Sequence[Handler]:
    """The form's fields, and *Move it*."""

    def changed(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark, _ = _mark_of(pressed)
        _redraw(actor, reply, when_in(pressed.values, mark).made_anew(mark), mark)

    def take(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark, _ = _mark_of(pressed)
        when = when_in(pressed.values, mark).taking(pressed.value, mark.zone)
        _redraw(actor, reply, when, replace(mark, turn=mark.turn + 1))

    def _redraw(
        actor: Actor, reply: Reply, when: WhenTyped, mark: FormMark, refused: DaybookError | None = None
    ) -> None:
        _, (appointment_id, _) = _moving(mark)
        form = _with_start(form_of(actor, appointment_id, when.day), when)
        trouble: Trouble = NO_TROUBLE
        if refused is not None:
            reader = Reader(actor.member_id, form.zone, form.hosts, when.start, form.now, MOVE_ANYWAY)
            trouble = trouble_of(refused, reader)
        # What is shown from now on is this version; the one before may have been changed by somebody else.
        mark = replace(mark, moves=(appointment_id, form.appointment.version))
        reply.update(move_form(form, when.switches, mark, actor.member_id, trouble))

    def submit(actor: Actor, submitted: Submission, reply: Reply) -> None:
        mark, (appointment_id, version) = _moving(form_mark(submitted.private_metadata))
        when = when_in(submitted.values, mark)
        if when.start is None:
            raise NotFound
        request = MoveRequest(appointment_id, version, when.start, anyway=when.anyway(mark), overrides=when.overrides)
        try:
            moved = move(actor, request)
        except DaybookError as refused:
            _redraw(actor, reply, when, replace(mark, turn=mark.turn + 1), refused)
            return
        reply.update(moved_view(show(actor, moved.id)))
        refresh_home(actor)

    def mistakes(submitted: Submission) -> dict[str, str]:
        try:
            return move_mistakes(submitted.values, form_mark(submitted.private_metadata), clock.now())
        except NotFound:
            return {}  # told by the work, where there is a place for a sentence

    return (
        on_action(ActionId.MOVING, changed, is_dear=True),
        on_action(ActionId.MOVING_START, take),
        on_submission(CallbackId.MOVE, submit, loading=moving_now(), validate=mistakes, is_dear=True),
    )


def _with_start(form: MoveForm, when: WhenTyped) -> MoveForm:
    """The form with the start that was chosen on it so far."""
    is_free = when.start is not None and when.start in (form.free.starts or ())
    return replace(form, free=replace(form.free, start=when.start if is_free else None, wanted=when.start))


def _mark_of(pressed: Action) -> tuple[FormMark, tuple[UUID, int]]:
    if pressed.view is None:
        raise NotFound
    return _moving(form_mark(pressed.view.private_metadata))


def _moving(mark: FormMark) -> tuple[FormMark, tuple[UUID, int]]:
    if mark.moves is None:
        raise NotFound
    return mark, mark.moves
