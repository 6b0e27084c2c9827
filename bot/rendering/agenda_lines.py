"""The events of one day as lines, each with its kind, and the choice of a calendar beside the key."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bot.domain.calendars import Calendar
from bot.domain.event_fixes import ref_of
from bot.domain.events import AgendaEntry, EventKind, Response, ShowsAs
from bot.domain.intervals import Interval
from bot.rendering.agenda_ref import AgendaRef
from bot.rendering.blocks import OPTION_TEXT, OPTIONS, SECTION_TEXT, Choice, actions, button, section, select
from bot.rendering.colours import colours_button, mark_of
from bot.rendering.event_mark import EventMark
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block
from bot.rendering.text import clean, user_text
from bot.rendering.zones import from_to

TITLE_LENGTH = 80
CALENDAR_LENGTH = 60
ENTRIES_SHOWN = 100
# Each stands by itself, because of its button.
TAKEN_BACK_SHOWN = 10
TAKE_BACK = "Take back"

_KINDS = {EventKind.WORKING_LOCATION: "working location", EventKind.BIRTHDAY: "birthday"}
_RESPONSES = {
    Response.DECLINED: "declined",
    Response.TENTATIVE: "answered with maybe",
    Response.NEEDS_ACTION: "not answered",
}


class ShownDay(NamedTuple):
    """The reader's own day: its epoch seconds in his zone, and what names it in a button."""

    ref: AgendaRef
    window: Interval
    zone: str

    @property
    def day(self) -> date:
        """The date."""
        return self.ref.day


def agenda_blocks(entries: Sequence[AgendaEntry], day: ShownDay) -> list[Block]:
    """The events in order, whole days last; what does not fit is counted."""
    ordered = sorted(entries, key=lambda entry: is_whole_day(entry, day))
    shown, left = ordered[:ENTRIES_SHOWN], len(ordered) - ENTRIES_SHOWN
    blocks: list[Block] = []
    plain: list[str] = []
    buttons = 0
    for entry in shown:
        value = _take_back(entry, day) if entry.is_ignored and buttons < TAKEN_BACK_SHOWN else ""
        if not value:
            plain.append(entry_line(entry, day))
            continue
        blocks += [*_packed(plain), _with_button(entry, day, value, buttons)]
        plain, buttons = [], buttons + 1
    if left > 0:
        plain.append(f"+{left} more")
    return [*blocks, *_packed(plain)]


def entry_line(entry: AgendaEntry, day: ShownDay) -> str:
    """`9:00-9:30 ▪ grey  Kick-off · Ana`; what leaves the time open says why it does."""
    whole = is_whole_day(entry, day)
    time = "all day" if whole else from_to(*entry.occurrence[:2], day.zone, near=day.day)
    title = user_text(entry.title, limit=TITLE_LENGTH, empty="(no title)")
    open_because = "" if entry.occurrence.blocks else f" · {why_open(entry)}"
    return f"{time} {mark_of(entry)}  {title} · {user_text(entry.calendar_name, limit=CALENDAR_LENGTH)}{open_because}"


def is_whole_day(entry: AgendaEntry, day: ShownDay) -> bool:
    """Whether an all-day event fills the day that is shown; one of another zone begins or ends within it."""
    start, end = entry.occurrence[:2]
    return entry.is_all_day and start <= day.window.start and day.window.end <= end


def why_open(entry: AgendaEntry) -> str:
    """Why an event that does not block leaves its time open."""
    if entry.is_ignored:
        return "ignored"
    if entry.kind in _KINDS:
        return _KINDS[entry.kind]
    if entry.shows_as is ShowsAs.FREE or entry.response is None:
        return "free"
    return _RESPONSES.get(entry.response, "free")


def chooser(calendars: Sequence[Calendar], chosen: UUID | None, day: ShownDay) -> Block:
    """All or one of the reader's calendars, with the key of the colours beside it."""
    if len(calendars) < 2:
        return actions(colours_button())
    of_all = Choice("All", _for(day, None))
    each = [Choice(clean(one.name, limit=OPTION_TEXT), _for(day, one.id)) for one in calendars[: OPTIONS - 1]]
    picked = select(ActionId.AGENDA_CALENDAR, [of_all, *each], chosen=_for(day, chosen), placeholder="Calendar")
    return actions(picked, colours_button())


def _for(day: ShownDay, calendar_id: UUID | None) -> str:
    return replace(day.ref, calendar_id=calendar_id).value()


def _packed(texts: Sequence[str]) -> Iterator[Block]:
    """As few paragraphs as hold all the lines whole."""
    together: list[str] = []
    for text in texts:
        if len("\n".join([*together, text])) > SECTION_TEXT:
            yield section("\n".join(together))
            together = []
        together.append(text)
    if together:
        yield section("\n".join(together))


def _with_button(entry: AgendaEntry, day: ShownDay, value: str, number: int) -> Block:
    return section(
        entry_line(entry, day),
        accessory=button(TAKE_BACK, numbered(ActionId.UNIGNORE_EVENT, number), value=value),
    )


def _take_back(entry: AgendaEntry, day: ShownDay) -> str:
    return EventMark(ref_of(entry), day.ref).value()
