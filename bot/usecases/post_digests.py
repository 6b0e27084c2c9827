"""The jobs of digests: post each once for its local day, and ask and tell those whom it concerns."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from bot.domain.digest_times import Reckoning, Turn, is_late, reckon
from bot.domain.digests import (
    DIGEST_LEASE,
    Digest,
    DigestClaim,
    DigestRefused,
    DigestUnwanted,
    PauseReason,
    RunState,
)
from bot.domain.errors import LeaseLost, ProviderBusy, ProviderDown, ProviderError
from bot.domain.firings import ChannelUnusable
from bot.domain.people import actor_of
from bot.ports import Clock, DigestChannels, DigestMessages, Store, WorkQueue
from bot.usecases.compose_digest import ComposeDigest
from bot.usecases.delivering import CrashPoint, nowhere
from bot.usecases.digest_homes import homes_changed_with
from bot.usecases.hand_over import hand_over
from bot.usecases.usable_digest import why_unusable

_log = logging.getLogger(__name__)

_AGAIN = timedelta(minutes=1)
_AFTER_A_MISTAKE = timedelta(minutes=10)
_LONGEST_PAUSE = timedelta(minutes=30)


class PostDigests:
    """One tick of the job `post_digests`; any number of processes may run it."""

    def __init__(
        self, store: Store, post: Callable[[DigestClaim], None], queue: WorkQueue, clock: Clock, *, limit: int
    ) -> None:
        """Take what it works with; `limit` bounds the digests claimed in one tick."""
        self._store = store
        self._post = post
        self._queue = queue
        self._clock = clock
        self._limit = limit

    def __call__(self) -> int:
        """How many were handed to the queue; those it has no room for are left to the next tick."""
        now = self._clock.now()
        with self._store.reading() as work:
            if not work.digests.is_any_due(now):
                return 0
        with self._store.writing() as work:
            claims = work.digests.claim_due(now, limit=self._limit)
            work.commit()
        return hand_over(self._queue, claims, self._post, self._give_back)

    def _give_back(self, claim: DigestClaim) -> None:
        with self._store.writing() as work:
            work.digests.put_off(claim, self._clock.now())
            work.commit()


class PostDigest:
    """One try of one claimed digest.

    That its day is settled is stored before it is sent, so whatever is killed or answers nothing, no channel has it
    twice. Only what Slack surely did not take is sent again.
    """

    def __init__(
        self,
        store: Store,
        compose: ComposeDigest,
        channels: DigestChannels,
        messages: DigestMessages,
        clock: Clock,
        crash_point: CrashPoint = nowhere,
    ) -> None:
        self._store = store
        self._compose = compose
        self._channels = channels
        self._messages = messages
        self._clock = clock
        self._crash_point = crash_point

    def __call__(self, claim: DigestClaim) -> None:
        """Somebody else having taken it over, or changed it, is no error."""
        with suppress(LeaseLost):
            try:
                self._go_about(claim)
            except LeaseLost:
                raise
            except (ChannelUnusable, DigestUnwanted) as unusable:
                self._stop(claim, _reason_of(unusable))
            except ProviderError as error:
                self._put_off(claim, _pause_of(error))
            except Exception:
                # A mistake of ours goes on to whoever logs it, and is not made again at every tick.
                with suppress(LeaseLost):
                    self._put_off(claim, _AFTER_A_MISTAKE)
                raise

    def _go_about(self, claim: DigestClaim) -> None:
        digest, now = claim.digest, self._clock.now()
        if digest.next_due_at is None:
            return
        todo = reckon(digest.plan, Turn(digest.next_day, digest.next_due_at), now)
        if todo.skipped:
            with self._store.writing() as work:
                work.digests.skip(claim, todo.skipped, todo.turn or todo.following, now)
                work.commit()
        if todo.turn is None:
            self._put_off(claim, timedelta())
            return
        self._require_usable(digest)
        # It waited for its turn, and for Slack; to look at who reads the channel takes the longest.
        self._put_off(claim, DIGEST_LEASE)
        self._post(claim, todo, todo.turn)

    def _require_usable(self, digest: Digest) -> None:
        """Raises `DigestUnwanted` where its creator left, or everybody in its list, and `ChannelUnusable`."""
        with self._store.reading() as work:
            creator = work.members.get(digest.workspace_id, digest.creator_id)
            actor = actor_of(creator, work.workspaces.get(digest.workspace_id))
            why = why_unusable(work, digest)
        if why is not None:
            raise DigestUnwanted("Whoever set it up left, or everybody in its list.", why)
        self._channels.look(actor, digest.channel_id)

    def _post(self, claim: DigestClaim, todo: Reckoning, turn: Turn) -> None:
        digest, late = claim.digest, is_late(turn, self._clock.now())
        edition = self._compose(digest, turn.day, due_at=turn.due_at if late else None)
        if digest.is_quiet and edition.is_empty:
            with self._store.writing() as work:
                work.digests.settle(claim, turn.day, RunState.QUIET, todo.following, self._clock.now())
                work.commit()
            return
        with self._store.writing() as work:
            work.digests.sending(claim, turn.day, todo.following, edition.composed_at)
            work.commit()
        self._crash_point("digest: before it is sent")
        try:
            self._messages.post(edition)
        except ProviderDown as down:
            if not down.is_silent:
                self._unsent(claim, turn, _AGAIN)
            return  # it may stand there
        except DigestUnwanted:
            self._unsent(claim, turn, timedelta())
            raise
        except DigestRefused as refused:
            _log.warning("Slack refused a digest for good", extra={"why": str(refused)})
            with self._store.writing() as work:
                work.digests.refused(digest.id, turn.day, self._clock.now())
                work.commit()
            return
        except ProviderError as refused:
            self._unsent(claim, turn, _pause_of(refused))
            return
        self._crash_point("digest: after it is sent")
        with self._store.writing() as work:
            work.digests.sent(digest.id, turn.day, RunState.LATE if late else RunState.POSTED)
            work.commit()

    def _unsent(self, claim: DigestClaim, turn: Turn, pause: timedelta) -> None:
        with self._store.writing() as work:
            work.digests.unsent(claim, turn, self._clock.now() + pause)
            work.commit()

    def _put_off(self, claim: DigestClaim, pause: timedelta) -> None:
        with self._store.writing() as work:
            work.digests.put_off(claim, self._clock.now() + pause)
            work.commit()

    def _stop(self, claim: DigestClaim, reason: PauseReason) -> None:
        now = self._clock.now()
        with self._store.writing() as work:
            work.digests.stop(claim, reason, now)
            homes_changed_with(work, claim.digest, now)
            work.commit()


def _reason_of(unusable: ProviderError) -> PauseReason:
    return unusable.reason if isinstance(unusable, DigestUnwanted) else PauseReason.CHANNEL


def _pause_of(error: ProviderError) -> timedelta:
    """As long as Slack asked for, within reason."""
    asked = error.retry_after if isinstance(error, ProviderBusy) else None
    return max(_AGAIN, min(timedelta(seconds=asked or 0.0), _LONGEST_PAUSE))
