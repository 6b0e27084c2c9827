"""The form of another time for an appointment: the length stays, and who is told is said beforehand."""

from dataclasses import replace
from uuid import UUID

from bot.domain.booking import unknown_of
from bot.domain.booking_form import MoveForm
from bot.rendering.blocks import VIEW_BLOCKS, context, fit, section
from bot.rendering.card_words import title_of, told_of_move
from bot.rendering.form_blocks import Choice, checkboxes, field
from bot.rendering.form_mark import FormMark
from bot.rendering.form_trouble import (
    ERASED,
    MOVE_ANYWAY,
    NO_TROUBLE,
    UNKNOWN_IN_THE_WAY,
    Trouble,
    possessive,
    trouble_blocks,
)
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, BookingField, BookingSwitch, CallbackId, numbered
from bot.rendering.start_fields import (
    caveat_lines,
    day_field,
    notes,
    shift_lines,
    silent_blocks,
    time_blocks,
    unread_blocks,
    when_line,
    why_no_time,
)
from bot.rendering.surfaces import Block, Modal
from bot.rendering.tie_words import what_follows
from bot.rendering.wording import listed, meeting_length

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
    silent = unknown_of(form.free.gathered.silent) if form.is_unconnected else frozenset()
    mark = replace(mark, unknown=mark.unknown | trouble.unknown | silent, wanted=form.free.wanted)
    if trouble.unknown:  # what was ticked was said about something else
        switches -= {BookingSwitch.ANYWAY}
    appointment = form.appointment
    minutes = appointment.minutes
    is_any = form.is_unconnected or (
        form.is_own and BookingSwitch.OVERRIDES in switches and form.free.starts is not None
    )
    near = appointment.span.start
    blocks = [
        section(f"*{title_of(appointment)}* · now {when_line(near, minutes, form.zone, form.zones)}"),
        *trouble_blocks(trouble, form.zone, ActionId.MOVING_START),
        context(f"It stays {meeting_length(minutes)} long."),
        day_field(form.free, mark, ActionId.MOVING),
        *_why_none(form, trouble, viewer, is_any=is_any),
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


def _why_none(form: MoveForm, trouble: Trouble, viewer: UUID, *, is_any: bool) -> list[Block]:
    if form.is_unconnected:
        whose = listed([possessive(member, viewer) for member in form.free.gathered.silent])
        tick = f"{ERASED.format(whose=whose)} It can be moved all the same: tick *{MOVE_ANYWAY}*."
        return [] if trouble.text else [*silent_blocks(form.free.gathered, viewer), *notes([tick])]
    if form.free.starts is None:
        return [*silent_blocks(form.free.gathered, viewer), *unread_blocks(form.free.gathered, viewer)]
    if is_any or trouble.text:
        return []
    return why_no_time(form.free, form.appointment.minutes, form.hosts, viewer, form.zone, form.now)


def _ticks(form: MoveForm, switches: frozenset[BookingSwitch], mark: FormMark) -> list[Block]:
    choices = []
    if form.is_own:
        told = "Any time of yours, past your own hours and limits"
        choices.append(Choice("Outside my hours too", BookingSwitch.OVERRIDES, told))
    if mark.asks_anyway:
        choices.append(Choice(MOVE_ANYWAY, BookingSwitch.ANYWAY, UNKNOWN_IN_THE_WAY))
    if not choices:
        return []
    shown = "".join(choice.value[0] for choice in choices)
    chosen = sorted(switch for switch in switches if switch in [choice.value for choice in choices])
    boxes = checkboxes(numbered(ActionId.MOVING, f"switches-{shown}-{mark.turn}"), choices, chosen=chosen)
    return [field("Options", boxes, block_id=BookingField.SWITCHES, optional=True, tells=True)]


def _preview(form: MoveForm, *, is_any: bool) -> list[Block]:
    start = form.free.wanted if is_any else form.free.start
    told = f"{what_follows(form.appointment, form.ties)} {told_of_move(form.appointment, form.ties)}"
    if start is None or start == form.appointment.span.start:
        return [section(told)]
    line = when_line(start, form.appointment.minutes, form.zone, form.zones)
    return [section(f"{line}. {told}"), *notes(shift_lines(form.shift, form.zone, form.now))]
