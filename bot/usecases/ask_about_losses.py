"""Asks the owners of calendars that lost much at once whether that is right: once each."""

from bot.domain.calendars import Calendar
from bot.ports import Clock, Notifier, Store
from bot.usecases.tell_each_once import tell_each_once


class AskAboutLosses:
    """One direct message per loss that is held back, whoever runs this and however often."""

    def __init__(self, store: Store, notifier: Notifier, clock: Clock) -> None:
        self._store = store
        self._notifier = notifier
        self._clock = clock

    def __call__(self) -> int:
        """How many owners were asked.

        The question is claimed before it is sent: a process that dies in between leaves it to `status`, which shows
        it with the same buttons.
        """
        with self._store.writing() as work:
            calendars = work.calendars.claim_questions(self._clock.now())
            work.commit()
        return tell_each_once(calendars, self._ask, self._give_back)

    def _ask(self, calendar: Calendar) -> None:
        with self._store.reading() as work:
            member = work.members.get(calendar.workspace_id, calendar.member_id)
        self._notifier.ask_about_loss(member, calendar)

    def _give_back(self, calendar: Calendar) -> None:
        with self._store.writing() as work:
            work.calendars.release_question(calendar)
            work.commit()
