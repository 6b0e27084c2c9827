"""Carries what happens in Slack to the app: signed requests, three seconds of patience, retries of events."""

import dataclasses
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpx

from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.shape import Json

PATIENCE = 3.0
RETRY_AFTER = (0.0, 60.0, 300.0)
_FORM = "application/x-www-form-urlencoded"
_HEADERS = {
    "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    "Accept": "application/json,*/*",
    "Accept-Encoding": "gzip,deflate",
}


@dataclasses.dataclass(frozen=True)
class Delivery:
    """One request to the app and how it went.

    `status` is None where no answer came in time (`failure` says http_timeout or connection_failed). The signed
    `headers` and the `sent` body are kept so that a request can be repeated as an eavesdropper would repeat it.
    """

    kind: str
    headers: Mapping[str, str]
    sent: bytes
    status: int | None
    received: bytes
    failure: str
    seconds: float
    retry: int = 0
    stop_retrying: bool = False

    @property
    def went_well(self) -> bool:
        """Whether the app answered in time, and with a 2xx."""
        return not self.failure

    def answer(self) -> Json | None:
        """The JSON object with which the app answered; None where the answer is empty or none."""
        try:
            given = json.loads(self.received)
        except ValueError:
            return None
        return given if isinstance(given, dict) and given else None


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's signature of a body sent at `timestamp`, in seconds since 1970."""
    message = f"v0:{timestamp}:".encode() + body
    return "v0=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


class Courier:
    """Delivers to the one address that the app has given."""

    def __init__(
        self, backend: Backend, *, patience: float = PATIENCE, retry_after: Sequence[float] = RETRY_AFTER
    ) -> None:
        """Deliver nothing until `address` is set.

        Args:
            backend: whose app this is about.
            patience: seconds the app has to answer; Slack gives it three.
            retry_after: seconds to wait before each retry of an event.
        """
        self.address = ""
        self._backend = backend
        self._patience = patience
        self._retry_after = tuple(retry_after)
        # A kept connection would be found dead after the app was restarted, and blamed on the app.
        fresh = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(timeout=patience, limits=fresh, trust_env=False)
        self._lock = threading.Lock()
        self._all: list[Delivery] = []
        self._closing = threading.Event()
        self._retrying: list[threading.Thread] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        for thread in self._retrying:
            thread.join()
        self._client.close()

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Every request so far, oldest first."""
        with self._lock:
            return tuple(self._all)

    def command(self, fields: Mapping[str, str]) -> Delivery:
        """Deliver a slash command."""
        return self._noticed(self._send("command", urlencode(fields).encode(), _FORM))

    def interaction(self, payload: Json) -> Delivery:
        """Deliver an interaction."""
        with self._backend.pulse:
            body = urlencode({"payload": json.dumps(payload)}).encode()
        return self._noticed(self._send(payload["type"], body, _FORM))

    def event(self, envelope: Json) -> Delivery:
        """Deliver an event once, and go on trying in the background where that fails."""
        with self._backend.pulse:
            body = json.dumps(envelope).encode()
        first = self._noticed(self._send(envelope["type"], body, "application/json"))
        if not first.went_well and not first.stop_retrying:
            thread = threading.Thread(target=self._retry, args=(first,), daemon=True)
            self._retrying.append(thread)
            thread.start()
        return first

    def _retry(self, failed: Delivery) -> None:
        last = failed
        for number, seconds in enumerate(self._retry_after, start=1):
            if self._closing.wait(seconds):
                return
            last = self._send(failed.kind, failed.sent, "application/json", number, last.failure)
            if last.went_well or last.stop_retrying:
                return

    def _send(self, kind: str, body: bytes, content_type: str, retry: int = 0, reason: str = "") -> Delivery:
        # The signature is held against the app's own watch, so it never follows a clock that was set.
        timestamp = str(int(time.time()))
        headers = {
            **_HEADERS,
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._backend.app.signing_secret, timestamp, body),
        }
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        started = time.monotonic()
        status, received, failure, stop = self._post(headers, body)
        taken = time.monotonic() - started
        delivery = Delivery(kind, headers, body, status, received, failure, taken, retry, stop)
        with self._lock:
            self._all.append(delivery)
        return delivery

    def _post(self, headers: Mapping[str, str], body: bytes) -> tuple[int | None, bytes, str, bool]:
        if not self.address:
            raise RuntimeError("the app has given no address to deliver to")
        try:
            response = self._client.post(self.address, content=body, headers=dict(headers))
        except httpx.TimeoutException:
            return None, b"", "http_timeout", False
        except httpx.HTTPError:
            return None, b"", "connection_failed", False
        failure = "" if response.is_success else "http_error"
        stop = response.headers.get("x-slack-no-retry") == "1"
        return response.status_code, response.content, failure, stop

    def _noticed(self, delivery: Delivery) -> Delivery:
        if not delivery.went_well:
            how = f"{delivery.failure} {delivery.status or ''}".strip()
            self._backend.problems.add(delivery.kind, f"the app did not answer as it should: {how}")
        return delivery
