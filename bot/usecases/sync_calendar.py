"""One sync of a claimed calendar: pull, let what is new block, let go what is gone, and leave it due again."""

from collections.abc import Callable
from datetime import timedelta

from bot.domain.calendars import SyncClaim, SyncOutcome
from bot.domain.errors import DaybookError, LeaseLost
from bot.domain.freshness import Freshness, freshness
from bot.domain.fuse import Fuse
from bot.domain.polling import longest_interval, next_interval, next_sync_at
from bot.ports import CalendarGateway, Clock, Store
from bot.usecases.expand_events import ExpandEvents
from bot.usecases.pull_changes import PullChanges, Reading
from bot.usecases.record_failure import RecordFailure
from bot.usecases.refresh_details import RefreshDetails
from bot.usecases.remove_events import RemoveEvents
from bot.usecases.tend_channels import notice_silence


def nothing_decided(_claim: SyncClaim) -> None:
    """Leave it to the job that decides."""


def nothing_noticed(_claim: SyncClaim) -> None:
    """Appointments are nobody's concern."""


class SyncCalendar:
    """Syncs a claimed calendar and records how it went.

    Until the last step what was read before still blocks, whatever fails. Every transaction checks that the
    claim holds: of two processes that believe to have it, only one writes.
    """

    def __init__(
        self,
        store: Store,
        gateway: CalendarGateway,
        clock: Clock,
        *,
        interval: timedelta,
        jitter: Callable[[], float],
        decide: Callable[[SyncClaim], None] = nothing_decided,
        notice: Callable[[SyncClaim], object] = nothing_noticed,
    ) -> None:
        """Take what it works with.

        Args:
            store: where calendars and events are.
            gateway: the provider.
            clock: what time it is.
            interval: how often a calendar is read in which things happen; a quiet one is left alone for longer.
            jitter: random numbers from 0 up to 1.
            decide: decides what the events of a linked calendar are, as far as nobody has to be asked for it.
            notice: looks whether what was read landed on an appointment.
        """
        self._pull = PullChanges(store, gateway, clock)
        self._expand = ExpandEvents(store, clock)
        self._remove = RemoveEvents(store, clock)
        self._details = RefreshDetails(store, gateway, clock)
        self._record_failure = RecordFailure(store, self._details, clock, jitter)
        self._store = store
        self._clock = clock
        self._interval = interval
        self._jitter = jitter
        self._decide = decide
        self._notice = notice

    def __call__(self, claim: SyncClaim) -> SyncOutcome:
        """Sync it; what the provider refuses is recorded for its owner, not raised."""
        try:
            return self._recorded(claim)
        except LeaseLost:
            return SyncOutcome.LEFT

    def _recorded(self, claim: SyncClaim) -> SyncOutcome:
        try:
            return self._synced(claim)
        except LeaseLost:
            raise
        except DaybookError as failed:
            return self._record_failure(claim, failed)
        except Exception:
            # A mistake of ours goes on to whoever logs it.
            self._record_failure.own_mistake(claim)
            raise

    def _synced(self, claim: SyncClaim) -> SyncOutcome:
        reading = self._pull(claim)
        # Whoever changes what an account may do with a calendar has its sync tokens expire by that.
        is_listed = self._details.is_due(claim) or (
            claim.sync_token is not None and reading.full_generation is not None
        )
        if is_listed:
            self._details.if_possible(claim)
        is_idle = reading.is_quiet and self._expand.is_idle(claim)
        fuse = None if is_idle else self._apply(claim, reading)
        if claim.has_undecided or not reading.is_quiet:
            self._decide(claim)
        if not is_idle:
            # Before the end of the sync: who is killed ahead of it reads the same changes again.
            self._notice(claim)
        if fuse is not None:
            self._hold_back(claim, fuse)
            return SyncOutcome.HELD
        self._finish(claim, reading, is_listed=is_listed or claim.calendar.read_at is None)
        return SyncOutcome.SYNCED

    def _apply(self, claim: SyncClaim, reading: Reading) -> Fuse | None:
        """Bring the occurrences up to date; returns what may not be removed yet."""
        expand = self._expand.within_budget(claim, reading.zone)
        fuse = None
        if not reading.is_quiet:
            fuse = self._remove.held_back(claim, reading)
            self._expand.add(claim, expand)
            if fuse is None and not _only_adds(claim, reading):
                self._remove(claim, reading)
        self._expand(claim, expand)
        return fuse

    def _hold_back(self, claim: SyncClaim, fuse: Fuse) -> None:
        """Read on at the slowest pace: what is new still comes in, and what comes back needs no answer."""
        now = self._clock.now()
        next_at = next_sync_at(now, longest_interval(self._interval), self._jitter())
        with self._store.writing() as work:
            work.calendars.hold_back(claim, fuse, read_at=now, next_sync_at=next_at)
            work.homes.changed([claim.calendar.member_id], now)
            work.commit()

    def _finish(self, claim: SyncClaim, reading: Reading, *, is_listed: bool) -> None:
        now, calendar = self._clock.now(), claim.calendar
        with self._store.writing() as work:
            if _only_adds(claim, reading) and (reading.token != claim.sync_token or calendar.fuse is not None):
                # Nothing is written for nothing: a new token goes with the one row that ends the sync.
                work.events.complete(claim, sync_token=reading.token, zone=reading.zone)
            told_for = calendar.told_for(now)
            if told_for and reading.found_changes and notice_silence(work, claim, now):
                told_for = timedelta()
            interval = next_interval(self._interval, calendar.interval, is_quiet=reading.is_quiet, told_for=told_for)
            work.calendars.finish(
                claim,
                read_at=now,
                next_sync_at=next_sync_at(now, interval, self._jitter()),
                interval=interval,
                listed_at=now if is_listed else None,
            )
            if not reading.is_quiet or calendar.problem or freshness(calendar, now) is not Freshness.FRESH:
                work.homes.changed([calendar.member_id], now)
            work.commit()


def _only_adds(claim: SyncClaim, reading: Reading) -> bool:
    """Whether nothing has to go, and what was read before stands as it did."""
    return not reading.removes and reading.zone == claim.calendar.zone
