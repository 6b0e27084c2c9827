"""A member with one calendar that is due, and the sync of it; shared by the tests of syncing."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.domain.accounts import Access, Account, AccountStatus, Credential, Provider
from bot.domain.calendars import ONE_WAY, AccessRole, Calendar, Role, SyncClaim, SyncOutcome
from bot.domain.events import EventPage, RemoteEvent
from bot.domain.intervals import Interval
from bot.domain.people import Actor, Profile, Standing, Workspace, actor_of
from bot.ports import CalendarGateway
from bot.usecases.sync_calendar import SyncCalendar
from tests.builders import BERLIN
from tests.event_builders import told, utc_days
from tests.fakes.calendar_gateway import ScriptedGateway
from tests.fakes.clock import SettableClock
from tests.fakes.store import FakeStore

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)
ACCOUNT_ID, CALENDAR_ID = UUID(int=10), UUID(int=20)
A_YEAR = utc_days("2026-11-01", "2027-11-30")


class House:
    """A member with one calendar that is due, and the sync of it."""

    def __init__(self, gateway: CalendarGateway) -> None:
        self.store = FakeStore()
        self.clock = SettableClock(NOW)
        self.sync = SyncCalendar(self.store, gateway, self.clock, interval=FIVE_MINUTES, jitter=lambda: 0.5)
        with self.store.writing() as work:
            workspace = work.workspaces.add(Workspace(UUID(int=1), "T1", "Team"))
            profile = Profile("U1", "Ana", BERLIN, Standing.FULL, is_admin=False)
            member = work.members.save(workspace.id, profile, new_id=UUID(int=2), now=NOW)
            self.actor: Actor = actor_of(member, workspace)
            work.accounts.add(an_account(self.actor), Credential("a", "r", NOW, frozenset()))
            work.calendars.choose(self.actor, [a_calendar(self.actor)])
            work.commit()
        self.store.commits = 0

    def claim(self) -> SyncClaim:
        """Claim the calendar, which must be due."""
        with self.store.writing() as work:
            (claim,) = work.calendars.claim_due(self.clock.now(), limit=10, lease=FIVE_MINUTES)
            work.commit()
        return claim

    def request(self) -> None:
        """Make the calendar due."""
        with self.store.writing() as work:
            work.calendars.request_sync(self.actor, self.clock.now())
            work.commit()

    def run(self) -> SyncOutcome:
        """Make the calendar due and sync it."""
        self.request()
        return self.sync(self.claim())

    def calendar(self) -> Calendar:
        """The calendar as it is stored."""
        with self.store.reading() as work:
            (calendar,) = work.calendars.of(self.actor)
        return calendar

    def token(self) -> str | None:
        """The sync token as it is stored."""
        return self.store.tables.calendars[CALENDAR_ID].sync_token

    def busy(self, window: Interval = A_YEAR) -> list[tuple[int, int]]:
        """What blocks the member's time."""
        with self.store.reading() as work:
            return list(work.events.busy(self.actor, [CALENDAR_ID], window)[CALENDAR_ID])

    def agenda(self, window: Interval = A_YEAR, zone: str = BERLIN) -> list[str]:
        """What happens, in words."""
        with self.store.reading() as work:
            return told((entry.occurrence for entry in work.events.agenda(self.actor, window)), zone)


def an_account(actor: Actor, account_id: UUID = ACCOUNT_ID, address: str = "ana@example.com") -> Account:
    return Account(
        id=account_id,
        workspace_id=actor.workspace_id,
        member_id=actor.member_id,
        provider=Provider.GOOGLE,
        address=address,
        access=Access.FULL,
        status=AccountStatus.ACTIVE,
        created_at=NOW,
    )


def a_calendar(actor: Actor, calendar_id: UUID = CALENDAR_ID, account_id: UUID = ACCOUNT_ID) -> Calendar:
    return Calendar(
        id=calendar_id,
        workspace_id=actor.workspace_id,
        member_id=actor.member_id,
        account_id=account_id,
        remote_id=f"calendar-{calendar_id.int}",
        name="Work",
        zone=BERLIN,
        access_role=AccessRole.OWNER,
        role=Role.CONFLICT,
        option=ONE_WAY,
        next_sync_at=NOW,
    )


def page(*events: RemoteEvent, token: str | None = None, zone: str = BERLIN) -> EventPage:
    return EventPage(events, zone, token)


def scripted(*script: list[EventPage | Exception]) -> tuple[House, ScriptedGateway]:
    """A house whose provider answers the syncs one after the other as told; no transaction is open meanwhile."""
    gateway = ScriptedGateway(list(script))
    house = House(gateway)

    def nothing_is_open() -> None:
        assert not house.store.is_open

    gateway.before_page = nothing_is_open
    return house, gateway


class PowerCut(BaseException):
    """The process dies: nothing catches this."""


@contextmanager
def power_cut(house: House, *, after_commits: int) -> Iterator[None]:
    """So many commits succeed; then the process dies, and another one begins."""
    left = iter(range(after_commits))

    def dies() -> None:
        if next(left, None) is None:
            raise PowerCut

    house.store.before_commit = dies
    try:
        with suppress(PowerCut):
            yield
    finally:
        house.store.before_commit = lambda: None
