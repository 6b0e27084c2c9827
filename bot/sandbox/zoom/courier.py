"""Carries events to an app: signed, with three seconds to answer; in the background where nobody waits."""

import dataclasses
import hashlib
import hmac
import json
import secrets
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime

import httpx

from bot.sandbox.zoom.errors import Resource
from bot.sandbox.zoom.grants import Client

PATIENCE = 3.0


@dataclasses.dataclass(frozen=True)
class Delivery:
    """One request to an app and how it went.

    `status` is None where no answer came in time. The signed `headers` and the `sent` body are kept so that a
    request can be repeated as an eavesdropper would repeat it.
    """

    event: str
    address: str
    headers: Mapping[str, str]
    sent: bytes
    status: int | None
    received: bytes
    seconds: float

    @property
    def went_well(self) -> bool:
        """Whether Zoom takes it as delivered and does not try again."""
        return self.status in (200, 204)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Zoom's signature of a body sent at `timestamp`, in seconds since 1970."""
    message = f"v0:{timestamp}:".encode() + body
    return "v0=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def proof(secret: str, plain: str) -> str:
    """What an app answers to a `plainToken`."""
    return hmac.new(secret.encode(), plain.encode(), hashlib.sha256).hexdigest()


class Courier:
    """Delivers events, and remembers every delivery."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Sign by the clock `now`; an answer may take `patience` seconds."""
        self.patience = PATIENCE
        self._now = now
        self._lock = threading.Lock()
        self._all: list[Delivery] = []
        self._waiting: list[threading.Thread] = []

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Every request so far, oldest first."""
        with self._lock:
            return tuple(self._all)

    def deliver(self, client: Client, address: str, event: Resource) -> Delivery:
        """Deliver once, and wait for how it goes. A further call with the same event is Zoom's retry."""
        body = json.dumps(event).encode()
        timestamp = str(int(self._now().timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Zoom Marketplace/1.0a",
            "x-zm-request-timestamp": timestamp,
            "x-zm-signature": signature(client.webhook_secret, timestamp, body),
            "x-zm-trackingid": f"v=2.0;clid=us05;rid=WEB_{secrets.token_hex(16)}",
        }
        started = time.monotonic()
        status, received = self._post(address, headers, body)
        seconds = time.monotonic() - started
        delivery = Delivery(event["event"], address, headers, body, status, received, seconds)
        with self._lock:
            self._all.append(delivery)
        return delivery

    def deliver_later(self, client: Client, address: str, event: Resource) -> None:
        """Deliver without keeping whoever caused it waiting; `settle` waits for it."""
        thread = threading.Thread(target=self.deliver, args=(client, address, event), daemon=True)
        with self._lock:
            self._waiting.append(thread)
        thread.start()

    def settle(self) -> None:
        """Wait until everything that was to be delivered later has been."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for thread in waiting:
            thread.join()

    def _post(self, address: str, headers: Mapping[str, str], body: bytes) -> tuple[int | None, bytes]:
        # Certificates take long to load, and nothing on loopback has one.
        no_certificates = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        with httpx.Client(timeout=self.patience, trust_env=False, verify=no_certificates) as http:
            try:
                answer = http.post(address, content=body, headers=dict(headers))
            except httpx.HTTPError:
                return None, b""
        return answer.status_code, answer.content
