"""What stands in the forms that book and move, as values of the domain; and what is wrong on them at first sight."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from bot.domain.appointments import Venue, Where
from bot.domain.booking import MOST_HOSTS, BadBooking, BookingRequest, OwnAddress
from bot.domain.booking_form import FormAsked
from bot.domain.booking_rules import require_to_come, tidied
from bot.domain.contacts import NewContact
from bot.domain.errors import NotFound
from bot.domain.wall_start import same_clock, start_on
from bot.domain.wall_time import epoch
from bot.rendering.booking import Held, details_id, name_id
from bot.rendering.booking_words import NO_CONTACT, contact_in
from bot.rendering.form_mark import FormMark
from bot.rendering.names import BookingField, BookingSwitch
from bot.rendering.start_fields import DAY_HAS_PASSED
from bot.rendering.zones import city, day_of, short_day
from handlers.interaction import Values

_BY_FIELD = {
    "hosts": BookingField.HOSTS,
    "contact": BookingField.CONTACT,
    "title": BookingField.TITLE,
    "venue": BookingField.DETAILS,
    "note": BookingField.NOTE,
    "minutes": BookingField.MINUTES,
    "start": BookingField.START,
}
# Where the field of the first is not on the form, what is wrong with it stands on the next one that is.
_ELSE = {
    BookingField.START: (BookingField.TIME, BookingField.DAY),
    BookingField.DETAILS: (BookingField.VENUE,),
}

_FEWEST_DIGITS = 3
_YEARS = range(1971, 2101)
"""A day before or after is no date of a meeting, and its clock times cannot be worked out in every zone."""


@dataclass(frozen=True, slots=True)
class WhenTyped:
    """Day and time of a form; `start` in epoch seconds, None where none is chosen yet, or none that there is."""

    day: date | None
    start: int | None
    switches: frozenset[BookingSwitch]

    def anyway(self, mark: FormMark) -> frozenset[str]:
        """What the reader was told on this form that nobody knows, if he passes over it."""
        return mark.unknown if BookingSwitch.ANYWAY in self.switches else frozenset()

    @property
    def overrides(self) -> bool:
        """Also outside the reader's own hours and limits."""
        return BookingSwitch.OVERRIDES in self.switches

    def made_anew(self, mark: FormMark) -> "WhenTyped":
        """What the form is made anew with: the same time of day on the day that is chosen now.

        The start may still be one of the day before; where none is chosen, the one that was wanted last counts.
        """
        start = self.start if self.start is not None else mark.wanted
        if self.day is not None and start is not None and day_of(start, mark.zone) != self.day:
            start = same_clock(start, self.day, mark.zone)
        return replace(self, start=start)

    def taking(self, value: str, zone: str) -> "WhenTyped":
        """The start that a button carries in the place of the chosen one; raises `NotFound` for no start."""
        start = _number(value)
        if start is None:
            raise NotFound
        return replace(self, day=day_of(start, zone), start=start)


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything that stands in a booking form."""

    hosts: tuple[str, ...]
    contact: UUID | NewContact | None
    name: str
    title: str
    venue: Venue | None
    minutes: int | None
    when: WhenTyped
    note: str

    def asked(self) -> FormAsked:
        """The form to be made anew."""
        return FormAsked(
            hosts=self.hosts,
            contact=self.contact,
            minutes=self.minutes,
            day=self.when.day,
            start=self.when.start,
            title=self.title,
            venue=self.venue,
            note=self.note,
        )

    def held(self) -> Held:
        """What else stands in it."""
        return Held(self.when.switches, self.name)

    def request(self, mark: FormMark) -> BookingRequest:
        """The booking that it asks for; raises `BadBooking` where there is no start or length."""
        if self.when.start is None:
            raise BadBooking("start", "Choose a time.")
        if self.minutes is None:
            raise BadBooking("minutes", "Choose a length.")
        return BookingRequest(
            hosts=self.hosts,
            contact=self.contact,
            start=self.when.start,
            minutes=self.minutes,
            title=self.title,
            venue=self.venue or Venue(),
            note=self.note,
            invites=BookingSwitch.INVITES in self.when.switches,
            holds=BookingSwitch.HOLDS in self.when.switches,
            anyway=self.when.anyway(mark),
            overrides=self.when.overrides,
        )


def typed_in(values: Values, mark: FormMark) -> Typed:
    """What stands in a booking form; raises `NotFound` for what no form of ours could hold."""
    chosen = values.in_block(BookingField.CONTACT)
    contact = contact_in(chosen, "")
    name = values.one(name_id(contact.email)) if isinstance(contact, NewContact) else ""
    return Typed(
        hosts=values.all_in_block(BookingField.HOSTS),
        contact=contact_in(chosen, name),
        name=name,
        title=values.in_block(BookingField.TITLE),
        venue=_venue(values),
        minutes=_number(values.in_block(BookingField.MINUTES)),
        when=when_in(values, mark),
        note=values.in_block(BookingField.NOTE),
    )


def when_in(values: Values, mark: FormMark) -> WhenTyped:
    """Day, time and ticks of either form."""
    day = _date(values.in_block(BookingField.DAY))
    start = _number(values.in_block(BookingField.START))
    clock = values.in_block(BookingField.TIME)
    if start is None and day is not None and clock:
        start = start_on(day, clock, mark.zone)
    ticked = values.all_in_block(BookingField.SWITCHES)
    return WhenTyped(day, start, frozenset(switch for switch in BookingSwitch if switch in ticked))


def booking_mistakes(values: Values, mark: FormMark, now: datetime) -> dict[str, str]:
    """What is wrong on a booking form, by block id, as far as the form alone shows it."""
    typed = typed_in(values, mark)
    found = _when_mistakes(values, typed.when, mark, now)
    if not typed.hosts:
        found[BookingField.HOSTS] = "Choose whose time it takes; yourself, if nobody else's."
    elif len(typed.hosts) > MOST_HOSTS:
        found[BookingField.HOSTS] = f"Choose {MOST_HOSTS} people at most."
    if values.in_block(BookingField.CONTACT) == NO_CONTACT:
        found[BookingField.CONTACT] = "Type the whole e-mail address, or leave it empty."
    elif mark.has_own_contact:
        found[BookingField.CONTACT] = str(OwnAddress())
    if typed.venue is not None and typed.venue.where is Where.PHONE and not _is_number_to_call(typed.venue.details):
        found[_block(values, BookingField.DETAILS)] = "Write the number to call, with three digits at least."
    if not found:
        try:
            tidied(typed.request(mark), now)
        except BadBooking as bad:
            found[_block(values, _BY_FIELD.get(bad.field, BookingField.TITLE))] = str(bad)
    return found


def move_mistakes(values: Values, mark: FormMark, now: datetime) -> dict[str, str]:
    """The same for the form of another time."""
    when = when_in(values, mark)
    found = _when_mistakes(values, when, mark, now)
    if not found and when.start is not None:
        try:
            require_to_come(when.start, now)
        except BadBooking as bad:
            found[_block(values, BookingField.START)] = str(bad)
    return found


def _when_mistakes(values: Values, when: WhenTyped, mark: FormMark, now: datetime) -> dict[str, str]:
    if when.day is None:
        return {BookingField.DAY: "Choose a day."}
    if when.day < day_of(epoch(now), mark.zone):
        return {BookingField.DAY: DAY_HAS_PASSED}
    if when.start is None:
        block = _block(values, BookingField.START)
        clock = values.in_block(BookingField.TIME)
        if clock:
            return {block: f"The clock in {city(mark.zone)} skips {clock} on that day. Choose another time."}
        is_none = block == BookingField.DAY
        return {block: "No time can be chosen then. The form says why." if is_none else "Choose a time."}
    shown = day_of(when.start, mark.zone)
    if shown != when.day:
        return {BookingField.START: f"These times are those of {short_day(shown)}. Choose the day once more."}
    return {}


def _block(values: Values, wanted: BookingField) -> str:
    """The block on which Slack can show it: it refuses errors on blocks that the form does not have."""
    places = (wanted, *_ELSE.get(wanted, ()))
    return next((place for place in places if values.has_block(place)), places[-1])


def _venue(values: Values) -> Venue | None:
    chosen = values.in_block(BookingField.VENUE)
    if not chosen:
        return None
    try:
        where = Where(chosen)
    except ValueError as error:
        raise NotFound from error
    return Venue(where, values.one(details_id(where)))


def _is_number_to_call(details: str) -> bool:
    return sum(letter.isdecimal() for letter in details) >= _FEWEST_DIGITS


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else None


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None
