"""The form of another time for an appointment: the length stays, and who is told is said beforehand."""

from dataclasses import replace
from uuid import UUID

from bot.domain.booking_form import MoveForm
from bot.rendering.blocks import VIEW_BLOCKS, Choice, checkboxes, context, field, fit, section
from bot.rendering.card_words import title_of, told_of_move
from bot.rendering.form_mark import FormMark
from bot.rendering.form_trouble import NO_TROUBLE, Trouble, trouble_blocks
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, BookingField, BookingSwitch, CallbackId, numbered
from bot.rendering.start_fields import (
    caveat_lines,
    day_field,
    notes,
    shift_lines,
    time_blocks,
    when_line,
    why_no_time,
)
from bot.rendering.surfaces import Block, Modal
from bot.rendering.wording import meeting_length

TITLE = "Reschedule"


def opening_reschedule() -> Modal:
    """What is on the screen while the form is made."""
    return loading(TITLE)


def moving_now() -> Modal:
    """What is on the screen while calendars are read and the time is taken."""
    return loading(TITLE, "Reading the calendars once more, then taking the time…")


def move_form(
    form: MoveForm, switches: frozenset[BookingSwitch], mark: FormMark, viewer: UUID, trouble: Trouble = NO_TROUBLE
) -> Modal:
    """The form, with what is ticked on it so far; `viewer` is the reader's member id."""
    mark = replace(mark, asks_anyway=mark.asks_anyway or trouble.asks_anyway, wanted=form.free.wanted)
    appointment = form.appointment
    minutes = appointment.minutes
    is_any = form.is_own and BookingSwitch.OVERRIDES in switches
    near = appointment.span.start
    blocks = [
        section(f"*{title_of(appointment)}* · now {when_line(near, minutes, form.zone, form.zones)}"),
        *trouble_blocks(trouble, form.zone, ActionId.MOVING_START),
        context(f"It stays {meeting_length(minutes)} long."),
        day_field(form.free, mark, ActionId.MOVING),
        *([] if is_any or trouble.text else why_no_time(form.free, minutes, form.hosts, viewer, form.zone)),
        *time_blocks(form.free, minutes, mark, ActionId.MOVING, is_any=is_any),
        *_ticks(form, switches, mark),
        *_preview(form, is_any=is_any),
        *notes(caveat_lines(form.free, viewer, form.now)),
    ]
    return Modal(
        TITLE,
        fit(blocks, limit=VIEW_BLOCKS),
        callback_id=CallbackId.MOVE,
        submit="Move it",
        close="Leave it",
        private_metadata=mark.metadata(),
    )


def _ticks(form: MoveForm, switches: frozenset[BookingSwitch], mark: FormMark) -> list[Block]:
    choices = []
    if form.is_own:
        told = "Any time of yours, past your own hours and limits"
        choices.append(Choice("Outside my hours too", BookingSwitch.OVERRIDES, told))
    if mark.asks_anyway:
        told = "Newer events of the calendars that could not be read are unknown"
        choices.append(Choice("Move it anyway", BookingSwitch.ANYWAY, told))
    if not choices:
        return []
    shown = "".join(choice.value[0] for choice in choices)
    chosen = sorted(switch for switch in switches if switch in [choice.value for choice in choices])
    boxes = checkboxes(numbered(ActionId.MOVING, f"switches-{shown}-{mark.turn}"), choices, chosen=chosen)
    return [field("Options", boxes, block_id=BookingField.SWITCHES, optional=True, tells=True)]


def _preview(form: MoveForm, *, is_any: bool) -> list[Block]:
    start = form.free.wanted if is_any else form.free.start
    if start is None or start == form.appointment.span.start:
        return [section(told_of_move(form.appointment))]
    line = when_line(start, form.appointment.minutes, form.zone, form.zones)
    shifts = shift_lines(form.shifts, form.zone, form.now)
    return [section(f"{line}. {told_of_move(form.appointment)}"), *notes(shifts)]
