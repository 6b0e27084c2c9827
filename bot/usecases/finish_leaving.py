"""Ends what was begun when a member left an account or a calendar: events are removed, and he is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.accounts import Account
from bot.domain.connections import Ended, Revocation
from bot.domain.effects import wait_after
from bot.domain.errors import (
    CalendarGone,
    CredentialRefused,
    EventGone,
    KeyMissing,
    LeaseLost,
    ProviderBusy,
    ProviderDown,
    ProviderError,
    SecretUnreadable,
)
from bot.domain.leaving import PATIENCE, CopyState, Leaving, LeftCopy, LeftReport
from bot.domain.people import Actor, actor_of
from bot.ports import Clock, EventCopies, NewId, Notifier, Store, UnitOfWork
from bot.usecases.adopt_links import tell_cut_off
from bot.usecases.delivering import CrashPoint, nowhere
from bot.usecases.end_grant import Before

_AT_ONCE = 20
_SOON = timedelta(seconds=1)


class EndsGrant(Protocol):
    """`EndGrant`, as far as it is asked for here."""

    def __call__(self, account: Account, before: Before, /) -> Ended: ...


class FinishLeaving:
    """The job of that name: removes events of accounts that are left, ends them, and tells what was done.

    Any number of processes may run it, and die anywhere: what is removed twice is removed once, and what was ended is
    told once at least.
    """

    def __init__(
        self,
        store: Store,
        copies: EventCopies,
        end_grant: EndsGrant,
        notifier: Notifier,
        clock: Clock,
        new_id: NewId,
        crash_point: CrashPoint = nowhere,
    ) -> None:
        self._store = store
        self._copies = copies
        self._end_grant = end_grant
        self._notifier = notifier
        self._clock = clock
        self._new_id = new_id
        self._crash_point = crash_point

    def __call__(self) -> int:
        """How many accounts were worked on."""
        worked_on = 0
        # One after the other, so that nothing is claimed that waits for another account's provider.
        while worked_on < _AT_ONCE and (leaving := self._claimed()) is not None:
            self._go_on(leaving)
            worked_on += 1
        for _ in range(_AT_ONCE):
            if not self._has_told():
                break
        return worked_on

    def _claimed(self) -> Leaving | None:
        with self._store.writing() as work:
            due = work.leavings.claim_due(self._clock.now(), limit=1)
            work.commit()
        return due[0] if due else None

    def _go_on(self, leaving: Leaving) -> None:
        with self._store.reading() as work:
            copies = work.leavings.left(leaving.account_id)
        waiting = [one for one in copies if one.state is CopyState.WAITING]
        for done, one in enumerate(waiting[:_AT_ONCE]):
            if not self._is_held(leaving):
                return
            self._crash_point("leaving: before remove")
            try:
                state = self._removed(leaving, one)
            except (ProviderBusy, ProviderDown, KeyMissing) as error:
                if self._clock.now() < leaving.until:
                    self._put_off(leaving, error.retry_after if isinstance(error, ProviderBusy) else None)
                    return
                self._settle(leaving, waiting[done:], CopyState.KEPT)
                break
            except (CredentialRefused, SecretUnreadable):
                # Nobody but its owner could mend that, and he is leaving.
                self._settle(leaving, waiting[done:], CopyState.KEPT)
                break
            self._crash_point("leaving: after remove")
            self._settle(leaving, [one], state)
        else:
            if len(waiting) > _AT_ONCE:
                self._put_off_until(leaving, self._clock.now() + _SOON)
                return
        self._crash_point("leaving: before the end")
        self._end(leaving)
        self._crash_point("leaving: after the end")

    def _removed(self, leaving: Leaving, one: LeftCopy) -> CopyState:
        try:
            self._copies.remove(leaving.account_id, one.container, one.event_id, mails=one.mails)
        except (EventGone, CalendarGone):
            return CopyState.REMOVED
        except (ProviderBusy, ProviderDown, CredentialRefused):
            raise
        except ProviderError:
            return CopyState.KEPT
        return CopyState.REMOVED

    def _is_held(self, leaving: Leaving) -> bool:
        """Unless the account was connected anew, is gone, or somebody else has it."""
        with self._store.writing() as work:
            is_held = work.leavings.hold(leaving, self._clock.now())
            work.commit()
        return is_held

    def _settle(self, leaving: Leaving, copies: Sequence[LeftCopy], state: CopyState) -> None:
        """What is gone is gone, whoever finds it so; what stays is for the holder of the claim to say."""
        with self._store.writing() as work:
            if state is CopyState.REMOVED or work.leavings.hold(leaving, self._clock.now()):
                for one in copies:
                    work.leavings.settle(leaving.account_id, one, state)
                work.commit()

    def _put_off(self, leaving: Leaving, retry_after: float | None) -> None:
        now = self._clock.now()
        wait = wait_after(leaving.attempts, 0.5, retry_after=retry_after)
        self._put_off_until(leaving, min(now + wait, max(leaving.until, now)))

    def _put_off_until(self, leaving: Leaving, due_at: datetime) -> None:
        with self._store.writing() as work:
            work.leavings.put_off(leaving, due_at)
            work.commit()

    def _end(self, leaving: Leaving) -> None:
        with self._store.reading() as work:
            account = work.accounts.known(leaving.account_id)
            member = work.members.get(leaving.workspace_id, leaving.member_id)
            actor = actor_of(member, work.workspaces.get(leaving.workspace_id))
        if account is None:
            return
        if leaving.ends_account:
            self._end_account(leaving, actor, account)
            return
        with self._store.writing() as work:
            self._report(work, leaving, account, None)
            if work.leavings.end(leaving):
                work.commit()

    def _end_account(self, leaving: Leaving, actor: Actor, account: Account) -> None:
        """The cards of what could not be removed say that no change will reach it; then the account goes."""
        with self._store.writing() as work:
            work.calendars.hold(actor)
            if not work.leavings.hold(leaving, self._clock.now()):
                return
            work.leavings.give_back(account.id)
            tell_cut_off(work, actor, account.id, self._clock.now())
            work.commit()

        def before(work: UnitOfWork, revocation: Revocation) -> None:
            work.calendars.hold(actor)
            if not work.leavings.hold(leaving, self._clock.now()):
                raise LeaseLost
            self._report(work, leaving, account, revocation)

        try:
            self._end_grant(account, before)
        except LeaseLost:
            return

    def _report(self, work: UnitOfWork, leaving: Leaving, account: Account, revocation: Revocation | None) -> None:
        copies = work.leavings.left(account.id)
        kept = tuple(one.appointment_id for one in copies if one.state is not CopyState.REMOVED)
        now = self._clock.now()
        report = LeftReport(
            self._new_id(),
            leaving.workspace_id,
            leaving.member_id,
            account.provider,
            account.address,
            revocation,
            len(copies) - len(kept),
            kept,
            now + PATIENCE,
        )
        work.leavings.report(report, now)

    def _has_told(self) -> bool:
        """Send the next report; False where there is none."""
        with self._store.writing() as work:
            report = work.leavings.claim_report(self._clock.now())
            work.commit()
        if report is None:
            return False
        with self._store.reading() as work:
            member = work.members.get(report.workspace_id, report.member_id)
            kept = [one.title for each in report.kept if (one := work.appointments.known(each)) is not None]
        try:
            self._crash_point("leaving: before report")
            self._notifier.copies_removed(member, report, kept)
            self._crash_point("leaving: after report")
        except ProviderError:
            now = self._clock.now()
            if now < report.until:
                with self._store.writing() as work:
                    work.leavings.put_off_report(report, now + wait_after(report.attempts, 0.5))
                    work.commit()
                return True
        with self._store.writing() as work:
            work.leavings.told(report)
            work.commit()
        return True
