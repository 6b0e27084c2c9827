"""Works out the occurrences of the events that were marked for it, over the rolling horizon."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.domain.calendars import SyncClaim
from bot.domain.events import Series
from bot.domain.horizon import EXPANDED, LEAST_EXPANDED, READ_BACK
from bot.domain.intervals import Interval
from bot.domain.polling import LEASE
from bot.domain.recurrence import expand
from bot.domain.sync_plan import ExpandedEvent, expansion_portions
from bot.domain.wall_time import epoch
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.keep_lease import KeepLease

_SERIES_AT_ONCE = 50

_Portions = Sequence[tuple[ExpandedEvent, ...]]


class ExpandEvents:
    """Brings a calendar's occurrences up to date, in slices; what is marked is expanded even after a crash.

    Reading, working out and writing are apart, so that nobody waits for a repetition to be worked out.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._keep_lease = KeepLease(store, clock)

    def window(self, claim: SyncClaim) -> Interval:
        """What to expand for; when the horizon has come near, it is moved on and all series are marked."""
        now = self._clock.now()
        return Interval(epoch(now - READ_BACK), epoch(self._horizon(claim, now)))

    def is_idle(self, claim: SyncClaim) -> bool:
        """Whether there is nothing to do unless the reading brings it."""
        return not claim.has_marked and not self._is_near(claim, self._clock.now())

    def add(self, claim: SyncClaim, zone: str, window: Interval) -> None:
        """Let what is new block, before anything goes; raises `LeaseLost`. The arguments are those of the call.

        Where two events change places, one of them must not free its time before the other has taken it. What
        fits into one transaction changes places at once; of the rest the new times first block beside the old ones.
        """
        marked, following = self._marked(claim, "")
        portions = self._expanded(claim, marked, zone, window)
        if following is None and len(portions) <= 1:
            self._write(claim, portions, lambda work, portion: work.events.expand(claim, portion))
            return
        if claim.calendar.read_at is None:
            # Nobody is offered a time of a calendar that was never read.
            return
        while True:
            self._write(claim, portions, lambda work, portion: work.events.widen(claim, portion))
            if following is None:
                return
            marked, following = self._marked(claim, following)
            portions = self._expanded(claim, marked, zone, window)

    def __call__(self, claim: SyncClaim, zone: str, window: Interval) -> None:
        """Expand what is marked, all of it; raises `LeaseLost`.

        Args:
            claim: of the calendar.
            zone: IANA name of its zone, as last told.
            window: epoch seconds; see `window`.
        """
        while True:
            with self._store.reading() as work:
                marked = work.events.unexpanded(claim, limit=_SERIES_AT_ONCE)
            if not marked:
                return
            portions = self._expanded(claim, marked, zone, window)
            self._write(claim, portions, lambda work, portion: work.events.expand(claim, portion))

    def _horizon(self, claim: SyncClaim, now: datetime) -> datetime:
        if claim.expanded_until is not None and not self._is_near(claim, now):
            return claim.expanded_until
        with self._store.writing() as work:
            work.events.roll(claim, now + EXPANDED)
            work.commit()
        return now + EXPANDED

    @staticmethod
    def _is_near(claim: SyncClaim, now: datetime) -> bool:
        return claim.expanded_until is None or claim.expanded_until < now + LEAST_EXPANDED

    def _marked(self, claim: SyncClaim, after: str) -> tuple[Sequence[Series], str | None]:
        with self._store.reading() as work:
            return work.events.marked(claim, after=after, limit=_SERIES_AT_ONCE)

    def _write(
        self,
        claim: SyncClaim,
        portions: _Portions,
        write: Callable[[UnitOfWork, Sequence[ExpandedEvent]], None],
    ) -> None:
        for portion in portions:
            with self._store.writing() as work:
                work.calendars.keep(claim, self._clock.now() + LEASE)
                write(work, portion)
                work.commit()

    def _expanded(self, claim: SyncClaim, marked: Sequence[Series], zone: str, window: Interval) -> _Portions:
        """What the events become; the claim is kept meanwhile, as costly ones may take seconds together."""
        expanded = []
        kept_at = self._clock.now()
        for series in marked:
            expanded.append(ExpandedEvent(series.master.id, expand(series, zone=zone, window=window)))
            kept_at = self._keep_lease(claim, kept_at)
        return list(expansion_portions(expanded))
