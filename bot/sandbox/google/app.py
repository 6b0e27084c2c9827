"""Puts the stand-in for Google together: OAuth and Calendar v3, failing on command, every request in the ledger."""

from datetime import UTC
from email.utils import format_datetime

from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.sandbox.faults import faulty
from bot.sandbox.google.api import api_routes
from bot.sandbox.google.oauth import oauth_routes
from bot.sandbox.google.putting import putting_routes
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.ledger import recorded


def google_app(world: GoogleWorld) -> ASGIApp:
    """The application that answers for `world`; run it with `bot.sandbox.serving.serving`.

    Its addresses are `/o/oauth2/v2/auth`, `/token`, `/revoke` and those under `/calendar/v3/`; on `/put` a person
    puts an event into a calendar.
    """
    routes = Starlette(routes=[*oauth_routes(world), *api_routes(world), *putting_routes(world)])
    return dated(recorded(faulty(routes, world.faults), world.ledger), world)


def dated(app: ASGIApp, world: GoogleWorld) -> ASGIApp:
    """`app` with the time by Google's clock on every answer."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = format_datetime(world.now().astimezone(UTC), usegmt=True)
                message = {**message, "headers": [*message.get("headers", ()), (b"date", told.encode())]}
            await send(message)

        await app(scope, receive, send_dated)

    return answer
