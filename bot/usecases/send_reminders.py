"""Finds who is to be reminded by now, claims it and has it said, each on its own."""

from collections.abc import Callable, Sequence

from bot.domain.reminder_planning import reminders_of
from bot.domain.reminders import ReminderClaim
from bot.ports import Clock, Store, WorkQueue
from bot.usecases.hand_over import hand_over, in_a_row

_MOST_ENTERED = 500
_MOST_IN_A_ROW = 50


class SendReminders:
    """One tick of the job of that name; any number of processes may run it.

    Nothing is planned ahead: what is due is found in the appointments as they stand, and entered once. So whoever
    moves one, here or in Google, has nothing to tell. What was said of one in Google is held against it, too.
    """

    def __init__(
        self, store: Store, send: Callable[[ReminderClaim], bool], queue: WorkQueue, clock: Clock, *, limit: int
    ) -> None:
        """Take what it works with; `limit` bounds what is claimed in one tick."""
        self._store = store
        self._send = send
        self._queue = queue
        self._clock = clock
        self._limit = limit

    def __call__(self) -> int:
        """How many were handed to the queue; those it has no room for are left to the next tick."""
        with self._store.reading() as work:
            if not work.reminders.has_work(self._clock.now()):
                return 0
        return hand_over(self._queue, self._enter_and_claim(), self._carry_on, self._give_back)

    def _enter_and_claim(self) -> Sequence[ReminderClaim]:
        now = self._clock.now()
        with self._store.writing() as work:
            work.reminders.look_at_taken(now)
            for coming in work.reminders.coming(now, limit=_MOST_ENTERED):
                work.reminders.enter(reminders_of(coming))
            claims = work.reminders.claim_due(now, limit=self._limit)
            work.commit()
        return claims

    def _carry_on(self, claim: ReminderClaim) -> None:
        in_a_row(self._send, claim, self._claim_next, _MOST_IN_A_ROW)

    def _claim_next(self, _: ReminderClaim) -> Sequence[ReminderClaim]:
        with self._store.writing() as work:
            claims = work.reminders.claim_due(self._clock.now(), limit=1)
            work.commit()
        return claims

    def _give_back(self, claim: ReminderClaim) -> None:
        with self._store.writing() as work:
            work.reminders.give_back(claim)
            work.commit()
