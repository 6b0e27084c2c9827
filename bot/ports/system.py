"""What the machine itself provides: time, ids, secrets, and sealing."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID


class Clock(Protocol):
    """Where `now` comes from; aware, in UTC."""

    def now(self) -> datetime: ...


class NewId(Protocol):
    """Where ids come from."""

    def __call__(self) -> UUID: ...


class NewSecret(Protocol):
    """Where unguessable URL-safe tokens come from (32 bytes of entropy)."""

    def __call__(self) -> str: ...


class Sealer(Protocol):
    """Seals a text so that it opens only here, and only for the same `purpose`; raises `SecretUnreadable`."""

    def seal(self, text: str, *, purpose: str) -> str: ...

    def open(self, sealed: str, *, purpose: str) -> str: ...


class WorkQueue(Protocol):
    """Runs work outside the thread that asked for it."""

    def submit(self, work: Callable[[], None], *, whose: str = ...) -> None:
        """Raises `Overloaded` when too much is waiting already, of all or of one person.

        `whose` names the person who waits for it, if anybody does: people's work is done in turns.
        """
        ...
