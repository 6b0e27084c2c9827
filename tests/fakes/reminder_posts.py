"""Reminders as they stand in Slack, in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.cards import CardGone, PostedCard
from bot.domain.firings import CannotTell
from bot.domain.reminder_telling import Reminding


def _nothing() -> None:
    """Everything goes well."""


@dataclass
class FakeReminderPosts:
    """Implements `ports.ReminderPosts`: it finds what was said to a host, and may not look in channels.

    `before` and `after` are called at each message and each change, and may raise.
    """

    said: list[Reminding] = field(default_factory=list)
    standing: dict[PostedCard, Reminding] = field(default_factory=dict)
    before: Callable[[], None] = _nothing
    after: Callable[[], None] = _nothing

    def find(self, reminding: Reminding, since: datetime) -> PostedCard | None:
        if reminding.reminder.channel_id:
            raise CannotTell("Nobody can look there.")
        found = (where for where, one in self.standing.items() if one.reminder.id == reminding.reminder.id)
        return next(found, None)

    def post(self, reminding: Reminding) -> PostedCard:
        self.before()
        self.said.append(reminding)
        channel = reminding.reminder.channel_id or f"D{reminding.host.slack_user_id}"
        posted = PostedCard(channel, f"{len(self.said)}.0")
        self.standing[posted] = reminding
        self.after()
        return posted

    def update(self, posted: PostedCard, reminding: Reminding) -> None:
        self.before()
        if posted not in self.standing:
            raise CardGone
        self.standing[posted] = reminding
        self.after()
