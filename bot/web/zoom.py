"""`/webhooks/zoom`: checks that Zoom is speaking before anything is parsed, then answers or forgets."""

import hmac
import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Protocol

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.bodies import Bodies, Unread
from bot.web.signatures import is_signed, signature_of, timestamp_of

BODY_LIMIT = 100_000
MOST_BODIES = 20
AGE_LIMIT_SECONDS = 300
_THREADS = 4
# No colon: what is answered to a token must never be the signature of a message.
_PLAIN_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,128}")
_LONGEST_ID = 200
_log = logging.getLogger(__name__)


class Forget(Protocol):
    """Erases what is kept of a Zoom account; see `ForgetZoomAccount`."""

    def __call__(self, *, key: str, user_id: str, account_id: str, ended_at: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class ZoomHook:
    """What the route needs. `now` is the time by which messages grow old."""

    secret: str
    forget: Forget
    now: Callable[[], datetime]


class ZoomEndpoint:
    """One door for everything that Zoom tells."""

    def __init__(self, hook: ZoomHook) -> None:
        self._secret = hook.secret.encode()
        self._forget = hook.forget
        self._now = hook.now
        self._limiter = CapacityLimiter(_THREADS)
        self._bodies = Bodies(MOST_BODIES, BODY_LIMIT)

    async def receive(self, request: Request) -> Response:
        """401 for whatever Zoom did not sign just now, 408 and 413 for what is too slow or long, 400 for nonsense."""
        timestamp = timestamp_of(request, "x-zm-request-timestamp")
        signature = signature_of(request, "x-zm-signature")
        if timestamp is None or signature is None:
            return Response(status_code=401)
        if abs(self._now().timestamp() - int(timestamp)) > AGE_LIMIT_SECONDS:
            return Response(status_code=401)
        try:
            body = await self._bodies.read(request)
        except Unread as unread:
            return Response(status_code=unread.status)
        if not is_signed(self._secret, timestamp, body, signature):
            return Response(status_code=401)
        return await to_thread.run_sync(self._answer, body, limiter=self._limiter)

    def _answer(self, body: bytes) -> Response:
        try:
            told = json.loads(body)
            event, payload = told["event"], told.get("payload")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return _unreadable()
        match event:
            case "endpoint.url_validation":
                return self._validated(payload)
            case "app_deauthorized":
                return self._forgotten(body, payload)
        return Response(status_code=204)  # what else Zoom tells is of no concern here

    def _validated(self, payload: object) -> Response:
        plain = payload.get("plainToken") if isinstance(payload, dict) else None
        if not isinstance(plain, str) or not _PLAIN_TOKEN.fullmatch(plain):
            return _unreadable()
        proof = hmac.new(self._secret, plain.encode(), sha256).hexdigest()
        return JSONResponse({"plainToken": plain, "encryptedToken": proof})

    def _forgotten(self, body: bytes, payload: object) -> Response:
        if not isinstance(payload, dict):
            return _unreadable()
        try:
            user_id, account_id = _id(payload, "user_id"), _id(payload, "account_id")
            ended_at = _moment(payload["deauthorization_time"])
        except (ValueError, LookupError, TypeError):
            return _unreadable()
        # Zoom repeats a message with the very same body until it is answered; whoever overheard it can do no more.
        key = f"zoom:{sha256(body).hexdigest()}"
        erased = self._forget(key=key, user_id=user_id, account_id=account_id, ended_at=ended_at)
        _log.info("a Zoom user took the permission back", extra={"erased": erased})
        return Response(status_code=204)


def _id(payload: Mapping[str, Any], name: str) -> str:
    value = payload[name]
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID:
        raise ValueError(name)
    return value


def _moment(text: object) -> datetime:
    moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    if moment is None:
        raise ValueError("no time")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _unreadable() -> Response:
    _log.warning("a signed message of Zoom's could not be read")
    return Response(status_code=400)
