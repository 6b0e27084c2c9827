"""A provider says that a calendar changed, or somebody pretends to be the provider."""

import hmac
from datetime import datetime

from bot.domain.channels import Channel, Listening, PushMessage, due_after, heard, newest, tells_nothing_new
from bot.ports import Clock, Store
from bot.usecases.make_connect_link import digest_of
from bot.usecases.tend_channels import tend_channels

# An answer that takes longer is not waited for: the provider asks again later.
_WITHIN_SECONDS = 5.0
_NOBODYS = digest_of("")


class ReceivePush:
    """Takes a message for the hint that it is: the calendar is read at once, and nothing in the message is believed."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, message: PushMessage) -> bool:
        """False for a message that is not of a channel of ours, whose sender is told no more than that.

        Raises `Overloaded` where nothing could be written in good time.
        """
        now = self._clock.now()
        with self._store.reading() as work:
            listening = work.push_channels.listening(message.channel_id, now)
        if not _is_meant(listening, message, now) or listening is None:
            return False
        if not tells_nothing_new(listening, message):
            self._take(listening.channel, message)
        return True

    def _take(self, channel: Channel, message: PushMessage) -> None:
        with self._store.writing(within=_WITHIN_SECONDS) as work:
            now = self._clock.now()
            if channel.calendar_id is None or not work.push_channels.hold(channel.calendar_id):
                return
            # Looked up again: of many messages at once, the others find it done.
            listening = work.push_channels.listening(channel.id, now)
            if listening is None or tells_nothing_new(listening, message):
                return
            if not message.is_first:
                work.push_channels.make_due(channel.calendar_id, due_after(listening, now))
            was_alive = listening.channel.is_alive(now)
            work.push_channels.save(heard(listening, message, now))
            latest = newest(work.push_channels.of(channel.calendar_id))
            if not was_alive and latest is not None and latest.id == channel.id:
                tend_channels(work, channel.calendar_id, now)
            work.commit()


def _is_meant(listening: Listening | None, message: PushMessage, now: datetime) -> bool:
    """Whoever guesses learns nothing from how long this takes."""
    channel = None if listening is None else listening.channel
    is_token = hmac.compare_digest(_NOBODYS if channel is None else channel.token_digest, digest_of(message.token))
    if channel is None or channel.expires_at <= now:
        return False
    return is_token and channel.resource_id in ("", message.resource_id)
