"""Serves a stand-in on loopback for as long as a `with` block lasts."""

import contextlib
import socket
import threading
import time
from asyncio import BaseTransport, Transport
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

HOST = "127.0.0.1"
# A stand-in puts the means to hang up on a caller here, in the scope of each request.
DROP = "sandbox.drop"
_START_SECONDS = 60.0
_STOP_SECONDS = 60.0


@contextlib.contextmanager
def serving(app: ASGIApp, *, port: int = 0) -> Iterator[str]:
    """Run `app` in a thread of its own and yield its address, such as `http://127.0.0.1:41234`.

    Args:
        app: any ASGI application; `scope[DROP]()` in it closes the caller's connection without an answer.
        port: the port to take; 0 takes a free one.

    Raises:
        OSError: the port is taken.
        RuntimeError: the application did not start.
    """
    listener = _listener(port)
    server = _server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        _wait_until_started(server, thread)
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_STOP_SECONDS)
        listener.close()


def _listener(port: int) -> socket.socket:
    # Named as TCP, or asyncio leaves small writes to wait for each other: 40 ms for every answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    return listener


def _server(app: ASGIApp) -> uvicorn.Server:
    connections: dict[tuple[str, int], BaseTransport] = {}

    class Connection(H11Protocol):
        """One connection, known by its peer, so that a request can find it again."""

        def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as in uvicorn
            super().connection_made(transport)
            connections[transport.get_extra_info("peername")] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            connections.pop(self.transport.get_extra_info("peername"), None)
            super().connection_lost(exc)

    async def with_a_way_to_hang_up(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[DROP] = _closer(connections, tuple(scope["client"]))
        await app(scope, receive, send)

    config = uvicorn.Config(
        with_a_way_to_hang_up,
        http=Connection,
        # The loggers of uvicorn belong to the whole process, which may hold a server of somebody else.
        log_config=None,
        access_log=False,
        # A stand-in has a clock of its own, or none.
        date_header=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


def _closer(connections: dict[tuple[str, int], BaseTransport], peer: tuple[str, int]) -> Callable[[], None]:
    def close() -> None:
        if transport := connections.get(peer):
            transport.close()

    return close


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("the stand-in did not start")
        time.sleep(0.005)
