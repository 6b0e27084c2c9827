"""Connections to addresses that strangers named: looked up once, judged, pinned, and over in good time.

What a name leads to is asked once for each connection, and the connection goes to the very number that was judged:
a name that answers otherwise the second time is never asked a second time. The certificate is still held to the name.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from time import monotonic

import httpcore

from bot.domain.errors import ProviderDown
from bot.domain.webhooks import AddressRefused

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""The numbers that a host leads to, by its name and the port; raises `OSError`."""


def resolved(host: str, port: int) -> Sequence[str]:
    """What this machine's resolver says."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def addresses_of(host: str, port: int, resolve: Resolve, allows: Callable[[Address], bool]) -> Sequence[Address]:
    """Where a host leads.

    Raises:
        ProviderDown: nobody can say just now.
        AddressRefused: one of its numbers is not allowed. One good one beside it would not help: which of them is
            taken would be left to chance.
    """
    try:
        found = [ip_address(number) for number in resolve(host, port)]
    except (OSError, ValueError, UnicodeError) as error:
        raise ProviderDown(f"Nothing is known of the host {host}.") from error
    if not found:
        raise ProviderDown(f"Nothing is known of the host {host}.")
    if not all(map(allows, found)):
        raise AddressRefused(f"Daybook calls only addresses on the open internet; {host} is not one.")
    return found


class GuardedNetwork(httpcore.NetworkBackend):
    """Network for one request, which is cut off after so many seconds, however busily the other side drips."""

    def __init__(self, resolve: Resolve, allows: Callable[[Address], bool], seconds: float) -> None:
        self._resolve = resolve
        self._allows = allows
        self._until = monotonic() + seconds
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers."""
        refused: Exception = httpcore.ConnectError("nothing answers")
        for address in addresses_of(host, port, self._resolve, self._allows):
            try:
                stream = self._backend.connect_tcp(
                    str(address), port, _left(self._until, timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
            else:
                return _BoundedStream(stream, self._until)
        raise refused


class _BoundedStream(httpcore.NetworkStream):
    """A connection that ends at a moment."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._until, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._until, timeout))
        return _BoundedStream(stream, self._until)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(until: float, timeout: float | None) -> float:
    left = until - monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for this request is over")
    return left if timeout is None else min(left, timeout)
