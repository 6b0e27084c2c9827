"""Providers of calendars: one that plays a script, and one that is a living calendar with sync tokens."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.domain.calendars import RemoteCalendar
from bot.domain.errors import SyncTokenExpired
from bot.domain.events import EventPage, EventStatus, RemoteEvent


@dataclass(frozen=True)
class Asked:
    """One call of `changes`."""

    remote_id: str
    sync_token: str | None
    since: datetime


@dataclass
class ScriptedGateway:
    """Implements `ports.CalendarGateway`: each call of `changes` plays the next part of the script.

    A part is what the pages hold, in order; an error among them is raised when its turn comes. `before_page`
    is called before each page, as if on the network.
    """

    script: list[Sequence[EventPage | Exception]] = field(default_factory=list)
    remote_calendars: Sequence[RemoteCalendar] = ()
    before_page: Callable[[], None] = lambda: None
    asked: list[Asked] = field(default_factory=list)
    requests: int = 0
    lookups: int = 0

    def calendars(self, account_id: UUID) -> Sequence[RemoteCalendar]:
        self.lookups += 1
        return self.remote_calendars

    def changes(
        self, account_id: UUID, remote_id: str, *, sync_token: str | None, since: datetime
    ) -> Iterator[EventPage]:
        self.asked.append(Asked(remote_id, sync_token, since))
        for page in self.script.pop(0):
            self.requests += 1
            self.before_page()
            if isinstance(page, Exception):
                raise page
            yield page


@dataclass
class LivingCalendar:
    """Implements `ports.CalendarGateway` for one calendar that people change while it is read.

    A sync token is the number of the last change that was told with it; `oldest_token` is raised to let the
    tokens before it expire. `between_pages` is called after each page but the last.
    """

    zone: str
    page_size: int = 2
    events: dict[str, RemoteEvent] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    now: int = 0
    oldest_token: int = 0
    between_pages: Callable[[], None] = lambda: None

    def put(self, event: RemoteEvent) -> None:
        """Make or change an event; a cancelled one stays as a tombstone."""
        self.now += 1
        self.events[event.id] = event
        self.changed[event.id] = self.now

    def calendars(self, account_id: UUID) -> Sequence[RemoteCalendar]:
        return ()

    def changes(
        self, account_id: UUID, remote_id: str, *, sync_token: str | None, since: datetime
    ) -> Iterator[EventPage]:
        if sync_token is not None and int(sync_token) < self.oldest_token:
            raise SyncTokenExpired("The calendar has to be read from the start.")
        told_until = self.now
        after = int(sync_token or 0)
        found = [
            event
            for event in self.events.values()
            if self.changed[event.id] > after and (sync_token or _is_told_from_the_start(event))
        ]
        first = 0
        while first + self.page_size < len(found):
            yield EventPage(found[first : first + self.page_size], self.zone)
            first += self.page_size
            self.between_pages()
        yield EventPage(found[first:], self.zone, next_sync_token=str(told_until))


def _is_told_from_the_start(event: RemoteEvent) -> bool:
    """Deleted events are told as changes alone, but a series always tells of its cancelled instances."""
    return event.status is not EventStatus.CANCELLED or event.series_id is not None
