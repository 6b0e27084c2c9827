"""Push channels: through one a provider says that a calendar changed, so that it need not be asked so often.

A channel proves itself by its messages: it counts as alive from the first one, and no longer once a poll has found
changes that it kept silent about. It ends by itself some day; its successor is made well before, and both are
listened to until the new one has spoken.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.calendars import Calendar, SyncClaim
from bot.domain.errors import AccessLost, DaybookError, ProviderBusy, ProviderError
from bot.domain.polling import SHORTEST_BACKOFF, backoff

LIFE = timedelta(days=7)
"""How long a channel is asked to live; Google gives as much where nothing is asked."""
OVERLAP = timedelta(minutes=10)
"""How long the old channel is still listened to once the new one has spoken."""
GRACE = timedelta(minutes=2)
"""How late a message may come."""
OPENING_LEASE = timedelta(minutes=2)
"""How long whoever claimed it may take to open or to stop a channel."""
# Whoever cannot be reached is not asked to listen anew all day long.
_SILENCE = timedelta(hours=6)
_RENEWED_AT = 0.8
# Whatever life a provider gives: nobody renews without a break.
_SHORTEST = timedelta(minutes=10)
# A calendar in which somebody moves a hundred events is not read a hundred times.
_SPACING = timedelta(seconds=5)
_UNSUPPORTED_PAUSE = timedelta(days=7)
_ACCESS_PAUSE = timedelta(days=1)


class PushRefused(ProviderError):
    """The provider does not tell of changes of this calendar; polling has to do."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as it is stored, before it is asked for: a message may come sooner than the answer.

    Args:
        id: ours; every channel has one of its own, ever.
        account_id: on whose behalf it is open.
        calendar_id: what it tells of; nothing once that is not in use any more.
        token_digest: of the secret that comes with every message.
        resource_id: the provider's, without which it cannot be stopped; empty as long as nothing was heard of it.
        heard_at: when a message last told something that was not known already.
        heard_fence: the fence of the calendar when a message last made it due; less than any before the first.
        missed_at: when a poll found changes of which no message had told, unless one came since.
        stop_at: when it is to be stopped.
    """

    id: UUID
    account_id: UUID
    calendar_id: UUID | None
    token_digest: str
    created_at: datetime
    expires_at: datetime
    resource_id: str = ""
    heard_at: datetime | None = None
    heard_fence: int = -1
    missed_at: datetime | None = None
    stop_at: datetime | None = None

    def is_alive(self, now: datetime) -> bool:
        """Whether its silence means that nothing changed."""
        return self.heard_at is not None and self.missed_at is None and self.expires_at > now


@dataclass(frozen=True, slots=True)
class Granted:
    """What a provider says of a channel that it opened."""

    resource_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class WatchClaim:
    """A calendar that wants a channel, claimed by one process; `attempts` failed before."""

    calendar: Calendar
    attempts: int


@dataclass(frozen=True, slots=True)
class PushMessage:
    """A message as it came: anybody may have sent it.

    `is_first` tells of the channel itself, not of a change. `expires_at` is when the channel ends, if that was told.
    """

    channel_id: UUID
    token: str = field(repr=False)
    resource_id: str
    is_first: bool
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listening:
    """A channel and the sync of its calendar, as a message finds them."""

    channel: Channel
    fence: int
    is_leased: bool
    attempts: int
    read_at: datetime | None
    next_sync_at: datetime | None
    not_before: datetime | None


def replaced_at(channel: Channel) -> datetime:
    """When its successor is to be made: after four fifths of its life, or sooner where it proves to be mute."""
    if channel.missed_at is not None:
        return channel.missed_at + GRACE
    life = max((channel.expires_at - channel.created_at) * _RENEWED_AT, _SHORTEST)
    return channel.created_at + (life if channel.heard_at is not None else min(life, _SILENCE))


def tells_nothing_new(listening: Listening, message: PushMessage) -> bool:
    """Whether what the message tells is known already, as of a thousand in a burst all but the first are.

    The fence rises with every reading: under the same one, what an earlier message asked for is still to come.
    """
    channel = listening.channel
    if channel.heard_at is None or channel.missed_at is not None:
        return False
    return message.is_first or channel.heard_fence == listening.fence


def due_after(listening: Listening, now: datetime) -> datetime:
    """When a calendar is read that is said to have changed: at once, but for the pauses that are being kept.

    A reading that is under way may have been too early for the change, so that there has to be another.
    """
    soonest = now if listening.read_at is None else max(now, listening.read_at + _SPACING)
    if listening.attempts:
        soonest = max(soonest, now + SHORTEST_BACKOFF)
    if listening.not_before is not None:
        soonest = max(soonest, listening.not_before)
    if listening.next_sync_at is None:
        return soonest
    if listening.is_leased:
        # By a time other than the one it was claimed for, the reading knows at its end that it was asked again.
        return soonest if soonest != listening.next_sync_at else soonest + timedelta(microseconds=1)
    return min(listening.next_sync_at, soonest)


def heard(listening: Listening, message: PushMessage, now: datetime) -> Channel:
    """The channel after a message, which stands in for the provider's answer where that has not come, or never will."""
    channel = listening.channel
    if not channel.resource_id:
        ends = channel.expires_at if message.expires_at is None else min(channel.expires_at, message.expires_at)
        channel = replace(channel, resource_id=message.resource_id, expires_at=ends)
    return replace(
        channel,
        heard_at=now,
        heard_fence=channel.heard_fence if message.is_first else listening.fence,
        missed_at=None,
    )


def kept_silent(channels: Sequence[Channel], claim: SyncClaim) -> bool:
    """Whether none of them told of what this reading found new."""
    read_at = claim.calendar.read_at
    return not any(
        channel.heard_fence >= claim.fence - 1
        or (channel.heard_at is not None and (read_at is None or channel.heard_at >= read_at))
        for channel in channels
    )


def newest(channels: Sequence[Channel]) -> Channel | None:
    """The one that is to stay, of those of one calendar, oldest first; none where all are to be stopped."""
    return next((channel for channel in reversed(channels) if channel.stop_at is None), None)


def outlived(channels: Sequence[Channel], now: datetime) -> Sequence[Channel]:
    """Those that make way for the newest, each with the time to stop it.

    Args:
        channels: all of one calendar, oldest first.
        now: aware.
    """
    latest = newest(channels)
    changed = []
    for channel in channels:
        if latest is None or channel is latest or channel.stop_at is not None:
            continue
        if not channel.is_alive(now):
            changed.append(replace(channel, stop_at=now))
        elif latest.heard_at is not None:
            changed.append(replace(channel, stop_at=now + OVERLAP))
    return changed


def pause_for(error: DaybookError, attempts: int, jitter: float) -> timedelta:
    """How long no channel is asked for after a refusal; the calendar is polled meanwhile.

    Args:
        error: the refusal.
        attempts: how often it failed before.
        jitter: a random number from 0 up to 1.
    """
    match error:
        case PushRefused():
            return _UNSUPPORTED_PAUSE
        case AccessLost():
            return _ACCESS_PAUSE
        case ProviderBusy():
            return backoff(attempts, jitter, retry_after=error.retry_after)
    return backoff(attempts, jitter)
