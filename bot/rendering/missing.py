"""An event is missing: the form that asks for calendar and day, and both sides of that day with each difference."""

from collections.abc import Sequence
from datetime import date

from bot.domain.agenda import is_known
from bot.domain.calendar_choice import CalendarOffer
from bot.domain.missing_events import Compared, ComparedDay, MissingReason
from bot.domain.wall_time import zone_named
from bot.rendering.blocks import OPTION_TEXT, SECTION_TEXT, VIEW_BLOCKS, actions, button, context, fit, lines, section
from bot.rendering.form_blocks import Choice, day_picker, field, select
from bot.rendering.loading import loading
from bot.rendering.missing_ref import MissingDeed, MissingRef
from bot.rendering.missing_words import AS_IN_GOOGLE, about, sides
from bot.rendering.names import ActionId, CallbackId, numbered
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import clean, user_text
from bot.rendering.wording import counted, lasting
from bot.rendering.zones import city, from_to, short_date

TITLE = "An event is missing"
CALENDAR, DAY = "calendar", "day"
_TITLE_LENGTH = 80
_SYNCED = (MissingReason.NOT_READ, MissingReason.MOVED, MissingReason.CHANGED, MissingReason.GONE)


def opening_missing() -> Modal:
    """What is on the screen while the calendars are listed."""
    return loading(TITLE, "Looking up your calendars.")


def comparing() -> Modal:
    """What is on the screen while the day is read."""
    return loading(TITLE, "Reading that day from Google.")


def missing_form(offer: CalendarOffer, day: date, *, mark: str = "") -> Modal:
    """Which calendar, and which day; `mark` is the calendar that was looked at before."""
    used = {*offer.conflicts, *([offer.linked] if offer.linked else [])}
    choices = [
        Choice(_labelled(one.calendar.name, "" if one.mark in used else " (not used)"), one.mark)
        for one in sorted(offer.calendars, key=lambda one: one.mark not in used)
    ]
    if not choices:
        return Modal(TITLE, (section("Google lists no calendar for you. Connect an account, or look again later."),))
    chosen = next((one.value for one in choices if one.value == mark), choices[0].value)
    return Modal(
        TITLE,
        (
            section(
                "In which calendar, and on which day, should it be? Daybook reads that day from Google now "
                "and shows what it has beside it."
            ),
            field("Calendar", select(ActionId.SETTING, choices, chosen=chosen), block_id=CALENDAR),
            field("Day", day_picker(ActionId.SETTING, initial=day.isoformat()), block_id=DAY),
        ),
        callback_id=CallbackId.MISSING,
        submit="Compare",
    )


def compared_view(compared: ComparedDay, *, note: str = "") -> Modal:
    """The day; `note` says on top what was just done."""
    blocks = [section(note)] if note else []
    told = (*compared.differences, *compared.left_open)
    blocks += [section(_lead(compared)), *(_row(compared, one, at) for at, one in enumerate(told))]
    same = [one for one in compared.events if one.is_shown]
    if same:
        blocks.append(section(lines([f"*{AS_IN_GOOGLE}*", *(_same(compared, one) for one in same)])))
    ends = [context(_sources(compared)), actions(*_footer(compared))]
    return Modal(TITLE, (*fit(blocks, limit=VIEW_BLOCKS - len(ends)), *ends))


def reading_again_note() -> str:
    """After *Sync now*."""
    return "Reading the calendar now. The comparison is made again when that is done."


def taken_back_note() -> str:
    """After *Take back*."""
    return "It counts again."


