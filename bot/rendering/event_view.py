"""One event of the reader's own: who is on it, and what he may do about it from Slack."""

import re
from collections.abc import Sequence
from datetime import time

from bot.domain.event_changes import EventShown, InTheWay
from bot.domain.event_fixes import Fixed
from bot.domain.events import Invitee
from bot.domain.intervals import Interval
from bot.rendering.blocks import actions, button, confirmation, context, lines, section
from bot.rendering.colours import mark_of
from bot.rendering.event_mark import EventMark
from bot.rendering.form_blocks import day_picker, field, time_picker
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, BookingField, CallbackId, numbered
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text
from bot.rendering.wording import ANSWERS, NAME_LENGTH, counted, listed
from bot.rendering.zones import city, day_of, from_to, picker_time, short_day, told_clock

TITLE = "Event"
MOVE_TITLE = "Move it"
GUESTS_SHOWN = 20
GUESTS_NAMED = 4
_TITLE_LENGTH = 200
_ASKED_TITLE = 60
_OVERLAPS_NAMED = 3
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_WHY = {
    Fixed.OTHERS: "Somebody else organises it, so only they can move or cancel it. You can answer them in Google.",
    Fixed.READ_ONLY: "Daybook may read this calendar, but not change it.",
    Fixed.BROKEN: "Google does not accept Daybook's access to this calendar now. Reconnect it first.",
    Fixed.KIND: "Google lets nobody but itself change events of this kind.",
    Fixed.ONE_WAY: "One-way sync leaves Google's events as they are. With two-way sync you can change them here.",
    Fixed.ELSEWHERE: "It is in a calendar that Daybook only reads.",
}


def opening_event() -> Modal:
    """What is on the screen while the event is looked up."""
    return loading(TITLE)


def changing_event() -> Modal:
    """What is on the screen while Google is told."""
    return loading(TITLE, "Telling Google…")


def event_view(shown: EventShown, mark: EventMark) -> Modal:
    """The event, with its buttons or the reason why there are none."""
    blocks: list[Block] = [section(_told(shown)), *_people(shown)]
    if shown.fixed is not None:
        blocks.append(context(_WHY[shown.fixed]))
    elif shown.entry.repeats:
        told = "It repeats. You change only this one time here. To change the whole series, open it in Google."
        blocks.append(context(told))
    elif shown.entry.is_all_day:
        blocks.append(context("Whole days are moved in Google."))
    buttons = _buttons(shown, mark)
    return Modal(TITLE, (*blocks, *([actions(*buttons)] if buttons else [])))


def move_view(
    shown: EventShown,
    mark: EventMark,
    *,
    day: str = "",
    clock: str = "",
    mistake: str = "",
    overlaps: Sequence[InTheWay] = (),
) -> Modal:
    """The form of another time.

    Args:
        shown: the event as it is.
        mark: of the button that opened it.
        day: that was chosen.
        clock: that was chosen.
        mistake: what was wrong with that, said on top.
        overlaps: what stands there; whoever sends the same again means it.
    """
    start = shown.entry.occurrence.start
    days = day_picker(ActionId.SETTING, initial=day or day_of(start, shown.zone).isoformat())
    times = time_picker(ActionId.SETTING, initial=clock or picker_time(start, shown.zone))
    blocks = [
        *([section(user_text(mistake, limit=500))] if mistake else []),
        *([section(_in_the_way(overlaps, clock, shown.zone))] if overlaps else []),
        section(_told(shown)),
        field("Day", days, block_id=BookingField.DAY),
        field("Time", times, block_id=BookingField.TIME, hint=f"By your clock, in {city(shown.zone)}."),
        context(f"It stays as long as it is. {_mailed(shown, 'the new time')}"),
    ]
    return Modal(
        MOVE_TITLE,
        tuple(blocks),
        callback_id=CallbackId.EVENT_MOVE,
        submit="Move it anyway" if overlaps else "Move it",
        close="Leave it",
        private_metadata=f"{mark.value()}\n{day} {clock}" if overlaps else mark.value(),
    )


