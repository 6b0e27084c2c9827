"""What the fake store holds: frozen rows in dictionaries, so that a copy of the dictionaries is a snapshot."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from bot.domain.accounts import Account, AccountStatus, ConnectLink, Credential
from bot.domain.appointment_log import LogEntry
from bot.domain.appointments import Appointment
from bot.domain.calendars import Calendar, SyncClaim
from bot.domain.cards import Message
from bot.domain.contacts import Contact
from bot.domain.effects import Effect, EffectClaim, EffectKind, RemoteLink
from bot.domain.errors import LeaseLost
from bot.domain.events import Occurrence, RemoteEvent
from bot.domain.offers import Offer
from bot.domain.people import Actor, Member, Workspace
from bot.domain.preferences import Preferences


@dataclass(frozen=True)
class AccountRow:
    """An account with what no account shows."""

    account: Account
    credential: Credential
    notified_at: datetime | None = None
    refresh_fence: int = 0
    refresh_lease_until: datetime | None = None


@dataclass(frozen=True)
class CalendarRow:
    """A calendar with the state of its sync."""

    calendar: Calendar
    sync_token: str | None = None
    generation: int = 0
    fence: int = 0
    lease_until: datetime | None = None
    attempts: int = 0
    expanded_until: datetime | None = None
    listed_at: datetime | None = None
    fuse_asked_at: datetime | None = None


@dataclass(frozen=True)
class EventRow:
    """An event as met by the read `generation`; `trouble` is what keeps it from being read, whoever found it."""

    event: RemoteEvent
    generation: int
    needs_expansion: bool
    trouble: str | None


@dataclass(frozen=True)
class AppointmentRow:
    """An appointment with its submission, its history, and the start for which its link was checked."""

    appointment: Appointment
    origin: str
    checked_start: int | None = None
    log: tuple[LogEntry, ...] = ()


@dataclass(frozen=True)
class EffectRow:
    """An effect with its claims; `asked` is the fence at which somebody last asked for it again."""

    effect: Effect
    fence: int = 0
    lease_until: datetime | None = None
    asked: int = -1
    told: int = 0


@dataclass(frozen=True)
class InboxRow:
    """A delivery, claimed or done."""

    received_at: datetime
    lease_until: datetime
    done_at: datetime | None = None
    answer: str = ""


@dataclass
class Tables:
    """Everything; `events` by calendar and id, `occurrences` by calendar and the id of their series.

    `ignored` holds the calendar and series of the events that their owners have Daybook pass over.
    """

    workspaces: dict[UUID, Workspace] = field(default_factory=dict)
    members: dict[UUID, Member] = field(default_factory=dict)
    links: dict[UUID, ConnectLink] = field(default_factory=dict)
    accounts: dict[UUID, AccountRow] = field(default_factory=dict)
    calendars: dict[UUID, CalendarRow] = field(default_factory=dict)
    events: dict[UUID, dict[str, EventRow]] = field(default_factory=dict)
    occurrences: dict[UUID, dict[str, tuple[Occurrence, ...]]] = field(default_factory=dict)
    ignored: set[tuple[UUID, str]] = field(default_factory=set)
    schedules: dict[UUID, Preferences] = field(default_factory=dict)
    contacts: dict[UUID, Contact] = field(default_factory=dict)
    appointments: dict[UUID, AppointmentRow] = field(default_factory=dict)
    effects: dict[tuple[UUID, EffectKind], EffectRow] = field(default_factory=dict)
    remote_links: dict[tuple[UUID, EffectKind], RemoteLink] = field(default_factory=dict)
    link_addresses: dict[tuple[UUID, EffectKind], str] = field(default_factory=dict)
    messages: dict[tuple[UUID, UUID], Message] = field(default_factory=dict)
    offers: dict[tuple[UUID, UUID, str], Offer] = field(default_factory=dict)
    inbox: dict[str, InboxRow] = field(default_factory=dict)

    def snapshot(self) -> "Tables":
        """An independent copy."""
        return Tables(
            workspaces=dict(self.workspaces),
            members=dict(self.members),
            links=dict(self.links),
            accounts=dict(self.accounts),
            calendars=dict(self.calendars),
            events={key: dict(rows) for key, rows in self.events.items()},
            occurrences={key: dict(rows) for key, rows in self.occurrences.items()},
            ignored=set(self.ignored),
            schedules=dict(self.schedules),
            contacts=dict(self.contacts),
            appointments=dict(self.appointments),
            effects=dict(self.effects),
            remote_links=dict(self.remote_links),
            link_addresses=dict(self.link_addresses),
            messages=dict(self.messages),
            offers=dict(self.offers),
            inbox=dict(self.inbox),
        )

    def own_calendars(self, actor: Actor) -> Iterator[CalendarRow]:
        """The rows of the actor's own calendars."""
        for row in self.calendars.values():
            if (row.calendar.workspace_id, row.calendar.member_id) == (actor.workspace_id, actor.member_id):
                yield row

    def claimed(self, claim: SyncClaim) -> CalendarRow:
        """The row of a claimed calendar; raises `LeaseLost` if its fence has risen or it is gone."""
        row = self.calendars.get(claim.calendar.id)
        if row is None or row.fence != claim.fence:
            raise LeaseLost(f"Another sync of {claim.calendar.name} took over, or it was removed.")
        return row

    def claimed_effect(self, claim: EffectClaim) -> EffectRow:
        """The row of a claimed effect; raises `LeaseLost` if its fence has risen or it is gone."""
        row = self.effects.get((claim.effect.appointment_id, claim.effect.kind))
        if row is None or row.fence != claim.fence:
            raise LeaseLost("Another delivery took over, or the appointment was removed.")
        return row

    def read(self, row: CalendarRow) -> Calendar:
        """The calendar of a row, with its unreadable events counted, and whether its account is broken."""
        events = self.events.get(row.calendar.id, {}).values()
        return replace(
            row.calendar,
            unreadable_events=sum(event.trouble is not None for event in events),
            is_cut_off=self.accounts[row.calendar.account_id].account.status is AccountStatus.NEEDS_RECONNECT,
            expanded_until=row.expanded_until,
        )

    def drop_calendar(self, calendar_id: UUID) -> None:
        """Remove a calendar with what was read of it."""
        del self.calendars[calendar_id]
        self.events.pop(calendar_id, None)
        self.occurrences.pop(calendar_id, None)
        self.ignored = {key for key in self.ignored if key[0] != calendar_id}
        for key, link in self.remote_links.items():
            if link.calendar_id == calendar_id:
                self.remote_links[key] = replace(link, calendar_id=None)

    def drop_account(self, account_id: UUID) -> None:
        """Remove an account with its calendars."""
        del self.accounts[account_id]
        for row in list(self.calendars.values()):
            if row.calendar.account_id == account_id:
                self.drop_calendar(row.calendar.id)
        for key, link in self.remote_links.items():
            if link.account_id == account_id:
                self.remote_links[key] = replace(link, account_id=None)


def aware(moment: datetime) -> datetime:
    """The moment itself; a naive one is refused, as every store must."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no zone; only aware times are stored.")
    return moment
