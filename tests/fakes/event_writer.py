"""A provider's calendar that records what is written to it, and refuses when it is told to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from bot.domain.errors import ProviderError
from bot.domain.intervals import Interval


class MarkedFree(NamedTuple):
    """One call of `mark_free`."""

    account_id: UUID
    remote_id: str
    event_id: str
    etag: str


class Moved(NamedTuple):
    """One call of `move`."""

    account_id: UUID
    remote_id: str
    event_id: str
    etag: str
    span: Interval
    zone: str


class Cancelled(NamedTuple):
    """One call of `cancel`."""

    account_id: UUID
    remote_id: str
    event_id: str
    etag: str


@dataclass
class RecordingWriter:
    """Implements `ports.EventWriter`; `refusal` is raised instead of writing, `before` is called ahead of either."""

    marked: list[MarkedFree] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    cancelled: list[Cancelled] = field(default_factory=list)
    refusal: ProviderError | None = None
    before: Callable[[], None] = lambda: None

    def mark_free(self, account_id: UUID, remote_id: str, event_id: str, *, etag: str) -> None:
        self.before()
        if self.refusal is not None:
            raise self.refusal
        self.marked.append(MarkedFree(account_id, remote_id, event_id, etag))

    def move(self, account_id: UUID, remote_id: str, event_id: str, *, etag: str, span: Interval, zone: str) -> None:
        self.before()
        if self.refusal is not None:
            raise self.refusal
        self.moved.append(Moved(account_id, remote_id, event_id, etag, span, zone))

    def cancel(self, account_id: UUID, remote_id: str, event_id: str, *, etag: str) -> None:
        self.before()
        if self.refusal is not None:
            raise self.refusal
        self.cancelled.append(Cancelled(account_id, remote_id, event_id, etag))
