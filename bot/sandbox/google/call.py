"""One request to Calendar v3 after its token was accepted: who asks, for what, and what he may do."""

import dataclasses
from datetime import datetime
from typing import TYPE_CHECKING

from bot.sandbox.google import errors
from bot.sandbox.google.errors import Resource
from bot.sandbox.google.query import Query
from bot.sandbox.google.scopes import FREE_BUSY, OWNED
from bot.sandbox.google.state import Calendar, StoredEvent
from bot.sandbox.google.view import is_hidden

if TYPE_CHECKING:
    from bot.sandbox.google.world import GoogleWorld


@dataclasses.dataclass(frozen=True)
class Call:
    """What a method of the API works with.

    `method` is its id in the discovery document, `scopes` are those of the `accepted` ones that were granted,
    and `path` holds the ids in the address. What a method puts into `notes` stands in the ledger.
    """

    world: "GoogleWorld"
    method: str
    account: str
    scopes: frozenset[str]
    accepted: frozenset[str]
    path: dict[str, str]
    query: Query
    body: Resource
    if_match: str | None
    now: datetime
    notes: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def calendar_id(self) -> str:
        """The calendar of the address, `primary` resolved."""
        named = self.path["calendar"]
        return self.account if named == "primary" else named

    def calendar(self, role: str) -> Calendar:
        """The calendar of the address, for somebody who needs `role` on it.

        Raises:
            ApiError: the account does not see it (404), sees it with a lesser role, or lets us see only its own.
        """
        calendar = self.world.calendars.get(self.calendar_id)
        access = calendar.access.get(self.account) if calendar else None
        if calendar is None or access is None:
            raise errors.not_found()
        if self.scopes <= OWNED and access.role != "owner":
            raise errors.insufficient_scopes(self.method, self.accepted)
        if not access.at_least(role):
            raise errors.required_access_level()
        return calendar

    def hides(self, calendar: Calendar, event: StoredEvent) -> bool:
        """Whether the caller gets `event` without its details."""
        role = calendar.access[self.account].role
        return is_hidden(event, role, free_busy_only=self.scopes <= {FREE_BUSY})

    def default_reminders(self, calendar: Calendar) -> list[Resource]:
        """The reminders that hold for events of `calendar` which have none of their own."""
        return [{"method": "popup", "minutes": 10}] if calendar.access[self.account].role == "owner" else []
