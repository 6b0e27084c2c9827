"""A team of four around the world and all that runs by the clock for them, whose clock jumps to what is due next."""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, func, select

from bot.app.foundation import Foundation
from bot.domain.accounts import Account, AccountStatus, Credential, Provider
from bot.domain.calendars import TWO_WAY, Calendar, Role
from bot.domain.channels import PushMessage
from bot.domain.people import Actor, Profile, Standing, Workspace, actor_of
from bot.jobs import Job
from bot.sandbox.google.messenger import Told
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.zoom.world import ZoomWorld
from bot.usecases.receive_push import ReceivePush
from handlers.use_cases import UseCases
from storage.store import SqlStore
from tests.contracts.google_desk import ALL
from tests.contracts.storage_builders import a_calendar, an_account, chosen, new_id
from tests.fakes.clock import SettableClock
from tests.fakes.notifier import RecordingNotifier
from tests.fakes.posts import FakePosts
from tests.integration.year_clients import TEAM, user_of
from tests.integration.year_dues import dues

STARTED = datetime.fromisoformat("2026-11-24T08:00:00+00:00")
NEVER = datetime.max.replace(tzinfo=UTC)
_AT_LEAST = timedelta(seconds=1)
_MOST_IN_A_ROW = 300
# What was read may have more done at once; everything else looks around now and then, and when something is due.
_AFTER_READING = frozenset({"decide_events", "deliver_effects", "fire_triggers"})
_NOW_AND_THEN = timedelta(hours=12)


@dataclass(frozen=True)
class Mate:
    """A member with his address at Google and Zoom."""

    actor: Actor
    address: str
    zone: str


@dataclass(frozen=True)
class Heard:
    """A channel that was open at Google, and when it was seen first."""

    address: str
    since: datetime
    expires: datetime


