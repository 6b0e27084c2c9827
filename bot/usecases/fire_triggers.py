"""Claims what triggers fired for and has it carried out, each on its own."""

from collections.abc import Callable, Sequence

from bot.domain.firings import FiringClaim
from bot.ports import Clock, Store, WorkQueue
from bot.usecases.hand_over import hand_over, in_a_row

_MOST_IN_A_ROW = 20


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
        return hand_over(self._queue, self._claim(self._limit), self._carry_on, self._give_back)

    def _carry_on(self, claim: FiringClaim) -> None:
        in_a_row(self._carry_out, claim, lambda _: self._claim(1), _MOST_IN_A_ROW)

    def _claim(self, limit: int) -> Sequence[FiringClaim]:
        with self._store.writing() as work:
            claims = work.firings.claim_due(self._clock.now(), limit=limit)
            work.commit()
        return claims

    def _give_back(self, claim: FiringClaim) -> None:
        with self._store.writing() as work:
            work.firings.give_back(claim)
            work.commit()
