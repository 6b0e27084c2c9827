"""Puts the stand-in for Zoom together: sign-in, OAuth, the API, failing on command, every request in the ledger."""

import contextlib
import dataclasses
from collections.abc import Iterator
from datetime import UTC
from email.utils import format_datetime

from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.sandbox.faults import faulty
from bot.sandbox.ledger import recorded
from bot.sandbox.serving import serving
from bot.sandbox.zoom.api import api_routes
from bot.sandbox.zoom.oauth import oauth_routes
from bot.sandbox.zoom.settling import counted
from bot.sandbox.zoom.world import ZoomWorld


@dataclasses.dataclass(frozen=True)
class ZoomUrls:
    """Where a served stand-in answers; `api_url` ends in `/v2/`."""

    url: str

    @property
    def api_url(self) -> str:
        """The API."""
        return f"{self.url}/v2/"

    @property
    def auth_url(self) -> str:
        """The page that asks people."""
        return f"{self.url}/oauth/authorize"

    @property
    def token_url(self) -> str:
        """The token exchange."""
        return f"{self.url}/oauth/token"

    @property
    def revoke_url(self) -> str:
        """The revocation."""
        return f"{self.url}/oauth/revoke"


@contextlib.contextmanager
def serve_zoom(world: ZoomWorld, *, port: int = 0) -> Iterator[ZoomUrls]:
    """Serve `world` on loopback for as long as a `with` block lasts.

    Args:
        world: what to serve.
        port: the port to take; 0 takes a free one.
    """
    with serving(zoom_app(world), port=port) as url:
        world.url = url
        try:
            yield ZoomUrls(url)
        finally:
            world.courier.settle()


def zoom_app(world: ZoomWorld) -> ASGIApp:
    """The application that answers for `world`; whoever serves it by other means tells `world.url` where it is."""
    routes = Starlette(routes=[*oauth_routes(world), *api_routes(world)])
    return dated(counted(recorded(faulty(routes, world.faults), world.ledger), world.underway), world)


def dated(app: ASGIApp, world: ZoomWorld) -> ASGIApp:
    """`app` with the time by Zoom's clock on every answer."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = format_datetime(world.now().astimezone(UTC), usegmt=True)
                message = {**message, "headers": [*message.get("headers", ()), (b"date", told.encode())]}
            await send(message)

        await app(scope, receive, send_dated)

    return answer
