"""A desk in front of the stand-in for Google: signs people in and speaks through Google's own client library."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import google.oauth2.credentials
import google_auth_httplib2
import httplib2
import httpx
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox.google.app import google_app
from bot.sandbox.google.browser import consent
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.serving import serving
from tests.patience import PATIENCE

ANA = "ana@acme.test"
AUTH = "https://www.googleapis.com/auth/"
EVENTS = f"{AUTH}calendar.events"
LIST = f"{AUTH}calendar.calendarlist.readonly"
FREE_BUSY = f"{AUTH}calendar.events.freebusy"
ALL = (EVENTS, LIST, FREE_BUSY)
CALLBACK = "http://127.0.0.1:9/oauth/google/callback"
VERIFIER = "a-verifier-of-forty-three-characters-or-more-0123"
# base64url(sha256(VERIFIER)), worked out by hand so that the test does not repeat the code.
CHALLENGE = "oroLTuavjsSokHw90r4c-vQlAuGTf32wNsPC1UFaIZc"


class Desk:
    """One world behind one address, and what a client of it needs."""

    def __init__(self, url: str) -> None:
        """Start a new world: Ana with a calendar in Berlin, and one client."""
        self.url = url
        self.world = GoogleWorld()
        self.world.add_account("ana@acme.test", "Ana", "Europe/Berlin")
        self.client = self.world.register_client([CALLBACK])
        # Without the certificates, which take longer to load than all of a test.
        self.http = httpx.Client(base_url=url, verify=False, timeout=PATIENCE)
        self._services: list[Any] = []

    def close(self) -> None:
        """Close every connection."""
        self.http.close()
        for service in self._services:
            service.close()

    def auth_url(self, *scopes: str, **changed: Any) -> str:
        """The address of the consent page, for offline access; None leaves a parameter out."""
        parameters = {
            "client_id": self.client.id,
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "scope": " ".join(scopes),
            "state": "s1",
            "access_type": "offline",
            **changed,
        }
        given = {name: value for name, value in parameters.items() if value is not None}
        return f"{self.url}/o/oauth2/v2/auth?{urlencode(given)}"

    def code(self, *scopes: str, account: str = "ana@acme.test", **changed: Any) -> str:
        """The code that comes of saying yes to everything."""
        return answers_of(consent(self.http, self.auth_url(*scopes, **changed), account=account))["code"]

    def exchange(self, **fields: str) -> httpx.Response:
        """A request for tokens, of this client."""
        own = {"client_id": self.client.id, "client_secret": self.client.secret}
        return self.http.post("/token", data=own | fields)

    def exchange_code(self, code: str, **fields: str) -> httpx.Response:
        """A request for the tokens of a code."""
        return self.exchange(grant_type="authorization_code", code=code, redirect_uri=CALLBACK, **fields)

    def sign_in(self, *scopes: str, account: str = "ana@acme.test") -> dict[str, Any]:
        """The tokens of somebody who said yes to these scopes; all that Daybook asks for if none are given."""
        return self.world.sign_in(self.client, account, scopes or ALL)

    def calendar(self, *scopes: str, account: str = "ana@acme.test") -> Any:
        """Google's client for Calendar, with a token of these scopes."""
        return self.calendar_with(self.sign_in(*scopes, account=account)["access_token"])

    def calendar_with(self, token: str) -> Any:
        """Google's client for Calendar, with this token and no means to refresh it."""
        credentials = google.oauth2.credentials.Credentials(token)
        http = google_auth_httplib2.AuthorizedHttp(credentials, http=httplib2.Http(timeout=PATIENCE))
        endpoint = {"api_endpoint": f"{self.url}/calendar/v3/"}
        service = build("calendar", "v3", http=http, static_discovery=True, client_options=endpoint)
        self._services.append(service)
        return service


class _Switch:
    """An application that another one can be put into while it runs: one server serves many tests."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.app is not None:
            await self.app(scope, receive, send)


class DeskFactory:
    """Sets up a fresh desk at the address of a server that stays."""

    def __init__(self, url: str, switch: _Switch) -> None:
        """Take the server's address and the place where its application goes."""
        self._url = url
        self._switch = switch

    @contextlib.contextmanager
    def __call__(self) -> Iterator[Desk]:
        """A desk with a world of its own."""
        desk = Desk(self._url)
        self._switch.app = google_app(desk.world)
        try:
            yield desk
        finally:
            desk.close()


@contextlib.contextmanager
def desks() -> Iterator[DeskFactory]:
    """A server for as many desks, one after another, as a module needs."""
    switch = _Switch()
    with serving(switch) as url:
        yield DeskFactory(url, switch)


def answers_of(address: str) -> dict[str, str]:
    """The query parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def refusal_of(request: Any) -> tuple[int, str]:
    """Status and reason of the refusal that a request of Google's client meets."""
    try:
        request.execute()
    except HttpError as refused:
        # Not `error_details`: the client library fills that from another part of the body where there is one.
        return refused.resp.status, json.loads(refused.content)["error"]["errors"][0]["reason"]
    raise AssertionError("the request was not refused")


def pages_of(service: Any, **parameters: Any) -> list[dict[str, Any]]:
    """Every page of events.list, followed as Google's client does."""
    pages = []
    request = service.events().list(calendarId="primary", **parameters)
    while request is not None:
        pages.append(request.execute())
        request = service.events().list_next(request, pages[-1])
    return pages


def events_of(service: Any, **parameters: Any) -> list[dict[str, Any]]:
    """Every event of events.list."""
    return [event for page in pages_of(service, **parameters) for event in page["items"]]


def titles_of(service: Any, **parameters: Any) -> list[str]:
    """The titles of events.list; `-` for an event without one."""
    return [event.get("summary", "-") for event in events_of(service, **parameters)]


def put(desk: Desk, title: str, start: str = "2026-12-01T10:00", end: str = "2026-12-01T11:00", **more: Any) -> str:
    """An event of Ana's, an hour long unless told; returns its id."""
    event = desk.world.put_event(ANA, summary=title, start=start, end=end, **more)
    return str(event["id"])


def sync_token(service: Any, **parameters: Any) -> str:
    """The token on the last page of a listing."""
    return str(pages_of(service, **parameters)[-1]["nextSyncToken"])


def body(start: str = "2026-12-01T10:00:00+01:00", end: str = "2026-12-01T11:00:00+01:00", **more: Any) -> Any:
    return {"summary": "Review", "start": {"dateTime": start}, "end": {"dateTime": end}, **more}


def insert(events: Any, event: Any, **more: Any) -> Any:
    return events.insert(calendarId="primary", body=event, **more).execute()
