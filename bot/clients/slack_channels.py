"""Whether something may be posted in a channel, as Slack describes it."""

from collections.abc import Iterator, Mapping

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.errors import ProviderDown
from bot.domain.firings import ChannelUnusable
from bot.domain.people import Actor

_INVITE = "Daybook is not in that channel. Invite it there with /invite @Daybook, then try again."
_NOT_THERE = frozenset({"channel_not_found", "not_in_channel", "method_not_supported_for_channel_type"})
_MOST_PAGES = 20


class SlackChannels:
    """Implements `ports.PostChannels` over Slack's Web API."""

    def __init__(self, client: WebClient, *, with_outsiders: bool = False) -> None:
        """`with_outsiders`: channels that people of other organisations read will do as well."""
        self._client = client
        self._with_outsiders = with_outsiders

    def require_postable(self, actor: Actor, channel_id: str) -> str:
        """The channel's name.

        Raises:
            ChannelUnusable: Daybook is not in it, or the actor is not; it is archived, everybody's, or shared with
                another organisation.
            ProviderDown: Slack did not say.
        """
        try:
            channel = self._client.conversations_info(channel=channel_id)["channel"]
            if not isinstance(channel, dict):
                raise ChannelUnusable(_INVITE)
            _require_fit(channel, with_outsiders=self._with_outsiders)
            if channel.get("is_private") and actor.slack_user_id not in self._members(channel_id):
                raise ChannelUnusable(_INVITE)
        except SlackApiError as error:
            if error.response["error"] in _NOT_THERE:
                raise ChannelUnusable(_INVITE) from error
            if error.response["error"] == "missing_scope":
                raise ChannelUnusable(
                    "Daybook lacks the permission to look at channels. Have an admin install it again."
                ) from error
            raise ProviderDown("Slack did not say anything about that channel. Try again in a minute.") from error
        except (SlackClientError, OSError) as error:
            raise ProviderDown("Slack could not be reached. Try again in a minute.") from error
        return str(channel.get("name", ""))

    def _members(self, channel_id: str) -> Iterator[str]:
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = self._client.conversations_members(channel=channel_id, limit=1000, cursor=cursor or None)
            yield from page.get("members", [])
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return


def is_shared_outside(channel: Mapping[str, object]) -> bool:
    """Whether people of other organisations read it, or are about to."""
    return any(channel.get(name) for name in ("is_ext_shared", "is_org_shared", "is_pending_ext_shared"))


def _require_fit(channel: Mapping[str, object], *, with_outsiders: bool) -> None:
    """Raises `ChannelUnusable`."""
    if channel.get("is_im") or channel.get("is_mpim"):
        raise ChannelUnusable("Choose a channel: nothing is posted among a few people's own messages.")
    if channel.get("is_archived"):
        raise ChannelUnusable("That channel is archived. Choose another one.")
    if channel.get("is_general"):
        raise ChannelUnusable("Everybody reads that channel, so Daybook posts nothing there. Choose another one.")
    if is_shared_outside(channel) and not with_outsiders:
        raise ChannelUnusable("People outside this workspace read that channel. Choose another one.")
    if not channel.get("is_member"):
        raise ChannelUnusable(_INVITE)
