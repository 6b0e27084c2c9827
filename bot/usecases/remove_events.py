"""Removes what a calendar does not hold any more, unless that is so much that its owner has to be asked."""

from collections.abc import Collection, Sequence

from bot.domain.calendars import SyncClaim
from bot.domain.fuse import Fuse, enough_coming, may_go
from bot.domain.polling import LEASE
from bot.domain.sync_plan import portions
from bot.domain.wall_time import epoch
from bot.ports import Clock, Store
from bot.usecases.notice_copies import notice_gone
from bot.usecases.pull_changes import Reading


class RemoveEvents:
    """The last step of a reading; the new sync token goes with its last transaction.

    Until then a crash has the same reading told again, so nothing is lost by it and nothing removed unasked.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def held_back(self, claim: SyncClaim, reading: Reading) -> Fuse | None:
        """The loss that must wait for its owner's word; nothing where the reading may be applied.

        Counted on the occurrences as they were before the reading.
        """
        if not reading.removes:
            return None
        now = epoch(self._clock.now())
        with self._store.reading() as work:
            removals = sorted(reading.removals)
            gone = work.events.losses(claim, removals, unmet_by=reading.full_generation, now=now)
            if gone == 0:
                return None
            coming = work.events.coming(claim, now=now, at_most=enough_coming(gone))
        if may_go(gone, coming, claim.calendar.fuse):
            return None
        return claim.calendar.open_fuse or Fuse(claim.fence, gone, coming)

    def __call__(self, claim: SyncClaim, reading: Reading) -> None:
        """Remove, and store the token; raises `LeaseLost`."""
        *early, last = list(portions(sorted(reading.removals))) or [()]
        for portion in early:
            self._remove(claim, portion, reading.outliving)
        with self._store.writing() as work:
            notice_gone(work, claim, last, reading.full_generation, self._clock.now())
            if last:
                work.events.remove(claim, last, keeping=reading.outliving)
            if reading.full_generation is not None:
                work.events.sweep(claim, generation=reading.full_generation)
            work.events.complete(claim, sync_token=reading.token, zone=reading.zone)
            work.commit()

    def _remove(self, claim: SyncClaim, event_ids: Sequence[str], keeping: Collection[str]) -> None:
        with self._store.writing() as work:
            work.calendars.keep(claim, self._clock.now() + LEASE)
            notice_gone(work, claim, event_ids, None, self._clock.now())
            work.events.remove(claim, event_ids, keeping=keeping)
            work.commit()
