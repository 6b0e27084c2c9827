"""What the fake store holds: frozen rows in dictionaries, so that a copy of the dictionaries is a snapshot."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from bot.domain.accounts import AccountStatus, ConnectLink
from bot.domain.appointment_log import LogEntry
from bot.domain.appointments import Appointment
from bot.domain.calendars import Calendar, SyncClaim
from bot.domain.cards import Message
from bot.domain.change_sets import ChangeSet
from bot.domain.channels import Channel
from bot.domain.contacts import Contact
from bot.domain.digests import Run
from bot.domain.effects import Effect, EffectClaim, EffectKind, RemoteLink
from bot.domain.erasure import Forgetting
from bot.domain.errors import LeaseLost
from bot.domain.events import Occurrence, RemoteEvent
from bot.domain.home_turns import HomeTurn
from bot.domain.intervals import Interval
from bot.domain.invitee_questions import InviteeQuestion
from bot.domain.leaving import Leaving, LeftCopy, LeftReport
from bot.domain.offers import Offer
from bot.domain.people import Actor, Member, Workspace
from bot.domain.preferences import Preferences
from bot.domain.reminders import ReminderChoice
from bot.domain.shades import Shade
from bot.domain.taken import TakenAppointment
from tests.fakes.calendar_rows import AccountRow, CalendarRow, PushPlanRow, RoundTripRow
from tests.fakes.decline_rows import DeclineRow
from tests.fakes.digest_rows import DigestQuestionRow, DigestRow, DigestShareRow
from tests.fakes.landing_rows import BatchRow, LandingRow
from tests.fakes.reminder_rows import ReminderRow
from tests.fakes.trigger_rows import FiringRow, TriggerRow


@dataclass(frozen=True)
class EventRow:
    """An event as met by the read `generation`; `trouble` is what keeps it from being read, whoever found it."""

    event: RemoteEvent
    generation: int
    needs_expansion: bool
    trouble: str | None
    needs_decision: bool = False
    shade: Shade | None = None
    emails: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceRow:
    """Where an appointment taken from Google stands, and when it is there."""

    taken_id: UUID
    seen: Interval
    is_gone: bool = False


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
class QuestionRow:
    """Somebody about whom a host is asked, and since when."""

    question: InviteeQuestion
    asked_at: datetime
    not_before: datetime | None = None


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
    without_addresses: set[UUID] = field(default_factory=set)
    members: dict[UUID, Member] = field(default_factory=dict)
    links: dict[UUID, ConnectLink] = field(default_factory=dict)
    accounts: dict[UUID, AccountRow] = field(default_factory=dict)
    calendars: dict[UUID, CalendarRow] = field(default_factory=dict)
    channels: dict[UUID, Channel] = field(default_factory=dict)
    push_plans: dict[UUID, PushPlanRow] = field(default_factory=dict)
    events: dict[UUID, dict[str, EventRow]] = field(default_factory=dict)
    occurrences: dict[UUID, dict[str, tuple[Occurrence, ...]]] = field(default_factory=dict)
    ignored: set[tuple[UUID, str]] = field(default_factory=set)
    schedules: dict[UUID, Preferences] = field(default_factory=dict)
    contacts: dict[UUID, Contact] = field(default_factory=dict)
    contact_addresses: dict[tuple[UUID, str], UUID] = field(default_factory=dict)
    blocked_addresses: set[tuple[UUID, str]] = field(default_factory=set)
    own_domains: set[tuple[UUID, str]] = field(default_factory=set)
    colleagues: dict[tuple[UUID, str], tuple[bool, datetime]] = field(default_factory=dict)
    invitee_questions: dict[UUID, QuestionRow] = field(default_factory=dict)
    appointments: dict[UUID, AppointmentRow] = field(default_factory=dict)
    effects: dict[tuple[UUID, EffectKind], EffectRow] = field(default_factory=dict)
    remote_links: dict[tuple[UUID, EffectKind], RemoteLink] = field(default_factory=dict)
    link_addresses: dict[tuple[UUID, EffectKind], str] = field(default_factory=dict)
    private_links: set[UUID] = field(default_factory=set)
    messages: dict[tuple[UUID, UUID], Message] = field(default_factory=dict)
    offers: dict[tuple[UUID, UUID, str], Offer] = field(default_factory=dict)
    triggers: dict[UUID, TriggerRow] = field(default_factory=dict)
    firings: dict[UUID, FiringRow] = field(default_factory=dict)
    digests: dict[UUID, DigestRow] = field(default_factory=dict)
    digest_shares: dict[tuple[UUID, UUID], DigestShareRow] = field(default_factory=dict)
    digest_questions: dict[UUID, DigestQuestionRow] = field(default_factory=dict)
    digest_runs: dict[tuple[UUID, date], Run] = field(default_factory=dict)
    digest_days: dict[tuple[UUID, str], Run] = field(default_factory=dict)
    digest_refusals: set[tuple[UUID, str, UUID]] = field(default_factory=set)
    landings: dict[tuple[UUID, UUID, str, int], LandingRow] = field(default_factory=dict)
    landing_batches: dict[UUID, BatchRow] = field(default_factory=dict)
    inbox: dict[str, InboxRow] = field(default_factory=dict)
    change_sets: dict[UUID, ChangeSet] = field(default_factory=dict)
    made_contacts: set[tuple[UUID, UUID]] = field(default_factory=set)
    leavings: dict[UUID, tuple[Leaving, datetime, tuple[LeftCopy, ...]]] = field(default_factory=dict)
    round_trips: dict[UUID, RoundTripRow] = field(default_factory=dict)
    homes: dict[UUID, HomeTurn] = field(default_factory=dict)
    left_reports: dict[UUID, tuple[LeftReport, datetime]] = field(default_factory=dict)
    taken: dict[UUID, TakenAppointment] = field(default_factory=dict)
    taken_places: dict[tuple[UUID, str], PlaceRow] = field(default_factory=dict)
    taken_lapsed: dict[UUID, UUID] = field(default_factory=dict)
    declined: dict[tuple[UUID, UUID, UUID, int], DeclineRow] = field(default_factory=dict)
    forgettings: dict[UUID, tuple[Forgetting, datetime]] = field(default_factory=dict)
    forgotten_addresses: set[tuple[UUID, str]] = field(default_factory=set)
    remindings: dict[UUID, int] = field(default_factory=dict)
    reminder_choices: dict[UUID, tuple[ReminderChoice, int]] = field(default_factory=dict)
    reminders: dict[UUID, ReminderRow] = field(default_factory=dict)

    def snapshot(self) -> "Tables":
        """An independent copy."""
        copied = Tables(**{name: copy(table) for name, table in vars(self).items()})
        copied.events = {key: dict(rows) for key, rows in self.events.items()}
        copied.occurrences = {key: dict(rows) for key, rows in self.occurrences.items()}
        return copied

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
            pushed_until=max((one.expires_at for one in self.speaking(row.calendar.id)), default=None),
        )

    def speaking(self, calendar_id: UUID) -> Iterator[Channel]:
        """The push channels of a calendar that told of what they had to tell."""
        for channel in self.channels.values():
            if channel.calendar_id == calendar_id and channel.heard_at is not None and channel.missed_at is None:
                yield channel

    def drop_calendar(self, calendar_id: UUID) -> None:
        """Remove a calendar with what was read of it."""
        del self.calendars[calendar_id]
        self.events.pop(calendar_id, None)
        self.occurrences.pop(calendar_id, None)
        self.forget_decisions(calendar_id)
        self.push_plans.pop(calendar_id, None)
        for channel in self.channels.values():
            if channel.calendar_id == calendar_id:
                self.channels[channel.id] = replace(channel, calendar_id=None)
        self.ignored = {key for key in self.ignored if key[0] != calendar_id}
        for key, link in self.remote_links.items():
            if link.calendar_id == calendar_id:
                self.remote_links[key] = replace(link, calendar_id=None)

    def forget_decisions(self, calendar_id: UUID) -> None:
        """Drop what was decided for a calendar, and the meetings that stand nowhere else."""
        stood = {place.taken_id for key, place in self.taken_places.items() if key[0] == calendar_id}
        stood |= {taken_id for taken_id, lapsed_in in self.taken_lapsed.items() if lapsed_in == calendar_id}
        self.taken_places = {key: place for key, place in self.taken_places.items() if key[0] != calendar_id}
        self._drop_unheld(stood)
        for event_id, row in self.events.get(calendar_id, {}).items():
            self.events[calendar_id][event_id] = replace(row, shade=None, emails=())

    def forget_people(self, calendar_id: UUID) -> None:
        """The same for a calendar that is not linked any more."""
        self.forget_decisions(calendar_id)
        for event_id, row in self.events.get(calendar_id, {}).items():
            event = replace(row.event, invitees=(), created_at=None)
            self.events[calendar_id][event_id] = replace(row, event=event, needs_decision=False)

    def has_undecided(self, calendar_id: UUID) -> bool:
        """Whether anything in the calendar waits for a decision."""
        left = (place.is_gone for (of, _), place in self.taken_places.items() if of == calendar_id)
        return any(left) or any(row.needs_decision for row in self.events.get(calendar_id, {}).values())

    def _drop_unheld(self, taken_ids: set[UUID]) -> None:
        """Of these taken appointments, drop those that stand in no calendar."""
        held = {place.taken_id for place in self.taken_places.values()}
        for taken_id in taken_ids - held:
            del self.taken[taken_id]
            self.taken_lapsed.pop(taken_id, None)

    def drop_account(self, account_id: UUID) -> None:
        """Remove an account with its calendars."""
        del self.accounts[account_id]
        for row in list(self.calendars.values()):
            if row.calendar.account_id == account_id:
                self.drop_calendar(row.calendar.id)
        self.channels = {key: one for key, one in self.channels.items() if one.account_id != account_id}
        self.round_trips = {key: row for key, row in self.round_trips.items() if row.trip.account_id != account_id}
        for key, link in self.remote_links.items():
            if link.account_id == account_id:
                self.remote_links[key] = replace(link, account_id=None)


def aware(moment: datetime) -> datetime:
    """The moment itself; a naive one is refused, as every store must."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no zone; only aware times are stored.")
    return moment