def is_meant(metadata: str, day: str, clock: str) -> bool:
    """Whether the form told what stands at that time, so that sending it once more is meant."""
    return metadata.partition("\n")[2] == f"{day} {clock}"


def _in_the_way(overlaps: Sequence[InTheWay], clock: str, zone: str) -> str:
    shown = [
        f"*{user_text(one.title, limit=_ASKED_TITLE, empty='(no title)')}*, "
        f"{from_to(*one.span, zone, near=day_of(one.span.start, zone))}"
        for one in overlaps[:_OVERLAPS_NAMED]
    ]
    left = len(overlaps) - len(shown)
    told = listed([*shown, counted(left, "more event")] if left else shown)
    start = told_clock(time.fromisoformat(clock)) if _CLOCK.fullmatch(clock) else "That time"
    return f":warning: {start} overlaps {told}. Nothing was moved yet: choose another time, or *Move it anyway*."


def moved_view(shown: EventShown, span: Interval) -> Modal:
    """What was done."""
    return _done(f"*{_title(shown)}* is at {_times(shown, span)} in Google now.", _mailed(shown, "the new time"))


def cancelled_view(shown: EventShown) -> Modal:
    """What was done."""
    return _done(f"*{_title(shown)}* is cancelled in Google.", _mailed(shown, "the cancellation"))


def _done(fact: str, mailed: str) -> Modal:
    return Modal(TITLE, (section(fact), context(f"{mailed} Daybook is reading the calendar again.")))


def _buttons(shown: EventShown, mark: EventMark) -> list[Block]:
    value = mark.value() if shown.fixed is None else ""
    buttons = []
    if shown.may_move and value:
        buttons.append(button("Move", ActionId.EVENT_MOVE, value=value))
    if value:
        buttons.append(button("Cancel event", ActionId.EVENT_CANCEL, value=value, danger=True, confirm=_asked(shown)))
    if shown.link:
        buttons.append(button("Open in Google", numbered(ActionId.OPEN_LINK, "event"), url=shown.link))
    return buttons


def _asked(shown: EventShown) -> Block:
    """The question before it is called off; it names the guests."""
    once = " Only this one time is cancelled." if shown.entry.repeats else ""
    title = user_text(shown.entry.title, limit=_ASKED_TITLE, empty="(no title)")
    return confirmation(
        "Cancel it in Google?",
        f"*{title}*, {_times(shown, _span(shown))}, goes away.{once} {_mailed(shown, 'the cancellation')}",
        yes="Cancel it",
        no="Leave it",
    )


def _told(shown: EventShown) -> str:
    calendar = user_text(shown.entry.calendar_name, limit=60)
    return f"*{_title(shown)}*\n{_times(shown, _span(shown))} · {mark_of(shown.entry)} · {calendar}"


def _people(shown: EventShown) -> list[Block]:
    told = [f"· {_name(one)} · {ANSWERS[one.response]}" for one in shown.guests[:GUESTS_SHOWN]]
    left = len(shown.guests) - len(told)
    return [section(lines([*told, *([f"and {left} more"] if left > 0 else [])]))] if told else []


def _mailed(shown: EventShown, what: str) -> str:
    """Who hears of it, in a sentence; that is Google's to do, and cannot be taken back."""
    if not shown.guests:
        return "Nobody else is on it, so nobody is e-mailed."
    named = [_name(one) for one in shown.guests[:GUESTS_NAMED]]
    left = len(shown.guests) - len(named)
    if left:
        named.append(counted(left, "more guest"))
    return f"Google e-mails {listed(named)} {what}."


def _name(guest: Invitee) -> str:
    return user_text(guest.name or guest.email, limit=NAME_LENGTH, empty="Somebody")


def _title(shown: EventShown) -> str:
    return user_text(shown.entry.title, limit=_TITLE_LENGTH, empty="(no title)")


def _span(shown: EventShown) -> Interval:
    return shown.entry.occurrence.span


def _times(shown: EventShown, span: Interval) -> str:
    day = day_of(span.start, shown.zone)
    return f"{short_day(day)}, {from_to(*span, shown.zone, near=day)}"
