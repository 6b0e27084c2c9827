"""Turns what Zoom answers instead of data into the domain's errors, in this one place.

ProviderError
├── CredentialRefused   4700 and 4711: a permission is missing
│   └── TokenRefused    401 and 124: the access token; a fresh one may do
├── MeetingGone         3001, and 404 where Zoom gives no other reason
├── ProviderBusy        429 for too many requests in a second
│   └── DailyLimitReached   429 whose message names the daily limit
├── ProviderDown        5xx, no answer, or one that cannot be read
└── RequestRefused      every other status, 300 and 400 above all
"""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.domain.errors import CredentialRefused, ProviderBusy, ProviderDown, ProviderError
from bot.domain.meetings import DailyLimitReached, MeetingGone

_BAD_TOKEN = 124
_VALIDATION = 300
_NO_SUCH_USER = 1001
_NO_SUCH_METHOD = 2300
_NO_SUCH_MEETING = 3001
_MAY_NOT_HOST = 3161
_MISSING_SCOPES = (4700, 4711)
_DAILY = "daily rate limit"
_LONGEST_PAUSE_SECONDS = 24 * 3600.0


class TokenRefused(CredentialRefused):
    """Zoom does not take the access token; only with a fresh one is it known whether the permission is gone."""


class RequestRefused(ProviderError):
    """Zoom finds fault with the request itself, or with what the account may do."""


def no_answer() -> ProviderDown:
    """For a connection that could not be made, broke, or took too long."""
    return ProviderDown("Zoom did not answer.", is_silent=True)


def unreadable() -> ProviderDown:
    """For an answer that was cut short, is too long, or is not what Zoom documents."""
    return ProviderDown("Zoom's answer could not be read.")


def refused() -> CredentialRefused:
    """For a permission that is gone for good."""
    return CredentialRefused("Zoom no longer accepts Daybook's access to this account.")


def refusal(status: int, headers: Mapping[str, str], content: bytes, now: datetime) -> ProviderError:
    """The error for an answer of Zoom's services that is not a success.

    Args:
        status: the HTTP status.
        headers: found by their names in whatever case.
        content: the body, which holds a code of Zoom's own where Zoom had a hand in it.
        now: by which the end of Zoom's day, and a time at which to try again, are so many seconds away.
    """
    code, message = _told(content)
    if status in (429, 400) and code in (429, _VALIDATION) and _DAILY in message.lower():
        return _used_up(now)
    if status == 429:
        return ProviderBusy("Zoom asks for a pause: too many requests.", _pause(headers, now))
    if status >= 500:
        return ProviderDown("Zoom had an error of its own and did not answer.")
    if status == 401 or code == _BAD_TOKEN:
        return TokenRefused("Zoom no longer accepts Daybook's access to this account.")
    if code in _MISSING_SCOPES:
        return CredentialRefused(
            "A permission is missing at Zoom: connect the account again. If that does not help, whoever runs Daybook "
            "has to add the permissions to its app at Zoom."
        )
    if code == _NO_SUCH_MEETING or (status == 404 and code not in (_NO_SUCH_USER, _NO_SUCH_METHOD)):
        return MeetingGone()
    return RequestRefused(_fault(status, code))


def _fault(status: int, code: int | None) -> str:
    if code == _MAY_NOT_HOST:
        return "Zoom does not let this account hold meetings; its administrator can look at the licence."
    if code == _NO_SUCH_USER:
        return "Zoom does not know this user any more."
    return f"Zoom refused the request (status {status}{f', code {code}' if code is not None else ''})."


def _used_up(now: datetime) -> DailyLimitReached:
    # Zoom names no time but in words: its days end at midnight in UTC.
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    left = (today + timedelta(days=1) - now).total_seconds()
    return DailyLimitReached("Zoom takes no more new or changed meetings from this account until midnight UTC.", left)


def _pause(headers: Mapping[str, str], now: datetime) -> float | None:
    """`Retry-After` in seconds; Zoom writes it as a number or as an ISO time."""
    wanted = headers.get("retry-after", "")
    try:
        seconds = float(wanted)
    except ValueError:
        try:
            then = datetime.fromisoformat(wanted)
        except ValueError:
            return None
        seconds = ((then if then.tzinfo else then.replace(tzinfo=UTC)) - now).total_seconds()
    if not math.isfinite(seconds):
        return None
    return min(max(seconds, 0.0), _LONGEST_PAUSE_SECONDS)


def _told(content: bytes) -> tuple[int | None, str]:
    """The code and the message of a refusal, as far as there are any."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return None, ""
    if not isinstance(body, dict):
        return None, ""
    code, message = body.get("code"), body.get("message")
    return (code if type(code) is int else None), (message if isinstance(message, str) else "")
