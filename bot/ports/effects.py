"""What has to be written elsewhere about appointments."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.calendars import SyncClaim
from bot.domain.effects import Effect, EffectClaim, EffectKind


class Effects(Protocol):
    """The outbox. Every write on behalf of a claim checks its fence and raises `LeaseLost`."""

    def want(self, appointment: Appointment, kind: EffectKind, *, lane: str, due_at: datetime) -> None:
        """Have its current version delivered; one that waits already takes the new version along, at the earlier
        time, and one that was given up is tried again."""
        ...

    def notice(self, claim: SyncClaim, event_ids: Collection[str], now: datetime) -> int:
        """These events of the calendar changed in Google, or are gone: have the copies among them looked at.

        Those whose etag is the one that was agreed on are for the caller to leave out. Returns how many.
        """
        ...

    def unfollowed(self, calendar_ids: Collection[UUID]) -> frozenset[UUID]:
        """Of these calendars, those in which copies were noticed to have changed that nobody has looked at since.

        What was given up is left out: it counts as the calendar shows it.
        """
        ...

    def hasten(self, appointment_id: UUID, kind: EffectKind, now: datetime) -> None:
        """What waits of it is due at once, given up or not."""
        ...

    def claim_due(
        self, now: datetime, *, limit: int, lease: timedelta, lane: str | None = None
    ) -> Sequence[EffectClaim]:
        """Claim what is due and not held by a live lease, one of each lane, or of the named one alone.

        What did not fail yet comes first, then the most overdue. Of what failed before, `most_retries` are under way
        at most, whoever holds them, so that it cannot keep everything else waiting; in a named lane that is no matter.
        """
        ...

    def is_lane_due(self, lane: str, now: datetime) -> bool:
        """Whether anything in that lane is due."""
        ...

    def renew(self, claim: EffectClaim, until: datetime) -> None:
        """Hold it until then, as something is about to be written; raises `LeaseLost`."""
        ...

    def done(self, claim: EffectClaim, *, version: int) -> None:
        """That version was delivered: free the lease; due at once where a later one is wanted."""
        ...

    def retry(self, claim: EffectClaim, *, problem: str, due_at: datetime, now: datetime, counts: bool = True) -> None:
        """It failed, or has to wait: free the lease; `counts` is False where nothing was wrong."""
        ...

    def give_up(self, claim: EffectClaim, *, problem: str, now: datetime) -> None:
        """Nothing is tried any more until somebody has looked."""
        ...

    def of(self, appointment_id: UUID) -> Mapping[EffectKind, Effect]:
        """Where the appointment's deliveries stand."""
        ...

    def revive(self, account_id: UUID, now: datetime) -> int:
        """What was given up for that account is tried again, as its owner connected it anew; returns how many."""
        ...
