"""Claims the calendars that are due and has them synced, each on its own."""

from bot.domain.calendars import SyncClaim, SyncOutcome
from bot.domain.polling import LEASE
from bot.ports import Clock, Store, WorkQueue
from bot.usecases.announce_broken_accounts import AnnounceBrokenAccounts
from bot.usecases.ask_about_losses import AskAboutLosses
from bot.usecases.hand_over import hand_over
from bot.usecases.sync_calendar import SyncCalendar


class SyncDueCalendars:
    """One tick of the job of that name; any number of processes may run it.

    Each calendar is a piece of work of its own, so that one that fails holds up none of the others.
    """

    def __init__(
        self,
        store: Store,
        sync_calendar: SyncCalendar,
        announce: AnnounceBrokenAccounts,
        ask: AskAboutLosses,
        queue: WorkQueue,
        clock: Clock,
        *,
        limit: int,
    ) -> None:
        """Take what it works with; `limit` bounds the calendars claimed in one tick."""
        self._store = store
        self._sync_calendar = sync_calendar
        self._announce = announce
        self._ask = ask
        self._queue = queue
        self._clock = clock
        self._limit = limit

    def __call__(self) -> int:
        """How many calendars were handed to the queue; those it has no room for are left to the next tick."""
        with self._store.writing() as work:
            claims = work.calendars.claim_due(self._clock.now(), limit=self._limit, lease=LEASE)
            work.commit()
        return hand_over(self._queue, claims, self._sync, self._give_back)

    def _sync(self, claim: SyncClaim) -> None:
        outcome = self._sync_calendar(claim)
        if outcome is SyncOutcome.BROKEN:
            self._announce()
        elif outcome is SyncOutcome.HELD:
            self._ask()

    def _give_back(self, claim: SyncClaim) -> None:
        with self._store.writing() as work:
            work.calendars.keep(claim, self._clock.now())
            work.commit()
