"""Tells the owners of triggers that these came to nothing: at most once a day of each."""

from collections.abc import Sequence

from bot.domain.firings import FailedTrigger
from bot.domain.people import Standing
from bot.ports import AlertMessages, Clock, Store
from bot.usecases.tell_each_once import one_by_one, tell_each_once

_OF_ONE = 100

_Failed = Sequence[FailedTrigger]


class TellFailedTriggers:
    """One direct message to each owner with all that is new; any number of processes may run this."""

    def __init__(self, store: Store, messages: AlertMessages, clock: Clock) -> None:
        self._store = store
        self._messages = messages
        self._clock = clock

    def __call__(self) -> int:
        """How many owners were told.

        What is told is claimed before it is said, an owner at a time: a process that dies in between leaves one of
        them to his ledger.
        """
        now = self._clock.now()
        with self._store.reading() as work:
            if not work.triggers.has_untold(now):
                return 0
        untold = one_by_one(self._store, lambda work: work.triggers.claim_failed(now, limit=_OF_ONE))
        return tell_each_once(untold, self._tell, self._give_back)

    def _tell(self, failed: _Failed) -> None:
        trigger = failed[0].trigger
        with self._store.reading() as work:
            owner = work.members.get(trigger.workspace_id, trigger.owner_id)
        if owner.standing is Standing.FULL:
            self._messages.triggers_failed(owner, failed)

    def _give_back(self, failed: _Failed) -> None:
        with self._store.writing() as work:
            for one in failed:
                work.triggers.release_failed(one, self._clock.now())
            work.commit()
