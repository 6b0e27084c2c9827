"""Forgets a member: his permissions are given back first, then all that is his is erased, and he is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.accounts import Account
from bot.domain.appointments import Appointment
from bot.domain.connections import Ended
from bot.domain.effects import wait_after
from bot.domain.erasure import PATIENCE, EndedGrant, Forgetting, MemberHeld
from bot.domain.errors import DaybookError, ProviderError
from bot.domain.intervals import Interval
from bot.domain.people import Actor, actor_of
from bot.domain.preferences import Audience, Preferences
from bot.domain.wall_time import DAY, epoch
from bot.ports import Clock, PrivacyMessages, Store, UnitOfWork

_AT_ONCE = 5
_YEARS_AHEAD = 10 * 366 * DAY
_SOON = timedelta(seconds=5)


class YoursStand(DaybookError):
    """Appointments of the member are to come; what becomes of them is decided first."""

    def __init__(self) -> None:
        super().__init__(
            "You have appointments to come, so nothing was erased. Cancel them first: whoever was invited is told then."
        )


class LookAtForgetting:
    """What the question before it shows."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor) -> MemberHeld:
        """What the actor would have erased."""
        now = self._clock.now()
        with self._store.reading() as work:
            accounts = (*work.accounts.of(actor), *work.accounts.pending(actor))
            calendars = work.calendars.of(actor)
            events = sum(work.calendars.event_counts(actor).values())
            standing = _standing(work, actor, now)
            under_way = work.erasures.is_under_way(actor)
        addresses = tuple(dict.fromkeys(one.address for one in accounts))
        return MemberHeld(addresses, len(calendars), events, standing, actor.zone, under_way)


class ForgetMember:
    """Begins it; nobody may book the member from now on."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor) -> None:
        """Raises `YoursStand`. Whoever is being forgotten already goes on being so."""
        now = self._clock.now()
        forgetting = Forgetting(actor.workspace_id, actor.member_id, actor.slack_user_id, now + PATIENCE)
        with self._store.writing() as work:
            work.appointments.lock_hosts([actor.member_id])
            if _standing(work, actor, now):
                raise YoursStand
            work.schedules.change(actor, _for_nobody)
            work.erasures.begin(forgetting, now)
            work.commit()


class FinishForgetting:
    """The job of that name. Any number of processes may run it, and die anywhere: what is done is not undone by it."""

    def __init__(
        self, store: Store, end_grant: Callable[[Account], Ended], messages: PrivacyMessages, clock: Clock
    ) -> None:
        self._store = store
        self._end_grant = end_grant
        self._messages = messages
        self._clock = clock

    def __call__(self) -> int:
        """How many members were worked on."""
        with self._store.writing() as work:
            due = work.erasures.claim_due(self._clock.now(), limit=_AT_ONCE)
            work.commit()
        for forgetting in due:
            self._go_on(forgetting)
        return len(due)

    def _go_on(self, forgetting: Forgetting) -> None:
        if self._is_to_wait(forgetting):
            self._put_off(forgetting, self._clock.now() + wait_after(forgetting.attempts, 0.5))
            return
        for account in self._accounts(forgetting):
            ended = self._end_grant(account)
            with self._store.writing() as work:
                told = EndedGrant(account.provider, ended.revocation)
                work.erasures.note(forgetting.member_id, told, account.address)
                work.commit()
        with self._store.writing() as work:
            is_erased = work.erasures.erase_member(forgetting)
            work.commit()
        if not is_erased:  # he connected another one meanwhile
            self._put_off(forgetting, self._clock.now() + _SOON)
            return
        self._tell(forgetting)

    def _is_to_wait(self, forgetting: Forgetting) -> bool:
        with self._store.reading() as work:
            return self._clock.now() < forgetting.until and work.erasures.is_delivering(forgetting.member_id)

    def _accounts(self, forgetting: Forgetting) -> list[Account]:
        with self._store.reading() as work:
            member = work.members.get(forgetting.workspace_id, forgetting.member_id)
            actor = actor_of(member, work.workspaces.get(forgetting.workspace_id))
            return [*work.accounts.of(actor), *work.accounts.pending(actor)]

    def _tell(self, forgetting: Forgetting) -> None:
        """He is told once at least, unless Slack refuses for too long; then his Slack id goes too."""
        with self._store.reading() as work:
            known = work.erasures.known(forgetting.member_id)
        if known is None:
            return
        try:
            self._messages.forgotten(known)
        except ProviderError:
            if self._clock.now() < forgetting.until:
                self._put_off(forgetting, self._clock.now() + wait_after(forgetting.attempts, 0.5))
                return
        with self._store.writing() as work:
            work.erasures.done(forgetting.member_id)
            work.commit()

    def _put_off(self, forgetting: Forgetting, due_at: datetime) -> None:
        with self._store.writing() as work:
            work.erasures.put_off(forgetting.member_id, due_at)
            work.commit()


def _standing(work: UnitOfWork, actor: Actor, now: datetime) -> tuple[Appointment, ...]:
    second = epoch(now)
    ahead = work.appointments.between(actor, [actor.member_id], Interval(second, second + _YEARS_AHEAD))
    return tuple(one for one in ahead[actor.member_id] if one.is_live)


def _for_nobody(preferences: Preferences) -> Preferences:
    return replace(preferences, audience=Audience.NOBODY)
