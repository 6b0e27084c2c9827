"""Appointments' cards in Slack: posted once, found again by their metadata, edited in place."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.clients.slack_calls import content
from bot.domain.cards import Card, CardGone, CardLine, PostedCard
from bot.domain.errors import ProviderBusy, ProviderDown, ProviderError
from bot.domain.people import Member
from bot.rendering.surfaces import Message

_EVENT_TYPE = "daybook_card"
_APPOINTMENT = "appointment"
_A_PAGE = 100
# A card is looked for right after it may have been posted; more than this was not said to anybody since.
_MOST_PAGES = 5
_GONE = frozenset({"message_not_found", "channel_not_found", "thread_not_found", "is_inactive"})
_OURS_TO_MEND = frozenset({"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"})
_TRY_AGAIN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
_USUAL_PAUSE = 30.0


class SlackCards:
    """Implements `ports.Cards` over Slack's Web API."""

    def __init__(
        self, client: WebClient, render: Callable[[Card], Message], say: Callable[[CardLine], Message]
    ) -> None:
        """Take the way to Slack, and how a card and a line of its thread are shown."""
        # Without what it tries again by itself: a message whose answer was lost would be posted twice.
        self._client = WebClient(client.token, base_url=client.base_url, timeout=client.timeout, retry_handlers=[])
        self._render = render
        self._say = say

    def find(self, member: Member, appointment_id: UUID, *, since: datetime) -> PostedCard | None:
        """The card of that appointment, if it was posted to the member since then.

        None as well where Daybook may not read its own messages (`im:history`): a second card is better than none.
        """
        channel = self._channel(member)
        try:
            for message in self._messages(channel, since):
                if _appointment_of(message) == str(appointment_id):
                    return PostedCard(channel, str(message["ts"]))
        except _MayNotRead:
            return None
        return None

    def post(self, member: Member, card: Card) -> PostedCard:
        """Post it to the member alone."""
        message, channel = self._render(card), self._channel(member)
        metadata = {"event_type": _EVENT_TYPE, "event_payload": {_APPOINTMENT: str(card.appointment.id)}}
        told = self._call("chat.postMessage", {"channel": channel, "metadata": metadata, **content(message)})
        return PostedCard(str(told["channel"]), str(told["ts"]))

    def update(self, posted: PostedCard, card: Card) -> None:
        """Show the card as it is now; raises `CardGone`."""
        shown = content(self._render(card))
        self._call("chat.update", {"channel": posted.channel, "ts": posted.message, **shown})

    def reply(self, posted: PostedCard, line: CardLine) -> None:
        """Add a line to the thread under a card; raises `CardGone`."""
        shown = content(self._say(line))
        self._call("chat.postMessage", {"channel": posted.channel, "thread_ts": posted.message, **shown})

    def _channel(self, member: Member) -> str:
        return str(self._call("conversations.open", {"users": member.slack_user_id})["channel"]["id"])

    def _messages(self, channel: str, since: datetime) -> Iterator[Mapping[str, Any]]:
        """The newest first."""
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = self._call(
                "conversations.history",
                {
                    "channel": channel,
                    "oldest": str(int(since.timestamp()) - 1),
                    "limit": _A_PAGE,
                    "include_all_metadata": True,
                    "cursor": cursor,
                },
            )
            yield from page.get("messages", [])
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def _call(self, method: str, arguments: dict[str, Any]) -> Mapping[str, Any]:
        try:
            answer = self._client.api_call(method, json=arguments)
        except SlackApiError as error:
            raise _refusal(error) from error
        except (SlackClientError, OSError) as error:
            raise ProviderDown("Slack did not answer.") from error
        if not isinstance(answer.data, dict):
            raise ProviderDown("Slack's answer could not be read.")
        return answer.data


class _MayNotRead(ProviderError):
    """A permission is missing."""


def _refusal(error: SlackApiError) -> ProviderError:
    reason = str(error.response.get("error", ""))
    if reason in ("ratelimited", "rate_limited") or error.response.status_code == 429:
        return ProviderBusy("Slack asks for a pause: too many messages.", _pause(error))
    if reason in _GONE:
        return CardGone()
    if reason == "missing_scope":
        return _MayNotRead("A permission is missing in Slack: install Daybook again.")
    # An admin mends it, and then it goes on by itself.
    if reason in _OURS_TO_MEND or reason in _TRY_AGAIN or error.response.status_code >= 500:
        return ProviderDown("Slack did not take the card.")
    return ProviderError(f"Slack refused the card ({reason}).")


def _pause(error: SlackApiError) -> float:
    try:
        return float(error.response.headers.get("Retry-After", _USUAL_PAUSE))
    except (TypeError, ValueError):
        return _USUAL_PAUSE


def _appointment_of(message: Mapping[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != _EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get(_APPOINTMENT, ""))
