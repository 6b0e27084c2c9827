"""How the contract tests stand before the stand-in for Zoom: at a desk with a world of its own."""

import contextlib
import functools
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox.serving import serving
from bot.sandbox.zoom.app import ZoomUrls, zoom_app
from bot.sandbox.zoom.browser import ZoomBrowser
from bot.sandbox.zoom.grants import Client
from bot.sandbox.zoom.world import ZoomWorld
from tests.patience import PATIENCE

ANA = "ana@acme.test"
CALLBACK = "http://127.0.0.1:9/oauth/zoom/callback"
VERIFIER = "a-verifier-of-forty-three-characters-or-more-0123"
# base64url(sha256(VERIFIER)), worked out by hand so that the test does not repeat the code.
CHALLENGE = "oroLTuavjsSokHw90r4c-vQlAuGTf32wNsPC1UFaIZc"
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
MEETING = {
    "topic": "Ana and Maya",
    "type": 2,
    "start_time": "2026-11-24T14:00:00Z",
    "duration": 30,
    "timezone": "Europe/Berlin",
    "agenda": "ref:a1\nA first talk",
}


class Desk:
    """One world behind one address: Ana in Berlin, one app, and the app's way to ask Zoom."""

    def __init__(self, url: str) -> None:
        self.urls = ZoomUrls(url)
        self.world = ZoomWorld(now=lambda: NOW)
        self.world.url = url
        self.ana = self.world.add_person(ANA, "Ana Berg", "Europe/Berlin")
        self.client = self.world.register_client([CALLBACK])
        # Without the certificates, which take longer to load than all of a test.
        self.http = httpx.Client(base_url=url, verify=False, timeout=PATIENCE)
        self.browser = ZoomBrowser(self.http)

    def auth_url(self, **changed: str | None) -> str:
        """The address of the authorize page; None leaves a parameter out."""
        parameters = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": CALLBACK,
            "state": "s1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            **changed,
        }
        given = {name: value for name, value in parameters.items() if value is not None}
        return f"{self.urls.auth_url}?{urlencode(given)}"

    def code(self) -> str:
        """The code that comes of saying yes."""
        return answers_of(self.browser.consents(self.auth_url(), ANA))["code"]

    def exchange(self, fields: dict[str, str], client: Client | None = None) -> httpx.Response:
        """A request for tokens, of this app unless another is given."""
        asking = client or self.client
        return self.http.post("/oauth/token", data=fields, auth=(asking.id, asking.secret))

    def exchange_code(self, code: str, **changed: str) -> httpx.Response:
        """A request for the tokens of a code."""
        fields = {"code": code, "redirect_uri": CALLBACK, "code_verifier": VERIFIER, **changed}
        return self.exchange({"grant_type": "authorization_code", **fields})

    def refresh(self, token: str) -> httpx.Response:
        """A request for new tokens."""
        return self.exchange({"grant_type": "refresh_token", "refresh_token": token})

    @functools.cached_property
    def token(self) -> str:
        """An access token of Ana's."""
        return str(self.world.sign_in(self.client, ANA)["access_token"])

    def asks(self, method: str, path: str, token: str | None = None, **sent: Any) -> httpx.Response:
        """A request to the API, with Ana's token unless another is given."""
        bearer = {"Authorization": f"Bearer {token or self.token}"}
        return self.http.request(method, f"/v2{path}", headers=bearer | sent.pop("headers", {}), **sent)

    def creates(self, **changed: Any) -> httpx.Response:
        """A request for a meeting."""
        return self.asks("POST", "/users/me/meetings", json=MEETING | changed)

    def made(self, **changed: Any) -> dict[str, Any]:
        """A meeting that was made."""
        answer = self.creates(**changed)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())


class DeskFactory:
    """Sets up a fresh desk at the address of a server that stays."""

    def __init__(self, url: str, switch: "Switch") -> None:
        self._url = url
        self._switch = switch

    @contextlib.contextmanager
    def __call__(self) -> Iterator[Desk]:
        """A desk with a world of its own."""
        desk = Desk(self._url)
        self._switch.app = zoom_app(desk.world)
        with desk.http:
            yield desk
        desk.world.settle()


class Switch:
    """An application that another one can be put into while it runs: one server serves many tests."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.app is not None:
            await self.app(scope, receive, send)


@contextlib.contextmanager
def desks() -> Iterator[DeskFactory]:
    """A server for as many desks, one after another, as a module needs."""
    switch = Switch()
    with serving(switch) as url:
        yield DeskFactory(url, switch)


def answers_of(address: str) -> dict[str, str]:
    """The query parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def refusal_of(answer: httpx.Response) -> tuple[int, int, str]:
    """Status, code and message of a refusal of the API."""
    body = answer.json()
    return answer.status_code, body["code"], body["message"]


def listed(desk: Desk, kind: str = "scheduled", **more: str) -> list[str]:
    answer = desk.asks("GET", "/users/me/meetings", params={"type": kind, **more})
    assert answer.status_code == 200, answer.text
    return [meeting["topic"] for meeting in answer.json()["meetings"]]


def wrong_fields(answer: httpx.Response) -> list[str]:
    assert refusal_of(answer) == (400, 300, "Validation Failed.")
    return [error["field"] for error in answer.json()["errors"]]
