"""A calendar that is synced over HTTP from the stand-in for Google into a real database, under whatever a test does.

The clock of Daybook and that of Google are one, and set by hand.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from bot.domain.accounts import Access, Account, AccountStatus, Provider
from bot.domain.calendars import ONE_WAY, AccessRole, Calendar, Role, SyncClaim, SyncOutcome
from bot.domain.events import EventPage
from bot.domain.intervals import Interval, clip, merged
from bot.domain.people import Actor, Profile, Standing, Workspace, actor_of
from bot.domain.polling import LEASE
from bot.ports import CalendarGateway, Clock
from bot.sandbox.google.recurrence import instances
from bot.sandbox.google.times import moment_of
from bot.sandbox.google.world import GoogleWorld
from bot.usecases.answer_fuse import AnswerFuse
from bot.usecases.sync_calendar import SyncCalendar
from storage.engine import open_engine
from storage.store import PATIENCE_SECONDS, SqlStore
from storage.unit_of_work import SqlUnitOfWork
from storage.vault import Vault, new_key
from tests.builders import BERLIN
from tests.contracts.google_client import ANA, NOW, GoogleSetup, Stage
from tests.event_builders import utc_days

WINDOW = utc_days("2026-11-10", "2027-02-28")
POLL = timedelta(minutes=5)
LIST = "/calendar/v3/users/me/calendarList"
EVENTS = "/calendar/v3/calendars/.*/events"
_ids = count(1)


class PowerCut(BaseException):
    """The process dies: nothing catches this."""


class _MortalWork(SqlUnitOfWork):
    """A transaction that the process may die in."""

    before_commit: Callable[[], None]

    def commit(self) -> None:
        self.before_commit()
        super().commit()


class MortalStore(SqlStore):
    """A store whose process dies at a commit that a test chooses; what was committed before is there."""

    before_commit: Callable[[], None] = staticmethod(lambda: None)

    @contextmanager
    def writing(self, *, within: float = PATIENCE_SECONDS) -> Iterator[SqlUnitOfWork]:
        with self.connected("writing", within=within) as connection:
            work = _MortalWork(connection, self.vault)
            work.before_commit = self.before_commit
            yield work


@dataclass
class MortalGateway:
    """A provider whose reader may die between two pages: `before_page` is called ahead of each."""

    real: CalendarGateway
    before_page: Callable[[], None] = lambda: None

    def calendars(self, account_id: UUID) -> Any:
        return self.real.calendars(account_id)

    def changes(
        self, account_id: UUID, remote_id: str, *, sync_token: str | None, since: datetime
    ) -> Iterator[EventPage]:
        for page in self.real.changes(account_id, remote_id, sync_token=sync_token, since=since):
            self.before_page()
            yield page


class FireHouse:
    """Ana with her primary calendar, or more of them, chosen and due, and the sync of it."""

    def __init__(self, store: MortalStore, google: GoogleSetup, *remote_ids: str) -> None:
        self.store, self.google = store, google
        self.gateway = MortalGateway(google.calendars)
        self.sync = SyncCalendar(store, self.gateway, google.clock, interval=POLL, jitter=lambda: 0.5)
        self.answer = AnswerFuse(store, google.clock)
        self.account_id = google.connect(ANA)
        credential = google.credentials.kept[self.account_id]
        with store.writing() as work:
            work.accounts.erase(self.account_id)
            workspace = work.workspaces.add(Workspace(UUID(int=1), "T1", "Acme"))
            profile = Profile("U1", "Ana", BERLIN, Standing.FULL, is_admin=False)
            self.member = work.members.save(workspace.id, profile, new_id=UUID(int=2), now=self.now)
            self.actor = actor_of(self.member, workspace)
            work.accounts.add(self._account(self.actor), credential)
            work.calendars.choose(self.actor, [self._calendar(one) for one in remote_ids or (ANA,)])
            work.commit()

    @property
    def world(self) -> GoogleWorld:
        """The stand-in's world."""
        return self.google.world

    @property
    def clock(self) -> Clock:
        """The one clock."""
        return self.google.clock

    @property
    def now(self) -> datetime:
        """What it shows."""
        return self.google.clock.now()

    # --- Syncing

    def claims(self) -> list[SyncClaim]:
        """Claim whatever is due."""
        with self.store.writing() as work:
            claims = work.calendars.claim_due(self.now, limit=10, lease=LEASE)
            work.commit()
        return list(claims)

    def run(self) -> SyncOutcome:
        """Have Ana's only calendar synced whatever its plan: now, or as soon as Google lets itself be asked."""
        claim = self._claimed()
        return self.sync(claim)

    def request(self) -> None:
        """*Sync now*."""
        with self.store.writing() as work:
            work.calendars.request_sync(self.actor, self.now)
            work.commit()

    def run_and_die(self, *, commits: int | None = None, pages: int | None = None) -> None:
        """Sync until so many commits or pages went well, and die; another process takes over once the lease ends."""
        claim = self._claimed()
        if commits is not None:
            self.store.before_commit = _dying_after(commits)
        if pages is not None:
            self.gateway.before_page = _dying_after(pages)
        try:
            self.sync(claim)
        except PowerCut:
            pass
        finally:
            self.store.before_commit = self.gateway.before_page = lambda: None
        self.google.clock.pass_by(LEASE)

    # --- What there is

    def calendar(self, remote_id: str = ANA) -> Calendar:
        """The calendar as it is stored."""
        with self.store.reading() as work:
            [found] = [one for one in work.calendars.of(self.actor) if one.remote_id == remote_id]
        return found

    def due_in(self, remote_id: str = ANA) -> timedelta:
        """How long it is until a calendar is read again."""
        due = self.calendar(remote_id).next_sync_at
        assert due is not None
        return due - self.now

    def busy(self, remote_id: str = ANA) -> list[Interval]:
        """What blocks Ana's time."""
        return self.busy_in(WINDOW, remote_id)

    def busy_in(self, window: Interval, remote_id: str = ANA) -> list[Interval]:
        """What blocks Ana's time there."""
        calendar_id = self.calendar(remote_id).id
        with self.store.reading() as work:
            rows = work.events.busy(self.actor, [calendar_id], window)[calendar_id]
        return clip(merged(rows), window)

    def titles(self) -> list[str]:
        """What stands in Ana's agenda."""
        with self.store.reading() as work:
            return sorted({entry.title for entry in work.events.agenda(self.actor, WINDOW)})

    def requests(self) -> int:
        """How many reached Google so far."""
        return len(self.world.ledger.entries)

    def _claimed(self) -> SyncClaim:
        self.request()
        with self.store.reading() as work:
            pauses = [one.not_before for one in work.calendars.of(self.actor) if one.not_before is not None]
        if pauses and max(pauses) > self.now:
            self.google.clock.pass_by(max(pauses) - self.now)
        [claim] = self.claims()
        return claim

    def _account(self, actor: Actor) -> Account:
        return Account(
            id=self.account_id,
            workspace_id=actor.workspace_id,
            member_id=actor.member_id,
            provider=Provider.GOOGLE,
            address=ANA,
            access=Access.FULL,
            status=AccountStatus.ACTIVE,
            created_at=NOW,
        )

    def _calendar(self, remote_id: str) -> Calendar:
        listed = {one.remote_id: one for one in self.google.calendars.calendars(self.account_id)}.get(remote_id)
        return Calendar(
            id=UUID(int=1000 + next(_ids)),
            workspace_id=self.actor.workspace_id,
            member_id=self.actor.member_id,
            account_id=self.account_id,
            remote_id=remote_id,
            name=listed.name if listed else remote_id,
            zone=BERLIN,
            access_role=listed.access_role if listed else AccessRole.OWNER,
            role=Role.LINKED if remote_id == ANA else Role.CONFLICT,
            option=ONE_WAY,
            next_sync_at=self.now,
        )


