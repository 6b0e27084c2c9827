"""Tells the owners of triggers that these came to nothing: at most once a day of each."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.firings import FailedTrigger
from bot.domain.people import Standing
from bot.ports import AlertMessages, Clock, Store
from bot.usecases.tell_each_once import tell_each_once

_AT_ONCE = 50
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
        return tell_each_once(self._untold(now), self._tell, self._give_back)

    def _untold(self, now: datetime) -> Iterator[_Failed]:
        for _ in range(_AT_ONCE):
            with self._store.writing() as work:
                failed = work.triggers.claim_failed(now, limit=_OF_ONE)
                work.commit()
            if not failed:
                return
            yield failed

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
