"""Keeps what people allowed which app, and the codes and tokens that came of it: refresh tokens live for one use."""

import base64
import dataclasses
import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.sandbox.zoom.errors import OAuthError, Resource, expired_token, invalid_token

_CODE_LIFE = timedelta(minutes=5)
_ACCESS_LIFE = timedelta(hours=1)
_REFRESH_LIFE = timedelta(days=90)
# Zoom's are signed, and some 700 characters long.
_TOKEN_BYTES = 480


@dataclasses.dataclass(frozen=True)
class Client:
    """An app that is registered with Zoom; its scopes are set there, not asked for."""

    id: str
    secret: str = dataclasses.field(repr=False)
    webhook_secret: str = dataclasses.field(repr=False)
    name: str
    redirect_uris: frozenset[str]
    scopes: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Asked:
    """What an app asks a person for, as the page was opened with it; `challenge` is of the kind S256."""

    client: Client
    redirect_uri: str
    challenge: str
    state: str | None = None


@dataclasses.dataclass
class Grant:
    """One consent of one person, and what descends from it; ends as a whole."""

    email: str
    client: Client
    refresh_token: str = dataclasses.field(default="", repr=False)
    alive: bool = True


@dataclasses.dataclass
class _Code:
    asked: Asked
    grant: Grant
    expires: datetime
    used: bool = False


@dataclasses.dataclass(frozen=True)
class _Token:
    grant: Grant
    expires: datetime


class Grants:
    """The authorisation server's memory."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Start with nobody registered and nothing allowed."""
        self._now = now
        self._clients: dict[str, Client] = {}
        self._grants: list[Grant] = []
        self._codes: dict[str, _Code] = {}
        self._access: dict[str, _Token] = {}
        self._refresh: dict[str, _Token] = {}

    def register(self, client: Client) -> None:
        """Take in an app."""
        self._clients[client.id] = client

    def client(self, client_id: str | None) -> Client | None:
        """The app with this id."""
        return self._clients.get(client_id or "")

    def allow(self, asked: Asked, email: str) -> str:
        """Note that a person said yes, and make the code that says so."""
        grant = Grant(email, asked.client)
        self._grants.append(grant)
        code = secrets.token_urlsafe(32)
        self._codes[code] = _Code(asked, grant, self._now() + _CODE_LIFE)
        return code

    def exchange(self, client: Client, code: str, redirect_uri: str | None, verifier: str | None) -> Grant:
        """The grant of a code, with a first refresh token.

        Raises:
            OAuthError: the code is unknown, used, expired or another's, or not proved to be the caller's.
        """
        known = self._codes.get(code)
        if known is None or known.used or known.asked.client.id != client.id or not known.grant.alive:
            raise OAuthError("invalid_grant", "Invalid authorization code")
        if known.expires <= self._now():
            raise OAuthError("invalid_grant", "Invalid authorization code")
        if redirect_uri != known.asked.redirect_uri:
            raise OAuthError("invalid_request", "Redirect URI mismatch.")
        if not hmac.compare_digest(challenge_of(verifier or ""), known.asked.challenge):
            raise OAuthError("invalid_grant", "Invalid code verifier")
        known.used = True
        self._renew(known.grant)
        return known.grant

    def refresh(self, client: Client, token: str) -> Grant:
        """The grant of a refresh token, with a new one; the old one is dead from now on.

        Raises:
            OAuthError: the token was used before, is revoked, expired or unknown, or another app's.
        """
        known = self._refresh.get(token)
        if known is None or not known.grant.alive or known.grant.client.id != client.id:
            raise OAuthError("invalid_grant", "Invalid Token!")
        if known.grant.refresh_token != token or known.expires <= self._now():
            raise OAuthError("invalid_grant", "Invalid Token!")
        self._renew(known.grant)
        return known.grant

    def tokens(self, grant: Grant, url: str) -> Resource:
        """The answer to a token request, with a further access token; those before it stay good.

        Args:
            grant: what came of the code or of the refresh token.
            url: where the API is, without its path.
        """
        token = _new_token()
        self._access[token] = _Token(grant, self._now() + _ACCESS_LIFE)
        return {
            "access_token": token,
            "token_type": "bearer",
            "refresh_token": grant.refresh_token,
            "expires_in": int(_ACCESS_LIFE.total_seconds()),
            "scope": " ".join(sorted(grant.client.scopes)),
            "api_url": url,
        }

    def holder(self, access_token: str) -> Grant:
        """The grant that an access token is of.

        Raises:
            ApiError: it is not good, or not any more.
        """
        known = self._access.get(access_token)
        if known is None or not known.grant.alive:
            raise invalid_token()
        if known.expires <= self._now():
            raise expired_token()
        return known.grant

    def revoke(self, client: Client, token: str) -> None:
        """End the grant that a token is of.

        Raises:
            OAuthError: the token is not good, or another app's.
        """
        known = self._access.get(token) or self._refresh.get(token)
        if known is None or not known.grant.alive or known.grant.client.id != client.id:
            raise OAuthError("invalid_grant", "Invalid Token!")
        known.grant.alive = False

    def remove(self, email: str, client: Client) -> bool:
        """End everything that a person allowed an app; False where there was nothing."""
        ending = [one for one in self._grants if one.alive and (one.email, one.client.id) == (email, client.id)]
        for grant in ending:
            grant.alive = False
        return bool(ending)

    def clients_of(self, email: str) -> list[Client]:
        """The apps that a person allows something."""
        allowed = {grant.client.id for grant in self._grants if grant.alive and grant.email == email}
        return [client for client in self._clients.values() if client.id in allowed]

    def expire_access_tokens(self) -> None:
        """Let an hour pass for every access token."""
        self._access = {token: dataclasses.replace(known, expires=self._now()) for token, known in self._access.items()}

    def _renew(self, grant: Grant) -> None:
        grant.refresh_token = _new_token()
        self._refresh[grant.refresh_token] = _Token(grant, self._now() + _REFRESH_LIFE)


def _new_token() -> str:
    return f"eyJ{secrets.token_urlsafe(_TOKEN_BYTES)}"


def challenge_of(verifier: str) -> str:
    """The challenge (S256) that a verifier answers."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
