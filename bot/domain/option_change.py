"""What another sync option does to a calendar, told before it is done. Pure."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.calendars import Calendar, SyncOption
from bot.domain.contacts import Contact, NewContact
from bot.domain.errors import DaybookError
from bot.domain.event_spans import single_span
from bot.domain.events import RemoteEvent
from bot.domain.invitees import LeftOut, Team, sorted_invitees
from bot.domain.option_words import option_word
from bot.domain.shades import Shade
from bot.domain.sync_policy import blocks
from bot.domain.treatment import is_meeting, treatment


@dataclass(frozen=True, slots=True)
class OptionChange:
    """What a switch does to a calendar.

    Args:
        calendar: as it is, with the option that it has.
        after: the option that it is to have.
        shades: how many events that take time go from one colour to another; a series counts once.
        added: who becomes a contact, by name.
        asked: about whom the owner is asked, by name.
        left_out: how many addresses become no contact, by reason; the owner's own is not among them.
        is_read: the calendar was read with the people on its events.
        unanswered: of so many addresses nobody knows yet whether they are colleagues'.
        is_withheld: Daybook may not ask Slack about those.
        until: up to when it could be undone, if it was done now.
    """

    calendar: Calendar
    after: SyncOption
    shades: Mapping[tuple[Shade, Shade], int] = field(default_factory=dict)
    added: tuple[NewContact, ...] = ()
    asked: tuple[NewContact, ...] = ()
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)
    is_read: bool = True
    unanswered: int = 0
    is_withheld: bool = False
    until: datetime | None = None

    @property
    def before(self) -> SyncOption:
        """The option that it has."""
        return self.calendar.option

    @property
    def is_known(self) -> bool:
        """Whether the numbers are what they are, and nothing is still being found out."""
        return self.is_read and not self.unanswered

    @property
    def fingerprint(self) -> str:
        """Of everything that it tells: who agreed, agreed to this and nothing else."""
        told = (
            str(self.calendar.id),
            option_word(self.before),
            option_word(self.after),
            *(f"{before}>{after}={number}" for (before, after), number in sorted(self.shades.items())),
            *sorted(one.email for one in self.added),
            "?",
            *sorted(one.email for one in self.asked),
            *(f"{reason}={number}" for reason, number in sorted(self.left_out.items())),
        )
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]

    def becoming(self, *shades: Shade, of: Collection[Shade] = tuple(Shade)) -> int:
        """How many events of one of these colours change to one of those."""
        return sum(
            number
            for (before, after), number in self.shades.items()
            if before in of and after in shades and before is not after
        )


class OptionKept(DaybookError):
    """The calendar has that option already."""

    def __init__(self) -> None:
        super().__init__("It is set like that already. Nothing was changed.")


class ChangeUntold(DaybookError):
    """A switch does something else than what was agreed to; nothing was changed."""

    def __init__(self, change: OptionChange) -> None:
        super().__init__("Something changed meanwhile. Nothing was switched yet; look again.")
        self.change = change


def option_change(
    calendar: Calendar,
    after: SyncOption,
    events: Sequence[RemoteEvent],
    team: Team,
    known: Mapping[str, Contact],
    *,
    now: int,
) -> OptionChange:
    """What `after` makes of the calendar.

    Args:
        calendar: with the option that it has.
        after: the one that it is to have.
        events: all that are stored of it, without copies of appointments of ours.
        team: who counts as one of us.
        known: the contacts among the invitees, by address.
        now: epoch seconds; nobody is asked about who was at what is over.
    """
    shades: Counter[tuple[Shade, Shade]] = Counter()
    added: dict[str, NewContact] = {}
    asked: dict[str, NewContact] = {}
    reasons: dict[str, LeftOut] = {}
    for event in events:
        invited = sorted_invitees(event.invitees, team)
        becomes = treatment(event, after, invited, known)
        if blocks(event) and event.start is not None and event.series_id is None:
            shades[treatment(event, calendar.option, invited, known).shade, becomes.shade] += 1
        added |= {one.contact.email: one.contact for one in becomes.to_add}
        if becomes.to_ask and _is_to_come(event, calendar.zone, now):
            asked |= {one.contact.email: one.contact for one in becomes.to_ask}
        if after.wants_contacts and is_meeting(event):
            reasons |= invited.left_out
    return OptionChange(
        calendar=calendar,
        after=after,
        shades=dict(shades),
        added=_by_name(added),
        asked=_by_name(asked),
        left_out=_counted(reasons, known, {*added, *asked}),
    )


def _is_to_come(event: RemoteEvent, zone: str, now: int) -> bool:
    if event.recurrence:
        return True
    return event.start is not None and single_span(event.start, event.end, zone).end > now


def _by_name(people: Mapping[str, NewContact]) -> tuple[NewContact, ...]:
    return tuple(sorted(people.values(), key=lambda one: (one.name.casefold(), one.email)))


def _counted(
    reasons: Mapping[str, LeftOut], known: Mapping[str, Contact], wanted: Collection[str]
) -> Mapping[LeftOut, int]:
    """Who is left out of one event alone, as it is a crowd's, and comes in by another is not left out."""
    told = (
        reason
        for email, reason in reasons.items()
        if reason is not LeftOut.OWNER and email not in wanted and email not in known
    )
    return dict(Counter(told))
