"""Claims what triggers fired for and has it carried out, each on its own."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from bot.domain.errors import LeaseLost, Overloaded
from bot.domain.firings import FiringClaim
from bot.ports import Clock, Store, WorkQueue

_MOST_IN_A_ROW = 20
"""Then somebody else has his turn."""


class FireTriggers:
    """One tick of the job of that name; any number of processes may run it."""

    def __init__(
        self, store: Store, carry_out: Callable[[FiringClaim], bool], queue: WorkQueue, clock: Clock, *, limit: int
    ) -> None:
        """Take what it works with; `limit` bounds the firings claimed in one tick."""
        self._store = store
        self._carry_out = carry_out
        self._queue = queue
        self._clock = clock
        self._limit = limit

    def __call__(self) -> int:
        """How many were handed to the queue; those it has no room for are left to the next tick."""
        with self._store.reading() as work:
            if not work.firings.is_any_due(self._clock.now()):
                return 0
        claims = self._claim(self._limit)
        for place, claim in enumerate(claims):
            try:
                self._queue.submit(partial(self._carry_on, claim))
            except Overloaded:
                self._give_back(claims[place:])
                return place
        return len(claims)

    def _carry_on(self, claim: FiringClaim) -> None:
        """Carry it out, and then what waits behind it, for as long as that goes well."""
        for _ in range(_MOST_IN_A_ROW):
            if not self._carry_out(claim):
                return
            following = self._claim(1)
            if not following:
                return
            [claim] = following

    def _claim(self, limit: int) -> Sequence[FiringClaim]:
        with self._store.writing() as work:
            claims = work.firings.claim_due(self._clock.now(), limit=limit)
            work.commit()
        return claims

    def _give_back(self, claims: Sequence[FiringClaim]) -> None:
        """End the leases, so that the next tick need not wait for them to run out."""
        for claim in claims:
            with suppress(LeaseLost), self._store.writing() as work:
                work.firings.give_back(claim)
                work.commit()
