"""Records how a sync failed: who has to do something about it, and when it is tried again."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.calendars import SyncClaim, SyncOutcome
from bot.domain.errors import (
    AccessLost,
    CalendarGone,
    CredentialRefused,
    DaybookError,
    KeyMissing,
    ProviderBusy,
    QuotaUsedUp,
    SecretUnreadable,
)
from bot.domain.polling import LOST_CALENDAR_INTERVAL, backoff, next_sync_at, patience
from bot.ports import Clock, Store
from bot.usecases.refresh_details import RefreshDetails


class RecordFailure:
    """Puts a failed sync off, alone or with its whole account; what was read before goes on to block."""

    def __init__(self, store: Store, details: RefreshDetails, clock: Clock, jitter: Callable[[], float]) -> None:
        self._store = store
        self._details = details
        self._clock = clock
        self._jitter = jitter

    def __call__(self, claim: SyncClaim, error: DaybookError) -> SyncOutcome:
        """Raises `LeaseLost`."""
        match error:
            case KeyMissing():  # its owner can do nothing about it, and with the key back all is well
                return self._put_off(claim, str(error), self._later(claim))
            case CredentialRefused() | SecretUnreadable():
                return self._break(claim, error)
            case CalendarGone():
                return self._lose(claim, self._details.why_gone(claim, error))
            case AccessLost():
                self._details.if_possible(claim)
                return self._lose(claim, str(error))
            case QuotaUsedUp():
                return self._pause_account(claim, error)
            case ProviderBusy():
                asked = error.retry_after
                return self._put_off(claim, str(error), self._later(claim, asked), not_before=self._named(asked))
        return self._put_off(claim, str(error), self._later(claim))

    def own_mistake(self, claim: SyncClaim) -> None:
        """For what nobody foresaw: it must not be made again at every tick. Raises `LeaseLost`."""
        self._put_off(claim, "Something went wrong in Daybook itself.", self._later(claim))

    def _put_off(
        self,
        claim: SyncClaim,
        problem: str,
        retry_at: datetime | None,
        *,
        is_lost: bool = False,
        not_before: datetime | None = None,
    ) -> SyncOutcome:
        with self._store.writing() as work:
            work.calendars.fail(claim, problem=problem, next_sync_at=retry_at, is_lost=is_lost, not_before=not_before)
            if problem != claim.calendar.problem:
                work.homes.changed([claim.calendar.member_id], self._clock.now())
            work.commit()
        return SyncOutcome.FAILED

    def _lose(self, claim: SyncClaim, problem: str) -> SyncOutcome:
        """Shared again, it is found again within the hour."""
        retry_at = next_sync_at(self._clock.now(), LOST_CALENDAR_INTERVAL, self._jitter())
        return self._put_off(claim, problem, retry_at, is_lost=True)

    def _pause_account(self, claim: SyncClaim, used_up: QuotaUsedUp) -> SyncOutcome:
        """Another calendar of the account would only hear the same."""
        until = self._later(claim, used_up.retry_after)
        self._put_off(claim, str(used_up), until, not_before=until)
        with self._store.writing() as work:
            work.calendars.postpone(claim, problem=str(used_up), until=until)
            work.commit()
        return SyncOutcome.FAILED

    def _break(self, claim: SyncClaim, refused: DaybookError) -> SyncOutcome:
        """Stop reading the whole account: only its owner can mend it, and connecting anew makes it due."""
        with self._store.writing() as work:
            work.calendars.fail(claim, problem=str(refused), next_sync_at=None)
            work.accounts.mark_broken(claim.calendar.account_id, self._clock.now())
            work.homes.changed([claim.calendar.member_id], self._clock.now())
            work.commit()
        return SyncOutcome.BROKEN

    def _named(self, asked: float | None) -> datetime | None:
        """The time that the provider named; unlike the planned one it binds whoever presses *Sync now* too."""
        return None if asked is None else self._clock.now() + patience(asked)

    def _later(self, claim: SyncClaim, asked: float | None = None) -> datetime:
        return self._clock.now() + backoff(claim.attempts, self._jitter(), retry_after=asked)
