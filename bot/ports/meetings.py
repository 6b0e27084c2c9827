"""Video meetings, as their provider has them."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from bot.domain.meetings import Meeting, MeetingPlan


class MeetingGateway(Protocol):
    """A provider's video meetings. Raises the `ProviderError`s of the domain; retries nothing.

    `DailyLimitReached` where nothing more can be made or changed today, `CredentialRefused` where only the
    account's owner can help.
    """

    def find(self, account_id: UUID, reference: str) -> Sequence[Meeting]:
        """The meetings to come that carry the reference: more than one where answers were lost."""
        ...

    def create(self, account_id: UUID, plan: MeetingPlan) -> Meeting: ...

    def get(self, account_id: UUID, meeting_id: str) -> Meeting:
        """Raises `MeetingGone`."""
        ...

    def change(self, account_id: UUID, meeting_id: str, plan: MeetingPlan) -> None:
        """Raises `MeetingGone`."""
        ...

    def remove(self, account_id: UUID, meeting_id: str) -> None:
        """Remove it; one that is gone already is a success."""
        ...
