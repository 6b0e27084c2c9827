"""Push channels: as they are kept, and as a provider opens and ends them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from bot.domain.channels import Channel, Granted, Listening, WatchClaim
from bot.domain.people import Actor


class PushChannels(Protocol):
    """The channels of all calendars, and when each calendar wants a new one.

    Whoever writes holds the calendar first: it comes before its channels in the order of locks.
    """

    def listening(self, channel_id: UUID, now: datetime) -> Listening | None:
        """A channel whose calendar is in use through an active account, as a message finds it."""
        ...

    def hold(self, calendar_id: UUID) -> bool:
        """Keep the calendar as it is until the transaction ends; False if it is not in use any more."""
        ...

    def of(self, calendar_id: UUID) -> Sequence[Channel]:
        """Those of a calendar, oldest first."""
        ...

    def of_account(self, account_id: UUID) -> Sequence[Channel]:
        """Those of an account, oldest first, those of calendars that it does not use any more included."""
        ...

    def add(self, channel: Channel) -> None:
        """Store a new one, whose calendar is held."""
        ...

    def save(self, channel: Channel) -> None:
        """Store what became of it; one that is gone stays gone."""
        ...

    def refusals(self, actor: Actor) -> Mapping[UUID, str]:
        """Why calendars of the actor's own have no channel, as far as that is known."""
        ...

    def forget(self, channel_id: UUID) -> None:
        """Its messages are nobody's from now on."""
        ...

    def forget_expired(self, now: datetime) -> int:
        """Those that ended by themselves."""
        ...

    def make_due(self, calendar_id: UUID, at: datetime) -> None:
        """Have a held calendar read then."""
        ...

    def plan(self, calendar_id: UUID, due_at: datetime, *, attempts: int = 0, problem: str | None = None) -> None:
        """When a held calendar wants its next channel; `problem` is why it has none."""
        ...

    def due(self, now: datetime, *, limit: int) -> Sequence[UUID]:
        """Calendars that want a channel: in use through an active account, read before, and not planned for later."""
        ...

    def claim(self, calendar_ids: Collection[UUID], now: datetime, *, until: datetime) -> Sequence[WatchClaim]:
        """Claim those of them that still want a channel: nobody else gets them before `until`."""
        ...

    def claim_stops(self, now: datetime, *, until: datetime, limit: int, everything: bool = False) -> Sequence[Channel]:
        """Claim channels that are to be stopped, or all of them; nobody else gets them before `until`."""
        ...


class ChannelGateway(Protocol):
    """A provider's channels. Raises the `ProviderError`s of the domain; retries nothing."""

    def watch(
        self, account_id: UUID, remote_id: str, *, channel_id: UUID, token: str, address: str, life: timedelta
    ) -> Granted:
        """Have changes of a calendar's events told to `address`, with `token`, for about so long.

        Raises `PushRefused` where the provider does not tell of this calendar's changes.
        """
        ...

    def stop(self, account_id: UUID, channel_id: UUID, resource_id: str) -> None:
        """End a channel; one that is gone already is a success."""
        ...
