"""Has a provider tell of the changes of one calendar, through a new channel beside those that it has."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.channels import GRACE, LIFE, Channel, Granted, WatchClaim, pause_for
from bot.domain.errors import DaybookError, ProviderDown
from bot.ports import ChannelGateway, Clock, NewId, NewSecret, Store, UnitOfWork
from bot.usecases.make_connect_link import digest_of
from bot.usecases.tend_channels import tend_channels


class OpenChannel:
    """Stores a channel before it asks for it, because the first message may come before the provider's answer.

    Whoever dies in between leaves a channel that nobody renews: its successor takes its place, and it is stopped if
    it ever spoke, or ends by itself.
    """

    def __init__(
        self,
        store: Store,
        gateway: ChannelGateway,
        clock: Clock,
        new_id: NewId,
        new_secret: NewSecret,
        *,
        jitter: Callable[[], float],
        address: str,
    ) -> None:
        """Take what it works with; messages go to `address`."""
        self._store = store
        self._gateway = gateway
        self._clock = clock
        self._new_id = new_id
        self._new_secret = new_secret
        self._jitter = jitter
        self._address = address

    def __call__(self, claim: WatchClaim) -> None:
        """Open one; what the provider refuses is remembered, not raised."""
        token = self._new_secret()
        channel = self._announced(claim, digest_of(token))
        if channel is None:
            return
        try:
            granted = self._gateway.watch(
                channel.account_id,
                claim.calendar.remote_id,
                channel_id=channel.id,
                token=token,
                address=self._address,
                life=LIFE,
            )
        except DaybookError as error:
            self._put_off(claim, channel, error)
        else:
            self._opened(claim, channel, granted)

    def _announced(self, claim: WatchClaim, token_digest: str) -> Channel | None:
        calendar, now = claim.calendar, self._clock.now()
        channel = Channel(
            id=self._new_id(),
            account_id=calendar.account_id,
            calendar_id=calendar.id,
            token_digest=token_digest,
            created_at=now,
            expires_at=now + LIFE,
        )
        with self._store.writing() as work:
            if not work.push_channels.hold(calendar.id):
                return None
            work.push_channels.add(channel)
            work.commit()
        return channel

    def _opened(self, claim: WatchClaim, channel: Channel, granted: Granted) -> None:
        """Keep what the provider said; where nobody uses the calendar any more, the channel is stopped by that."""
        with self._store.writing() as work:
            is_in_use = work.push_channels.hold(claim.calendar.id)
            known = _stored(work, channel)
            if known is not None:
                opened = replace(known, resource_id=granted.resource_id, expires_at=granted.expires_at)
                work.push_channels.save(opened)
            if is_in_use:
                tend_channels(work, claim.calendar.id, self._clock.now())
            work.commit()

    def _put_off(self, claim: WatchClaim, channel: Channel, error: DaybookError) -> None:
        """Poll on; an answer that was lost may have been a *yes*, so that such a channel is listened to for a while."""
        now = self._clock.now()
        pause = pause_for(error, claim.attempts, self._jitter())
        with self._store.writing() as work:
            if work.push_channels.hold(claim.calendar.id):
                attempts = claim.attempts + 1
                work.push_channels.plan(claim.calendar.id, now + pause, attempts=attempts, problem=str(error))
            known = _stored(work, channel)
            if known is not None and isinstance(error, ProviderDown):
                work.push_channels.save(replace(known, stop_at=now + GRACE))
            else:
                work.push_channels.forget(channel.id)
            work.commit()


def _stored(work: UnitOfWork, channel: Channel) -> Channel | None:
    """The channel as it is by now; a message may have changed it, and leaving the account may have removed it."""
    return next((one for one in work.push_channels.of_account(channel.account_id) if one.id == channel.id), None)
