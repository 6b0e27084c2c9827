"""Claims what has to be written elsewhere and has it delivered, each on its own."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from threading import Semaphore
from time import monotonic, sleep
from uuid import UUID

from bot.domain.accounts import Account, AccountStatus
from bot.domain.effects import EFFECT_LEASE, EffectClaim, EffectKind, event_lane
from bot.domain.errors import CredentialRefused, DaybookError, LeaseLost
from bot.ports import Clock, Store, WorkQueue
from bot.usecases.delivering import Deliver
from bot.usecases.hand_over import hand_over, in_a_row
from bot.usecases.record_delivery_failure import RecordDeliveryFailure

_PATIENCE_SECONDS = 2.0
_LOOK_SECONDS = 0.05
_MOST_IN_A_ROW = 20


class DeliverEffects:
    """One tick of the job of that name; any number of processes may run it.

    Each effect is a piece of work of its own, and one of a lane is under way at a time: what fails holds up
    nothing but its own lane, and that only for as long as the try takes.
    """

    def __init__(
        self,
        store: Store,
        deliveries: Mapping[EffectKind, Deliver],
        announce: Callable[[], object],
        queue: WorkQueue,
        clock: Clock,
        *,
        jitter: Callable[[], float],
        limit: int,
    ) -> None:
        """Take what it works with.

        Args:
            store: where the effects are.
            deliveries: one for each kind.
            announce: tells the owners of accounts that broke.
            queue: where effects are delivered.
            clock: what time it is.
            jitter: random numbers from 0 up to 1.
            limit: bounds the effects claimed in one tick.
        """
        self._store = store
        self._deliveries = deliveries
        self._announce = announce
        self._queue = queue
        self._clock = clock
        self._record_failure = RecordDeliveryFailure(store, clock, jitter)
        self._limit = limit

    def __call__(self) -> int:
        """How many effects were handed to the queue; those it has no room for are left to the next tick."""
        return hand_over(self._queue, self._claim(), self._deliver, self._give_back)

    def follow(self, calendar_ids: Collection[UUID], seconds: float = _PATIENCE_SECONDS) -> frozenset[UUID]:
        """Where events in these calendars were moved, deliver what is due at once, and wait a moment for that.

        Returned are those of them in which something was moved that is not followed yet, here or elsewhere: nobody
        knows where that will be. Without any `seconds` that is only looked up.
        """
        # Mostly there is nothing, and to look needs no right to write.
        if not (left := self._unfollowed(calendar_ids)) or not seconds:
            return left
        lanes = {event_lane(calendar_id) for calendar_id in calendar_ids}
        claims = self._claim()
        awaited = [claim for claim in claims if claim.effect.lane in lanes]
        ended = Semaphore(0)

        def deliver(claim: EffectClaim) -> None:
            self._deliver_and_tell(claim, ended if claim in awaited else None)

        hand_over(self._queue, claims, deliver, self._give_back)
        until = monotonic() + min(seconds, _PATIENCE_SECONDS)
        for _ in awaited:
            ended.acquire(timeout=max(0.0, until - monotonic()))
        while (left := self._unfollowed(calendar_ids)) and monotonic() < until:
            sleep(_LOOK_SECONDS)
        return left

    def _unfollowed(self, calendar_ids: Collection[UUID]) -> frozenset[UUID]:
        with self._store.reading() as work:
            return work.effects.unfollowed(calendar_ids)

    def _claim(self, limit: int | None = None, lane: str | None = None) -> Sequence[EffectClaim]:
        with self._store.writing() as work:
            now = self._clock.now()
            claims = work.effects.claim_due(now, limit=limit or self._limit, lease=EFFECT_LEASE, lane=lane)
            work.commit()
        return claims

    def _deliver_and_tell(self, claim: EffectClaim, ended: Semaphore | None) -> None:
        try:
            self._deliver(claim)
        finally:
            if ended is not None:
                ended.release()

    def _deliver(self, claim: EffectClaim) -> None:
        """Deliver it, and then what waits behind it, for as long as that goes well."""
        in_a_row(self._is_delivered, claim, lambda done: self._claim_behind(done.effect.lane), _MOST_IN_A_ROW)

    def _claim_behind(self, lane: str) -> Sequence[EffectClaim]:
        """The next of the lane; mostly there is none, and to look needs no right to write."""
        with self._store.reading() as work:
            is_due = work.effects.is_lane_due(lane, self._clock.now())
        return self._claim(1, lane) if is_due else ()

    def _is_delivered(self, claim: EffectClaim) -> bool:
        account = self._account(claim)
        try:
            _require_working(account)
            self._deliveries[claim.effect.kind](claim)
        except LeaseLost:
            return False
        except DaybookError as error:
            with suppress(LeaseLost):
                if self._record_failure(claim, error, account):
                    self._announce()
            return False
        except Exception:
            # A mistake of ours goes on to whoever logs it, and is not made again at every tick.
            with suppress(LeaseLost):
                self._record_failure.own_mistake(claim)
            raise
        return True

    def _account(self, claim: EffectClaim) -> Account | None:
        """Through which it is written, as it stands before."""
        with self._store.reading() as work:
            link = work.remote_links.of(claim.effect.appointment_id).get(claim.effect.kind)
            return work.accounts.known(link.account_id) if link is not None and link.account_id is not None else None

    def _give_back(self, claim: EffectClaim) -> None:
        now = self._clock.now()
        with self._store.writing() as work:
            work.effects.retry(claim, problem=claim.effect.problem, due_at=now, now=now, counts=False)
            work.commit()


def _require_working(account: Account | None) -> None:
    """Raises `CredentialRefused` where only the account's owner can help; trying would tell him nothing new."""
    if account is not None and account.status is AccountStatus.NEEDS_RECONNECT:
        raise CredentialRefused(f"{account.address} has to be connected again first.")
