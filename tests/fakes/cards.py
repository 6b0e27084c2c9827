"""Slack's direct messages in memory, as far as cards are concerned."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.domain.cards import Card, CardGone, CardLine, PostedCard
from bot.domain.people import Member


def _nothing(_name: str) -> None:
    """Everything goes well."""


@dataclass
class FakeCards:
    """Implements `ports.Cards`; `before` and `after` are told the name of each request, and may raise."""

    posted: dict[PostedCard, Card] = field(default_factory=dict)
    threads: dict[PostedCard, list[CardLine]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    before: Callable[[str], None] = _nothing
    after: Callable[[str], None] = _nothing

    def find(self, member: Member, appointment_id: UUID, *, since: datetime) -> PostedCard | None:
        self._begin("find")
        channel = f"D{member.slack_user_id}"
        found = (one for one, card in self.posted.items() if card.appointment.id == appointment_id)
        return next((one for one in found if one.channel == channel), None)

    def post(self, member: Member, card: Card) -> PostedCard:
        self._begin("post")
        posted = PostedCard(f"D{member.slack_user_id}", f"{len(self.posted) + 1}.0")
        self.posted[posted] = card
        self.threads[posted] = []
        self.after("post")
        return posted

    def update(self, posted: PostedCard, card: Card) -> None:
        self._begin("update")
        if posted not in self.posted:
            raise CardGone
        self.posted[posted] = card
        self.after("update")

    def reply(self, posted: PostedCard, line: CardLine) -> None:
        self._begin("reply")
        if posted not in self.posted:
            raise CardGone
        self.threads[posted].append(line)
        self.after("reply")

    def _begin(self, name: str) -> None:
        self.requests.append(name)
        self.before(name)
