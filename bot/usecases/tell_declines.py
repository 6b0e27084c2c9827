"""Tells hosts which of their contacts will not come: once each."""

from bot.domain.people import Standing
from bot.domain.taken import Declined
from bot.domain.wall_time import epoch
from bot.ports import Clock, Notifier, Store
from bot.usecases.tell_each_once import tell_each_once

_AT_ONCE = 50


class TellDeclines:
    """One direct message per contact and meeting, whoever runs this and however often."""

    def __init__(self, store: Store, notifier: Notifier, clock: Clock) -> None:
        self._store = store
        self._notifier = notifier
        self._clock = clock

    def __call__(self) -> int:
        """How many messages were sent.

        Each is claimed before it is sent: a process that dies in between leaves it to the agenda, which shows it too.
        """
        now = self._clock.now()
        with self._store.reading() as work:
            if not work.taken.has_untold():
                return 0
        with self._store.writing() as work:
            declined = work.taken.claim_declined(now, limit=_AT_ONCE)
            work.commit()
        return tell_each_once(declined, self._tell, self._give_back)

    def _tell(self, declined: Declined) -> None:
        is_over = not declined.repeats and declined.span.end <= epoch(self._clock.now())
        with self._store.reading() as work:
            member = work.members.get(declined.workspace_id, declined.member_id)
        if not is_over and member.standing is Standing.FULL:
            self._notifier.contact_declined(member, declined)

    def _give_back(self, declined: Declined) -> None:
        with self._store.writing() as work:
            work.taken.release_declined(declined)
            work.commit()
