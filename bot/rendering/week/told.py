"""Each thing in a week in plain words, for whoever does not see the picture: briefly, or as fully as the agenda."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.domain.appointments import AppointmentStatus, Venue, Where
from bot.domain.colours import Colour, colour_of
from bot.domain.events import AgendaEntry
from bot.domain.intervals import Interval
from bot.domain.join_links import AgendaAppointment
from bot.domain.week import Week
from bot.rendering.agenda_lines import CALENDAR_LENGTH, GUESTS_SHOWN, TITLE_LENGTH, why_open
from bot.rendering.booking_words import WHERE
from bot.rendering.card_words import STATUS
from bot.rendering.text import clean
from bot.rendering.week.items import TITLE_READ
from bot.rendering.wording import ANSWERS, NAME_LENGTH

_BRIEF = 40
_PLACE = 80


@dataclass(frozen=True, slots=True)
class Thing:
    """An event, an appointment, or somebody else's busy time, which has neither title nor colour."""

    span: Interval
    source: AgendaEntry | AgendaAppointment | None = None

    @property
    def title(self) -> str:
        """As it came, but for what nobody reads of a very long one."""
        match self.source:
            case AgendaEntry() as entry:
                return entry.title[:TITLE_READ]
            case AgendaAppointment() as shown:
                contact = shown.appointment.contact
                return (contact.name if contact is not None else shown.appointment.title)[:TITLE_READ]
            case None:
                return ""

    def told(self, *, is_brief: bool) -> str:
        """`Demo · with Maya Ortiz (declined) (blue)`, or `Demo (blue)`; empty of busy time."""
        match self.source:
            case AgendaEntry() as entry:
                parts = [self._title(is_brief=is_brief), *([] if is_brief else _about_event(entry))]
                colour = colour_of(entry)
            case AgendaAppointment() as shown:
                parts = [self._title(is_brief=is_brief) + ("" if is_brief else _answer(shown))]
                parts += [] if is_brief else _about_appointment(shown)
                colour = Colour.ORANGE
            case None:
                return ""
        return f"{' · '.join(parts)} ({colour})"

    def _title(self, *, is_brief: bool) -> str:
        return clean(self.title, limit=_BRIEF if is_brief else TITLE_LENGTH, empty="(no title)")


def things_of(week: Week) -> list[Thing]:
    """Everything in a week, by start; what is as long stands by its title."""
    things = chain(
        (Thing(Interval(*one.occurrence[:2]), one) for one in week.entries),
        (Thing(one) for one in week.busy),
        (Thing(one.appointment.span, one) for one in week.appointments),
    )
    return sorted(things, key=lambda one: (one.span.start, -one.span.end, one.title))


def _about_event(entry: AgendaEntry) -> Iterator[str]:
    """What the agenda says of it besides; the linked calendar is the one that a week is of."""
    if not entry.is_linked:
        yield clean(entry.calendar_name, limit=CALENDAR_LENGTH)
    if entry.guests:
        told = [f"{clean(one.name, limit=NAME_LENGTH)} ({ANSWERS[one.response]})" for one in entry.guests]
        left = [f"and {len(told) - GUESTS_SHOWN} more"] if len(told) > GUESTS_SHOWN else []
        yield f"with {', '.join([*told[:GUESTS_SHOWN], *left])}"
    if not entry.occurrence.blocks:
        yield why_open(entry)


def _answer(shown: AgendaAppointment) -> str:
    if shown.appointment.contact is None or shown.answer is None:
        return ""
    return f" ({ANSWERS[shown.answer]})"


def _about_appointment(shown: AgendaAppointment) -> Iterator[str]:
    appointment = shown.appointment
    if appointment.contact is not None and appointment.contact.name not in appointment.title:
        yield clean(appointment.title, limit=TITLE_LENGTH, empty="(no title)")
    if appointment.venue.where is not Where.NOWHERE:
        yield _where(appointment.venue)
    if appointment.is_live and appointment.question is not None:
        yield "waits for your answer"
    elif appointment.status is not AppointmentStatus.CONFIRMED:
        yield STATUS[appointment.status]


def _where(venue: Venue) -> str:
    details = clean(venue.details, limit=_PLACE, empty="")
    if venue.where is Where.PLACE and details:
        return details
    return f"{WHERE[venue.where]} {details}".strip()
