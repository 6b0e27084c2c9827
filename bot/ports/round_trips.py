"""The round trip check, and its event at the provider."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.calendars import Calendar, SyncClaim
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.round_trips import RoundTrip, Way


class RoundTrips(Protocol):
    """The last round trip check of each member."""

    def of(self, actor: Actor) -> RoundTrip | None:
        """The actor's own."""
        ...

    def begin(self, actor: Actor, calendar: Calendar, now: datetime, *, new_id: UUID) -> RoundTrip:
        """Store a new one in the place of the actor's last, of a calendar of his own.

        Raises `CannotCheck`, and `NotFound` for another's calendar.
        """
        ...

    def refuse(self, trip: RoundTrip) -> None:
        """Store that its event was not written, unless it has come back."""
        ...

    def came_back(self, claim: SyncClaim, event_ids: Collection[str], way: Way, now: datetime) -> None:
        """A reading of the claimed calendar met these events; the check among them that waits has its answer."""
        ...

    def is_any_due(self, now: datetime) -> bool:
        """Whether it is worth the while to claim."""
        ...

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[RoundTrip]:
        """Claim those whose events are to be removed by now; nobody else gets them for a while."""
        ...

    def tidied(self, trip: RoundTrip) -> None:
        """Its event is gone; nothing happens where another claimed it meanwhile."""
        ...

    def retry(self, trip: RoundTrip, tidy_at: datetime) -> None:
        """Its event could not be removed: free the claim, count the attempt."""
        ...

    def leave(self, trip: RoundTrip) -> None:
        """Its event cannot be removed, and stays; nothing happens where another claimed it meanwhile."""
        ...

    def untidied(self, account_id: UUID) -> Sequence[RoundTrip]:
        """Those of an account whose events may still be there."""
        ...


class RoundTripEvents(Protocol):
    """Events of checks in a provider's calendar. Raises the `ProviderError`s of the domain; retries nothing."""

    def write(self, account_id: UUID, remote_id: str, event_id: str, span: Interval, zone: str) -> None:
        """Make it: private, Free, with nobody on it, and nobody is told; one that is there already is a success."""
        ...

    def remove(self, account_id: UUID, remote_id: str, event_id: str) -> None:
        """Remove it; one that is gone already is a success."""
        ...
