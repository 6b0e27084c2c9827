"""Tells hosts of events that landed on their appointments, once each, and keeps what they were told up to date."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

from bot.domain.cards import CardGone
from bot.domain.errors import ProviderBusy, ProviderDown, ProviderError
from bot.domain.landings import BatchShown, LandingBatch
from bot.domain.people import Standing
from bot.ports import Clock, LandingMessages, NewId, Store
from bot.usecases.delivering import CrashPoint, nowhere
from bot.usecases.tell_each_once import one_by_one, tell_each_once

_log = logging.getLogger(__name__)
_OF_ONE = 200
_UPDATES_AT_ONCE = 50
_AGAIN = timedelta(minutes=5)


class TellLandings:
    """One tick of the job of that name; any number of processes may run it."""

    def __init__(
        self,
        store: Store,
        messages: LandingMessages,
        show: Callable[[LandingBatch], BatchShown],
        clock: Clock,
        new_id: NewId,
        crash_point: CrashPoint = nowhere,
    ) -> None:
        self._store = store
        self._messages = messages
        self._show = show
        self._clock = clock
        self._new_id = new_id
        self._crash_point = crash_point

    def __call__(self) -> int:
        """How many hosts were told.

        A message is claimed before it is sent, one host's at a time: a process that dies in between leaves that host
        untold rather than told twice, and so does a Slack that takes it without saying so.
        """
        now = self._clock.now()
        with self._store.reading() as work:
            if not work.landings.has_due(now):
                return 0
        with self._store.writing() as work:
            work.landings.settle(now)
            stale = work.landings.claim_stale(now, limit=_UPDATES_AT_ONCE)
            work.commit()
        for batch in stale:
            self._bring_up_to_date(batch)
        sent: set[UUID] = set()
        untold = one_by_one(self._store, lambda work: work.landings.claim(now, self._new_id, limit=_OF_ONE))
        return tell_each_once(untold, partial(self._tell, sent), partial(self._give_back, sent))

    def _tell(self, sent: set[UUID], batch: LandingBatch) -> None:
        shown = self._show(batch)
        if shown.host.standing is not Standing.FULL:
            return
        self._crash_point("landing: before it is sent")
        posted = self._messages.post(shown)
        sent.add(batch.id)
        self._crash_point("landing: after it is sent")
        with self._store.writing() as work:
            work.landings.posted(batch, posted)
            work.commit()

    def _give_back(self, sent: set[UUID], batch: LandingBatch) -> None:
        if batch.id in sent:
            return
        with self._store.writing() as work:
            work.landings.release(batch, self._clock.now() + _AGAIN)
            work.commit()

    def _bring_up_to_date(self, batch: LandingBatch) -> None:
        if batch.posted is None:
            return
        # What is told anew elsewhere has left its old message as it is.
        is_gone = not batch.landings
        try:
            if not is_gone:
                self._messages.update(batch.posted, self._show(batch))
        except CardGone:
            is_gone = True
        except (ProviderBusy, ProviderDown) as failed:
            # Its lease runs out, and it is tried again.
            _log.info("a message was not brought up to date", extra={"why": type(failed).__name__})
            return
        except ProviderError as refused:
            _log.warning("a message is not brought up to date any more", extra={"why": str(refused)})
            is_gone = True
        except Exception:  # noqa: BLE001 - it is logged, and keeps nobody behind it waiting; its own lease runs out too
            _log.exception("a message could not be brought up to date")
            return
        with self._store.writing() as work:
            if is_gone:
                work.landings.give_up(batch)
            else:
                work.landings.shown(batch)
            work.commit()
