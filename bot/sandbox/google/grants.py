"""Keeps what people allowed which client, and the codes and tokens that came of it."""

import base64
import dataclasses
import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

_CODE_LIFE = timedelta(minutes=10)
_TOKEN_LIFE = timedelta(seconds=3599)
_MOST_REFRESH_TOKENS = 100


class OAuthError(Exception):
    """A token request that Google refuses."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        """Describe it in OAuth's words."""
        super().__init__(f"{error}: {description}")
        self.status = status
        self.body = {"error": error, "error_description": description}


@dataclasses.dataclass(frozen=True)
class Client:
    """An application that is registered with Google."""

    id: str
    secret: str = dataclasses.field(repr=False)
    redirect_uris: frozenset[str]


@dataclasses.dataclass(frozen=True)
class Asked:
    """What a client asks a person for, as the consent page was opened with it."""

    client: Client
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str | None = None
    challenge: str | None = None
    method: str = "plain"
    offline: bool = False
    force_consent: bool = False
    include_granted: bool = False


@dataclasses.dataclass
class Grant:
    """What one person allows one client; ends as a whole."""

    account: str
    client_id: str
    scopes: set[str] = dataclasses.field(default_factory=set)
    refresh_tokens: list[str] = dataclasses.field(default_factory=list)
    alive: bool = True


@dataclasses.dataclass
class _Code:
    asked: Asked
    grant: Grant
    scopes: frozenset[str]
    expires: datetime
    used: bool = False


@dataclasses.dataclass(frozen=True)
class _Token:
    grant: Grant
    scopes: frozenset[str]
    expires: datetime | None


class Grants:
    """The authorisation server's memory."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Start with nobody registered and nothing allowed."""
        self._now = now
        self._clients: dict[str, Client] = {}
        self._grants: dict[tuple[str, str], Grant] = {}
        self._codes: dict[str, _Code] = {}
        self._access: dict[str, _Token] = {}
        self._refresh: dict[str, _Token] = {}

    def register(self, redirect_uris: Iterable[str]) -> Client:
        """A new client, which may send people back to exactly these addresses."""
        number = secrets.randbelow(10**12)
        client_id = f"{number:012d}-{secrets.token_hex(16)}.apps.googleusercontent.com"
        client = Client(client_id, f"GOCSPX-{secrets.token_urlsafe(21)}", frozenset(redirect_uris))
        self._clients[client.id] = client
        return client

    def client(self, client_id: str | None) -> Client | None:
        """The client with this id."""
        return self._clients.get(client_id or "")

    def allow(self, asked: Asked, account: str, scopes: Iterable[str]) -> str:
        """Note that a person said yes to these scopes, and make the code that says so."""
        key = (account, asked.client.id)
        if key not in self._grants or not self._grants[key].alive:
            self._grants[key] = Grant(account, asked.client.id)
        grant = self._grants[key]
        given = frozenset(scopes) | (grant.scopes if asked.include_granted else frozenset())
        grant.scopes |= given
        code = f"4/0A{secrets.token_urlsafe(48)}"
        self._codes[code] = _Code(asked, grant, given, self._now() + _CODE_LIFE)
        return code

    def exchange(self, client: Client, code: str, redirect_uri: str, verifier: str | None) -> dict[str, str | int]:
        """Tokens for a code.

        Raises:
            OAuthError: the code is unknown, used, expired or another's, or not proved to be the caller's.
        """
        known = self._codes.get(code)
        if known is None or known.asked.client != client or not known.grant.alive:
            raise OAuthError("invalid_grant", "Malformed auth code.")
        if known.used:
            # Somebody else has read the code: what came of it is not safe either.
            self._end(known.grant)
            raise OAuthError("invalid_grant", "Bad Request")
        if known.expires <= self._now():
            raise OAuthError("invalid_grant", "Bad Request")
        if redirect_uri != known.asked.redirect_uri:
            raise OAuthError("redirect_uri_mismatch", "Bad Request")
        _check_proof(known.asked, verifier)
        known.used = True
        answer = self._new_access(known.grant, known.scopes)
        if known.asked.offline and (known.asked.force_consent or not known.grant.refresh_tokens):
            answer["refresh_token"] = self._new_refresh(known.grant, known.scopes)
        return answer

    def refresh(self, client: Client, token: str) -> dict[str, str | int]:
        """A new access token for a refresh token, which stays as it is.

        Raises:
            OAuthError: the refresh token is revoked, pushed out by newer ones, unknown or another client's.
        """
        known = self._refresh.get(token)
        if known is None or not known.grant.alive or known.grant.client_id != client.id:
            raise OAuthError("invalid_grant", "Token has been expired or revoked.")
        return self._new_access(known.grant, known.scopes)

    def holder(self, access_token: str) -> tuple[str, frozenset[str]] | None:
        """Whose an access token is, and what it may do; None when it is not good."""
        known = self._access.get(access_token)
        if known is None or not known.grant.alive or known.expires is None or known.expires <= self._now():
            return None
        return known.grant.account, known.scopes

    def revoke(self, token: str) -> bool:
        """End the whole grant that a token is of; False when the token is not good."""
        known = self._access.get(token) or self._refresh.get(token)
        if known is None or not known.grant.alive:
            return False
        self._end(known.grant)
        return True

    def revoke_account(self, address: str) -> None:
        """End everything that a person allowed, as he would in his account's settings."""
        for grant in self._grants.values():
            if grant.account == address:
                self._end(grant)

    def expire_access_tokens(self) -> None:
        """Let an hour pass for every access token."""
        self._access.clear()

    def is_granted(self, address: str, client_id: str) -> bool:
        """Whether a person still allows a client anything."""
        grant = self._grants.get((address, client_id))
        return grant is not None and grant.alive

    def _end(self, grant: Grant) -> None:
        grant.alive = False
        grant.scopes.clear()

    def _new_access(self, grant: Grant, scopes: frozenset[str]) -> dict[str, str | int]:
        token = f"ya29.{secrets.token_urlsafe(64)}"
        self._access[token] = _Token(grant, scopes, self._now() + _TOKEN_LIFE)
        return {
            "access_token": token,
            "expires_in": int(_TOKEN_LIFE.total_seconds()),
            "scope": " ".join(sorted(scopes)),
            "token_type": "Bearer",
        }

    def _new_refresh(self, grant: Grant, scopes: frozenset[str]) -> str:
        token = f"1//0{secrets.token_urlsafe(48)}"
        self._refresh[token] = _Token(grant, scopes, None)
        grant.refresh_tokens.append(token)
        while len(grant.refresh_tokens) > _MOST_REFRESH_TOKENS:
            # The oldest dies without a word.
            self._refresh.pop(grant.refresh_tokens.pop(0), None)
        return token


def _check_proof(asked: Asked, verifier: str | None) -> None:
    if asked.challenge is None:
        if verifier is not None:
            raise OAuthError("invalid_grant", "code_verifier or verifier is not needed.")
        return
    if not verifier:
        raise OAuthError("invalid_grant", "Missing code verifier.")
    proof = verifier
    if asked.method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    if not hmac.compare_digest(proof.encode(), asked.challenge.encode()):
        raise OAuthError("invalid_grant", "Invalid code verifier.")
