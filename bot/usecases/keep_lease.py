"""Keeps a claimed calendar for as long as one works on it without writing."""

from datetime import datetime

from bot.domain.calendars import SyncClaim
from bot.domain.polling import KEPT_EVERY, LEASE
from bot.ports import Clock, Store


class KeepLease:
    """Prolongs a lease well before it ends, in a transaction of its own."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, claim: SyncClaim, kept_at: datetime) -> datetime:
        """When the lease was last prolonged, `kept_at` or now; raises `LeaseLost`."""
        now = self._clock.now()
        if now - kept_at < KEPT_EVERY:
            return kept_at
        with self._store.writing() as work:
            work.calendars.keep(claim, now + LEASE)
            work.commit()
        return now
