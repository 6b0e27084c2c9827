"""Presses that wait for something, one of each member's: they keep no thread meanwhile."""

import threading
from typing import Generic, TypeVar
from uuid import UUID

_P = TypeVar("_P")


class Presses(Generic[_P]):
    """Holds them by member: his next press takes the place of the one before."""

    def __init__(self) -> None:
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
