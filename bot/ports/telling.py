"""What Daybook says unasked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.accounts import Account
from bot.domain.calendars import Calendar
from bot.domain.cards import Card, CardLine, PostedCard
from bot.domain.invitee_questions import InviteeBatch
from bot.domain.leaving import LeftReport
from bot.domain.people import Actor, Member
from bot.domain.taken import Declined


class Notifier(Protocol):
    """What Daybook says unasked, always to the one it concerns. Raises `ProviderError` when Slack refuses."""

    def ask_to_confirm(self, actor: Actor, account: Account) -> None: ...

    def needs_reconnecting(self, member: Member, account: Account) -> None: ...

    def ask_about_loss(self, member: Member, calendar: Calendar) -> None:
        """Ask the owner of a calendar about the loss that is held back (`Calendar.fuse`)."""
        ...

    def ask_about_invitees(self, host: Member, batch: InviteeBatch) -> None:
        """Ask a host about people in his calendar who are no contacts."""
        ...

    def contact_declined(self, member: Member, declined: Declined) -> None:
        """Tell a host that a contact will not come."""
        ...

    def copies_removed(self, member: Member, report: LeftReport, kept: Sequence[str]) -> None:
        """Tell a member how many events were removed, and which stay, by title; and whether an account went with them.

        Raises `ProviderError`.
        """
        ...

    def ask_to_connect(self, actor: Actor, member: Member) -> None:
        """Tell `member`, a colleague without a calendar, that `actor` would like to see when he is free."""
        ...


class Cards(Protocol):
    """Appointments' cards in their first hosts' direct messages, and the messages to everybody else in them.

    Raises `ProviderError`s; retries nothing.
    """

    def find(self, member: Member, appointment_id: UUID, *, since: datetime) -> PostedCard | None:
        """What was posted to the member about that appointment since then, if anything was."""
        ...

    def post(self, member: Member, card: Card) -> PostedCard: ...

    def update(self, posted: PostedCard, card: Card) -> None:
        """Show the card as it is now; raises `CardGone`."""
        ...

    def reply(self, posted: PostedCard, line: CardLine) -> None:
        """Add a line to the thread under a card; raises `CardGone`."""
        ...