@contextmanager
def a_mortal_store(url: str) -> Iterator[MortalStore]:
    """A store on a migrated database."""
    engine = open_engine(url)
    try:
        yield MortalStore(engine, Vault([new_key()]))
    finally:
        engine.dispose()


def a_busy_house(stage: Stage, store: MortalStore) -> FireHouse:
    """Ana's calendar, read for the first time: eight coming events, and something new since."""
    house = FireHouse(store, stage.set_up())
    for day in range(1, 9):
        house.world.put_event(ANA, id=f"event{day}", start=f"2026-12-0{day}T09:00", end=f"2026-12-0{day}T10:00")
    assert house.run() is SyncOutcome.SYNCED
    house.world.put_event(ANA, id="event9", start="2026-12-09T09:00", end="2026-12-09T10:00")
    return house


def truth(
    world: GoogleWorld, calendar_id: str = ANA, window: Interval = WINDOW, *, without: Collection[str] = ()
) -> list[Interval]:
    """What blocks in Google's own calendar but for some events, told from its own expansion of series."""
    calendar = world.calendars[calendar_id]
    start, end = (datetime.fromtimestamp(second, UTC) for second in window)
    found: list[tuple[int, int]] = []
    with world.lock:
        for event in list(calendar.events.values()):
            if event.cancelled or event.id in without:
                continue
            told = [event.fields]
            if event.recurring:
                changed = {exception.id for exception in calendar.exceptions_of(event.id)}
                told = [one for one in instances(event.fields, start, end, calendar.zone) if one["id"] not in changed]
            found += [_span(one, calendar.zone) for one in told if _blocks(one, calendar_id)]
    return clip(merged(found), window)


def _span(fields: Mapping[str, Any], zone: str) -> tuple[int, int]:
    start, end = (moment_of(fields[name], zone) for name in ("start", "end"))
    return int(start.timestamp()), int(end.timestamp())


def _blocks(fields: Mapping[str, Any], calendar_id: str) -> bool:
    if fields.get("transparency") == "transparent" or fields["eventType"] in ("workingLocation", "birthday"):
        return False
    own = [one for one in fields.get("attendees", ()) if one["email"] == calendar_id]
    return not any(one.get("responseStatus") == "declined" for one in own)


def _dying_after(steps: int) -> Callable[[], None]:
    left = iter(range(steps))

    def step() -> None:
        if next(left, None) is None:
            raise PowerCut

    return step
