"""What triggers say in Slack: in a channel that Daybook is in, or to the host alone."""

from collections.abc import Callable
from datetime import datetime

from slack_sdk import WebClient

from bot.clients.slack_calls import NOT_THERE, SlackCalls, SlackRefused
from bot.clients.slack_saying import SlackSaying
from bot.domain.errors import ProviderError
from bot.domain.firings import Telling
from bot.domain.triggers import ActionKind
from bot.rendering.surfaces import Message

_INVITE = "Invite it there with /invite @Daybook and run this again."


class SlackPosts:
    """Implements `ports.Posts` over Slack's Web API."""

    def __init__(self, client: WebClient, render: Callable[[Telling], Message]) -> None:
        """Take the way to Slack, and how what is said looks."""
        self._slack = SlackCalls(client)
        self._saying = SlackSaying(self._slack, event_type="daybook_firing", key="firing")
        self._render = render

    def is_posted(self, telling: Telling, since: datetime) -> bool:
        """Whether it stands there since then; raises `CannotTell` where Daybook may not read."""
        return self._saying.find(self._channel(telling), str(telling.id), since) is not None

    def post(self, telling: Telling) -> None:
        """Say it."""
        message = self._render(telling)
        try:
            self._saying.post(self._channel(telling), message, str(telling.id))
        except SlackRefused as refused:
            if refused.reason in NOT_THERE:
                raise ProviderError(f"{refused} {_INVITE}") from refused
            raise

    def _channel(self, telling: Telling) -> str:
        if telling.trigger.action.kind is ActionKind.POST:
            return telling.trigger.action.channel_id
        return self._slack.direct(telling.host.slack_user_id)
