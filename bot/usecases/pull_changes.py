"""Fetches what changed in a remote calendar and stores what is new in it."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.calendars import SyncClaim
from bot.domain.errors import ProviderDown, SyncTokenExpired
from bot.domain.horizon import READ_BACK
from bot.domain.round_trips import set_apart
from bot.domain.sync_plan import plan_page, portions
from bot.ports import CalendarGateway, Clock, Store
from bot.usecases.keep_lease import KeepLease
from bot.usecases.notice_copies import notice_changed
from bot.usecases.notice_round_trips import NoticeRoundTrips


@dataclass(frozen=True, slots=True)
class Reading:
    """What a complete reading came to; what is new is stored, the rest waits here.

    Args:
        zone: the calendar's, as last told.
        token: that the next delta starts from.
        removals: the ids of the events that are to go.
        outliving: the ids of exceptions that were told as live, and stay where their series is to go.
        full_generation: of a full read: what it did not meet is to go as well.
        is_quiet: nothing was told.
    """

    zone: str
    token: str
    removals: frozenset[str] = frozenset()
    outliving: Collection[str] = frozenset()
    full_generation: int | None = None
    is_quiet: bool = False

    @property
    def found_changes(self) -> bool:
        """Whether events changed since the last reading; one from the start cannot know."""
        return not self.is_quiet and self.full_generation is None

    @property
    def removes(self) -> bool:
        """Whether anything may have to go."""
        return bool(self.removals) or self.full_generation is not None


class PullChanges:
    """Reads the delta since the last time, or everything.

    New events are stored page by page, in short transactions and never during a network call. What is gone is
    only told: it goes last, so that no crash in between makes a taken time look free.
    """

    def __init__(self, store: Store, gateway: CalendarGateway, clock: Clock) -> None:
        self._store = store
        self._gateway = gateway
        self._clock = clock
        self._keep_lease = KeepLease(store, clock)
        self._notice = NoticeRoundTrips(store, clock)

    def __call__(self, claim: SyncClaim) -> Reading:
        """Raises the `ProviderError`s of the gateway, and `LeaseLost`."""
        if claim.sync_token is not None:
            try:
                return self._pages(claim, claim.sync_token, claim.generation)
            except SyncTokenExpired:
                # Once: a provider that refuses its own first answer will not be talked round by asking again.
                pass
        with self._store.writing() as work:
            generation = work.events.begin_full(claim)
            work.commit()
        return self._pages(claim, None, generation)

    def _pages(self, claim: SyncClaim, token: str | None, generation: int) -> Reading:
        calendar = claim.calendar
        started = kept = self._clock.now()
        zone, next_token, removals, is_quiet = calendar.zone, None, frozenset[str](), token is not None
        outliving: set[str] = set()
        pages = self._gateway.changes(
            calendar.account_id, calendar.remote_id, sync_token=token, since=started - READ_BACK
        )
        for page in pages:
            told, checks = set_apart(page.events)
            self._notice(claim, checks)
            changes = plan_page(told, removals)
            removals = changes.removals
            outliving.difference_update(event.id for event in changes.upserts)
            outliving |= changes.live_exceptions
            is_quiet = is_quiet and not page.events
            zone, next_token = page.zone or zone, page.next_sync_token
            for upserts in portions(changes.upserts):
                with self._store.writing() as work:
                    privacy = work.remote_links.privacy_change(claim, upserts)
                    work.events.upsert(claim, upserts, generation=generation)
                    notice_changed(work, claim, upserts, self._clock.now())
                    # Last, as links come after appointments and effects for everybody who locks them.
                    work.remote_links.keep_privacy(privacy)
                    work.commit()
            kept = self._keep_lease(claim, kept)
        if next_token is None:
            # Half an answer must not be taken for a whole one: all that it lacks would be swept away.
            raise ProviderDown("The calendar's answer broke off in the middle.")
        full_generation, is_quiet = None if token else generation, is_quiet and zone == calendar.zone
        return Reading(zone, next_token, removals, outliving, full_generation, is_quiet)
