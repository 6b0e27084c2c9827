"""`/webhooks/google`: hears that a calendar changed, from whoever knows the secret of one of our channels."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Protocol
from uuid import UUID

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from bot.domain.channels import PushMessage
from bot.domain.errors import Overloaded

_THREADS = 4
# Anybody may knock; more than these are not kept waiting at the door, and Google asks again.
_WAITING = 200
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TOKEN = re.compile(r"[\x21-\x7e]{1,256}")
_RESOURCE = re.compile(r"[\x21-\x7e]{1,256}")
_STATE = re.compile(r"[a-z_]{1,32}")
_NUMBER = re.compile(r"[0-9]{1,20}")
_FIRST = "sync"


class Hear(Protocol):
    """Takes a message in; see `ReceivePush`."""

    def __call__(self, message: PushMessage) -> bool: ...


@dataclass(frozen=True, slots=True)
class GoogleHook:
    """What the route needs."""

    hear: Hear


class GoogleEndpoint:
    """One door for all channels. Everything is in the headers: no body is read."""

    def __init__(self, hook: GoogleHook) -> None:
        self._hear = hook.hear
        self._limiter = CapacityLimiter(_THREADS)
        self._inside = 0

    async def receive(self, request: Request) -> Response:
        """404 for whatever is not of a channel of ours, 503 where it cannot be taken in just now, else 200."""
        status = await self._status(_message(request))
        # Google sends no body; whoever does need not be listened to until its end.
        has_body = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
        return Response(status_code=status, headers={"Connection": "close"} if has_body else None)

    async def _status(self, message: PushMessage | None) -> int:
        if message is None:
            return 404
        if self._inside >= _WAITING:
            return 503
        self._inside += 1
        try:
            is_ours = await to_thread.run_sync(self._hear, message, limiter=self._limiter)
        except Overloaded:
            return 503
        finally:
            self._inside -= 1
        return 200 if is_ours else 404


def _message(request: Request) -> PushMessage | None:
    """What the headers say; nothing where they are not as Google sends them."""
    channel_id = _only(request, "x-goog-channel-id", _ID)
    token = _only(request, "x-goog-channel-token", _TOKEN)
    resource_id = _only(request, "x-goog-resource-id", _RESOURCE)
    state = _only(request, "x-goog-resource-state", _STATE)
    number = _only(request, "x-goog-message-number", _NUMBER)
    if channel_id is None or token is None or resource_id is None or state is None or number is None:
        return None
    return PushMessage(UUID(channel_id), token, resource_id, is_first=state == _FIRST, expires_at=_end(request))


def _only(request: Request, name: str, form: re.Pattern[str]) -> str | None:
    """The header's value if there is exactly one, of the right form."""
    values = request.headers.getlist(name)
    return values[0] if len(values) == 1 and form.fullmatch(values[0]) else None


def _end(request: Request) -> datetime | None:
    """When the channel ends, as HTTP writes dates."""
    try:
        told = parsedate_to_datetime(request.headers.get("x-goog-channel-expiration", ""))
    except (ValueError, OverflowError):
        return None
    return told if told.tzinfo is not None else None
