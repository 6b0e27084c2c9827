"""Decides what the events of a linked calendar are in Daybook: blocks, events in colour, or appointments."""

from collections.abc import Collection
from uuid import UUID

from bot.domain.calendars import Calendar, SyncClaim
from bot.domain.polling import LEASE
from bot.ports import Clock, NewId, Store
from bot.usecases.decide_portion import DecidePortion
from bot.usecases.settle_left import settle_left

_EVENTS_AT_ONCE = 25
_NONE: frozenset[UUID] = frozenset()


class DecideEvents:
    """Works off the marks of a claimed calendar, in short transactions; it may be killed anywhere and run again.

    Nobody is asked anything: what hangs on an answer that is not there stays marked, and so do meetings that went
    until somebody has looked where to. See `DecideWaiting`.
    """

    def __init__(self, store: Store, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def __call__(self, claim: SyncClaim, missing: Collection[UUID] = _NONE, moved: Collection[UUID] = _NONE) -> None:
        """Raises `LeaseLost`.

        Args:
            claim: of the calendar.
            missing: meetings that went from it, and were looked for everywhere in vain.
            moved: meetings that were found where they are no appointments.
        """
        after = ""
        while self._waits(claim.calendar, after):
            after = self._portion(claim, after)
        with self._store.reading() as work:
            has_left = bool(work.taken.left(claim.calendar))
        if has_left:
            with self._store.writing() as work:
                settle_left(work, claim, missing, moved, self._clock.now())
                work.homes.changed([claim.calendar.member_id], self._clock.now())
                work.commit()

    def _waits(self, calendar: Calendar, after: str) -> bool:
        """Whether any is marked behind that id; to look needs no right to write."""
        with self._store.reading() as work:
            return bool(work.taken.marked(calendar, after=after, limit=1))

    def _portion(self, claim: SyncClaim, after: str) -> str:
        """After which id to go on."""
        now = self._clock.now()
        with self._store.writing() as work:
            calendar = work.taken.begin(claim)
            marked = work.taken.marked(calendar, after=after, limit=_EVENTS_AT_ONCE)
            if not marked:
                return after
            work.calendars.keep(claim, now + LEASE)
            decide = DecidePortion(work, claim, calendar, marked, now, self._new_id)
            work.taken.save(claim, [decided for one in marked if (decided := decide(one)) is not None])
            work.homes.changed([calendar.member_id], now)
            work.commit()
        return marked[-1].event.id
