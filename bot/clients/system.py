"""The machine's clock and its source of ids and secrets: the one place that asks for them."""

import secrets
from datetime import UTC, datetime
from uuid import UUID, uuid4

_SECRET_BYTES = 32


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """The time of this machine, moved so that it was `start` when this was made: for trying out another day."""

    def __init__(self, start: datetime) -> None:
        """Take an aware moment."""
        self._ahead = start - datetime.now(UTC)

    def now(self) -> datetime:
        """This moment there, aware, in UTC."""
        return datetime.now(UTC) + self._ahead


def new_id() -> UUID:
    """A random id."""
    return uuid4()


def new_secret() -> str:
    """An unguessable text of 43 characters that needs no escaping in a URL."""
    return secrets.token_urlsafe(_SECRET_BYTES)
