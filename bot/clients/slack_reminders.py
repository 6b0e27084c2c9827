"""Reminders in Slack, and the question after an appointment: said once, found again, edited in place."""

from collections.abc import Callable
from datetime import datetime

from slack_sdk import WebClient

from bot.clients.slack_calls import SlackCalls
from bot.clients.slack_saying import SlackSaying
from bot.domain.cards import PostedCard
from bot.domain.reminder_telling import Reminding
from bot.rendering.surfaces import Message


class SlackReminders:
    """Implements `ports.ReminderPosts` over Slack's Web API."""

    def __init__(self, client: WebClient, render: Callable[[Reminding], Message]) -> None:
        """Take the way to Slack, and how what is said looks."""
        self._slack = SlackCalls(client)
        self._saying = SlackSaying(self._slack, event_type="daybook_reminder", key="reminder")
        self._render = render

    def find(self, reminding: Reminding, since: datetime) -> PostedCard | None:
        """The message, if it stands there since then; raises `CannotTell` where Daybook may not read."""
        channel = self._channel(reminding)
        message = self._saying.find(channel, str(reminding.reminder.id), since)
        return None if message is None else PostedCard(channel, message)

    def post(self, reminding: Reminding) -> PostedCard:
        """Say it."""
        message, channel = self._render(reminding), self._channel(reminding)
        return PostedCard(channel, self._saying.post(channel, message, str(reminding.reminder.id)))

    def update(self, posted: PostedCard, reminding: Reminding) -> None:
        """Show the message as it is to be now; raises `CardGone`."""
        self._slack.edit(posted, self._render(reminding))

    def _channel(self, reminding: Reminding) -> str:
        return reminding.reminder.channel_id or self._slack.direct(reminding.host.slack_user_id)
