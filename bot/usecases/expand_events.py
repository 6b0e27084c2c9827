"""Works out the occurrences of the events that were marked for it, over the rolling horizon."""

from collections.abc import Callable, Sequence
from datetime import datetime
from time import thread_time

from bot.domain.calendars import SyncClaim
from bot.domain.event_copies import as_copy
from bot.domain.events import Series
from bot.domain.expansion_budget import BudgetedExpansion
from bot.domain.horizon import EXPANDED, LEAST_EXPANDED, READ_BACK
from bot.domain.intervals import Interval
from bot.domain.polling import LEASE
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

    def __init__(self, store: Store, clock: Clock, effort: Callable[[], float] = thread_time) -> None:
        """Take what it works with; `effort` tells the seconds worked so far, whatever the machine does besides."""
        self._store = store
        self._clock = clock
        self._effort = effort
        self._keep_lease = KeepLease(store, clock)

    def within_budget(self, claim: SyncClaim, zone: str) -> BudgetedExpansion:
        """How to expand in one sync; when the horizon has come near, it is moved on and all series are marked.

        Args:
            claim: of the calendar.
            zone: IANA name of its zone, as last told.
        """
        now = self._clock.now()
        window = Interval(epoch(now - READ_BACK), epoch(self._horizon(claim, now)))
        return BudgetedExpansion(zone, window, self._effort)

    def is_idle(self, claim: SyncClaim) -> bool:
        """Whether there is nothing to do unless the reading brings it."""
        return not claim.has_marked and not self._is_near(claim, self._clock.now())

    def add(self, claim: SyncClaim, expand: BudgetedExpansion) -> None:
        """Let what is new block, before anything goes; raises `LeaseLost`. The arguments are those of the call.

        Where two events change places, one of them must not free its time before the other has taken it. What
        fits into one transaction changes places at once; of the rest the new times first block beside the old ones.
        """
        marked, following = self._marked(claim, "")
        portions = self._expanded(claim, marked, expand)
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
            portions = self._expanded(claim, marked, expand)

    def __call__(self, claim: SyncClaim, expand: BudgetedExpansion) -> None:
        """Expand what is marked, all of it; raises `LeaseLost`. For `expand` see `within_budget`."""
        following: str | None = ""
        while following is not None:
            # From mark to mark, so that one that could not be cleared keeps nothing behind it waiting.
            marked, following = self._marked(claim, following)
            portions = self._expanded(claim, marked, expand)
            self._write(claim, portions, lambda work, portion: work.events.expand(claim, portion))

    def _horizon(self, claim: SyncClaim, now: datetime) -> datetime:
        if claim.expanded_until is not None and not self._is_near(claim, now):
            return claim.expanded_until
        with self._store.writing() as work:
            work.events.roll(claim, now + EXPANDED)
            # Once a month, as otherwise only a full read would: what lies behind adds up over the years.
            work.events.forget_passed(claim, now - READ_BACK)
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

    def _expanded(self, claim: SyncClaim, marked: Sequence[Series], expand: BudgetedExpansion) -> _Portions:
        """What the events become; the claim is kept meanwhile, as costly ones may take seconds together."""
        expanded = []
        copies = self._copies(claim, marked)
        kept_at = self._clock.now()
        for series in marked:
            expansion = expand(series)
            if series.master.id in copies:
                expansion = as_copy(expansion)
            expanded.append(ExpandedEvent(series.master.id, expansion))
            kept_at = self._keep_lease(claim, kept_at)
        return list(expansion_portions(expanded))

    def _copies(self, claim: SyncClaim, marked: Sequence[Series]) -> frozenset[str]:
        """The ids of those that carry the mark of an appointment of the calendar's owner, wherever they stand."""
        uids = {one.master.id: one.master.ical_uid for one in marked if one.master.ical_uid}
        with self._store.reading() as work:
            booked = work.remote_links.uids(claim, uids.values())
        return frozenset(event_id for event_id, uid in uids.items() if uid in booked)
