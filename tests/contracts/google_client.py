"""The client for Google in front of its stand-in, with a person who connects accounts."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid5

import httpx
from starlette.types import Receive, Scope, Send

from bot.clients.google.consent import GoogleConsent
from bot.clients.google.gateway import GoogleCalendars
from bot.clients.google.oauth import GoogleOAuth
from bot.clients.google.service import GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.domain.accounts import Access, Credential
from bot.domain.errors import NotFound
from bot.domain.events import EventPage
from bot.sandbox.google.app import google_app
from bot.sandbox.google.browser import consent
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.serving import serving
from tests.patience import PATIENCE

REDIRECT_URI = "http://127.0.0.1:8080/oauth/google/callback"
VERIFIER = "a-verifier-of-more-than-forty-three-characters-in-all"
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
ANA = "ana@acme.test"


@dataclass
class SetClock:
    """Stands still until it is moved; Google and Daybook both go by it."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def pass_by(self, time: timedelta) -> None:
        self.at += time


@dataclass
class KeptCredentials:
    """A vault in memory.

    `replaced` counts what was stored anew; `seen_late` holds what a reader gets once before he gets what is kept,
    as if it had been replaced right after.
    """

    kept: dict[UUID, Credential] = field(default_factory=dict)
    seen_late: dict[UUID, Credential] = field(default_factory=dict)
    replaced: int = 0

    def load(self, account_id: UUID) -> Credential:
        if account_id in self.seen_late:
            return self.seen_late.pop(account_id)
        try:
            return self.kept[account_id]
        except KeyError:
            raise NotFound from None

    def replace(self, account_id: UUID, old: Credential, new: Credential) -> Credential:
        if self.kept[account_id] == old:
            self.kept[account_id] = new
            self.replaced += 1
        return self.kept[account_id]


@dataclass
class GoogleSetup:
    """Everything that a test may want to look at or to break."""

    world: GoogleWorld
    clock: SetClock
    credentials: KeptCredentials
    oauth: GoogleOAuth
    service: GoogleService
    consent: GoogleConsent
    tokens: GoogleTokens
    calendars: GoogleCalendars
    browser: httpx.Client

    def redirected(
        self,
        account: str = ANA,
        access: Access = Access.FULL,
        *,
        untick: Collection[str] = (),
        deny: bool = False,
    ) -> dict[str, str]:
        """What Google's consent page sends the browser back with."""
        url = self.consent.authorization_url(
            access=access, state="state-1", verifier=VERIFIER, redirect_uri=REDIRECT_URI
        )
        location = consent(self.browser, url, account=account, untick=untick, deny=deny)
        return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}

    def agreed(self, account: str = ANA, access: Access = Access.FULL, *, untick: Collection[str] = ()) -> Credential:
        """The credential that a person's consent yields."""
        code = self.redirected(account, access, untick=untick)["code"]
        return self.consent.exchange(code=code, verifier=VERIFIER, redirect_uri=REDIRECT_URI)

    def connect(self, account: str = ANA, access: Access = Access.FULL, *, untick: Collection[str] = ()) -> UUID:
        """An account whose credential is kept."""
        account_id = uuid5(UUID(int=1), account)
        self.credentials.kept[account_id] = self.agreed(account, access, untick=untick)
        return account_id

    def with_secret(self, secret: str) -> GoogleOAuth:
        """Daybook, set up with another client secret."""
        return replace(self.oauth, client_secret=secret)

    def over(self, service: GoogleService) -> GoogleCalendars:
        """The same accounts, reached in another way."""
        return GoogleCalendars(service, self.tokens)

    def read(
        self,
        account_id: UUID,
        calendar: str = ANA,
        *,
        sync_token: str | None = None,
        since: datetime = NOW - timedelta(days=30),
    ) -> list[EventPage]:
        """Every page of a first read, or of a delta."""
        return list(self.calendars.changes(account_id, calendar, sync_token=sync_token, since=since))

    def requests(self, path: str, status: int | None = None) -> int:
        """How many requests reached Google."""
        return len(self.world.ledger.matching(path=path, status=status))


class _Switch:
    """An application that can be exchanged while it is served."""

    def __init__(self) -> None:
        self.app = google_app(GoogleWorld())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@dataclass
class Stage:
    """One server for many tests, each with a world of its own: starting and stopping it takes longest."""

    url: str
    switch: _Switch
    service: GoogleService
    http: httpx.Client
    browser: httpx.Client

    def set_up(self) -> GoogleSetup:
        """A world in which Ana and Ben have accounts with Google, and Daybook is registered there."""
        clock, credentials = SetClock(), KeptCredentials()
        world = GoogleWorld(now=clock.now)
        world.add_account(ANA, "Ana", "Europe/Berlin")
        world.add_account("ben@acme.test", "Ben", "America/New_York")
        client = world.register_client([REDIRECT_URI])
        self.switch.app = google_app(world)
        oauth = GoogleOAuth(
            client_id=client.id,
            client_secret=client.secret,
            auth_url=f"{self.url}/o/oauth2/v2/auth",
            token_url=f"{self.url}/token",
            revoke_url=f"{self.url}/revoke",
            http=self.http,
            clock=clock,
        )
        tokens = GoogleTokens(credentials, oauth, clock)
        return GoogleSetup(
            world=world,
            clock=clock,
            credentials=credentials,
            oauth=oauth,
            service=self.service,
            consent=GoogleConsent(oauth, self.service),
            tokens=tokens,
            calendars=GoogleCalendars(self.service, tokens),
            browser=self.browser,
        )


@contextmanager
def a_stage() -> Iterator[Stage]:
    """Serve the stand-in for as long as the block lasts."""
    switch = _Switch()
    with serving(switch) as url, httpx.Client(timeout=PATIENCE) as http, httpx.Client(timeout=PATIENCE) as browser:
        service = GoogleService(f"{url}/calendar/v3/", timeout_seconds=PATIENCE)
        yield Stage(url, switch, service, http, browser)
        service.close()
