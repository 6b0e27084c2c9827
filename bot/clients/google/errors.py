"""Turns what Google answers instead of data into the domain's errors, in this one place.

ProviderError
├── CredentialRefused   401
├── AccessLost          403, unless its reason says otherwise
├── CalendarGone        404
├── SyncTokenExpired    410, and 400 where a sync token was sent (only the caller knows)
├── EventExists         409
├── EventChanged        412: the event is not as `If-Match` says
├── ProviderBusy        429, and 403 for too many requests
│   └── QuotaUsedUp     403 for a quota that is counted by the day
├── ProviderDown        5xx, no answer, or one that cannot be read
├── PushRefused         400 where Google does not tell of a calendar's changes
└── RequestRefused      every other status, 400 above all
"""

import json
import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from bot.domain.channels import PushRefused
from bot.domain.errors import (
    AccessLost,
    CalendarGone,
    CredentialRefused,
    EventChanged,
    ProviderBusy,
    ProviderDown,
    ProviderError,
    QuotaUsedUp,
    SyncTokenExpired,
)
from bot.domain.event_copies import EventExists

# `pushNotSupportedForRequestedResource` of a calendar, `push.webhookUrlNotHttps` and its like of an address.
_ABOUT_PUSH = "push"
_TOO_FAST = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_USED_UP = frozenset({"quotaExceeded", "dailyLimitExceeded"})
# Google does not say when such a quota frees up again; its documentation speaks of hours.
_QUOTA_PAUSE_SECONDS = 4 * 3600.0
_LONGEST_PAUSE_SECONDS = 24 * 3600.0


class RequestRefused(ProviderError):
    """Google finds fault with the request itself, with a damaged sync token for one."""


def no_answer() -> ProviderDown:
    """For a connection that could not be made, broke, or took too long."""
    return ProviderDown("Google did not answer.")


def unreadable() -> ProviderDown:
    """For an answer that was cut short or is not what Google documents."""
    return ProviderDown("Google's answer could not be read.")


def refusal(status: int, headers: Mapping[str, str], content: bytes) -> ProviderError:
    """The error for an answer of Google's services that is not a success.

    Args:
        status: the HTTP status.
        headers: with lower-case names.
        content: the body, which names a reason where Google had a hand in it.
    """
    if status == 400 and _reason(content).startswith(_ABOUT_PUSH):
        return PushRefused("Google does not tell of changes of this calendar.")
    if status == 401:
        return CredentialRefused("Google no longer accepts Daybook's access to this account.")
    if status == 403:
        return _forbidden(_reason(content), headers)
    if status == 404:
        return CalendarGone("The calendar does not exist any more, or is not shared with this account.")
    if status == 410:
        return SyncTokenExpired("Google wants this calendar to be read from the start.")
    if status == 409:
        return EventExists()
    if status == 412:
        return EventChanged()
    if status == 429:
        return _too_fast(headers)
    if status >= 500:
        return ProviderDown("Google had an error of its own and did not answer.")
    sentence = f"Google refused the request (status {status})."
    return RequestRefused(sentence) if status == 400 else ProviderError(sentence)


def _forbidden(reason: str, headers: Mapping[str, str]) -> ProviderError:
    if reason in _TOO_FAST:
        return _too_fast(headers)
    if reason in _USED_UP:
        return QuotaUsedUp("Google's quota for this account is used up for now.", _QUOTA_PAUSE_SECONDS)
    if reason == "accessNotConfigured":
        # No member can mend this, so it must not look as if he had lost something.
        return ProviderError("The Google Calendar API is not switched on in Daybook's Google project.")
    if reason == "forbiddenForNonOrganizer":
        return AccessLost("Only the organiser of the event may change it.")
    if reason == "insufficientPermissions":
        return AccessLost("A permission is missing: connect the account again and leave every box ticked.")
    return AccessLost("This account may no longer do that with the calendar.")


def _too_fast(headers: Mapping[str, str]) -> ProviderBusy:
    return ProviderBusy("Google asks for a pause: too many requests.", _pause(headers))


def _pause(headers: Mapping[str, str]) -> float | None:
    """`Retry-After` in seconds; it may be a date, which is held against Google's own clock."""
    wanted = headers.get("retry-after", "")
    try:
        seconds = float(wanted)
    except ValueError:
        try:
            then, now = parsedate_to_datetime(wanted), parsedate_to_datetime(headers.get("date", ""))
            seconds = (then - now).total_seconds()
        except (ValueError, TypeError):
            return None
    if not math.isfinite(seconds):
        return None
    return min(max(seconds, 0.0), _LONGEST_PAUSE_SECONDS)


def _reason(content: bytes) -> str:
    try:
        reason = json.loads(content)["error"]["errors"][0]["reason"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    return reason if isinstance(reason, str) else ""
