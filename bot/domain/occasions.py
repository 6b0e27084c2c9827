"""What happened, as triggers look at it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.appointments import NOWHERE, Venue
from bot.domain.contacts import Contact
from bot.domain.intervals import Interval


class What(StrEnum):
    """What a trigger can wait for."""

    BOOKED = "booked"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    SHOWED = "showed"
    NO_SHOW = "no_show"
    CONTACT_ADDED = "contact_added"


class BookedIn(StrEnum):
    """Where an appointment was made."""

    DAYBOOK = "daybook"
    GOOGLE = "google"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something happened once: `subject` in its `version`. A trigger fires for it once, for ever.

    Args:
        subject: the appointment, the taken appointment, or the contact.
        made_at: when the meeting was made that is told of only now, if it is not known since then; aware UTC.
        calendar_id: of the first host's linked calendar, if any.
        hosts: the members concerned, the first one first.
        contacts: with whom.
        span: when the appointment is now; None for a contact.
        before: when it was, if it was moved.
        zone: IANA name in which times are told.
        venue: how people meet.
    """

    workspace_id: UUID
    what: What
    subject: UUID
    version: int
    at: datetime
    booked_in: BookedIn
    calendar_id: UUID | None = None
    hosts: tuple[UUID, ...] = ()
    contacts: tuple[Contact, ...] = ()
    title: str = ""
    span: Interval | None = None
    before: Interval | None = None
    zone: str = "UTC"
    venue: Venue = NOWHERE
    made_at: datetime | None = None
