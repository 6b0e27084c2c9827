"""What triggers say in Slack: in a channel that Daybook is in, or to the host alone."""

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.errors import ProviderBusy, ProviderDown, ProviderError
from bot.domain.firings import CannotTell, Telling
from bot.domain.triggers import ActionKind
from bot.rendering.surfaces import Message

_EVENT_TYPE = "daybook_firing"
_FIRING = "firing"
_A_PAGE = 100
_MOST_PAGES = 5
_USUAL_PAUSE = 30.0
_NOT_TAKEN = frozenset({"service_unavailable", "request_timeout", "team_added_to_org"})
_OURS_TO_MEND = frozenset({"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"})
_NOT_THERE = frozenset({"not_in_channel", "channel_not_found"})
_MAY_NOT_LOOK = frozenset({"missing_scope", *_NOT_THERE})


class SlackPosts:
    """Implements `ports.Posts` over Slack's Web API."""

    def __init__(self, client: WebClient, render: Callable[[Telling], Message]) -> None:
        """Take the way to Slack, and how what is said looks."""
        # Without what it tries again by itself: a message whose answer was lost would be posted twice.
        self._client = WebClient(client.token, base_url=client.base_url, timeout=client.timeout, retry_handlers=[])
        self._render = render

    def is_posted(self, telling: Telling, since: datetime) -> bool:
        """Whether it stands there since then; raises `CannotTell` where Daybook may not read.

        It reads its own direct messages (`im:history`). In channels it reads nothing unless an admin lets it.
        """
        cursor = ""
        arguments = {"oldest": str(int(since.timestamp())), "limit": _A_PAGE, "include_all_metadata": True}
        channel = self._channel(telling)
        for _ in range(_MOST_PAGES):
            try:
                page = self._call("conversations.history", {"channel": channel, "cursor": cursor, **arguments})
            except _Refused as refused:
                if refused.reason in _MAY_NOT_LOOK:
                    raise CannotTell(
                        "Slack did not say whether it took the message. Look for it there; if it is missing, run again."
                    ) from refused
                raise
            if any(_firing_of(message) == str(telling.id) for message in page.get("messages", [])):
                return True
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return False
        raise CannotTell("So much was said there since that it cannot be found. If it is missing, run again.")

    def post(self, telling: Telling) -> None:
        """Say it."""
        message = self._render(telling)
        metadata = {"event_type": _EVENT_TYPE, "event_payload": {_FIRING: str(telling.id)}}
        said = {"text": message.text, "blocks": list(message.blocks), "metadata": metadata}
        # A preview would fetch what a message links to.
        quiet = {"unfurl_links": False, "unfurl_media": False}
        self._call("chat.postMessage", {"channel": self._channel(telling), **said, **quiet})

    def _channel(self, telling: Telling) -> str:
        if telling.trigger.action.kind is ActionKind.POST:
            return telling.trigger.action.channel_id
        return str(self._call("conversations.open", {"users": telling.host.slack_user_id})["channel"]["id"])

    def _call(self, method: str, arguments: dict[str, Any]) -> Mapping[str, Any]:
        try:
            answer = self._client.api_call(method, json=arguments)
        except SlackApiError as error:
            raise _refusal(error) from error
        except URLError as error:
            # Who was not reached at all took nothing.
            raise ProviderDown("Slack could not be reached.", is_silent=_may_have_arrived(error)) from error
        except (SlackClientError, OSError) as error:
            raise ProviderDown("Slack did not answer.", is_silent=True) from error
        if not isinstance(answer.data, dict):
            raise ProviderDown("Slack's answer could not be read.", is_silent=True)
        return answer.data


class _Refused(ProviderError):
    """Slack said no, in its own word."""

    def __init__(self, reason: str) -> None:
        is_there = reason not in _NOT_THERE
        where = f"Slack refused the message ({reason})." if is_there else "Daybook is not in that channel any more."
        what_to_do = "" if is_there else " Invite it there with /invite @Daybook and run this again."
        super().__init__(where + what_to_do)
        self.reason = reason


def _refusal(error: SlackApiError) -> ProviderError:
    reason = str(error.response.get("error", ""))
    status = error.response.status_code
    if reason in ("ratelimited", "rate_limited") or status == HTTPStatus.TOO_MANY_REQUESTS:
        return ProviderBusy("Slack asks for a pause: too many messages.", _pause(error))
    if reason in _OURS_TO_MEND or reason in _NOT_TAKEN:
        return ProviderDown("Slack did not take the message.")
    if reason in ("internal_error", "fatal_error") or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # By Slack's own words some of it may have been done.
        return ProviderDown("Slack did not say whether it took the message.", is_silent=True)
    return _Refused(reason)


def _may_have_arrived(error: URLError) -> bool:
    return not isinstance(error.reason, ConnectionRefusedError)


def _pause(error: SlackApiError) -> float:
    try:
        return float(error.response.headers.get("Retry-After", _USUAL_PAUSE))
    except (TypeError, ValueError):
        return _USUAL_PAUSE


def _firing_of(message: Mapping[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != _EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get(_FIRING, ""))
