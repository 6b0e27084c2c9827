"""What the forms of booking and of moving show, and which of it somebody asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.domain.answers import Gathered
from bot.domain.appointments import Appointment, Venue, Where
from bot.domain.clock_shifts import ClockShift, PartyZone
from bot.domain.contacts import Contact, NewContact
from bot.domain.overlaps import Overlap
from bot.domain.people import Member
from bot.domain.ties import ALL_WORKS, Ties

MOST_STARTS = 100
"""More than this no menu of Slack holds."""

DAYS_LOOKED_AT = 14
"""How far ahead the first day with a free start is looked for, where nobody named a day."""


@dataclass(frozen=True, slots=True)
class FormAsked:
    """What somebody asked for, or has chosen in the form so far; everything may be left open.

    Args:
        hosts: Slack ids, the first one's calendar holds the event; none means the asker.
        contact: with whom.
        address: with whom, as written in a command: somebody known or new; the contact does not count then.
        minutes: the length; None for the first host's usual one.
        day: the date in the asker's zone; None for the first one that has a free start.
        start: epoch seconds of the start that is wanted; its day is meant where none is named.
        when: words that say day and time instead, as in a command; read only where neither is set.
        title: empty for the usual one.
        venue: None for the first host's usual one.
        joins: the asker is among the hosts too where no contact is known, if his time can be taken.
    """

    hosts: tuple[str, ...] = ()
    contact: UUID | NewContact | None = None
    minutes: int | None = None
    day: date | None = None
    start: int | None = None
    when: str = ""
    title: str = ""
    venue: Venue | None = None
    note: str = ""
    address: str = ""
    joins: bool = False


@dataclass(frozen=True, slots=True)
class FreeDay:
    """The starts that are free on one day of the reader's zone, which is what the menu of times shows.

    Args:
        starts: epoch seconds, at most `MOST_STARTS` of them; None where nobody can say.
        start: the start that was asked for, if it is free; None where not, and where none was asked for.
        wanted: the start that was asked for, free or not.
        has_more: some that are free were left out, evenly.
    """

    day: date
    gathered: Gathered
    starts: tuple[int, ...] | None
    start: int | None = None
    wanted: int | None = None
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class BookingForm:
    """Everything that the booking form shows.

    Args:
        zone: the asker's, IANA name; days and times are shown in it.
        hosts: whose time it takes, in order.
        is_own: the asker is among the hosts, so that he may book outside his own hours.
        contact: with whom, if that was chosen.
        title: what was typed; empty for the usual one.
        usual_title: what it is called where nothing is typed.
        venues: where the first host can meet people.
        venue: what is chosen of these.
        invites: whether the contact is invited by e-mail, as the asker left it the last time.
        invitations_left: how many more he may have mailed today.
        zones: the others who live in another zone than the asker, the contact included where his is known.
        shift: when a clock of theirs changes against the asker's, near the day.
        is_colleague: the contact's address looks like one of the team's own.
        is_own_contact: it is one of the asker's own.
        may_host: the asker has a calendar that appointments can be written to, so that his time can be taken.
    """

    zone: str
    now: datetime
    hosts: tuple[Member, ...]
    is_own: bool
    contact: Contact | NewContact | None
    title: str
    usual_title: str
    minutes: int
    free: FreeDay
    venues: tuple[Where, ...]
    venue: Venue
    note: str = ""
    invites: bool = True
    invitations_left: int = 0
    zones: tuple[PartyZone, ...] = ()
    shift: ClockShift | None = None
    is_colleague: bool = False
    is_own_contact: bool = False
    may_host: bool = True


@dataclass(frozen=True, slots=True)
class MoveForm:
    """Everything that the form of another time for an appointment shows; its own time counts as free.

    Args:
        zone: the reader's, IANA name.
        is_own: the reader is among the hosts, so that he may move it outside his own hours.
        zones: the others who live in another zone than the reader.
        shift: when a clock of theirs changes against the reader's, near the day.
        ties: whether Google and Zoom can be written to once it was moved.
    """

    zone: str
    now: datetime
    appointment: Appointment
    hosts: tuple[Member, ...]
    is_own: bool
    free: FreeDay
    zones: tuple[PartyZone, ...] = ()
    shift: ClockShift | None = None
    ties: Ties = ALL_WORKS

    @property
    def is_unconnected(self) -> bool:
        """Whether a host has no calendar any more, which is all that keeps its free times from being known."""
        gathered = self.free.gathered
        return bool(gathered.silent) and not (gathered.unread or gathered.withheld)


@dataclass(frozen=True, slots=True)
class ContactsFound:
    """Contacts that match the words; `new` is somebody nobody knows yet, where an address was typed."""

    contacts: tuple[Contact, ...]
    new: NewContact | None = None


@dataclass(frozen=True, slots=True)
class AppointmentShown:
    """One appointment with the people of it.

    Args:
        zone: the reader's, IANA name.
        join_url: empty while there is no link.
        booker: None if he hosts.
        shift: when a clock of theirs changes against the reader's, near the day.
        ties: whether Google and Zoom can still be written to.
        overlaps: what stands where its copy was moved to in Google, or where it stood before its last move.
    """

    appointment: Appointment
    hosts: tuple[Member, ...]
    zone: str
    now: datetime
    join_url: str = ""
    zones: tuple[PartyZone, ...] = ()
    booker: Member | None = None
    shift: ClockShift | None = None
    ties: Ties = ALL_WORKS
    overlaps: tuple[Overlap, ...] = ()


def usual_title(contact: Contact | NewContact | None, hosts: Sequence[Member], booker_name: str) -> str:
    """What a meeting is called where nobody says: the people in it."""
    names = [member.name for member in hosts]
    if contact is not None:
        names.insert(0, contact.name)
    elif booker_name not in names:
        names.append(booker_name)
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def spread(starts: Sequence[int], keep: int | None, most: int = MOST_STARTS) -> tuple[int, ...]:
    """At most so many of the starts, evenly over the day; `keep` is among them if it was there."""
    if len(starts) <= most:
        return tuple(starts)
    chosen = list(starts[:: -(-len(starts) // most)])
    if keep is not None and keep in starts and keep not in chosen:
        # It takes the place of the one nearest to it, so that there are not more.
        nearest = min(chosen, key=lambda start: abs(start - keep))
        chosen[chosen.index(nearest)] = keep
    return tuple(chosen)