@dataclass
class House:
    """Everything there is. `runs` counts the runs of jobs, `jumps` those of the clock.

    `unheard` counts messages that Daybook did not take for its own, and `longest_two` is how long a calendar had two
    channels at once at the most. Until `deaf_until` nobody can say: what was revoked cannot be stopped, and a
    channel that does not speak takes nobody's place.
    """

    clock: SettableClock
    google: GoogleWorld
    zoom: ZoomWorld
    engine: Engine
    base: Foundation
    cases: UseCases
    jobs: Mapping[str, Job]
    hear: ReceivePush
    bag: deque[Told]
    notifier: RecordingNotifier
    posts: FakePosts
    google_client: Any
    zoom_client: Any
    mates: list[Mate] = field(default_factory=list)
    runs: Counter[str] = field(default_factory=Counter)
    jumps: int = 0
    unheard: int = 0
    heard: dict[str, Heard] = field(default_factory=dict)
    longest_two: timedelta = timedelta()
    deaf_until: datetime = STARTED
    _two_since: dict[str, datetime] = field(default_factory=dict)
    _ran_at: dict[str, datetime] = field(default_factory=dict)

    @property
    def store(self) -> SqlStore:
        return self.base.store

    @property
    def now(self) -> datetime:
        return self.clock.time

    # --- Time

    def runs_until(self, until: datetime) -> None:
        """Jump from one thing that is due to the next."""
        self.carries()
        in_a_row = 0
        while (due := min((found := dues(self.engine, self.now)).values(), default=NEVER)) < until:
            in_a_row = in_a_row + 1 if due <= self.now else 0
            assert in_a_row < _MOST_IN_A_ROW, f"due at {self.now}, and stays so: {found}"
            self.clock.time = max(due, self.now + _AT_LEAST)
            self._tick(found)
        self.clock.time = max(self.now, until)

    def _tick(self, found: Mapping[str, datetime]) -> None:
        """Run the jobs that have something to do, and those that did not look for long; what they raise is raised."""
        self.jumps += 1
        wanted = {name for name, when in found.items() if when <= self.now}
        is_news = "sync_due_calendars" in wanted
        for name, job in self.jobs.items():
            if name in _AFTER_READING and is_news:
                wanted |= {one for one, when in dues(self.engine, self.now).items() if when <= self.now}
                is_news = False
            if name in wanted or self.now - self._ran_at.get(name, STARTED) >= max(job.every, _NOW_AND_THEN):
                self._ran_at[name] = self.now
                self.runs[name] += 1
                job.run()
        self.carries()
        self._looks_at_channels()

    def carries(self) -> None:
        """Take to Daybook what channels have to tell."""
        while self.bag:
            told = self.bag.popleft().headers
            message = PushMessage(
                UUID(told["X-Goog-Channel-ID"]),
                told.get("X-Goog-Channel-Token", ""),
                told["X-Goog-Resource-ID"],
                is_first=told["X-Goog-Resource-State"] == "sync",
                expires_at=parsedate_to_datetime(told["X-Goog-Channel-Expiration"]),
            )
            self.unheard += not self.hear(message)

    def _looks_at_channels(self) -> None:
        """Remember when each was first seen, and for how long two of one calendar were."""
        together = Counter[str]()
        for one in self.google.channels.open:
            together[one.calendar_id] += 1
            if one.id not in self.heard:
                self.heard[one.id] = Heard(one.calendar_id, self.now, one.expires)
        for address in TEAM:
            if together[address] < 2 or self.now < self.deaf_until:
                self._two_since.pop(address, None)
            else:
                since = self._two_since.setdefault(address, self.now)
                self.longest_two = max(self.longest_two, self.now - since)

    # --- People

    def move_in(self, address: str, workspace: Workspace) -> Mate:
        """A member with Google in two-way sync, and Zoom."""
        zone = TEAM[address]
        self.google.add_account(address, address.split("@")[0].title(), zone)
        self.zoom.add_person(address, address.split("@")[0].title(), zone)
        profile = Profile(user_of(address), address.split("@")[0].title(), zone, Standing.FULL, is_admin=True)
        with self.store.writing() as work:
            member = work.members.save(workspace.id, profile, new_id=new_id(), now=self.now)
            work.commit()
        mate = Mate(actor_of(member, workspace), address, zone)
        account = self.connects(mate, Provider.GOOGLE)
        self.connects(mate, Provider.ZOOM)
        calendar = replace(
            a_calendar(account, address, role=Role.LINKED, zone=zone, next_sync_at=self.now),
            option=TWO_WAY,
            option_since=self.now,
        )
        chosen(self.store, mate.actor, calendar)
        self.mates.append(mate)
        return mate

    def connects(self, mate: Mate, provider: Provider) -> Account:
        """He allows Daybook what it needs, for the first time or again, and says so in Slack."""
        if provider is Provider.GOOGLE:
            told = self.google.sign_in(self.google_client, mate.address, ALL)
        else:
            told = self.zoom.sign_in(self.zoom_client, mate.address)
        credential = Credential(
            str(told["access_token"]),
            str(told["refresh_token"]),
            self.now + timedelta(seconds=int(told["expires_in"])),
            frozenset(str(told["scope"]).split()),
        )
        account = replace(
            an_account(mate.actor, mate.address, status=AccountStatus.PENDING, created_at=self.now), provider=provider
        )
        with self.store.writing() as work:
            work.accounts.add(account, credential)
            work.commit()
        return self.cases.confirm_account(mate.actor, account.id)

    def calendar(self, mate: Mate) -> Calendar:
        """His linked one."""
        with self.store.reading() as work:
            [calendar] = work.calendars.of(mate.actor)
        return calendar

    def accounts(self, mate: Mate) -> Sequence[Account]:
        with self.store.reading() as work:
            return work.accounts.of(mate.actor)

    # --- Counting

    def count(self, table: Any, *where: Any) -> int:
        """How many rows there are."""
        with self.engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())

    def rows(self, statement: Any) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(statement).all())
