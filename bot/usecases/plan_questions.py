"""Enters, for every appointment with a contact that has ended, when its host is asked how it went."""

from datetime import datetime

from bot.domain.people import actor_of
from bot.domain.reminder_planning import Over, question_of
from bot.domain.reminders import Reminder
from bot.ports import Clock, Store, UnitOfWork

_AT_ONCE = 200


class PlanQuestions:
    """One tick of the job of that name; any number of processes may run it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self) -> int:
        """How many appointments were looked at.

        The first tick in a workspace only notes the time, so that nobody is asked or reminded of what was before.
        """
        now = self._clock.now()
        with self._store.reading() as work:
            if work.reminders.has_begun() and not work.reminders.over(now, limit=1):
                return 0
        with self._store.writing() as work:
            work.reminders.begin(now)
            over = work.reminders.over(now, limit=_AT_ONCE)
            work.reminders.enter([_question(work, one, now) for one in over])
            work.commit()
        return len(over)


def _question(work: UnitOfWork, over: Over, now: datetime) -> Reminder:
    host = work.members.get(over.workspace_id, over.member_id)
    actor = actor_of(host, work.workspaces.get(over.workspace_id))
    return question_of(over, work.schedules.of(actor, {host.id: host.zone})[host.id].schedule, now)
