"""What is asked of a booking, and the ways in which it can be refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.domain.appointments import NOWHERE, Appointment, Venue
from bot.domain.availability import Slot
from bot.domain.contacts import NewContact
from bot.domain.errors import DaybookError
from bot.domain.explanation import Reason
from bot.domain.member_time import StaleCalendar
from bot.domain.people import Member

LONGEST_TITLE = 200
LONGEST_NOTE = 1500
LONGEST_DETAILS = 200
MOST_HOSTS = 10
INVITATIONS_A_DAY = 50
"""How many appointments one member may have mailed about in 24 hours."""


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """What a form asks for.

    Args:
        hosts: Slack ids, the first one's calendar holds the event; none means the booker himself.
        contact: with whom: the id of a known one, or somebody new; None for a meeting among colleagues.
        start: epoch seconds.
        minutes: the length.
        title: empty for the usual one.
        invites: whether Google mails the contact.
        holds: only hold the time, for half an hour.
        anyway: what the booker was told that nobody knows, and passes over, as in `NeedsAnyway.unknown`.
        overrides: also outside the booker's own hours and limits; his own time alone.
    """

    hosts: tuple[str, ...]
    contact: UUID | NewContact | None
    start: int
    minutes: int
    title: str = ""
    venue: Venue = NOWHERE
    note: str = ""
    invites: bool = True
    holds: bool = False
    anyway: frozenset[str] = frozenset()
    overrides: bool = False


@dataclass(frozen=True, slots=True)
class Booked:
    """The appointment, and everybody whose time it takes; `is_new` is False where it was booked before."""

    appointment: Appointment
    hosts: tuple[Member, ...]
    is_new: bool


class BadBooking(DaybookError):
    """Something in the form cannot be; `field` names it: contact, title, venue, note, minutes, start, hosts, reason."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class OwnAddress(BadBooking):
    """The contact is the one who books."""

    def __init__(self) -> None:
        super().__init__("contact", "That is your own address.")


class SlotTaken(DaybookError):
    """Another live appointment of a host has the time; `nearest` are free starts, earliest first."""

    def __init__(self, nearest: tuple[Slot, ...] = ()) -> None:
        super().__init__("That time was taken a moment ago.")
        self.nearest = nearest


class NotOffered(DaybookError):
    """The hosts' calendars or rules say no; `may_override` tells whether the booker may book all the same."""

    def __init__(self, reasons: tuple[Reason, ...], nearest: tuple[Slot, ...], *, may_override: bool) -> None:
        super().__init__("That time is not free.")
        self.reasons = reasons
        self.nearest = nearest
        self.may_override = may_override


class NeedsAnyway(DaybookError):
    """Nobody knows for sure whether the hosts are free then; whether it is taken anyway is up to whoever asks.

    `stale` are those calendars, `unanswered` the ids of the ones of them that the last reading failed on; `silent`
    are the hosts without any calendar. `unknown` has a short mark of each of them: a word about one of them is none
    about another.
    """

    def __init__(
        self,
        stale: tuple[StaleCalendar, ...],
        unanswered: frozenset[UUID] = frozenset(),
        silent: tuple[Member, ...] = (),
    ) -> None:
        super().__init__("Not every calendar could be read just now, so nothing was booked. Try again in a minute.")
        self.stale = stale
        self.unknown = frozenset(_mark(one.calendar_id) for one in stale) | unknown_of(silent)
        self.unanswered = unanswered
        self.silent = silent


def unknown_of(silent: Iterable[Member]) -> frozenset[str]:
    """The marks by which `NeedsAnyway` names hosts without any calendar."""
    return frozenset(_mark(member.id) for member in silent)


def _mark(row_id: UUID) -> str:
    return row_id.hex[-8:]


class Answer(StrEnum):
    """What the first host decides where Google and the appointment differ.

    `PUT_BACK` and `CANCEL` answer that the copy was deleted, `KEEP` and `FOLLOW` that it was moved where the
    appointment cannot follow by itself.
    """

    PUT_BACK = "put_back"
    CANCEL = "cancel"
    KEEP = "keep"
    FOLLOW = "follow"
