"""Addresses that triggers call: which may be called at all, and how a call proves where it comes from."""

import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import urlsplit

from bot.domain.errors import DaybookError, ProviderError

LONGEST_URL = 2000
_PUBLIC_V6 = IPv6Network("2000::/3")
# An IPv4 address in other clothes: what translates it may reach what we must not.
_TRANSLATED = IPv6Network("64:ff9b::/96")
_TUNNELS = (IPv6Network("2001::/32"), IPv6Network("2002::/16"))
# Public by its number, and yet answered by the machine beneath: Azure's.
_OF_THE_HOST = frozenset({IPv4Address("168.63.129.16")})
# What `is_global` lets pass in some versions: this network, protocols' own (a cloud's metadata too), and relays.
_NEVER_V4 = (IPv4Network("0.0.0.0/8"), IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))


class BadWebhookAddress(DaybookError):
    """No address that could be called; the sentence says what one looks like."""


class AddressRefused(ProviderError):
    """The name leads to where no webhook may: a private network, this machine, or nowhere."""


class WebhookRefused(ProviderError):
    """The other side heard the call and will not have it: trying again helps nobody."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a trigger calls, and what its calls are signed with. Both are secrets."""

    url: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """One call: `id` is the same on every try, and `body` JSON."""

    id: str
    body: bytes = field(repr=False)
    is_test: bool = False


def host_in(url: str, *, allows_http: bool = False) -> str:
    """The host of an address that may be called, without looking up where it leads; raises `BadWebhookAddress`.

    Args:
        url: as it was typed.
        allows_http: for trying things out on this machine alone.
    """
    if len(url) > LONGEST_URL or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise BadWebhookAddress("Write one https address without spaces, like https://hooks.example.com/daybook.")
    if not url.isascii():
        raise BadWebhookAddress(
            "Write the address in plain letters, as your browser copies it: like https://hooks.example.com/caf%C3%A9."
        )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadWebhookAddress("This is no address. Write one like https://hooks.example.com/daybook.") from error
    if parts.scheme != "https" and not (allows_http and parts.scheme == "http"):
        raise BadWebhookAddress("The address has to begin with https://, like https://hooks.example.com/daybook.")
    if not host or port == 0:
        raise BadWebhookAddress("This is no address. Write one like https://hooks.example.com/daybook.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise BadWebhookAddress("Leave out names, passwords and what follows a #.")
    return host


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is on the open internet: no private, loopback, link-local, multicast or metadata address."""
    if isinstance(address, IPv4Address):
        return _is_public_v4(address)
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return _is_public_v4(address.ipv4_mapped)
    if address in _TRANSLATED:
        return _is_public_v4(IPv4Address(int(address) & 0xFFFFFFFF))
    is_tunnel = any(address in tunnel for tunnel in _TUNNELS)
    return address in _PUBLIC_V6 and address.is_global and not address.is_multicast and not is_tunnel


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """What stands in the header: the keyed digest of the time in epoch seconds, a dot, and the body."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, sha256).hexdigest()
    return f"v1={digest}"


def _is_public_v4(address: IPv4Address) -> bool:
    never = address in _OF_THE_HOST or any(address in network for network in _NEVER_V4)
    return address.is_global and not address.is_multicast and not address.is_reserved and not never