def _lead(compared: ComparedDay) -> str:
    today = compared.now.astimezone(zone_named(compared.zone)).date()
    where = f"*{user_text(compared.calendar_name, limit=_TITLE_LENGTH)}*, {short_date(compared.day, today)}"
    if not is_known(compared.day, today):
        where += " (Daybook reads from 30 days ago to a year ahead, so nothing of that day is known here)"
    if not compared.is_live:
        stored = "This is what Daybook has stored." if compared.calendar_id else "Daybook stores nothing of it."
        return f"{where}: Google could not be asked. {user_text(compared.problem, limit=300)} {stored}"
    if not compared.events:
        return f"{where}: Google has nothing there. Is the event in another calendar, or in another account?"
    number, left_open = len(compared.differences), len(compared.left_open)
    of_all = f" of {counted(len(compared.events), 'event')}"
    takes = f"{'takes' if left_open == 1 else 'take'} no time"
    if not number:
        return f"{where}: Google and Daybook agree." + (f" {left_open}{of_all} {takes}." if left_open else "")
    shows = "shows" if number == 1 else "show"
    too = f" {left_open} more {takes}." if left_open else ""
    return f"{where}: {number}{of_all} {shows} otherwise here, or not at all.{too}"


def _row(compared: ComparedDay, one: Compared, number: int) -> Block:
    told = [f"{_when(compared, one)}  *{_title(one)}*", about(one), *sides(one, compared.zone, compared.day)]
    text = "\n".join(told)
    return section(text[:SECTION_TEXT], accessory=_fix(compared, one, number))


def _fix(compared: ComparedDay, one: Compared, number: int) -> Block | None:
    """The one button that helps, or the way to the event."""
    if one.reason is MissingReason.UNUSED or one.reason is MissingReason.LEFT_OPEN:
        label = "Choose calendars" if one.reason is MissingReason.UNUSED else "Change settings"
        return run(label, "settings", mark=f"missing-{number}")
    if one.reason in _SYNCED or (one.reason is MissingReason.CANCELLED and one.ref is not None):
        return _do(compared, "Sync now", MissingDeed.SYNC, number)
    if one.reason is MissingReason.IGNORED and one.ref is not None:
        value = MissingRef(MissingDeed.BACK, compared.mark, compared.day, one.ref).value()
        if value:
            return button("Take back", numbered(ActionId.MISSING_DO, f"back-{number}"), value=value)
    if one.link:
        return button("Open in Google", numbered(ActionId.OPEN_LINK, f"missing-{number}"), url=one.link)
    return None


def _footer(compared: ComparedDay) -> Sequence[Block]:
    other = MissingRef(MissingDeed.FORM, compared.mark, compared.day).value()
    buttons = [button("Another day or calendar", ActionId.MISSING, value=other)]
    if compared.calendar_id is not None:
        buttons.append(_do(compared, "Sync now", MissingDeed.SYNC, "all"))
    if not compared.events:
        buttons.append(run("Connect another account", "connect"))
    return buttons


def _do(compared: ComparedDay, label: str, deed: MissingDeed, mark: object) -> Block:
    value = MissingRef(deed, compared.mark, compared.day).value()
    return button(label, numbered(ActionId.MISSING_DO, f"{deed}-{mark}"), value=value)


def _same(compared: ComparedDay, one: Compared) -> str:
    note = about(one)
    return f"{_when(compared, one)}  {_title(one)}" + (f" · {note}" if note else "")


def _sources(compared: ComparedDay) -> str:
    google = "Google was asked just now" if compared.is_live else "Google did not answer"
    if compared.calendar_id is None:
        here = "Daybook does not use this calendar"
    elif compared.read_at is None:
        here = "Daybook has not read it yet"
    else:
        here = f"Daybook read it {lasting(compared.now - compared.read_at)} ago"
    return f"{google}; {here}. Times are those of {city(compared.zone)}."


def _when(compared: ComparedDay, one: Compared) -> str:
    return "when is not known" if one.span is None else from_to(*one.span, compared.zone, near=compared.day)


def _title(one: Compared) -> str:
    return user_text(one.title, limit=_TITLE_LENGTH, empty="(no title)")


def _labelled(name: str, note: str) -> str:
    return clean(name, limit=OPTION_TEXT - len(note)) + note
