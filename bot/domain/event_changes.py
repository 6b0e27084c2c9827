"""What a person may do from Slack about an event of his own that two-way sync shows in colour, and why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.domain.accounts import Account
from bot.domain.calendars import Calendar
from bot.domain.contacts import Contact, normalised_emails
from bot.domain.errors import DaybookError
from bot.domain.event_fixes import EventRef, Fixed, openable, ref_of, why_fixed
from bot.domain.events import AgendaEntry, Invitee, RemoteEvent
from bot.domain.intervals import Interval


class BadMove(DaybookError):
    """An event cannot be moved to there; the sentence says why. `field` is `day` or `time`."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class InTheWay(NamedTuple):
    """What stands where an event was to be moved to, by name; both are the same person's."""

    span: Interval
    title: str


class MoveOverlaps(DaybookError):
    """Something stands there already; nothing was moved, and may be all the same."""

    def __init__(self, found: Sequence[InTheWay]) -> None:
        super().__init__("Something of yours is there already. Nothing was moved yet.")
        self.found = tuple(found)


@dataclass(frozen=True, slots=True)
class EventShown:
    """An event for its owner to look at.

    Args:
        guests: everybody else on it, rooms left out.
        fixed: why he cannot change it here; None where he can.
        link: its page, safe to open; empty where there is none.
        zone: IANA name of the reader's.
    """

    entry: AgendaEntry
    ref: EventRef
    guests: tuple[Invitee, ...]
    fixed: Fixed | None
    link: str
    zone: str

    @property
    def may_move(self) -> bool:
        """Whole days are moved in Google, where one sees the others."""
        return self.fixed is None and not self.entry.is_all_day


def shown(
    entry: AgendaEntry,
    event: RemoteEvent,
    calendar: Calendar,
    account: Account,
    zone: str,
    contacts: Mapping[str, Contact],
) -> EventShown:
    """An entry of the agenda of the member whose calendar and account these are; `zone` is his.

    Contacts, known by their addresses, go by the names that they have everywhere in Daybook.
    """
    people = [one for one in event.invitees if not one.is_self and not one.is_room]
    guests = tuple(_by_contact(one, contacts) for one in people)
    return EventShown(entry, ref_of(entry), guests, why_fixed(entry, calendar, account), openable(entry.link), zone)


def _by_contact(invitee: Invitee, contacts: Mapping[str, Contact]) -> Invitee:
    for email in normalised_emails([invitee.email]) & contacts.keys():
        return replace(invitee, name=contacts[email].name)
    return invitee


def moved_to(entry: AgendaEntry, start: int | None, now: int) -> Interval:
    """When it happens from then on, as long as before; raises `BadMove`.

    Args:
        entry: as it is.
        start: epoch seconds; None for a time that the clocks skip.
        now: epoch seconds.
    """
    if start is None:
        raise BadMove("time", "The clocks skip that time on that day. Choose another one.")
    if start <= now:
        raise BadMove("time", "That has passed already. Choose a later time.")
    occurrence = entry.occurrence
    if start == occurrence.start:
        raise BadMove("time", "It is at that time already. Choose another one.")
    return Interval(start, start + occurrence.end - occurrence.start)
