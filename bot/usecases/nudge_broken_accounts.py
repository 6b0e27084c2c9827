"""Reminds the owners of broken connections, on a few days and by daylight, until they reconnect or leave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.nudges import NUDGE_DAYS, TRY_AGAIN, DueNudge, nudge_plan
from bot.domain.people import Member, Standing, actor_of
from bot.ports import AlertMessages, Clock, Store, UnitOfWork
from bot.usecases.gather_times import preferences_of
from bot.usecases.tell_each_once import tell_each_once

_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class _Nudge:
    """One that is to be said now: it is the `number`th."""

    due: DueNudge
    member: Member
    zone: str
    number: int


@dataclass(frozen=True, slots=True)
class _Unplanned:
    """One that could not be planned: `mistake` is raised once everybody else was reminded."""

    due: DueNudge
    mistake: Exception


class NudgeBrokenAccounts:
    """One tick of the job of that name; any number of processes may run it."""

    def __init__(self, store: Store, messages: AlertMessages, clock: Clock) -> None:
        self._store = store
        self._messages = messages
        self._clock = clock

    def __call__(self) -> int:
        """How many owners were reminded.

        What is said next is stored before it is said: a process that dies in between leaves one reminder out, and
        nobody gets one twice.
        """
        now = self._clock.now()
        with self._store.reading() as work:
            if not work.accounts.is_nudge_due(now):
                return 0
        return tell_each_once(self._due(now), self._tell, self._give_back)

    def _due(self, now: datetime) -> Iterator[_Nudge | _Unplanned]:
        """One claimed after the other, so that no more than one is left out.

        Whose cannot be planned, by a mistake of ours, keeps nobody behind him waiting.
        """
        for _ in range(_AT_ONCE):
            claimed: Sequence[DueNudge] = ()
            try:
                with self._store.writing() as work:
                    claimed = work.accounts.claim_nudges(now, limit=1)
                    planned = [self._planned(work, due) for due in claimed]
                    work.commit()
            except Exception as mistake:
                if not claimed:
                    raise
                yield _Unplanned(claimed[0], mistake)
                continue
            if not claimed:
                return
            yield from (nudge for nudge in planned if nudge is not None)

    def _planned(self, work: UnitOfWork, due: DueNudge) -> _Nudge | None:
        """Store when it is next; nothing is said to whoever sleeps, or is no full member any more."""
        account = due.account
        member = work.members.get(account.workspace_id, account.member_id)
        actor = actor_of(member, work.workspaces.get(account.workspace_id))
        zone = preferences_of(work, actor, [member])[member.id].schedule.zone
        plan = nudge_plan(due, zone, self._clock.now())
        work.accounts.plan_nudge(due, sent=plan.sent, next_at=plan.next_at)
        is_said = plan.is_now and member.standing is Standing.FULL
        return _Nudge(due, member, zone, plan.sent) if is_said else None

    def _tell(self, nudge: _Nudge | _Unplanned) -> None:
        if isinstance(nudge, _Unplanned):
            raise nudge.mistake
        is_last = nudge.number == len(NUDGE_DAYS)
        self._messages.still_broken(nudge.member, nudge.due, is_last=is_last, zone=nudge.zone)

    def _give_back(self, nudge: _Nudge | _Unplanned) -> None:
        with self._store.writing() as work:
            work.accounts.plan_nudge(nudge.due, sent=nudge.due.sent, next_at=self._clock.now() + TRY_AGAIN)
            work.commit()
