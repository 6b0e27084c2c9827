"""Presses that wait for something, one of each member's: they keep no thread meanwhile."""

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

from bot.domain.errors import Overloaded
from bot.domain.people import Actor
from bot.ports import WorkQueue
from bot.rendering.reader import read_by

_P = TypeVar("_P")
_log = logging.getLogger(__name__)


class Presses(Generic[_P]):
    """Holds them by member: his next press takes the place of the one before."""

    def __init__(self, work: WorkQueue) -> None:
        """`work` is for the threads that draw."""
        self._work = work
        self._presses = dict[UUID, _P]()
        self._changing = threading.Lock()

    def put(self, member_id: UUID, press: _P) -> None:
        """Have it wait."""
        with self._changing:
            self._presses[member_id] = press

    def all(self) -> list[_P]:
        """Those that wait now."""
        with self._changing:
            return list(self._presses.values())

    def take(self, member_id: UUID, press: _P) -> bool:
        """End its waiting; False where another press came in between, or somebody else ended it."""
        with self._changing:
            if self._presses.get(member_id) is not press:
                return False
            del self._presses[member_id]
        return True

    def answer(self, actor: Actor, press: _P, draw: Callable[[], None]) -> None:
        """End the actor's waiting by `draw`, called on a thread that works; by nothing where he waits no more."""

        def drawn() -> None:
            with read_by(actor.habits):
                draw()

        if not self.take(actor.member_id, press):
            return
        try:
            self._work.submit(drawn)
        except Overloaded:
            _log.info("a press was not answered anew: too much is waiting")
