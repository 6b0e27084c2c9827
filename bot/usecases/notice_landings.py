"""Looks, after a calendar was read, whether an event of it landed on an appointment of its owner."""

from bot.domain.calendars import SyncClaim
from bot.ports import Clock, Store


class NoticeLandings:
    """Enters what is new; somebody else tells it. To be run again is no harm."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, claim: SyncClaim) -> int:
        """How many overlaps are new. What a calendar holds when it is first read is nothing that just landed."""
        calendar = claim.calendar
        with self._store.writing() as work:
            # Whoever books its owner just now looked at his time before these events were there: his appointment has
            # to be there first.
            work.appointments.lock_hosts([calendar.member_id])
            fresh = work.landings.notice(calendar, self._clock.now(), tells=calendar.read_at is not None)
            work.commit()
        return fresh
