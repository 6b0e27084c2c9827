"""Removes the events of round trip checks: those that came back, that were given up, and that a kill left behind."""

import logging
from contextlib import suppress

from bot.domain.accounts import Account
from bot.domain.errors import DaybookError
from bot.domain.round_trips import RoundTrip, is_left, tidy_pause
from bot.ports import Clock, RoundTripEvents, Store

_log = logging.getLogger(__name__)
_AT_ONCE = 20


class TidyRoundTrips:
    """What the job of that name does; safe to run anywhere, any number of times: to remove twice is a success.

    Where it has lost the right to remove an event for a day, it leaves it there, and the status says so.
    """

    def __init__(self, store: Store, events: RoundTripEvents, clock: Clock) -> None:
        self._store = store
        self._events = events
        self._clock = clock

    def __call__(self) -> int:
        """How many events were removed. A mistake of ours keeps no other event from it: it is raised at the end."""
        now = self._clock.now()
        with self._store.reading() as work:
            if not work.round_trips.is_any_due(now):
                return 0
        with self._store.writing() as work:
            claimed = work.round_trips.claim_due(now, limit=_AT_ONCE)
            work.commit()
        removed, mistakes = 0, list[Exception]()
        for trip in claimed:
            try:
                removed += self._tidy(trip)
            except Exception as mistake:  # noqa: BLE001 - raised again, when the others were removed
                self._put_off(trip)
                mistakes.append(mistake)
        for another in mistakes[1:]:
            _log.error("one more event of a check could not be removed", exc_info=another)
        if mistakes:
            raise mistakes[0]
        return removed

    def of_account(self, account: Account) -> None:
        """Before an account goes, and with it the right to remove anything; never fails, and leaves what it cannot."""
        with self._store.reading() as work:
            left = work.round_trips.untidied(account.id)
        for trip in left:
            with suppress(DaybookError):
                self._events.remove(trip.account_id, trip.remote_id, trip.event_id)

    def _tidy(self, trip: RoundTrip) -> bool:
        try:
            self._events.remove(trip.account_id, trip.remote_id, trip.event_id)
        except DaybookError as error:
            if is_left(trip, error, self._clock.now()):
                self._leave(trip)
            else:
                self._put_off(trip)
            return False
        with self._store.writing() as work:
            work.round_trips.tidied(trip)
            work.commit()
        return True

    def _leave(self, trip: RoundTrip) -> None:
        with self._store.writing() as work:
            work.round_trips.leave(trip)
            work.commit()

    def _put_off(self, trip: RoundTrip) -> None:
        with self._store.writing() as work:
            work.round_trips.retry(trip, self._clock.now() + tidy_pause(trip.attempts))
            work.commit()
