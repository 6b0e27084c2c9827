"""Whether this process can serve: found out by writing, because a database that only answers is not enough."""

from collections.abc import Sequence
from datetime import timedelta
from threading import Lock
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from bot.domain.errors import Overloaded
from bot.ports import Clock, Store

_KEY = "readiness"
_WRITE_SECONDS = 2.0
_KEPT_SECONDS = 1.0


class DatabaseReadiness:
    """Says what stands in the way of storing things, without a word that an outsider could use."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._asking = Lock()
        self._found: Sequence[str] = ()
        self._until = 0.0

    def __call__(self) -> Sequence[str]:
        """What is in the way. Anybody may ask, so what was found holds for a second, and one at a time finds out."""
        with self._asking:
            if monotonic() >= self._until:
                self._found = self._find()
                self._until = monotonic() + _KEPT_SECONDS
            return self._found

    def _find(self) -> Sequence[str]:
        try:
            with self._store.writing(within=_WRITE_SECONDS) as work:
                # A row that is really committed: a full disk lets everything through but that.
                now = self._clock.now()
                work.inbox.claim(_KEY, now=now, lease=timedelta())
                work.inbox.done(_KEY, now=now, answer="")
                work.commit()
        except Overloaded:
            return ("the database is held by somebody else who writes",)
        except SQLAlchemyError:
            return ("the database takes nothing in",)
        return ()
