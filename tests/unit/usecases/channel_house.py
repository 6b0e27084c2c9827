"""Ana and Ben, each with a calendar that was read, and everything about their push channels."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from bot.domain.accounts import Credential, Provider
from bot.domain.calendars import Calendar, SyncClaim, SyncOutcome
from bot.domain.channels import Channel, PushMessage
from bot.domain.connections import Ended
from bot.domain.events import EventPage, RemoteEvent
from bot.domain.people import Actor, Profile, Standing, Workspace, actor_of
from bot.usecases.end_grant import EndGrant
from bot.usecases.open_channel import OpenChannel
from bot.usecases.receive_push import ReceivePush
from bot.usecases.renew_channels import RenewChannels
from bot.usecases.stop_channels import StopChannels
from bot.usecases.sync_calendar import SyncCalendar
from tests.builders import BERLIN
from tests.fakes.calendar_gateway import ScriptedGateway
from tests.fakes.calendar_rows import PushPlanRow
from tests.fakes.channels import FakeChannelGateway
from tests.fakes.clock import SettableClock
from tests.fakes.store import FakeCredentials, FakeStore
from tests.fakes.work_queue import HandQueue
from tests.unit.usecases.connect_house import Provided
from tests.unit.usecases.sync_house import PowerCut, a_calendar, an_account

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)
ADDRESS = "https://daybook.test/webhooks/google"
ANAS, BENS = UUID(int=20), UUID(int=21)


class ChannelHouse:
    """Two workspaces whose members use the same calendar of Google's; both were read at noon."""

    def __init__(self, room: int = 100) -> None:
        self.store, self.clock = FakeStore(), SettableClock(NOW)
        self.google = FakeChannelGateway(now=self.clock.now, before=self._nothing_is_open)
        self.events = ScriptedGateway()
        self.sync = SyncCalendar(self.store, self.events, self.clock, interval=FIVE_MINUTES, jitter=lambda: 0.5)
        self.queue = HandQueue(room)
        self.stop = StopChannels(self.store, self.google, self.clock)
        self.hear = ReceivePush(self.store, self.clock)
        self.consent = Provided()
        self._numbers = count(1)
        self.ana = self._member("T1", UUID(int=10), ANAS)
        self.ben = self._member("T2", UUID(int=11), BENS)
        for calendar in (ANAS, BENS):
            self.reads(calendar)

    # --- What happens

    def tick(self, address: str = ADDRESS) -> int:
        """One tick of the job, and what it handed out; how many channels were to be opened."""
        opens = OpenChannel(
            self.store,
            self.google,
            self.clock,
            lambda: UUID(int=1000 + next(self._numbers)),
            lambda: f"secret-{next(self._numbers)}",
            jitter=lambda: 0.0,
            address=address,
        )
        job = RenewChannels(self.store, opens if address else None, self.stop, self.queue, self.clock, limit=100)
        handed = job()
        self.queue.run_all()
        return handed

    def speaks(self, channel: Channel, token: str = "", *, is_first: bool = False, resource: str = "") -> bool:
        """A message through a channel, with its secret unless told otherwise; whether it was taken in."""
        named = resource or channel.resource_id
        return self.hear(PushMessage(channel.id, token or self.token_of(channel), named, is_first))

    def opens(self, calendar: UUID = ANAS) -> Channel:
        """A tick after which the calendar has a channel that has spoken."""
        self.tick()
        [*_, channel] = self.channels(calendar)
        assert self.speaks(channel, is_first=True)
        return self.channel(channel.id)

    def claims(self, calendar: UUID = ANAS) -> SyncClaim:
        """Claim a calendar to read it."""
        with self.store.writing() as work:
            [claim] = work.calendars.claim_these([calendar], self.clock.now(), lease=FIVE_MINUTES)
            work.commit()
        return claim

    def reads(self, calendar: UUID = ANAS, *changed: RemoteEvent, claim: SyncClaim | None = None) -> Calendar:
        """A reading that finds these changes; gives the calendar as it is then."""
        self.events.script.append([EventPage(changed, BERLIN, f"token-{next(self._numbers)}")])
        assert self.sync(claim or self.claims(calendar)) is SyncOutcome.SYNCED
        return self.calendar(calendar)

    def drops(self, actor: Actor) -> None:
        """The actor stops using his calendar."""
        with self.store.writing() as work:
            work.calendars.choose(actor, [])
            work.commit()

    def leaves(self, account_id: UUID) -> Ended:
        """An account is disconnected."""
        account = self.store.tables.accounts[account_id].account
        consent = {Provider.GOOGLE: self.consent}
        return EndGrant(self.store, FakeCredentials(self.store), consent, self.stop.of_account)(account)

    def passes(self, time: timedelta) -> None:
        self.clock.time += time

    def dies_at(self, commit: int) -> None:
        """Have the process die at its commit of that number from now."""
        left = iter(range(commit - 1))

        def dies() -> None:
            if next(left, None) is None:
                self.store.before_commit = lambda: None
                raise PowerCut

        self.store.before_commit = dies

    # --- What there is

    def calendar(self, calendar: UUID = ANAS) -> Calendar:
        return self.store.tables.read(self.store.tables.calendars[calendar])

    def channels(self, calendar: UUID = ANAS) -> list[Channel]:
        with self.store.reading() as work:
            return list(work.push_channels.of(calendar))

    def channel(self, channel_id: UUID) -> Channel:
        return self.store.tables.channels[channel_id]

    def plan(self, calendar: UUID = ANAS) -> PushPlanRow:
        return self.store.tables.push_plans[calendar]

    def due(self, calendar: UUID = ANAS) -> datetime | None:
        """When a calendar is read next."""
        return self.calendar(calendar).next_sync_at

    def token_of(self, channel: Channel) -> str:
        """The secret that the provider was told."""
        return self.google.tokens[channel.id]

    def _member(self, team: str, account_id: UUID, calendar_id: UUID) -> Actor:
        with self.store.writing() as work:
            workspace = work.workspaces.add(Workspace(UUID(int=next(self._numbers)), team, team))
            profile = Profile("U1", "Ana", BERLIN, Standing.FULL, is_admin=False)
            member = work.members.save(workspace.id, profile, new_id=UUID(int=next(self._numbers)), now=NOW)
            actor = actor_of(member, workspace)
            account = an_account(actor, account_id, f"{team}@example.com")
            work.accounts.add(account, Credential("a", "r", NOW, frozenset()))
            calendar = replace(a_calendar(actor, calendar_id, account_id), remote_id="team@group.calendar.google.com")
            work.calendars.choose(actor, [calendar])
            work.commit()
        return actor

    def _nothing_is_open(self) -> None:
        assert not self.store.is_open
