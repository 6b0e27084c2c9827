"""Slack's Web API without repeats: one call at a time, and errors that tell whether it may have been done."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.domain.cards import CardGone, PostedCard
from bot.domain.errors import ProviderBusy, ProviderDown, ProviderError
from bot.rendering.posting import posted
from bot.rendering.surfaces import Message

_log = logging.getLogger(__name__)

FORMS_ALONE = frozenset(
    {
        "auth.revoke",
        "conversations.history",
        "conversations.info",
        "conversations.members",
        "conversations.replies",
        "files.getUploadURLExternal",
        "oauth.v2.access",
        "team.info",
        "users.info",
        "users.list",
        "users.lookupByEmail",
    }
)
"""Methods whose arguments Slack does not look for in JSON: by its own description they take forms."""
NOT_THERE = frozenset({"not_in_channel", "channel_not_found"})
NEVER_EDITED = frozenset(
    {
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "is_archived",
        "is_inactive",
        "message_not_found",
        "not_in_channel",
        "thread_not_found",
    }
)
"""What Slack says of a message that it will not let be edited or answered, however often it is asked."""
MAY_NOT = "missing_scope"
"""What Slack says where Daybook was installed before it needed a permission."""
_SENTENCES = {
    **dict.fromkeys(NOT_THERE, "Daybook is not in that channel any more."),
    MAY_NOT: "A permission is missing in Slack: install Daybook again.",
}
_USUAL_PAUSE = 30.0
_NOT_TAKEN = frozenset({"service_unavailable", "request_timeout", "team_added_to_org"})
_OURS_TO_MEND = frozenset({"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"})


class SlackRefused(ProviderError):
    """Slack said no, in its own word."""

    def __init__(self, reason: str) -> None:
        super().__init__(_SENTENCES.get(reason, f"Slack refused the message ({reason})."))
        self.reason = reason


class SlackCalls:
    """Calls of Slack's methods, each made once."""

    def __init__(self, client: WebClient, *, pauses: int = 0) -> None:
        """`pauses`: so often it waits for as long as Slack asks for, where nobody is there to try again later."""
        # Without what it tries again by itself: a message whose answer was lost would be posted twice.
        waiting = RateLimitErrorRetryHandler(max_retry_count=pauses)
        self._client = WebClient(
            client.token, base_url=client.base_url, timeout=client.timeout, retry_handlers=[waiting]
        )

    def direct(self, slack_user_id: str) -> str:
        """The channel of Daybook's direct messages with a person."""
        return str(self.call("conversations.open", {"users": slack_user_id}, repeats=True)["channel"]["id"])

    def tell(self, slack_user_id: str, message: Message) -> PostedCard:
        """Post a message to a person alone."""
        told = self.call("chat.postMessage", {"channel": self.direct(slack_user_id), **content(message)})
        return PostedCard(str(told["channel"]), str(told["ts"]))

    def call(self, method: str, arguments: Mapping[str, Any], *, repeats: bool = False) -> Mapping[str, Any]:
        """What Slack answers.

        Args:
            method: its name.
            arguments: what it takes.
            repeats: to do it twice is no harm, so it does not matter whether it was done.

        Raises:
            SlackRefused: trying again helps nobody.
            ProviderBusy: Slack asks for a pause.
            ProviderDown: it may work later; `is_silent` where it may have been done, and is not to be done twice.
        """
        try:
            answer = self._client.api_call(method, **carried(method, arguments))
        except SlackApiError as error:
            raise _refusal(error, repeats=repeats) from error
        except URLError as error:
            # Who was not reached at all took nothing.
            was_reached = not isinstance(error.reason, ConnectionRefusedError)
            raise ProviderDown("Slack could not be reached.", is_silent=was_reached and not repeats) from error
        except (SlackClientError, OSError) as error:
            raise ProviderDown("Slack did not answer.", is_silent=not repeats) from error
        if not isinstance(answer.data, dict):
            raise ProviderDown("Slack's answer could not be read.", is_silent=not repeats)
        return answer.data

    def edit(self, posted: PostedCard, message: Message) -> None:
        """Put `message` in the place of what stands there; raises `CardGone` where Slack never lets it be edited."""
        where = {"channel": posted.channel, "ts": posted.message}
        with _seeing_it_gone():
            self.call("chat.update", {**where, **content(message)}, repeats=True)

    def reply(self, posted: PostedCard, message: Message) -> None:
        """Add `message` to the thread below what stands there; raises `CardGone`, as `edit` does."""
        where = {"channel": posted.channel, "thread_ts": posted.message}
        with _seeing_it_gone():
            self.call("chat.postMessage", {**where, **content(message)})


def content(message: Message) -> dict[str, Any]:
    """What a message consists of, as Slack takes it."""
    # A preview would fetch what a message links to.
    return {"text": message.text, "blocks": list(posted(message)), "unfurl_links": False, "unfurl_media": False}


def carried(method: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a method as `WebClient.api_call` takes them, in the form in which Slack reads them."""
    return {"data" if method in FORMS_ALONE else "json": dict(arguments)}


def reason_of(error: ProviderError) -> str:
    """Slack's own word behind an error; empty where it is not of an answer of Slack's."""
    cause = error.__cause__
    return str(cause.response.get("error", "")) if isinstance(cause, SlackApiError) else ""


@contextmanager
def _seeing_it_gone() -> Iterator[None]:
    try:
        yield
    except SlackRefused as refused:
        if refused.reason not in NEVER_EDITED:
            raise
        reason = {"reason": refused.reason}
        _log.info("Slack does not let a message be edited any more; it stays as it is", extra=reason)
        raise CardGone from refused


def _refusal(error: SlackApiError, *, repeats: bool) -> ProviderError:
    reason = str(error.response.get("error", ""))
    status = error.response.status_code
    if reason in ("ratelimited", "rate_limited") or status == HTTPStatus.TOO_MANY_REQUESTS:
        return ProviderBusy("Slack asks for a pause: too many messages.", _pause(error))
    if reason in _OURS_TO_MEND or reason in _NOT_TAKEN:
        return ProviderDown("Slack did not take the message.")
    if reason in ("internal_error", "fatal_error") or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # By Slack's own words some of it may have been done.
        return ProviderDown("Slack did not say whether it took the message.", is_silent=not repeats)
    return SlackRefused(reason)


def _pause(error: SlackApiError) -> float:
    try:
        return float(error.response.headers.get("Retry-After", _USUAL_PAUSE))
    except (TypeError, ValueError):
        return _USUAL_PAUSE
