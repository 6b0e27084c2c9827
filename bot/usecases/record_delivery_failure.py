"""Records how a delivery failed: when it is tried again, or that somebody has to look."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.accounts import Account
from bot.domain.effects import MOST_ATTEMPTS, EffectClaim, EffectKind, next_utc_midnight, wait_after
from bot.domain.errors import (
    CredentialRefused,
    DaybookError,
    KeyMissing,
    NotFound,
    ProviderBusy,
    ProviderDown,
    ProviderError,
    SecretUnreadable,
)
from bot.domain.meetings import DailyLimitReached
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.delivering import TELLING, want_again

_OWN_MISTAKE = "Something went wrong in Daybook itself."
# Everybody's limit ends at the same moment.
_AFTER_MIDNIGHT = timedelta(minutes=1)


class RecordDeliveryFailure:
    """Puts a failed delivery off or gives it up; the card says which, once."""

    def __init__(self, store: Store, clock: Clock, jitter: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self._jitter = jitter

    def __call__(self, claim: EffectClaim, error: DaybookError, account: Account | None) -> bool:
        """Whether an account broke by it, whose owner has to be told. Raises `LeaseLost`.

        Args:
            claim: what failed.
            error: how.
            account: through which it was tried, as it stood before.
        """
        match error:
            # These two are kinds of what is broken or given up below, though they pass by themselves.
            case KeyMissing() | ProviderDown():
                self._put_off(claim, str(error))
            case CredentialRefused() | SecretUnreadable():
                return self._break(claim, error, account)
            case DailyLimitReached():
                self._park(claim, error)
            case ProviderBusy():
                self._put_off(claim, str(error), error.retry_after)
            case ProviderError() | NotFound():
                self._give_up(claim, str(error))
            case _:
                self._put_off(claim, str(error))
        return False

    def own_mistake(self, claim: EffectClaim) -> None:
        """For what nobody foresaw. Raises `LeaseLost`."""
        self._put_off(claim, _OWN_MISTAKE)

    def _put_off(self, claim: EffectClaim, problem: str, retry_after: float | None = None) -> None:
        now, attempts = self._clock.now(), claim.effect.attempts
        if attempts + 1 >= MOST_ATTEMPTS:
            self._give_up(claim, problem)
            return
        due_at = now + wait_after(attempts, self._jitter(), retry_after=retry_after)
        with self._store.writing() as work:
            work.effects.retry(claim, problem=problem, due_at=due_at, now=now)
            self._tell(work, claim, problem, now)
            work.commit()

    def _park(self, claim: EffectClaim, error: DailyLimitReached) -> None:
        """Nothing is wrong, and nothing helps before the provider's day ends."""
        now = self._clock.now()
        due_at = next_utc_midnight(now) + _AFTER_MIDNIGHT * self._jitter()
        with self._store.writing() as work:
            work.effects.retry(claim, problem=str(error), due_at=due_at, now=now, counts=False)
            self._tell(work, claim, str(error), now)
            work.commit()

    def _give_up(self, claim: EffectClaim, problem: str) -> None:
        now = self._clock.now()
        with self._store.writing() as work:
            work.effects.give_up(claim, problem=problem, now=now)
            self._tell(work, claim, problem, now, is_over=True)
            work.commit()

    def _break(self, claim: EffectClaim, refused: DaybookError, account: Account | None) -> bool:
        """Only the account's owner can mend it; connected anew, everything that was given up for it is tried again."""
        now = self._clock.now()
        if account is None:
            self._give_up(claim, str(refused))
            return False
        with self._store.writing() as work:
            current = work.accounts.known(account.id)
            if current is not None and current.absorbed_id != account.absorbed_id:
                # Its owner was quicker: what was refused is not what it has now.
                work.effects.retry(claim, problem=str(refused), due_at=now, now=now)
                work.commit()
                return False
            work.effects.give_up(claim, problem=str(refused), now=now)
            work.accounts.mark_broken(account.id, now, as_read=account)
            self._tell(work, claim, str(refused), now, is_over=True)
            work.commit()
        return True

    @staticmethod
    def _tell(work: UnitOfWork, claim: EffectClaim, problem: str, now: datetime, *, is_over: bool = False) -> None:
        # Their own failure cannot be told by them.
        if claim.effect.kind not in TELLING and (is_over or claim.effect.problem != problem):
            want_again(work, claim.effect.appointment_id, EffectKind.CARD, now)
