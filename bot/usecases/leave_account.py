"""Leaves an account with what Daybook wrote there: the events go first, then the permission is given back."""

from collections.abc import Callable, Sequence
from uuid import UUID

from bot.domain.accounts import Account, AccountStatus
from bot.domain.connections import Ended
from bot.domain.effects import wait_after
from bot.domain.errors import (
    AccessLost,
    CalendarGone,
    CredentialRefused,
    EventGone,
    ProviderBusy,
    ProviderDown,
    ProviderError,
    SecretUnreadable,
)
from bot.domain.leaving import PATIENCE, Behind, CopiesThere, CopyState, Leaving, LeftCopy
from bot.domain.people import Actor, Member, actor_of
from bot.ports import Clock, EventCopies, Notifier, Store
from bot.usecases.adopt_links import tell_cut_off

_AT_ONCE = 20


class LookAtCopies:
    """What leaving an account would leave behind in Google."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, account_id: UUID) -> Behind:
        """Raises `NotFound` for an account that is not the actor's own; of one that is being left there is nothing."""
        with self._store.reading() as work:
            account = work.accounts.get(actor, account_id)
            copies = work.leavings.copies(actor, account_id, self._clock.now())
        return _behind(account, copies)


class LeaveAccount:
    """Has the events removed in the background; nothing of the account blocks time from now on."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, account_id: UUID) -> Behind:
        """What is going to be removed; raises `NotFound` for an account that is not the actor's own."""
        now = self._clock.now()
        with self._store.writing() as work:
            account = work.accounts.get(actor, account_id)
            leaving = Leaving(account_id, actor.workspace_id, actor.member_id, now + PATIENCE)
            copies = work.leavings.begin(actor, leaving, now)
            work.commit()
        return _behind(account, copies)


def _behind(account: Account, copies: Sequence[LeftCopy]) -> Behind:
    return Behind(account, CopiesThere(len(copies), sum(one.mails for one in copies)))


class FinishLeaving:
    """The job of that name: removes events of accounts that are left, ends them, and tells what was done.

    Any number of processes may run it, and die anywhere: what is removed twice is removed once.
    """

    def __init__(
        self, store: Store, copies: EventCopies, end_grant: Callable[[Account], Ended], notifier: Notifier, clock: Clock
    ) -> None:
        self._store = store
        self._copies = copies
        self._end_grant = end_grant
        self._notifier = notifier
        self._clock = clock

    def __call__(self) -> int:
        """How many accounts were worked on."""
        with self._store.writing() as work:
            due = work.leavings.claim_due(self._clock.now(), limit=_AT_ONCE)
            work.commit()
        for leaving in due:
            self._go_on(leaving)
        return len(due)

    def _go_on(self, leaving: Leaving) -> None:
        with self._store.reading() as work:
            copies = work.leavings.left(leaving.account_id)
        waiting = [one for one in copies if one.state is CopyState.WAITING]
        for one in waiting[:_AT_ONCE]:
            if not self._is_on(leaving):
                return
            try:
                state = self._removed(leaving, one)
            except (ProviderBusy, ProviderDown) as error:
                if self._clock.now() < leaving.until:
                    self._put_off(leaving, getattr(error, "retry_after", None))
                    return
                break
            except (CredentialRefused, SecretUnreadable):
                break  # nobody but its owner could mend that, and he is leaving
            self._settle(leaving, one, state)
        else:
            if len(waiting) > _AT_ONCE:
                self._put_off(leaving, 0.0)
                return
        self._end(leaving)

    def _removed(self, leaving: Leaving, one: LeftCopy) -> CopyState:
        try:
            self._copies.remove(leaving.account_id, one.container, one.event_id, mails=one.mails)
        except (EventGone, CalendarGone):
            return CopyState.REMOVED
        except AccessLost:
            return CopyState.KEPT
        except (ProviderBusy, ProviderDown, CredentialRefused):
            raise
        except ProviderError:
            return CopyState.KEPT
        return CopyState.REMOVED

    def _settle(self, leaving: Leaving, one: LeftCopy, state: CopyState) -> None:
        with self._store.writing() as work:
            work.leavings.settle(leaving.account_id, one, state)
            work.commit()

    def _is_on(self, leaving: Leaving) -> bool:
        """Unless the account was connected anew, or is gone."""
        with self._store.reading() as work:
            account = work.accounts.known(leaving.account_id)
        return account is not None and not _is_called_off(leaving, account)

    def _put_off(self, leaving: Leaving, retry_after: float | None) -> None:
        now = self._clock.now()
        wait = wait_after(leaving.attempts, 0.5, retry_after=retry_after)
        with self._store.writing() as work:
            work.leavings.put_off(leaving.account_id, min(now + wait, max(leaving.until, now)))
            work.commit()

    def _end(self, leaving: Leaving) -> None:
        with self._store.reading() as work:
            account = work.accounts.known(leaving.account_id)
            copies = work.leavings.left(leaving.account_id)
            member = work.members.get(leaving.workspace_id, leaving.member_id)
        if account is None or _is_called_off(leaving, account):
            return
        kept = tuple(one.title for one in copies if one.state is not CopyState.REMOVED)
        if not leaving.ends_account:
            with self._store.writing() as work:
                work.leavings.end(account.id)
                work.commit()
            self._notifier.copies_removed(member, account, len(copies) - len(kept), kept)
            return
        self._cut_off(member, account)
        ended = self._end_grant(account)
        self._notifier.account_left(member, ended, len(copies) - len(kept), kept)

    def _cut_off(self, member: Member, account: Account) -> None:
        """The cards of what could not be removed say that no change will reach it."""
        with self._store.writing() as work:
            actor = actor_of(member, work.workspaces.get(member.workspace_id))
            work.calendars.hold(actor)
            work.leavings.give_back(account.id)
            tell_cut_off(work, actor, account.id, self._clock.now())
            work.commit()


def _is_called_off(leaving: Leaving, account: Account) -> bool:
    return leaving.ends_account and account.status is not AccountStatus.LEAVING
