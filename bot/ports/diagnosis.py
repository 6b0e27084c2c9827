"""What a diagnosis looks at outside: a day of a calendar, and what the workspace allows."""

from collections.abc import Collection, Sequence
from typing import Protocol
from uuid import UUID

from bot.domain.events import RemoteEvent
from bot.domain.intervals import Interval


class DayReader(Protocol):
    """A provider's calendar, read for one day. Raises the `ProviderError`s of the domain; retries nothing."""

    def day(self, account_id: UUID, remote_id: str, window: Interval, *, limit: int) -> Sequence[RemoteEvent]:
        """The events that touch the window, cancelled ones too, every time of a series by itself; `limit` at most."""
        ...


class Permissions(Protocol):
    """What the workspace allows Daybook."""

    def missing(self, wanted: Collection[str]) -> frozenset[str]:
        """Those of the permissions `wanted` that Daybook was installed without; raises `ProviderDown`."""
        ...
