"""Digests in Slack: who reads a channel, posting there, and asking those whose days are shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.clients.slack_calls import SlackCalls, SlackRefused, content, reason_of
from bot.clients.slack_channels import SlackChannels, is_shared_outside
from bot.clients.slack_directory import standing_of
from bot.domain.cards import CardGone, PostedCard
from bot.domain.digest_content import Edition
from bot.domain.digest_questions import QuestionShown
from bot.domain.digests import Digest, DigestRefused, DigestUnwanted, PauseReason
from bot.domain.errors import ProviderDown
from bot.domain.people import Actor, Member, Standing
from bot.rendering.digests.messages import channel_notice, paused_message, refused_message
from bot.rendering.digests.posted import digest_message
from bot.rendering.digests.questions import digest_question_now
from bot.rendering.surfaces import Message

MOST_READERS = 200
"""Whoever reads a channel with more people is not looked at: they count as somebody from outside."""

_LOOK_SECONDS = 10
_REMOVED = frozenset({"account_inactive", "token_revoked"})
_NO_CHANNEL = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action"})
_NOT_THERE = frozenset({"message_not_found", "channel_not_found", "is_archived", "is_inactive"})
_GONE = _NOT_THERE | {"cant_update_message", "edit_window_closed"}


class SlackDigestChannels:
    """Implements `ports.DigestChannels`."""

    def __init__(self, client: WebClient) -> None:
        self._client = asking_once(client)
        self._channels = SlackChannels(client, with_outsiders=True)

    def look(self, actor: Actor, channel_id: str) -> str:
        """The channel's name; raises `ChannelUnusable`, and `DigestUnwanted` where Daybook was removed from Slack."""
        with _seeing_removal():
            return self._channels.require_postable(actor, channel_id)

    def readers(self, channel_id: str) -> tuple[str, ...] | None:
        """The Slack ids of who reads it, asked in two calls; None where they are too many, or of elsewhere."""
        try:
            channel = self._client.conversations_info(channel=channel_id)["channel"]
            if not isinstance(channel, dict) or is_shared_outside(channel):
                return None
            page = self._client.conversations_members(channel=channel_id, limit=MOST_READERS)
        except (SlackClientError, OSError):
            return None
        has_more = bool((page.get("response_metadata") or {}).get("next_cursor"))
        members = tuple(map(str, page.get("members", [])))
        return None if has_more or len(members) > MOST_READERS else members

    def is_full(self, slack_user_id: str, team_id: str) -> bool:
        """Whether it is a full member, or a bot, of the workspace; False in any doubt."""
        try:
            user = self._client.users_info(user=slack_user_id)["user"]
        except (SlackClientError, OSError):
            return False
        if not isinstance(user, dict):
            return False
        if user.get("is_bot") and user.get("team_id") == team_id:
            return True
        return standing_of(user, team_id) is Standing.FULL


class SlackDigests:
    """Implements `ports.DigestMessages` over Slack's Web API."""

    def __init__(self, client: WebClient) -> None:
        self._slack = SlackCalls(client)

    def post(self, edition: Edition) -> None:
        """Post it in its channel."""
        try:
            with _seeing_a_lost_channel():
                self._say(edition.digest.channel_id, digest_message(edition))
        except SlackRefused as refused:
            raise DigestRefused(refused.reason) from refused

    def ask(self, shown: QuestionShown) -> PostedCard:
        """The one question about a digest."""
        return self._tell(shown.member, digest_question_now(shown))

    def show_question(self, posted: PostedCard, shown: QuestionShown) -> None:
        """Edit it in place; raises `CardGone`."""
        where = {"channel": posted.channel, "ts": posted.message}
        try:
            self._slack.call("chat.update", {**where, **content(digest_question_now(shown))}, repeats=True)
        except SlackRefused as refused:
            if refused.reason in _GONE:
                raise CardGone from refused
            raise

    def tell_paused(self, member: Member, digest: Digest, creator: Member, *, may_take_over: bool) -> None:
        """The one message about a digest that paused by itself."""
        self._tell(member, paused_message(digest, creator, may_take_over=may_take_over))

    def tell_refused(self, member: Member, digest: Digest, day: date) -> None:
        """The one message about a day that Slack refused."""
        self._tell(member, refused_message(digest, day))

    def say_paused(self, digest: Digest) -> None:
        """The one message about it in its channel."""
        with _seeing_a_lost_channel():
            self._say(digest.channel_id, channel_notice(digest))

    def _tell(self, member: Member, message: Message) -> PostedCard:
        with _seeing_removal():
            channel_id = self._slack.direct(member.slack_user_id)
        return self._say(channel_id, message)

    def _say(self, channel_id: str, message: Message) -> PostedCard:
        with _seeing_removal():
            told = self._slack.call("chat.postMessage", {"channel": channel_id, **content(message)})
        return PostedCard(str(told["channel"]), str(told["ts"]))


def asking_once(client: WebClient) -> WebClient:
    """One that neither repeats nor waits as long as Slack asks for: a digest that is due does not hold on for that."""
    seconds = min(client.timeout, _LOOK_SECONDS)
    return WebClient(client.token, base_url=client.base_url, timeout=seconds, retry_handlers=[])


@contextmanager
def _seeing_a_lost_channel() -> Iterator[None]:
    """Raises `DigestUnwanted` where Slack takes nothing in the channel any more."""
    try:
        yield
    except SlackRefused as refused:
        if refused.reason in _NO_CHANNEL:
            raise DigestUnwanted("Slack takes no messages there any more.", PauseReason.CHANNEL) from refused
        raise


@contextmanager
def _seeing_removal() -> Iterator[None]:
    """Raises `DigestUnwanted` where Slack says that Daybook was removed."""
    try:
        yield
    except ProviderDown as down:
        if reason_of(down) in _REMOVED:
            raise DigestUnwanted("Daybook is not in this workspace any more.", PauseReason.REMOVED) from down
        raise
