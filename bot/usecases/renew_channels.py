"""The job that gives every calendar a channel, in good time before the last one ends, and ends the others."""

from collections.abc import Sequence
from functools import partial

from bot.domain.channels import OPENING_LEASE, WatchClaim
from bot.domain.errors import Overloaded
from bot.ports import Clock, Store, WorkQueue
from bot.usecases.open_channel import OpenChannel
from bot.usecases.stop_channels import StopChannels


class RenewChannels:
    """One tick of the job; any number of processes may run it.

    Without `open_channel`, where no provider could reach this Daybook, it only ends what an earlier start left.
    """

    def __init__(
        self,
        store: Store,
        open_channel: OpenChannel | None,
        stop_channels: StopChannels,
        queue: WorkQueue,
        clock: Clock,
        *,
        limit: int,
    ) -> None:
        """Take what it works with; `limit` bounds the channels opened in one tick."""
        self._store = store
        self._open = open_channel
        self._stop = stop_channels
        self._queue = queue
        self._clock = clock
        self._limit = limit

    def __call__(self) -> int:
        """How many channels are being opened; what the queue has no room for is left to the next tick."""
        self._stop(everything=self._open is None)
        if self._open is None:
            return 0
        claims = self._claims()
        for place, claim in enumerate(claims):
            try:
                self._queue.submit(partial(self._open, claim))
            except Overloaded:
                self._give_back(claims[place:])
                return place
        return len(claims)

    def _claims(self) -> Sequence[WatchClaim]:
        now = self._clock.now()
        with self._store.reading() as work:  # mostly there is nothing to do, and nobody is kept from writing
            due = work.push_channels.due(now, limit=self._limit)
        if not due:
            return ()
        with self._store.writing() as work:
            claims = work.push_channels.claim(due, now, until=now + OPENING_LEASE)
            work.commit()
        return claims

    def _give_back(self, claims: Sequence[WatchClaim]) -> None:
        now = self._clock.now()
        for claim in claims:
            with self._store.writing() as work:
                if work.push_channels.hold(claim.calendar.id):
                    work.push_channels.plan(claim.calendar.id, now, attempts=claim.attempts)
                work.commit()
