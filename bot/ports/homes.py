"""The Homes of members: what was last published on each, and the way to publish."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.home import Home
from bot.domain.home_turns import HomeTurn
from bot.domain.people import Actor


class Homes(Protocol):
    """What is known of every Home that was ever drawn."""

    def begin(self, actor: Actor, now: datetime, *, shown: str | None = None) -> HomeTurn:
        """Take the turn at the actor's, who opened it or changed something.

        `shown` is the state that stands there by Slack's own word, empty for anything else; None where it did not say.
        """
        ...

    def choose(self, actor: Actor, calendar_id: UUID | None) -> None:
        """Remember which calendar alone he has it show."""
        ...

    def changed(self, member_ids: Collection[UUID], now: datetime) -> None:
        """Something on these may have changed: have them looked at soon, where they were opened lately.

        It is written as the transaction commits, after everything else.
        """
        ...

    def is_any_due(self, now: datetime, *, without: Collection[UUID] = ()) -> bool:
        """Whether it is worth the while to claim; `without` as for `claim_due`."""
        ...

    def claim_due(self, now: datetime, *, limit: int, without: Collection[UUID] = ()) -> Sequence[HomeTurn]:
        """Take the turn at those that are due, the most overdue first; nobody else gets them for a while.

        `without` are the workspaces that are passed over.
        """
        ...

    def end(self, turn: HomeTurn, state: str, *, look_at: datetime, now: datetime, was_published: bool) -> None:
        """The turn is over, and `state` stands there now.

        Where another turn began meanwhile, what was published may lie over something newer: it is looked at again.
        Where something changed meanwhile, it stays due.
        """
        ...

    def put_off(self, turn: HomeTurn, until: datetime) -> None:
        """Slack takes nothing now."""
        ...

    def remove(self, turn: HomeTurn) -> None:
        """There is no such Home any more; to open it makes a new one."""
        ...


class HomeTabs(Protocol):
    """Home tabs in Slack."""

    def state_of(self, home: Home) -> str:
        """A fingerprint of what it would show: equal where it shows the same."""
        ...

    def publish(self, home: Home) -> None:
        """Show it. Raises `NotFound` where Slack has no such person, and `ProviderDown` or `ProviderBusy`."""
        ...
