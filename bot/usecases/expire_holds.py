"""Ends holds whose time is up: by the clock, and before somebody books a host of theirs."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, EditedMeanwhile, NotPossible
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.record_change import record_change

_AT_ONCE = 100


class ExpireHolds:
    """One tick of the job of that name; any number of processes may run it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self) -> int:
        """How many holds it ended."""
        now = self._clock.now()
        with self._store.reading() as work:
            expired = work.appointments.expired(now, limit=_AT_ONCE)
        return sum(self._expire(appointment, now) for appointment in expired)

    def _expire(self, appointment: Appointment, now: datetime) -> int:
        """Each in a transaction of its own, so that nobody waits long and one that fails holds up no other."""
        with self._store.writing() as work:
            work.appointments.lock_hosts(appointment.hosts)
            ended = _end(work, [appointment], now)
            work.commit()
        return ended


def expire_holds_of(work: UnitOfWork, host_ids: Collection[UUID], now: datetime) -> None:
    """End these hosts' holds whose time is up, in the transaction that wants their time."""
    _end(work, work.appointments.expired_of(host_ids, now), now)


def _end(work: UnitOfWork, expired: Iterable[Appointment], now: datetime) -> int:
    ended = 0
    for appointment in expired:
        # Somebody was quicker: it was confirmed or let go, or ended by another process.
        with suppress(EditedMeanwhile, NotPossible):
            record_change(work, appointment.cancelled("", now), LogEntry(now, Deed.EXPIRED), now)
            ended += 1
    return ended
