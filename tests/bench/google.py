"""The stand-in for Google with one account, and Daybook's client in front of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from bot.clients.google import scopes
from bot.clients.google.gateway import GoogleCalendars
from bot.clients.google.oauth import GoogleOAuth
from bot.clients.google.service import GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.domain.accounts import Access
from bot.ports import Clock, Credentials
from bot.sandbox.google.world import GoogleWorld
from tests.bench import month
from tests.bench.house import ADDRESS

_CALLBACK = "http://127.0.0.1:9/oauth/google/callback"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a person's consent left behind."""

    client_id: str
    client_secret: str
    access_token: str


def sign_in(world: GoogleWorld) -> SignedIn:
    """Ana has an account, and allowed Daybook what it asks for."""
    world.add_account(ADDRESS, "Ana", month.ZONE)
    client = world.register_client([_CALLBACK])
    told = world.sign_in(client, ADDRESS, scopes.requested(Access.FULL).split())
    return SignedIn(client.id, client.secret, str(told["access_token"]))


@contextmanager
def google_client(url: str, signed_in: SignedIn, credentials: Credentials, clock: Clock) -> Iterator[GoogleCalendars]:
    """The client as `bot.app` builds it, closed at the end of the block."""
    service = GoogleService(f"{url}/calendar/v3/")
    with httpx.Client() as http:
        oauth = GoogleOAuth(
            client_id=signed_in.client_id,
            client_secret=signed_in.client_secret,
            auth_url=f"{url}/o/oauth2/v2/auth",
            token_url=f"{url}/token",
            revoke_url=f"{url}/revoke",
            http=http,
            clock=clock,
        )
        try:
            yield GoogleCalendars(service, GoogleTokens(credentials, oauth, clock))
        finally:
            service.close()
