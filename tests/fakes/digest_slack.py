"""Slack as far as digests go there, in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.domain.digest_content import Edition
from bot.domain.digests import Digest, PauseReason, Share
from bot.domain.firings import ChannelUnusable
from bot.domain.people import Actor, Member


def _nothing() -> None:
    """Everything goes well."""


@dataclass
class FakeDigestChannels:
    """Implements `ports.DigestChannels`: names by id, who reads every channel, and who of them is a full member.

    `before` is called at each look, and may raise.
    """

    names: dict[str, str] = field(default_factory=lambda: {"C0SALES": "sales"})
    reads: tuple[str, ...] | None = ()
    full: set[str] = field(default_factory=set)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    before: Callable[[], None] = _nothing

    def look(self, actor: Actor, channel_id: str) -> str:
        self.before()
        if channel_id not in self.names:
            raise ChannelUnusable("Daybook is not in that channel. Invite it there with /invite @Daybook.")
        return self.names[channel_id]

    def readers(self, channel_id: str) -> tuple[str, ...] | None:
        return self.reads

    def are_full(self, slack_user_ids: Sequence[str], team_id: str) -> bool:
        self.asked.append(tuple(slack_user_ids))
        return self.full.issuperset(slack_user_ids)


@dataclass
class FakeDigestMessages:
    """Implements `ports.DigestMessages`; `before` and `after` are called at each message, and may raise."""

    posted: list[Edition] = field(default_factory=list)
    asked: list[tuple[str, Share]] = field(default_factory=list)
    told: list[tuple[str, PauseReason | None]] = field(default_factory=list)
    before: Callable[[], None] = _nothing
    after: Callable[[], None] = _nothing

    def post(self, edition: Edition) -> None:
        self.before()
        self.posted.append(edition)
        self.after()

    def ask(self, member: Member, digest: Digest, creator: Member, share: Share) -> None:
        self.before()
        self.asked.append((member.name, share))
        self.after()

    def tell_paused(self, member: Member, digest: Digest, creator: Member) -> None:
        self.before()
        self.told.append((member.name, digest.paused))
        self.after()

    @property
    def days(self) -> list[str]:
        """Of what was posted, in order."""
        return [edition.day.isoformat() for edition in self.posted]
