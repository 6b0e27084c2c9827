"""The stand-ins for providers without a network: a request is a call, so that a year of them fits into a minute."""

import json
from collections.abc import Generator, Mapping
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import httplib2
import httpx
from starlette.types import ASGIApp, Message, Scope

from bot.clients.google.errors import no_answer, refusal
from bot.clients.google.service import ApiRequest, GoogleService
from bot.sandbox.serving import DROP


class HungUp(OSError):
    """The stand-in closed the connection instead of answering."""


def answered(
    app: ASGIApp, method: str, url: str, headers: Mapping[str, str], body: bytes
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what the application answers; raises `HungUp`."""
    parts = urlsplit(url)
    hung_up: list[bool] = []
    sent: list[Message] = []
    given = iter(({"type": "http.request", "body": body, "more_body": False},))

    async def receive() -> Message:
        return next(given, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": parts.scheme,
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": (parts.hostname, parts.port or 80),
        DROP: lambda: hung_up.append(True),
    }
    # The stand-ins wait for nobody, so that no loop has to turn for them.
    going = cast("Generator[None, None, None]", app(scope, receive, send).__await__())
    for _ in going:
        pass
    if hung_up:
        raise HungUp("hung up")
    told = {name.decode(): value.decode() for name, value in sent[0].get("headers", ())}
    return sent[0]["status"], told, b"".join(message.get("body", b"") for message in sent[1:])


class InProcess(httpx.BaseTransport):
    """What `httpx` speaks through: every address is that of the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            status, headers, body = answered(
                self._app, request.method, str(request.url), dict(request.headers), request.read()
            )
        except HungUp as error:
            raise httpx.ReadError(str(error)) from error
        return httpx.Response(status, headers=headers, content=body)


class GoogleInProcess(GoogleService):
    """Builds requests as ever, with Google's own library, and hands them to the stand-in."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__("http://127.0.0.1:1/calendar/v3/")
        self._app = app

    def execute(self, request: ApiRequest, access_token: str) -> Mapping[str, Any]:
        built = cast("Any", request)
        headers = {**built.headers, "authorization": f"Bearer {access_token}"}
        content = built.body.encode() if isinstance(built.body, str) else built.body or b""
        try:
            status, told, body = answered(self._app, built.method, built.uri, headers, content)
        except HungUp as error:
            raise no_answer() from error
        if status >= 300:
            raise refusal(status, httplib2.Response({**told, "status": status}), body)
        found: Mapping[str, Any] = json.loads(body) if body else {}
        return found
