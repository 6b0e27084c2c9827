"""Events that landed on appointments: the one message about them, in which both sides stand beside each other."""

from datetime import date
from itertools import chain

from bot.domain.appointments import Appointment
from bot.domain.availability import Slot
from bot.domain.cards import CardButton
from bot.domain.landings import MOST_SHOWN, BatchShown, LandingShown, LandingState
from bot.rendering.blocks import MESSAGE_CHARACTERS, actions, button, confirmation, context, section, size
from bot.rendering.card_ref import CardRef
from bot.rendering.card_words import reader_times, title_of, told_of_move
from bot.rendering.landing_ref import LandingDeed, LandingRef
from bot.rendering.names import ActionId, numbered
from bot.rendering.reader import read_by
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import clean, user_text
from bot.rendering.wording import counted
from bot.rendering.zones import begins, city, day_of

_TITLE = 100
_OPEN_LABEL = 40


def landing_message(shown: BatchShown) -> Message:
    """The question, with what became of it so far; `shown.host` reads it, by his clock."""
    with read_by(shown.host.habits):
        return _message(shown)


def _message(shown: BatchShown) -> Message:
    waiting = [one for one in shown.landings if one.landing.state.is_open]
    if len(shown.landings) == 1:
        [only] = shown.landings
        return Message(_lead(only), tuple(_asked(only, shown) if waiting else _ended(only, shown)))
    total = len(shown.landings)
    if waiting:
        lead = f"{counted(total, 'outside event')} now overlap your appointments."
        told = f"*{lead}* {_waiting(len(waiting), total)}"
    else:
        lead = f"{counted(total, 'outside event')} overlapped your appointments: all of them are settled."
        told = f"*{lead}*"
    keep_all = [actions(_keep_all(shown, len(waiting)))] if len(waiting) > 1 else []
    landings = list(shown.landings)
    for number in range(min(total, MOST_SHOWN), -1, -1):
        if number < total:  # what waits comes first, so that in the end each has its turn
            landings = sorted(shown.landings, key=lambda one: not one.landing.state.is_open)
        each = [_asked(one, shown) if one.landing.state.is_open else _ended(one, shown) for one in landings[:number]]
        ends = [*_rest(total - number), *keep_all]
        blocks = (section(told), *chain(*each), *ends)
        if size(blocks) <= MESSAGE_CHARACTERS:
            break
    return Message(lead, blocks, ends=len(ends))


def _waiting(open_ones: int, total: int) -> str:
    if open_ones == total:
        return "Nothing was changed; decide for each."
    return f"{open_ones} of them {'waits' if open_ones == 1 else 'wait'} for your word."


def _lead(shown: LandingShown) -> str:
    verb = "now overlaps" if shown.landing.state.is_open else "overlapped"
    return f"{_event_title(shown)} {verb} {title_of(shown.appointment)}."


def _asked(shown: LandingShown, batch: BatchShown) -> list[Block]:
    event, appointment = _event_title(shown), shown.appointment
    lines = [
        f"*{event}* now overlaps *{title_of(appointment)}*.",
        f"· {event}, {reader_times(shown.landing.span, batch.zone)}, in Google",
        f"· {title_of(appointment)}, {reader_times(appointment.span, batch.zone)}",
    ]
    if not shown.moves:
        lines.append("No other time was found in the days around it.")
    moves = [actions(*(_move(shown, slot, batch) for slot in shown.moves))] if shown.moves else []
    return [section("\n".join(lines)), *moves, actions(*_others(shown, batch))]


def _ended(shown: LandingShown, batch: BatchShown) -> list[Block]:
    event, title = _event_title(shown), title_of(shown.appointment)
    match shown.state:
        case LandingState.MOVED:
            told = f"*{title}* is at {reader_times(shown.appointment.span, batch.zone)} now, clear of {event}."
        case LandingState.KEPT:
            told = f"You keep both: *{title}* and {event}, {reader_times(shown.landing.span, batch.zone)}."
        case LandingState.CALLED_OFF:
            told = f"*{title}* does not take place any more, so nothing overlaps {event}."
        case LandingState.GONE if not shown.is_read:
            told = (
                f"{event} overlapped *{title}*. "
                "Daybook does not read its calendar any more, and cannot tell whether it still does."
            )
        case LandingState.GONE:
            told = f"{event} does not take the time of *{title}* any more. Nothing is to be done."
        case _:
            told = f"*{title}* and {event} overlapped, {reader_times(shown.landing.span, batch.zone)}. That is over."
    return [section(told)]


def _event_title(shown: LandingShown) -> str:
    """Its owner reads it, so that a private one has its title too."""
    title = shown.event.title if shown.event is not None else ""
    return user_text(title, limit=_TITLE, empty="An event of yours")


def _move(shown: LandingShown, slot: Slot, batch: BatchShown) -> Block:
    appointment = shown.appointment
    ref = LandingRef(LandingDeed.MOVE, batch.batch.id, _number(shown), appointment.version, slot.start)
    return button(
        f"Move to {_short(slot, batch)}",
        numbered(ActionId.LANDING, f"{_number(shown)}.{slot.start}"),
        value=ref.value(),
        confirm=_sure(shown, begins(slot.start, batch.zone, near=date.min), batch.zone),
    )


def _short(slot: Slot, batch: BatchShown) -> str:
    """`15:30`, or `Wed 25 Nov, 9:00` where all of the message do not stand on that day."""
    days = {day_of(one.appointment.span.start, batch.zone) for one in batch.landings}
    return begins(slot.start, batch.zone, near=days.pop() if len(days) == 1 else date.min)


def _sure(shown: LandingShown, when: str, zone: str) -> Block:
    title = user_text(shown.appointment.title, limit=80, empty="(no title)")
    told = told_of_move(shown.appointment, shown.ties)
    return confirmation("Move it?", f"*{title}* moves to {when} ({city(zone)}). {told}", yes="Move")


def _others(shown: LandingShown, batch: BatchShown) -> list[Block]:
    appointment, number = shown.appointment, _number(shown)
    keep = LandingRef(LandingDeed.KEEP, batch.batch.id, number)
    buttons = [
        _another_time(appointment, number),
        button("Keep both", numbered(ActionId.LANDING, f"{number}.keep"), value=keep.value()),
    ]
    if shown.event is not None and shown.event.link:
        # A button's label is plain: nothing in it is read as markup.
        label = f"Open {clean(shown.event.title, limit=_OPEN_LABEL, empty='it')} in Google"
        buttons.append(button(label, numbered(ActionId.OPEN_LINK, f"landing.{number}"), url=shown.event.link))
    return buttons


def _another_time(appointment: Appointment, number: int) -> Block:
    ref = CardRef(CardButton.RESCHEDULE, appointment.id, appointment.version)
    return button("Choose another time", numbered(ActionId.CARD, f"landing.{number}"), value=ref.value())


def _keep_all(batch: BatchShown, waiting: int) -> Block:
    ref = LandingRef(LandingDeed.KEEP, batch.batch.id, 0)
    asked = confirmation(
        "Keep all of them?",
        f"{counted(waiting, 'overlap')} stay as they are, and you are not asked about them again.",
        yes="Keep all",
    )
    return button(f"Keep all {waiting}", numbered(ActionId.LANDING, "all"), value=ref.value(), confirm=asked)


def _rest(left: int) -> list[Block]:
    if not left:
        return []
    return [
        context(f"+{left} more. Your agenda shows each of them on its day."),
        actions(run("Show my agenda", "agenda", mark="landings")),
    ]


def _number(shown: LandingShown) -> int:
    return shown.landing.number or 0
