"""Members' calendars read anew, just before something is decided that they have a say in."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from threading import Semaphore
from time import monotonic, sleep
from uuid import UUID

from bot.domain.calendars import SyncClaim, SyncOutcome
from bot.domain.errors import LeaseLost, Overloaded
from bot.domain.people import Actor
from bot.domain.polling import LEASE
from bot.ports import Clock, Store, WorkQueue

LIVE_DEADLINE = timedelta(seconds=5)
_LOOK_SECONDS = 0.02

_READ = (SyncOutcome.SYNCED, SyncOutcome.HELD)

Follow = Callable[[Collection[UUID], float], frozenset[UUID]]
"""Waits for so many seconds until appointments have followed what was noticed of their copies in these calendars.

Returned are the calendars of which that is not done.
"""

_Readings = Mapping[UUID, tuple[datetime | None, datetime | None]]
_Outcomes = dict[UUID, SyncOutcome]


class ReadLive:
    """Has calendars synced side by side and waits for them, for so long.

    It fails for nobody's sake: it says what could not be read in time, and whoever decides takes that for stale.
    """

    def __init__(
        self,
        store: Store,
        sync: Callable[[SyncClaim], SyncOutcome],
        queue: WorkQueue,
        clock: Clock,
        follow: Follow = lambda _calendar_ids, _seconds: frozenset(),
        *,
        within: timedelta = LIVE_DEADLINE,
    ) -> None:
        """Take what it works with.

        Args:
            store: where the calendars are.
            sync: syncs one that is claimed, and records how it went.
            queue: where that is done; nothing that waits for a reading may be done there.
            clock: what time it is.
            follow: has appointments follow at once what was just noticed of their copies.
            within: how long it waits at most, by the clock on the wall.
        """
        self._store = store
        self._sync = sync
        self._queue = queue
        self._clock = clock
        self._follow = follow
        self._within = within

    def __call__(self, actor: Actor, member_ids: Collection[UUID]) -> frozenset[UUID]:
        """Read all calendars in use of these members of the actor's workspace; returns in time, done or not.

        One that somebody else is reading just now is waited for as well. Returned are those that could not be read,
        or in which an appointment was moved that could not follow in time. Of these the ones that nobody can read
        before their owner acts are left out, as they are stale by themselves.
        """
        until = monotonic() + self._within.total_seconds()
        before = self._in_use(actor, member_ids)
        claims = self._claim(before)
        ended = Semaphore(0)
        outcomes: _Outcomes = {}
        running = sum(self._begin(claim, outcomes, ended) for claim in claims)
        elsewhere = before.keys() - {claim.calendar.id for claim in claims}
        while running and (left := until - monotonic()) > 0:
            running -= ended.acquire(timeout=left)
        while elsewhere and monotonic() < until:
            sleep(_LOOK_SECONDS)
            now = self._in_use(actor, member_ids)
            elsewhere = {one for one in elsewhere if one in now and now[one] == before[one]}
        unfollowed = self._follow(before.keys(), max(0.0, until - monotonic())) if before else frozenset()
        # As it is now: who is late still writes into the other one.
        return self._unanswered(actor, member_ids, before, dict(outcomes)) | unfollowed

    def _unanswered(
        self, actor: Actor, member_ids: Collection[UUID], before: _Readings, outcomes: _Outcomes
    ) -> frozenset[UUID]:
        """Whatever is not known to have been read, here or elsewhere, since it was asked for."""
        missed = {one for one in before if outcomes.get(one) not in _READ}
        if not missed:
            return frozenset()
        now = self._in_use(actor, member_ids)
        return frozenset(one for one in missed if one in now and now[one][0] == before[one][0])

    def _in_use(self, actor: Actor, member_ids: Collection[UUID]) -> _Readings:
        """When each was read last, and is due next, which both change when a reading ends, well or not.

        Those that nobody can read before their owner acts are left out.
        """
        with self._store.reading() as work:
            calendars = work.calendars.of_members(actor, list(member_ids))
        return {one.id: (one.read_at, one.next_sync_at) for one in calendars if not one.is_cut_off}

    def _claim(self, calendars: _Readings) -> Collection[SyncClaim]:
        if not calendars:
            return ()
        with self._store.writing() as work:
            claims = work.calendars.claim_these(calendars.keys(), self._clock.now(), lease=LEASE)
            work.commit()
        return claims

    def _begin(self, claim: SyncClaim, outcomes: _Outcomes, ended: Semaphore) -> bool:
        """Whether the queue had room for it; if not, the lease ends at once."""
        try:
            self._queue.submit(partial(self._run, claim, outcomes, ended))
        except Overloaded:
            with suppress(LeaseLost), self._store.writing() as work:
                work.calendars.keep(claim, self._clock.now())
                work.commit()
            return False
        return True

    def _run(self, claim: SyncClaim, outcomes: _Outcomes, ended: Semaphore) -> None:
        try:
            outcomes[claim.calendar.id] = self._sync(claim)
        finally:
            ended.release()
