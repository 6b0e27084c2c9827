"""Asks the owners of calendars that lost much at once whether that is right: once each."""

from bot.domain.calendars import Calendar
from bot.domain.people import Standing
from bot.ports import Clock, Notifier, Store
from bot.usecases.tell_each_once import LATER, TRIED_FOR, one_by_one, tell_each_once


class AskAboutLosses:
    """One direct message per loss that is held back, whoever runs this and however often."""

    def __init__(self, store: Store, notifier: Notifier, clock: Clock) -> None:
        self._store = store
        self._notifier = notifier
        self._clock = clock

    def __call__(self) -> int:
        """How many owners were asked.

        Each question is claimed before it is sent: a process that dies in between leaves one of them to `status`,
        which shows it with the same buttons.
        """
        claimed = one_by_one(self._store, lambda work: work.calendars.claim_question(self._clock.now()))
        return tell_each_once(claimed, self._ask, self._give_back)

    def _ask(self, calendar: Calendar) -> None:
        with self._store.reading() as work:
            member = work.members.get(calendar.workspace_id, calendar.member_id)
        if member.standing is Standing.FULL:
            self._notifier.ask_about_loss(member, calendar)

    def _give_back(self, calendar: Calendar) -> None:
        now = self._clock.now()
        with self._store.writing() as work:
            work.calendars.release_question(calendar, now + LATER, first_asked=now - TRIED_FOR)
            work.commit()
