"""Appointments' cards in Slack: posted once, found again by their metadata, edited in place."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from slack_sdk import WebClient

from bot.clients.slack_calls import SlackCalls
from bot.clients.slack_saying import SlackSaying
from bot.domain.cards import Card, CardLine, PostedCard
from bot.domain.firings import CannotTell
from bot.domain.people import Member
from bot.rendering.surfaces import Message


class SlackCards:
    """Implements `ports.Cards` over Slack's Web API."""

    def __init__(
        self, client: WebClient, render: Callable[[Card], Message], say: Callable[[CardLine], Message]
    ) -> None:
        """Take the way to Slack, and how a card and a line of its thread are shown."""
        self._slack = SlackCalls(client)
        self._saying = SlackSaying(self._slack, event_type="daybook_card", key="appointment")
        self._render = render
        self._say = say

    def find(self, member: Member, appointment_id: UUID, *, since: datetime) -> PostedCard | None:
        """The card of that appointment, if it was posted to the member since then.

        None as well where nobody can tell, as without `im:history`: a second card is better than none.
        """
        channel = self._slack.direct(member.slack_user_id)
        try:
            message = self._saying.find(channel, str(appointment_id), since)
        except CannotTell:
            return None
        return None if message is None else PostedCard(channel, message)

    def post(self, member: Member, card: Card) -> PostedCard:
        """Post it to the member alone."""
        message, channel = self._render(card), self._slack.direct(member.slack_user_id)
        return PostedCard(channel, self._saying.post(channel, message, str(card.appointment.id)))

    def update(self, posted: PostedCard, card: Card) -> None:
        """Show the card as it is now; raises `CardGone`."""
        self._slack.edit(posted, self._render(card))

    def reply(self, posted: PostedCard, line: CardLine) -> None:
        """Add a line to the thread under a card; raises `CardGone`."""
        self._slack.reply(posted, self._say(line))
