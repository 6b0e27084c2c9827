"""In-memory push channels with the semantics of `bot.ports`, and a provider that opens and ends them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.accounts import AccountStatus
from bot.domain.channels import Channel, Granted, Listening, WatchClaim
from bot.domain.people import Actor
from tests.fakes.calendar_rows import CalendarRow, PushPlanRow
from tests.fakes.tables import Tables, aware


class FakePushChannels:
    """Implements `ports.PushChannels`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def listening(self, channel_id: UUID, now: datetime) -> Listening | None:
        channel = self._tables.channels.get(channel_id)
        row = self._tables.calendars.get(channel.calendar_id) if channel and channel.calendar_id else None
        if channel is None or row is None or not self._is_active(row):
            return None
        return Listening(
            channel=channel,
            fence=row.fence,
            is_leased=row.lease_until is not None and row.lease_until > now,
            attempts=row.attempts,
            read_at=row.calendar.read_at,
            next_sync_at=row.calendar.next_sync_at,
            not_before=row.calendar.not_before,
        )

    def hold(self, calendar_id: UUID) -> bool:
        return calendar_id in self._tables.calendars

    def of(self, calendar_id: UUID) -> Sequence[Channel]:
        return self._sorted(channel for channel in self._tables.channels.values() if channel.calendar_id == calendar_id)

    def of_account(self, account_id: UUID) -> Sequence[Channel]:
        return self._sorted(channel for channel in self._tables.channels.values() if channel.account_id == account_id)

    def add(self, channel: Channel) -> None:
        aware(channel.created_at)
        if channel.id in self._tables.channels or channel.calendar_id not in self._tables.calendars:
            raise ValueError("no such calendar, or the id is taken")
        self._tables.channels[channel.id] = channel

    def save(self, channel: Channel) -> None:
        known = self._tables.channels.get(channel.id)
        if known is not None:
            self._tables.channels[channel.id] = replace(channel, calendar_id=known.calendar_id)

    def refusals(self, actor: Actor) -> Mapping[UUID, str]:
        own = [row.calendar.id for row in self._tables.own_calendars(actor)]
        plans = {key: self._tables.push_plans[key] for key in own if key in self._tables.push_plans}
        return {key: plan.problem for key, plan in plans.items() if plan.problem is not None}

    def forget(self, channel_id: UUID) -> None:
        self._tables.channels.pop(channel_id, None)

    def forget_expired(self, now: datetime) -> int:
        expired = [channel.id for channel in self._tables.channels.values() if channel.expires_at <= now]
        for channel_id in expired:
            del self._tables.channels[channel_id]
        return len(expired)

    def make_due(self, calendar_id: UUID, at: datetime) -> None:
        row = self._tables.calendars[calendar_id]
        calendar = replace(row.calendar, next_sync_at=aware(at))
        self._tables.calendars[calendar_id] = replace(row, calendar=calendar)

    def plan(self, calendar_id: UUID, due_at: datetime, *, attempts: int = 0, problem: str | None = None) -> None:
        self._tables.push_plans[calendar_id] = PushPlanRow(aware(due_at), attempts, problem)

    def due(self, now: datetime, *, limit: int) -> Sequence[UUID]:
        wanting = [
            (plan.due_at if plan else datetime.min.replace(tzinfo=now.tzinfo), calendar_id)
            for calendar_id, row in self._tables.calendars.items()
            if self._wants(row, now)
            for plan in [self._tables.push_plans.get(calendar_id)]
        ]
        return [calendar_id for _, calendar_id in sorted(wanting)[:limit]]

    def claim(self, calendar_ids: Collection[UUID], now: datetime, *, until: datetime) -> Sequence[WatchClaim]:
        claims = []
        for calendar_id in sorted(calendar_ids):
            row = self._tables.calendars.get(calendar_id)
            if row is None or not self._wants(row, now):
                continue
            plan = self._tables.push_plans.get(calendar_id, PushPlanRow(until))
            self._tables.push_plans[calendar_id] = replace(plan, due_at=until)
            claims.append(WatchClaim(self._tables.read(row), plan.attempts))
        return claims

    def claim_stops(self, now: datetime, *, until: datetime, limit: int, everything: bool = False) -> Sequence[Channel]:
        wanted = [
            channel
            for channel in sorted(self._tables.channels.values(), key=lambda one: one.id)
            if (channel.stop_at is not None and channel.stop_at <= now)
            or (channel.stop_at is None and (everything or channel.calendar_id is None))
        ][:limit]
        for channel in wanted:
            self._tables.channels[channel.id] = replace(channel, stop_at=until)
        return self._sorted(self._tables.channels[channel.id] for channel in wanted)

    def _wants(self, row: CalendarRow, now: datetime) -> bool:
        plan = self._tables.push_plans.get(row.calendar.id)
        is_read = row.calendar.read_at is not None and not row.calendar.is_lost
        return is_read and self._is_active(row) and (plan is None or plan.due_at <= now)

    def _is_active(self, row: CalendarRow) -> bool:
        return self._tables.accounts[row.calendar.account_id].account.status is AccountStatus.ACTIVE

    def _sorted(self, channels: Iterable[Channel]) -> Sequence[Channel]:
        return sorted(channels, key=lambda channel: (channel.created_at, channel.id))


@dataclass
class FakeChannelGateway:
    """Implements `ports.ChannelGateway`: what is asked of it is kept in `opened` and `stopped`.

    `refusals` are raised one after the other by either method; what is None there goes well. `before` is called
    before each request, as if on the network, and `after` once a channel is open, with its id: what it raises
    keeps the answer back. `tokens` are the secrets by channel.
    """

    now: Callable[[], datetime]
    life: timedelta | None = None
    refusals: list[Exception | None] = field(default_factory=list)
    opened: list[tuple[UUID, str, str]] = field(default_factory=list)
    tokens: dict[UUID, str] = field(default_factory=dict)
    stopped: list[tuple[UUID, str]] = field(default_factory=list)
    before: Callable[[], None] = lambda: None
    after: Callable[[UUID], None] = lambda _channel_id: None

    def watch(
        self, account_id: UUID, remote_id: str, *, channel_id: UUID, token: str, address: str, life: timedelta
    ) -> Granted:
        self.before()
        self._refuse()
        self.opened.append((channel_id, remote_id, address))
        self.tokens[channel_id] = token
        self.after(channel_id)
        return Granted(f"resource-{remote_id}", self.now() + (self.life or life))

    def stop(self, account_id: UUID, channel_id: UUID, resource_id: str) -> None:
        self.before()
        self._refuse()
        self.stopped.append((channel_id, resource_id))

    def _refuse(self) -> None:
        refusal = self.refusals.pop(0) if self.refusals else None
        if refusal is not None:
            raise refusal
