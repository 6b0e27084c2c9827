"""Calls to the addresses that people had triggers call: signed, guarded, one try each."""

import ssl
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpcore

from bot.clients.guarded_network import Address, GuardedNetwork, Resolve, addresses_of, resolved
from bot.domain.errors import ProviderBusy, ProviderDown
from bot.domain.webhooks import AddressRefused, Webhook, WebhookCall, WebhookRefused, host_in, is_public, signature

TIMEOUT_SECONDS = 10.0
_TRY_LATER = frozenset({408, 425, 429})
_HTTPS_PORT, _HTTP_PORT = 443, 80


class HttpWebhooks:
    """Implements `ports.Webhooks`. Follows no redirect, asks no proxy, keeps no connection, reads no answer's body."""

    def __init__(
        self,
        *,
        resolve: Resolve = resolved,
        trust: ssl.SSLContext | None = None,
        allows_this_machine: bool = False,
        seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        """Take what it works with.

        Args:
            resolve: where names lead.
            trust: whose certificates are believed; the usual authorities where it is left out.
            allows_this_machine: loopback may be called too, by http as well: for trying things out.
            seconds: after which a call is cut off.
        """
        self._resolve = resolve
        self._trust = trust or httpcore.default_ssl_context()
        self._allows_this_machine = allows_this_machine
        self._seconds = seconds

    def require_callable(self, url: str) -> str:
        """The host; raises `BadWebhookAddress`, and `AddressRefused` where its name leads to no public place."""
        host = host_in(url, allows_http=self._allows_this_machine)
        parts = urlsplit(url)
        try:
            addresses_of(host, parts.port or _usual_port(parts.scheme), self._resolve, self._rule(parts.scheme))
        except ProviderDown as error:
            raise AddressRefused(str(error)) from error
        return host

    def call(self, webhook: Webhook, call: WebhookCall, now: datetime) -> None:
        """Make one call; see the port."""
        host = host_in(webhook.url, allows_http=self._allows_this_machine)
        network = GuardedNetwork(self._resolve, self._rule(urlsplit(webhook.url).scheme), self._seconds)
        try:
            with (
                httpcore.ConnectionPool(
                    self._trust, max_connections=1, max_keepalive_connections=0, network_backend=network
                ) as pool,
                pool.stream("POST", webhook.url, headers=_headers(webhook, call, now), content=call.body) as answer,
            ):
                _judge(host, answer.status, _received(answer), now)
        except httpcore.TimeoutException as error:
            raise ProviderDown(f"{host} did not answer in {self._seconds:g} seconds.", is_silent=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            if isinstance(error.__context__, ssl.SSLCertVerificationError):
                raise ProviderDown(f"{host} has no certificate that can be believed.") from error
            raise ProviderDown(f"{host} could not be reached.", is_silent=True) from error

    def _rule(self, scheme: str) -> "_Rule":
        return _Rule(allows_public=scheme == "https", allows_this_machine=self._allows_this_machine)


class _Rule:
    """Which numbers may be called."""

    def __init__(self, *, allows_public: bool, allows_this_machine: bool) -> None:
        self._allows_public = allows_public
        self._allows_this_machine = allows_this_machine

    def __call__(self, address: Address) -> bool:
        if address.is_loopback:
            return self._allows_this_machine
        return self._allows_public and is_public(address)


def _headers(webhook: Webhook, call: WebhookCall, now: datetime) -> Sequence[tuple[str, str]]:
    timestamp = int(now.timestamp())
    return [
        ("Content-Type", "application/json"),
        ("User-Agent", "Daybook"),
        ("Daybook-Id", call.id),
        ("Daybook-Timestamp", str(timestamp)),
        ("Daybook-Signature", signature(webhook.secret, timestamp, call.body)),
        *([("Daybook-Test", "true")] if call.is_test else []),
    ]


def _judge(host: str, status: int, headers: Mapping[str, str], now: datetime) -> None:
    if 200 <= status < 300:
        return
    if status in _TRY_LATER or status >= 500:
        raise ProviderBusy(f"{host} answered {status}.", _pause(headers.get("retry-after", ""), now))
    if 300 <= status < 400:
        raise WebhookRefused(f"{host} answered {status}, a redirect, which is not followed. Enter the final address.")
    raise WebhookRefused(f"{host} answered {status}.")


def _received(answer: httpcore.Response) -> Mapping[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}


def _pause(retry_after: str, now: datetime) -> float | None:
    """Seconds that were asked for, as a number or as a date."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return None
    return max((until - now).total_seconds(), 0.0) if until.tzinfo is not None else None


def _usual_port(scheme: str) -> int:
    return _HTTPS_PORT if scheme == "https" else _HTTP_PORT
