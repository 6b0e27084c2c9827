"""Tells hosts which of their contacts will not come: once each."""

from bot.domain.people import Standing
from bot.domain.taken import Declined
from bot.domain.wall_time import epoch
from bot.ports import Clock, Notifier, Store, UnitOfWork
from bot.usecases.tell_each_once import LATER, TRIED_FOR, one_by_one, tell_each_once


class TellDeclines:
    """One direct message per contact and meeting, whoever runs this and however often."""

    def __init__(self, store: Store, notifier: Notifier, clock: Clock) -> None:
        self._store = store
        self._notifier = notifier
        self._clock = clock

    def __call__(self) -> int:
        """How many messages were sent.

        Each is claimed before it is sent: a process that dies in between leaves one of them to the agenda, which shows
        it too.
        """
        now = self._clock.now()
        with self._store.reading() as work:
            if not work.taken.has_untold(now):
                return 0
        return tell_each_once(one_by_one(self._store, self._claim), self._tell, self._give_back)

    def _claim(self, work: UnitOfWork) -> Declined | None:
        return next(iter(work.taken.claim_declined(self._clock.now(), limit=1)), None)

    def _tell(self, declined: Declined) -> None:
        is_over = not declined.repeats and declined.span.end <= epoch(self._clock.now())
        with self._store.reading() as work:
            member = work.members.get(declined.workspace_id, declined.member_id)
        if not is_over and member.standing is Standing.FULL:
            self._notifier.contact_declined(member, declined)

    def _give_back(self, declined: Declined) -> None:
        now = self._clock.now()
        with self._store.writing() as work:
            work.taken.release_declined(declined, now + LATER, first_noted=now - TRIED_FOR)
            work.commit()
