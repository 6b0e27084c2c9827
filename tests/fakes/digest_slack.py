"""Slack as far as digests go there, in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from bot.domain.cards import CardGone, PostedCard
from bot.domain.digest_content import Edition
from bot.domain.digest_questions import QuestionShown
from bot.domain.digests import Digest, PauseReason, Share
from bot.domain.firings import ChannelUnusable
from bot.domain.people import Actor, Member


def _nothing() -> None:
    """Everything goes well."""


@dataclass
class FakeDigestChannels:
    """Implements `ports.DigestChannels`: names by id, who reads every channel, and who of them is a full member.

    `before` is called at each look at a channel, `looking` at each at a reader; both may raise.
    """

    names: dict[str, str] = field(default_factory=lambda: {"C0SALES": "sales"})
    reads: tuple[str, ...] | None = ()
    full: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    before: Callable[[], None] = _nothing
    looking: Callable[[], None] = _nothing

    def look(self, actor: Actor, channel_id: str) -> str:
        self.before()
        if channel_id not in self.names:
            raise ChannelUnusable("Daybook is not in that channel. Invite it there with /invite @Daybook.")
        return self.names[channel_id]

    def readers(self, channel_id: str) -> tuple[str, ...] | None:
        return self.reads

    def is_full(self, slack_user_id: str, team_id: str) -> bool:
        self.asked.append(slack_user_id)
        self.looking()
        return slack_user_id in self.full


@dataclass
class FakeDigestMessages:
    """Implements `ports.DigestMessages`; `before` and `after` are called at each message, and may raise.

    `standing` holds of each question what it showed, the last of which stands there; `said` the channels that were told
    of a pause.
    """

    posted: list[Edition] = field(default_factory=list)
    asked: list[tuple[str, Share]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    standing: dict[str, list[QuestionShown]] = field(default_factory=dict)
    told: list[tuple[str, PauseReason | None]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    before: Callable[[], None] = _nothing
    after: Callable[[], None] = _nothing

    def post(self, edition: Edition) -> None:
        self.before()
        self.posted.append(edition)
        self.after()

    def ask(self, shown: QuestionShown) -> PostedCard:
        self.before()
        assert shown.now.share is not None
        self.asked.append((shown.member.name, shown.now.share))
        message = str(len(self.asked))
        self.standing[message] = [shown]
        self.after()
        return PostedCard("D1", message)

    def show_question(self, posted: PostedCard, shown: QuestionShown) -> None:
        self.before()
        if posted.message not in self.standing:
            raise CardGone
        self.standing[posted.message].append(shown)
        self.after()

    def tell_refused(self, member: Member, digest: Digest, day: date) -> None:
        self.before()
        self.refused.append((member.name, day.isoformat()))
        self.after()

    def say_paused(self, digest: Digest) -> None:
        self.before()
        self.said.append(digest.channel_name)
        self.after()

    def tell_paused(self, member: Member, digest: Digest, creator: Member, *, may_take_over: bool) -> None:
        self.before()
        assert may_take_over == (digest.paused is PauseReason.CREATOR_LEFT)
        self.told.append((member.name, digest.paused))
        self.after()

    @property
    def days(self) -> list[str]:
        """Of what was posted, in order."""
        return [edition.day.isoformat() for edition in self.posted]
