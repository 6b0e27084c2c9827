"""Says something in Slack at most once: its metadata finds it again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.clients.slack_calls import MAY_NOT, NOT_THERE, SlackCalls, SlackRefused, content
from bot.domain.firings import CannotTell
from bot.rendering.surfaces import Message

_A_PAGE = 100
_MOST_PAGES = 5
_MAY_NOT_LOOK = frozenset({MAY_NOT, *NOT_THERE})


class SlackSaying:
    """Messages of one kind, each with a key in its metadata by which it is found again."""

    def __init__(self, slack: SlackCalls, *, event_type: str, key: str) -> None:
        """Take the way to Slack, the kind of the messages, and under which name their metadata hold the key."""
        self._slack = slack
        self._event_type = event_type
        self._key = key

    def post(self, channel: str, message: Message, key: str) -> str:
        """Post it; returns its time stamp, or nothing where Slack does not tell it."""
        metadata = {"event_type": self._event_type, "event_payload": {self._key: key}}
        told = self._slack.call("chat.postMessage", {"channel": channel, "metadata": metadata, **content(message)})
        return str(told.get("ts", ""))

    def find(self, channel: str, key: str, since: datetime) -> str | None:
        """The time stamp of the message with that key, if it stands there since then.

        Daybook reads its own direct messages (`im:history`). In channels it reads nothing unless an admin lets it:
        then `CannotTell` is raised.
        """
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = self._page(channel, since, cursor)
            for message in page.get("messages", []):
                if self._key_of(message) == key:
                    return str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return None
        raise CannotTell("So much was said there since that it cannot be found. If it is missing, run again.")

    def _page(self, channel: str, since: datetime, cursor: str) -> Mapping[str, Any]:
        # Slack's clock may be a little behind the one that `since` comes from.
        which = {"oldest": str(int(since.timestamp()) - 1), "limit": _A_PAGE, "include_all_metadata": True}
        arguments = {"channel": channel, "cursor": cursor, **which}
        try:
            return self._slack.call("conversations.history", arguments, repeats=True)
        except SlackRefused as refused:
            if refused.reason in _MAY_NOT_LOOK:
                raise CannotTell(
                    "Slack did not say whether it took the message. Look for it there; if it is missing, run again."
                ) from refused
            raise

    def _key_of(self, message: Mapping[str, Any]) -> str:
        metadata = message.get("metadata") or {}
        if metadata.get("event_type") != self._event_type:
            return ""
        return str((metadata.get("event_payload") or {}).get(self._key, ""))
