"""Slack's Web API without repeats: one call at a time, and errors that tell whether it may have been done."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.errors import ProviderBusy, ProviderDown, ProviderError
from bot.rendering.surfaces import Message

NOT_THERE = frozenset({"not_in_channel", "channel_not_found"})
_USUAL_PAUSE = 30.0
_NOT_TAKEN = frozenset({"service_unavailable", "request_timeout", "team_added_to_org"})
_OURS_TO_MEND = frozenset({"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"})


class SlackRefused(ProviderError):
    """Slack said no, in its own word."""

    def __init__(self, reason: str) -> None:
        is_there = reason not in NOT_THERE
        where = f"Slack refused the message ({reason})." if is_there else "Daybook is not in that channel any more."
        what_to_do = "" if is_there else " Invite it there with /invite @Daybook and run this again."
        super().__init__(where + what_to_do)
        self.reason = reason


class SlackCalls:
    """Calls of Slack's methods, each made once."""

    def __init__(self, client: WebClient) -> None:
        # Without what it tries again by itself: a message whose answer was lost would be posted twice.
        self._client = WebClient(client.token, base_url=client.base_url, timeout=client.timeout, retry_handlers=[])

    def direct(self, slack_user_id: str) -> str:
        """The channel of Daybook's direct messages with a person."""
        return str(self.call("conversations.open", {"users": slack_user_id}, repeats=True)["channel"]["id"])

    def call(
        self, method: str, arguments: Mapping[str, Any], *, repeats: bool = False, in_json: bool = True
    ) -> Mapping[str, Any]:
        """What Slack answers.

        Args:
            method: its name.
            arguments: what it takes.
            repeats: to do it twice is no harm, so it does not matter whether it was done.
            in_json: False where Slack reads the arguments of the method out of a form alone.

        Raises:
            SlackRefused: trying again helps nobody.
            ProviderBusy: Slack asks for a pause.
            ProviderDown: it may work later; `is_silent` where it may have been done, and is not to be done twice.
        """
        try:
            if in_json:
                answer = self._client.api_call(method, json=dict(arguments))
            else:
                answer = self._client.api_call(method, data=dict(arguments))
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


def content(message: Message) -> dict[str, Any]:
    """What a message consists of, as Slack takes it."""
    # A preview would fetch what a message links to.
    return {"text": message.text, "blocks": list(message.blocks), "unfurl_links": False, "unfurl_media": False}


def reason_of(error: ProviderError) -> str:
    """Slack's own word behind an error; empty where it is not of an answer of Slack's."""
    cause = error.__cause__
    return str(cause.response.get("error", "")) if isinstance(cause, SlackApiError) else ""


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
