"""Digests of channels, the word of those whose days stand in them, and how both are said in Slack."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from bot.domain.cards import PostedCard
from bot.domain.digest_changes import ChangedSince
from bot.domain.digest_content import Edition
from bot.domain.digest_questions import QuestionShown
from bot.domain.digest_times import Turn
from bot.domain.digests import Digest, DigestClaim, Level, PauseReason, Run, RunState, Share
from bot.domain.people import Actor, Member
from bot.ports.digest_questions import DigestQuestions


class Digests(DigestQuestions, Protocol):
    """Digests, one for each channel; the days on which they came, one row each; the consents and the questions.

    Every write on behalf of a claim checks its fence and raises `LeaseLost`.
    """

    # --- Settings

    def add(self, digest: Digest) -> None:
        """Store a new one; nothing happens where it is there already. Raises `DigestThere` where another is.

        The last day for which a deleted digest of its channel was sent is among its days.
        """
        ...

    def change(self, digest: Digest) -> None:
        """Store it as it is now; whoever is about to post it as it was loses his claim. Raises `NotFound`."""
        ...

    def delete(self, actor: Actor, digest_id: UUID) -> None:
        """Remove one of the actor's workspace with its days and consents; raises `NotFound`.

        The last day for which it was sent stays known of the channel.
        """
        ...

    def get(self, actor: Actor, digest_id: UUID, *, to_change: bool = False) -> Digest:
        """One of the actor's workspace; with `to_change` nobody else changes it meanwhile. Raises `NotFound`."""
        ...

    def in_channel(self, actor: Actor, channel_id: str) -> Digest | None:
        """The channel's, in the actor's workspace."""
        ...

    def of(self, actor: Actor) -> Sequence[Digest]:
        """Those that the actor made, and those in whose list he is or to which he said no, by channel."""
        ...

    def count_own(self, actor: Actor) -> int:
        """How many the actor made."""
        ...

    def pass_over(self, digest: Digest, days: Sequence[date], now: datetime) -> None:
        """These days were over before their digests came, as it was moved to another zone: they are settled."""
        ...

    # --- Whose days

    def shares(self, digest_id: UUID) -> tuple[Share, ...]:
        """Everybody whose word is remembered, or that he was asked, listed or not."""
        ...

    def list_people(self, digest: Digest, member_ids: Sequence[UUID], now: datetime) -> None:
        """Have exactly these in its list, and have asked who was not asked up to its level yet.

        Of who is not in the list any more a yes is forgotten; that he was asked, or said no, is remembered. Whoever
        said no to another digest of that channel is not asked, whatever became of it. Nor is whom a message asks that
        he did not answer yet: it says by itself what is new.
        """
        ...

    def answer(self, digest: Digest, member_id: UUID, agreed: Level | None) -> None:
        """A member's word: up to which level he agrees, or that he does not.

        Whoever is about to post the digest loses his claim. Raises `NotFound` for whom nobody asked.
        """
        ...

    # --- Posting

    def is_any_due(self, now: datetime) -> bool:
        """Whether it is worth the while to claim."""
        ...

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[DigestClaim]:
        """Claim what is due and not held by a live lease, the most overdue first."""
        ...

    def skip(self, claim: DigestClaim, days: Sequence[date], following: Turn, now: datetime) -> None:
        """Their time went by too long ago: they are settled, and what follows is due then."""
        ...

    def sending(self, claim: DigestClaim, day: date, following: Turn, now: datetime) -> None:
        """It is about to be posted, and may have arrived from now on: nobody posts for that day again.

        `now` is when it was put together. Raises `LeaseLost` also where that day is settled already.
        """
        ...

    def settle(self, claim: DigestClaim, day: date, state: RunState, following: Turn, now: datetime) -> None:
        """The day is over without a post."""
        ...

    def sent(self, digest_id: UUID, day: date, state: RunState) -> None:
        """What `sending` announced was posted."""
        ...

    def refused(self, digest_id: UUID, day: date, now: datetime) -> None:
        """Slack refused for good what `sending` announced: the day is over, and somebody is told of it."""
        ...

    def unsent(self, claim: DigestClaim, turn: Turn, until: datetime) -> None:
        """What `sending` announced surely did not arrive: the turn is due as before, and left alone until then.

        So it is where somebody said a word on the digest meanwhile, or changed it, as long as it still comes at the
        same times; else that day counts as skipped. Raises `LeaseLost` where the digest is gone.
        """
        ...

    def put_off(self, claim: DigestClaim, until: datetime) -> None:
        """Nothing can be done now: leave it alone until then."""
        ...

    def stop(self, claim: DigestClaim, reason: PauseReason, now: datetime) -> None:
        """Pause it by itself, and have somebody told."""
        ...

    def runs(self, digest_id: UUID, *, limit: int) -> Sequence[Run]:
        """Its latest days, the latest first."""
        ...

    def last_run(self, digest_id: UUID) -> Run | None:
        """The latest of them."""
        ...

    def changed_since(self, actor: Actor, host_ids: Collection[UUID], since: datetime) -> Sequence[ChangedSince]:
        """Appointments of these hosts in the actor's workspace that changed since then, with where they stood.

        Those that were over a day before are left out.
        """
        ...

    # --- Telling

    def has_untold(self, now: datetime) -> bool:
        """Whether somebody is to be asked, or told of a pause or a refusal, or a question says what is over."""
        ...

    def forget(self, before: datetime) -> None:
        """What is over since then: days, also those of deleted digests, and questions of which nobody knows where.

        The last day of each digest stays, as does the last that its channel saw, with what was skipped after it.
        """
        ...

    def claim_notices(self, now: datetime, *, limit: int) -> Sequence[Digest]:
        """Digests that paused by themselves, or that Slack refused; each is handed to exactly one caller, who tells."""
        ...

    def tell_again(self, digest: Digest, due_at: datetime) -> None:
        """Nobody was told: somebody tries again then."""
        ...


class DigestChannels(Protocol):
    """Slack's channels, as far as a digest goes there."""

    def look(self, actor: Actor, channel_id: str) -> str:
        """The channel's name; raises `ChannelUnusable` where Daybook, or the actor, has no business there."""
        ...

    def readers(self, channel_id: str) -> tuple[str, ...] | None:
        """The Slack ids of who reads it; None where they are too many, of other organisations, or not told."""
        ...

    def is_full(self, slack_user_id: str, team_id: str) -> bool:
        """Whether it is a full member, or a bot, of the workspace; False in any doubt."""
        ...


class DigestMessages(Protocol):
    """What is said of digests. Raises `ProviderError`s; retries nothing.

    A `ProviderDown` that `is_silent` means that the message may have arrived.
    """

    def post(self, edition: Edition) -> None:
        """Post it; raises `DigestUnwanted` where Slack takes nothing there any more, and `DigestRefused`."""
        ...

    def ask(self, shown: QuestionShown) -> PostedCard:
        """Ask a member whether his days may stand in it."""
        ...

    def show_question(self, posted: PostedCard, shown: QuestionShown) -> None:
        """Have what asked him say how things stand; raises `CardGone`."""
        ...

    def tell_paused(self, member: Member, digest: Digest, creator: Member, *, may_take_over: bool) -> None:
        """Tell a member that it paused by itself, and what he can do."""
        ...

    def tell_refused(self, member: Member, digest: Digest, day: date) -> None:
        """Tell a member that Slack refused that day's for good, and what he can do."""
        ...

    def say_paused(self, digest: Digest) -> None:
        """Tell its channel, where nobody else is left, and who can mend it; raises `DigestUnwanted`."""
        ...
