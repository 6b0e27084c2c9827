"""What Daybook says unasked."""

from typing import Protocol

from bot.domain.accounts import Account
from bot.domain.calendars import Calendar
from bot.domain.people import Actor, Member


class Notifier(Protocol):
    """What Daybook says unasked, always to the one it concerns. Raises `ProviderError` when Slack refuses."""

    def ask_to_confirm(self, actor: Actor, account: Account) -> None: ...

    def needs_reconnecting(self, member: Member, account: Account) -> None: ...

    def ask_about_loss(self, member: Member, calendar: Calendar) -> None:
        """Ask the owner of a calendar about the loss that is held back (`Calendar.fuse`)."""
        ...

    def ask_to_connect(self, actor: Actor, member: Member) -> None:
        """Tell `member`, a colleague without a calendar, that `actor` would like to see when he is free."""
        ...
