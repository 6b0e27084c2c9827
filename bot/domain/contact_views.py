"""What the screens of contacts show, put together so that nobody reads what is not his to read."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.contacts import Contact
from bot.domain.events import Response
from bot.domain.intervals import Interval
from bot.domain.people import Member

CONTACTS_A_PAGE = 12
MEETINGS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ContactsPage:
    """Some of a workspace's contacts.

    Args:
        words: that they were asked for by.
        first: how many come before them.
        total: how many there are of these words.
        waiting: how many people wait for the reader's word.
    """

    contacts: tuple[Contact, ...]
    words: str
    first: int
    total: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class ContactMeeting:
    """One time with a contact.

    Args:
        hosts: whose time it is.
        title: empty where it is not the reader's to read.
        status: of one that was booked in Daybook; None for one in Google.
        appointment: the same, where the reader may move and cancel it.
        response: what the contact answered; None for one that was booked in Daybook.
    """

    span: Interval
    hosts: tuple[Member, ...]
    title: str = ""
    status: AppointmentStatus | None = None
    appointment: Appointment | None = None
    response: Response | None = None


@dataclass(frozen=True, slots=True)
class ContactShown:
    """A contact as one reader sees him.

    Args:
        others: the addresses beside his own.
        to_come: by start; `more_to_come` tells that there are others.
        past: the latest first.
        zone: the reader's.
    """

    contact: Contact
    others: tuple[str, ...]
    to_come: tuple[ContactMeeting, ...]
    past: tuple[ContactMeeting, ...]
    zone: str
    now: datetime
    more_to_come: bool = False
    more_past: bool = False


@dataclass(frozen=True, slots=True)
class MergeShown:
    """Two contacts that may become one.

    Args:
        asked: the one whose card was open.
        other: None while none is chosen.
        is_mailed: one of them is invited by e-mail to what is to come.
    """

    asked: Contact
    other: Contact | None = None
    is_mailed: bool = False


@dataclass(frozen=True, slots=True)
class DeleteShown:
    """A contact that may be deleted.

    Args:
        standing: live appointments to come, which stand in the way.
        in_google: there are meetings to come in Google with him.
    """

    contact: Contact
    standing: tuple[ContactMeeting, ...]
    in_google: bool
    zone: str


@dataclass(frozen=True, slots=True)
class LeftOutShown:
    """Who never becomes a contact.

    Args:
        domains: the team's own.
        blocked: addresses, and domains with an "@" in front.
        may_change: the reader may say which domains are the team's own.
    """

    domains: tuple[str, ...]
    blocked: tuple[str, ...]
    may_change: bool = False
