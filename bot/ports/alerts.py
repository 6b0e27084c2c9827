"""What members are told of connections and triggers that need them."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.firings import FailedTrigger
from bot.domain.nudges import DueNudge
from bot.domain.people import Member


class AlertMessages(Protocol):
    """Direct messages to the one whom it concerns. Raises `ProviderError`s; retries nothing.

    A `ProviderDown` that `is_silent` means that the message may have arrived.
    """

    def still_broken(self, member: Member, due: DueNudge, *, is_last: bool, zone: str) -> None:
        """Remind him of an account; `zone` is the one that he chose, or Slack's."""
        ...

    def triggers_failed(self, owner: Member, failed: Sequence[FailedTrigger]) -> None:
        """Tell him what came to nothing, trigger by trigger."""
        ...
