"""Digests in Slack: who reads a channel, posting there, and asking those whose days are shown."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.clients.slack_calls import SlackCalls, SlackRefused, content, reason_of
from bot.clients.slack_channels import SlackChannels, is_shared_outside
from bot.clients.slack_directory import standing_of
from bot.domain.digest_content import Edition
from bot.domain.digests import MOST_ASKED, Digest, DigestUnwanted, PauseReason, Share
from bot.domain.errors import ProviderDown
from bot.domain.people import Actor, Member, Standing
from bot.rendering.digests.messages import digest_question, paused_message
from bot.rendering.digests.posted import digest_message
from bot.rendering.surfaces import Message

MOST_READERS = 200
"""Whoever reads a channel with more people is not looked at: they count as somebody from outside."""

_EVENT_TYPE = "daybook_digest"
_REMOVED = frozenset({"account_inactive", "token_revoked"})
_NO_CHANNEL = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action"})


class SlackDigestChannels:
    """Implements `ports.DigestChannels`."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
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

    def are_full(self, slack_user_ids: Sequence[str], team_id: str) -> bool:
        """Whether all of them are full members, or bots, of the workspace; False in any doubt."""
        return len(slack_user_ids) <= MOST_ASKED and all(self._is_full(one, team_id) for one in slack_user_ids)

    def _is_full(self, slack_user_id: str, team_id: str) -> bool:
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
        digest = edition.digest
        told = {"digest": str(digest.id), "day": edition.day.isoformat()}
        metadata = {"event_type": _EVENT_TYPE, "event_payload": told}
        try:
            self._say(digest.channel_id, digest_message(edition), metadata=metadata)
        except SlackRefused as refused:
            if refused.reason in _NO_CHANNEL:
                raise DigestUnwanted("Slack takes no messages there any more.", PauseReason.CHANNEL) from refused
            raise

    def ask(self, member: Member, digest: Digest, creator: Member, share: Share) -> None:
        """The one question about a digest."""
        self._tell(member, digest_question(digest, creator, share))

    def tell_paused(self, member: Member, digest: Digest, creator: Member) -> None:
        """The one message about a digest that paused by itself."""
        self._tell(member, paused_message(digest, creator, member))

    def _tell(self, member: Member, message: Message) -> None:
        with _seeing_removal():
            channel_id = self._slack.direct(member.slack_user_id)
        self._say(channel_id, message)

    def _say(self, channel_id: str, message: Message, **more: object) -> None:
        with _seeing_removal():
            self._slack.call("chat.postMessage", {"channel": channel_id, **content(message), **more})


@contextmanager
def _seeing_removal() -> Iterator[None]:
    """Raises `DigestUnwanted` where Slack says that Daybook was removed."""
    try:
        yield
    except ProviderDown as down:
        if reason_of(down) in _REMOVED:
            raise DigestUnwanted("Daybook is not in this workspace any more.", PauseReason.REMOVED) from down
        raise
