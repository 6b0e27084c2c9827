"""Appointments' copies in Google, as it has them."""

from typing import Protocol
from uuid import UUID

from bot.domain.event_copies import CopyPlan, CopySeen


class EventCopies(Protocol):
    """Appointments' events in a provider's calendars. Raises the `ProviderError`s of the domain; retries nothing."""

    def insert(self, account_id: UUID, remote_id: str, event_id: str, plan: CopyPlan) -> CopySeen:
        """Raises `EventExists`."""
        ...

    def get(self, account_id: UUID, remote_id: str, event_id: str) -> CopySeen:
        """Raises `EventGone`; a deleted event that is still told of is `is_cancelled`."""
        ...

    def patch(self, account_id: UUID, remote_id: str, event_id: str, plan: CopyPlan, *, etag: str) -> CopySeen:
        """Write the owned fields alone; raises `EventChanged` unless the event is as `etag` says, and `EventGone`."""
        ...

    def remove(self, account_id: UUID, remote_id: str, event_id: str, *, mails: bool) -> None:
        """Remove it; one that is gone already is a success."""
        ...

    def with_uid(self, account_id: UUID, remote_id: str, ical_uid: str) -> str | None:
        """The id of the event that carries the UID in this calendar, unless it is deleted."""
        ...
