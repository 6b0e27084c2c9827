"""Notes that the event of a round trip check came back, and how Daybook heard of it."""

from collections.abc import Collection

from bot.domain.calendars import SyncClaim
from bot.domain.channels import kept_silent
from bot.domain.round_trips import Way
from bot.ports import Clock, Store


class NoticeRoundTrips:
    """Told by every reading which events of checks it met; mostly there are none, which costs nothing."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, claim: SyncClaim, event_ids: Collection[str]) -> None:
        """The owner of the calendar has his answer, if he waits for one of these."""
        if not event_ids:
            return
        with self._store.writing() as work:
            is_silent = kept_silent(work.push_channels.of(claim.calendar.id), claim)
            way = Way.POLL if is_silent else Way.PUSH
            work.round_trips.came_back(claim, event_ids, way, self._clock.now())
            work.commit()
