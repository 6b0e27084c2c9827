"""Holds what the stand-in for Google knows: accounts, calendars, who sees which, and events with their revisions."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from bot.sandbox.google.errors import Resource
from bot.sandbox.google.times import stamp

# From the least to the most.
ROLES = ("freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer", "owner")
_ETAG_BASE = 3_500_000_000_000_000


@dataclasses.dataclass(frozen=True)
class StoredEvent:
    """One version of an event; a change makes a new one.

    `fields` is the resource without what depends on the reader. `revision` is the calendar's at the change, and
    `order` the one at which the event was made, which is its place in a listing.
    """

    fields: Resource
    revision: int
    order: int

    @property
    def id(self) -> str:
        """The event's id."""
        return str(self.fields["id"])

    @property
    def cancelled(self) -> bool:
        """Whether it is deleted, or an instance that does not take place."""
        return bool(self.fields["status"] == "cancelled")

    @property
    def master_id(self) -> str | None:
        """The recurring event that it is an exception of, if it is one."""
        return self.fields.get("recurringEventId")

    @property
    def recurring(self) -> bool:
        """Whether it is the master of a series."""
        return "recurrence" in self.fields


@dataclasses.dataclass(frozen=True)
class Access:
    """What an account may do with a calendar, and the calendar's revision since when."""

    role: str
    since: int

    def at_least(self, role: str) -> bool:
        """Whether this includes `role`."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclasses.dataclass
class Calendar:
    """A calendar with its events; `tokens_from` is the oldest revision that a sync token may still name."""

    id: str
    summary: str
    zone: str
    owner: str
    updated: datetime
    revision: int = 1
    tokens_from: int = 0
    access: dict[str, Access] = dataclasses.field(default_factory=dict)
    events: dict[str, StoredEvent] = dataclasses.field(default_factory=dict)
    crowd: Sequence[StoredEvent] = ()
    """More events than are worth keeping: they are made while they are listed, never change and cannot be found."""
    on_change: Callable[[], None] = lambda: None
    """Called after each change of an event."""

    @property
    def etag(self) -> str:
        """Changes with everything in the calendar."""
        return f'"p{_ETAG_BASE + self.revision * 2}"'

    def put(self, fields: Resource, now: datetime) -> StoredEvent:
        """Keep a new version of an event, with a new etag."""
        self.revision += 1
        self.updated = now
        before = self.events.get(fields["id"])
        marks = {"etag": f'"{_ETAG_BASE + self.revision * 2}"', "updated": stamp(now)}
        order = before.order if before else self.revision
        stored = StoredEvent(fields | marks, self.revision, order)
        self.events[stored.id] = stored
        self.on_change()
        return stored

    def exceptions_of(self, master_id: str) -> Iterator[StoredEvent]:
        """The changed and the cancelled instances of a series."""
        return (event for event in list(self.events.values()) if event.master_id == master_id)


@dataclasses.dataclass(frozen=True)
class ListEntry:
    """How a calendar stands in an account's list; `revision` is the list's at its last change."""

    calendar_id: str
    revision: int
    summary_override: str | None = None
    color_id: str = "14"
    selected: bool = True
    hidden: bool = False
    deleted: bool = False


@dataclasses.dataclass
class Account:
    """A person with an address, which is the id of the primary calendar, and a list of calendars."""

    address: str
    name: str
    revision: int = 0
    entries: dict[str, ListEntry] = dataclasses.field(default_factory=dict)

    def enter(self, calendar_id: str, **look: Any) -> None:
        """Put a calendar into the list, or change how it stands there: the fields of `ListEntry` by name."""
        self.revision += 1
        entry = self.entries.get(calendar_id, ListEntry(calendar_id, self.revision))
        self.entries[calendar_id] = dataclasses.replace(entry, revision=self.revision, **look)
