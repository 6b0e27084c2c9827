"""The events of one day as lines, each with its kind, and the choice of a calendar beside the key."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.calendars import Calendar
from bot.domain.event_fixes import is_coloured, ref_of
from bot.domain.events import AgendaEntry, EventKind, ShowsAs
from bot.domain.home import span_of
from bot.domain.intervals import Interval
from bot.domain.join_links import AgendaAppointment
from bot.rendering.agenda_ref import AgendaRef
from bot.rendering.blocks import OPTION_TEXT, OPTIONS, SECTION_TEXT, SPOKEN, actions, button, section
from bot.rendering.booking_words import join_button, venue_text
from bot.rendering.card_ref import change_choices
from bot.rendering.card_words import STATUS
from bot.rendering.colours import ORANGE, colours_button, mark_of
from bot.rendering.event_mark import EventMark
from bot.rendering.form_blocks import Choice, menu, select
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block
from bot.rendering.text import clean, user_text
from bot.rendering.wording import ANSWERS, NAME_LENGTH, NOT_ACCEPTED
from bot.rendering.zones import from_to

TITLE_LENGTH = 80
CALENDAR_LENGTH = 60
ENTRIES_SHOWN = 100
GUESTS_SHOWN = 3
# Each stands by itself, because of its button.
BUTTONS_SHOWN = 10
TAKE_BACK = "Take back"
DETAILS = "Details"
JOIN = "Join"

_KINDS = {EventKind.WORKING_LOCATION: "working location", EventKind.BIRTHDAY: "birthday"}


class ShownDay(NamedTuple):
    """The reader's own day: its epoch seconds in his zone, and what names it in a button.

    What was over at `now`, in epoch seconds, is not to be moved any more.
    """

    ref: AgendaRef
    window: Interval
    zone: str
    now: int = 0

    @property
    def day(self) -> date:
        """The date."""
        return self.ref.day


def agenda_blocks(
    entries: Sequence[AgendaEntry],
    day: ShownDay,
    appointments: Sequence[AgendaAppointment] = (),
    *,
    joined_above: AgendaAppointment | AgendaEntry | None = None,
) -> list[Block]:
    """The appointments and events in order, whole days last; what does not fit is counted.

    `joined_above` has its way into the call already, where it stands above the day.
    """
    lines = [_entry(entry, day) for entry in entries]
    lines += [_appointment(one, day, has_button=one != joined_above) for one in appointments]
    ordered = sorted(lines, key=lambda line: (line.is_whole_day, line.start))
    shown, left = ordered[:ENTRIES_SHOWN], len(ordered) - ENTRIES_SHOWN
    blocks: list[Block] = []
    plain: list[str] = []
    buttons = 0
    for line in shown:
        made = line.buttons(buttons) if line.buttons is not None and buttons < BUTTONS_SHOWN else []
        if not made:
            plain.append(line.text)
            continue
        # A paragraph has room for one beside it.
        below = [actions(*made)] if len(made) > 1 else []
        blocks += [*_packed(plain), section(line.text, accessory=None if below else made[0]), *below]
        plain, buttons = [], buttons + 1
    if left > 0:
        plain.append(f"+{left} more")
    return [*blocks, *_packed(plain)]


def entry_line(entry: AgendaEntry, day: ShownDay) -> str:
    """`9:00-9:30 ▪ blue  Demo · with Maya Ortiz (declined)`; what leaves the time open says why it does."""
    whole = is_whole_day(entry, day)
    time = "all day" if whole else from_to(*entry.occurrence.span, day.zone, near=day.day)
    title = user_text(entry.title, limit=TITLE_LENGTH, empty="(no title)")
    people = f" · with {guests_of(entry)}" if entry.guests else ""
    # It is the one that an agenda is of, unless another is named.
    calendar = "" if entry.is_linked else f" · {user_text(entry.calendar_name, limit=CALENDAR_LENGTH)}"
    open_because = "" if entry.occurrence.blocks else f" · {why_open(entry)}"
    return f"{time} {mark_of(entry)}  {title}{calendar}{people}{open_because}"


def guests_of(entry: AgendaEntry) -> str:
    """`Maya Ortiz (declined), Lee Chen (accepted)`: the contacts on an event, and what they answered."""
    shown = entry.guests[:GUESTS_SHOWN]
    told = [f"{user_text(one.name, limit=NAME_LENGTH, empty='Somebody')} ({ANSWERS[one.response]})" for one in shown]
    left = len(entry.guests) - len(shown)
    return ", ".join([*told, *([f"and {left} more"] if left else [])])


def appointment_line(shown: AgendaAppointment, day: ShownDay) -> str:
    """`16:00-16:30 ▪ orange  Maya Ortiz (accepted) · Zoom`; what was typed as its title too, unless that names her."""
    appointment = shown.appointment
    contact = appointment.contact.name if appointment.contact is not None else ""
    answer = f" ({ANSWERS[shown.answer]})" if contact and shown.answer is not None else ""
    what = [f"{user_text(contact, limit=TITLE_LENGTH)}{answer}"] if contact else []
    if not contact or contact not in appointment.title:
        what.append(user_text(appointment.title, limit=TITLE_LENGTH, empty="(no title)"))
    how = [venue_text(appointment.venue), *_standing(appointment)]
    time = from_to(*appointment.span, day.zone, near=day.day)
    return f"{time} {ORANGE}  {' · '.join(part for part in (*what, *how) if part)}"


def spoken_join(shown: AgendaAppointment | AgendaEntry, day: ShownDay) -> str:
    """`Join 15:00-15:30 Maya Ortiz`: what tells the button from those of what stands beside it."""
    return _spoken(JOIN, from_to(*span_of(shown), day.zone, near=day.day), _whom(shown))


def _whom(shown: AgendaAppointment | AgendaEntry) -> str:
    if isinstance(shown, AgendaEntry):
        return shown.title
    appointment = shown.appointment
    return appointment.contact.name if appointment.contact is not None else appointment.title


def is_whole_day(entry: AgendaEntry, day: ShownDay) -> bool:
    """Whether an all-day event fills the day that is shown; one of another zone begins or ends within it."""
    start, end = entry.occurrence.span
    return entry.is_all_day and start <= day.window.start and day.window.end <= end


def why_open(entry: AgendaEntry) -> str:
    """Why an event that does not block leaves its time open."""
    if entry.is_ignored:
        return "ignored"
    if entry.kind in _KINDS:
        return _KINDS[entry.kind]
    if entry.shows_as is ShowsAs.FREE or entry.response is None:
        return "free"
    return NOT_ACCEPTED.get(entry.response, "free")


def chooser(
    calendars: Sequence[Calendar],
    chosen: UUID | None,
    day: ShownDay,
    *more: Block,
    action: ActionId = ActionId.AGENDA_CALENDAR,
) -> Block:
    """All or one of the reader's calendars, with the key of the colours, and `more` buttons, beside it.

    `action` shows the same of another one.
    """
    if len(calendars) < 2:
        return actions(colours_button(), *more)
    of_all = Choice("All", _for(day, None))
    each = [Choice(clean(one.name, limit=OPTION_TEXT), _for(day, one.id)) for one in calendars[: OPTIONS - 1]]
    picked = select(action, [of_all, *each], chosen=_for(day, chosen), placeholder="Calendar")
    return actions(picked, colours_button(), *more)


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


class _Line(NamedTuple):
    """One line of the day; `buttons` makes what stands beside it, given how many lines have some already."""

    start: int
    is_whole_day: bool
    text: str
    buttons: Callable[[int], Sequence[Block]] | None = None


def _entry(entry: AgendaEntry, day: ShownDay) -> _Line:
    value = _value(entry, day) if entry.is_ignored or is_coloured(entry) else ""

    def beside(number: int) -> Sequence[Block]:
        label, action = (TAKE_BACK, ActionId.UNIGNORE_EVENT) if entry.is_ignored else (DETAILS, ActionId.EVENT)
        return [button(label, numbered(action, number), value=value, spoken=_spoken(label, time, entry.title))]

    is_whole = is_whole_day(entry, day)
    time = "all day" if is_whole else from_to(*entry.occurrence.span, day.zone, near=day.day)
    return _Line(entry.occurrence.start, is_whole, entry_line(entry, day), beside if value else None)


def _appointment(shown: AgendaAppointment, day: ShownDay, *, has_button: bool) -> _Line:
    appointment = shown.appointment

    def beside(number: int) -> Sequence[Block]:
        join = join_button(shown.join_url, appointment.venue.where, number, label=JOIN, spoken=spoken_join(shown, day))
        changes = menu(numbered(ActionId.CARD_MENU, appointment.id), change_choices(appointment))
        return [*([join] if join is not None and has_button else []), *([changes] if is_to_come else [])]

    is_to_come = day.now < appointment.span.end
    return _Line(appointment.span.start, False, appointment_line(shown, day), beside if appointment.is_live else None)


def _standing(appointment: Appointment) -> list[str]:
    if appointment.is_live and appointment.question is not None:
        return ["*waits for your answer*"]
    return [] if appointment.status is AppointmentStatus.CONFIRMED else [STATUS[appointment.status]]


def _spoken(label: str, time: str, title: str) -> str:
    return clean(f"{label} {time} {title}", limit=SPOKEN)


def _value(entry: AgendaEntry, day: ShownDay) -> str:
    return EventMark(ref_of(entry), day.ref).value()
