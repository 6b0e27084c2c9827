"""Ends channels: those that have successors, those of calendars nobody uses, and all of an account that is left."""

from bot.domain.accounts import Account
from bot.domain.channels import OPENING_LEASE, Channel
from bot.domain.errors import DaybookError, ProviderBusy, ProviderDown
from bot.ports import ChannelGateway, Clock, Store


class StopChannels:
    """Tells the provider first and forgets then: stopping twice does no harm, and what is not stopped ends some day."""

    def __init__(self, store: Store, gateway: ChannelGateway, clock: Clock, *, limit: int = 20) -> None:
        """Take what it works with; `limit` bounds what is stopped in one go."""
        self._store = store
        self._gateway = gateway
        self._clock = clock
        self._limit = limit

    def __call__(self, *, everything: bool = False) -> int:
        """Stop what is to be stopped, or all that there is; how many are gone. What fails is tried again later."""
        now = self._clock.now()
        with self._store.writing() as work:
            gone = work.push_channels.forget_expired(now)
            channels = work.push_channels.claim_stops(
                now, until=now + OPENING_LEASE, limit=self._limit, everything=everything
            )
            work.commit()
        return gone + sum(self._stopped(channel) for channel in channels)

    def of_account(self, account: Account) -> None:
        """Stop all of an account, while its permission is still there; whoever leaves is not kept waiting for it."""
        with self._store.reading() as work:
            channels = work.push_channels.of_account(account.id)
        for channel in channels:
            if not self._stopped(channel):
                return

    def _stopped(self, channel: Channel) -> bool:
        """False where the provider may yet be asked again."""
        if channel.resource_id:
            try:
                self._gateway.stop(channel.account_id, channel.id, channel.resource_id)
            except (ProviderDown, ProviderBusy):
                return False
            except DaybookError:
                # The account may not even do that any more, and will not ever: nobody listens to it from now on.
                pass
        with self._store.writing() as work:
            work.push_channels.forget(channel.id)
            work.commit()
        return True
