"""When a calendar is read next: spread over time while all is well, ever later while it is not."""

from datetime import datetime, timedelta

# How long a claimed calendar stays with the one who claimed it, unless he prolongs it.
LEASE = timedelta(minutes=5)
# Early enough that one more page or event, and a busy machine, cannot outlast what is left of the lease.
KEPT_EVERY = LEASE / 5
SHORTEST_BACKOFF = timedelta(seconds=30)
LONGEST_BACKOFF = timedelta(hours=1)
LONGEST_PATIENCE = timedelta(days=1)
LOST_CALENDAR_INTERVAL = timedelta(hours=1)
# How often a calendar's name and access role are looked up; each time costs a request of its own.
LISTING_INTERVAL = timedelta(days=1)
_SPREAD = 0.1
_GROWTH = 1.5
_MOST_GROWTH = 4
# So much more seldom is a calendar read whose provider tells of changes by itself.
_TOLD = 3


def longest_interval(base: timedelta) -> timedelta:
    """The longest that a quiet calendar is left alone."""
    return base * _MOST_GROWTH


def next_interval(
    base: timedelta, last: timedelta | None, *, is_quiet: bool, told_for: timedelta = timedelta()
) -> timedelta:
    """How long to leave a calendar alone: half as long again after each reading that told nothing, up to a limit.

    A provider counts requests, by the minute and by the day, and most readings of most calendars tell nothing.

    Args:
        base: how often a calendar is read in which things happen.
        last: the interval before; nothing where it was never read.
        is_quiet: the last reading told nothing new.
        told_for: how much longer the provider tells of changes by itself; polling is then only the floor beneath it.
    """
    if told_for > base:
        return min(_interval(base * _TOLD, last, is_quiet=is_quiet), told_for)
    return _interval(base, last, is_quiet=is_quiet)


def _interval(base: timedelta, last: timedelta | None, *, is_quiet: bool) -> timedelta:
    if not is_quiet or last is None:
        return base
    return min(max(last, base) * _GROWTH, longest_interval(base))


def next_sync_at(now: datetime, interval: timedelta, jitter: float) -> datetime:
    """The next regular reading, up to 10 % early or late, so that calendars do not fall into step.

    Args:
        now: aware, UTC.
        interval: how often to read.
        jitter: a random number from 0 up to 1.
    """
    return now + interval * (1 + _SPREAD * (2 * jitter - 1))


def backoff(attempts: int, jitter: float, *, retry_after: float | None = None) -> timedelta:
    """How long to leave a failing calendar alone: 30 s at least, anything up to a limit that doubles to an hour.

    The whole range is drawn from ("full jitter"), because calendars that failed together, in an outage, must
    not come back together.

    Args:
        attempts: how often it failed before.
        jitter: a random number from 0 up to 1.
        retry_after: seconds the provider asked for; they are kept to, a day at most.
    """
    # Past a dozen doublings the limit has long been reached; without the bound a large count would overflow.
    doublings: int = 2 ** min(attempts + 1, 12)
    limit = min(LONGEST_BACKOFF, SHORTEST_BACKOFF * doublings)
    drawn = SHORTEST_BACKOFF + (limit - SHORTEST_BACKOFF) * jitter
    if retry_after is None:
        return drawn
    return max(drawn, patience(retry_after) * (1 + _SPREAD * jitter))


def patience(retry_after: float) -> timedelta:
    """How long a provider is left alone that asks for so many seconds: a day at most."""
    return min(timedelta(seconds=max(retry_after, 0)), LONGEST_PATIENCE)
