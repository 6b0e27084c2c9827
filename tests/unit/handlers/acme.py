"""Acme in memory: Ana and Ben have a calendar each, Cara has none."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from bot.domain.accounts import Credential
from bot.domain.calendars import Calendar
from bot.domain.errors import ProviderDown
from bot.domain.event_fixes import EventRef
from bot.domain.events import EventStatus, Occurrence, RemoteEvent
from bot.domain.people import Member, Profile, actor_of
from bot.domain.preference_changes import Change
from bot.domain.sync_policy import certainty
from bot.usecases.change_schedule import ChangeSchedule
from bot.usecases.resolve_members import ResolveMembers
from tests.builders import span
from tests.fakes.calendar_rows import AccountRow, CalendarRow
from tests.fakes.clock import SettableClock
from tests.fakes.store import FakeStore
from tests.fakes.tables import EventRow
from tests.unit.rendering.answers import ACME, NOON, ana, ben, cara
from tests.unit.rendering.connections import WORK, a_linked_calendar

NOW = NOON.astimezone(UTC)


class NobodyElse:
    """Implements `ports.Directory` of a workspace in which everybody is known already."""

    def profile(self, slack_user_id: str, team_id: str) -> Profile:
        raise ProviderDown(f"Slack knows nobody called {slack_user_id} in {team_id}.")


class Acme:
    """The store with its clock, and the events that a test adds."""

    def __init__(self) -> None:
        self.store = FakeStore()
        self.clock = SettableClock(NOW)
        self.store.tables.workspaces[ACME.id] = ACME
        for member in (ana, ben, cara):
            self.store.tables.members[member.id] = member
        self.calendars = {member.id: self._connect(member) for member in (ana, ben)}

    def resolve_members(self) -> ResolveMembers:
        """Finds those three by their Slack ids."""
        return ResolveMembers(self.store, NobodyElse(), self.clock, lambda: UUID(int=999))

    def add_event(self, member: Member, times: str, title: str, *, blocks: bool = True) -> None:
        """An event in a member's calendar, on the usual day in Berlin."""
        self.put_event(member, RemoteEvent(title, EventStatus.CONFIRMED, title=title), times, blocks=blocks)

    def put_event(self, member: Member, event: RemoteEvent, times: str, *, blocks: bool = True) -> None:
        """The same for an event that is more than a title."""
        calendar_id = self.calendars[member.id].id
        tables = self.store.tables
        tables.events.setdefault(calendar_id, {})[event.id] = EventRow(event, 1, needs_expansion=False, trouble=None)
        series_id = event.series_id or event.id
        occurrence = Occurrence(*span(times), event.id, series_id, blocks, certainty(event))
        tables.occurrences.setdefault(calendar_id, {})[event.id] = (occurrence,)

    def decide(self, member: Member, *changes: Change) -> None:
        """What a member decided about his time."""
        for change in changes:
            ChangeSchedule(self.store)(actor_of(member, ACME), change)

    def ref(self, member: Member, times: str, event_id: str) -> EventRef:
        """What a button would say of one of a member's events."""
        return EventRef(self.calendars[member.id].id, span(times).start, event_id)

    def set_read(self, member: Member, read_at: datetime | None, *, next_sync_at: datetime | None = None) -> None:
        """When a member's calendar was read last, and when it will be."""
        calendar = replace(self.calendars[member.id], read_at=read_at, next_sync_at=next_sync_at)
        self.store.tables.calendars[calendar.id] = CalendarRow(calendar)

    def _connect(self, member: Member) -> Calendar:
        account = replace(WORK, id=UUID(int=400 + member.id.int), member_id=member.id)
        credential = Credential("access", "refresh", NOW, frozenset())
        self.store.tables.accounts[account.id] = AccountRow(account, credential)
        calendar = replace(a_linked_calendar(read_at=NOW), member_id=member.id, account_id=account.id)
        self.store.tables.calendars[calendar.id] = CalendarRow(calendar)
        return calendar
