"""Zoom's OAuth endpoints: what is sent to them, and what their answers mean.

oauthlib makes the challenge, httpx carries. Nothing secret is ever part of a URL: URLs are logged.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
from oauthlib.oauth2 import WebApplicationClient

from bot.clients.zoom.errors import refusal, refused, unreadable
from bot.clients.zoom.sending import Answer, send
from bot.domain.accounts import Credential
from bot.domain.errors import CredentialRefused, ProviderError
from bot.ports import Clock

_LONGEST_LIFE_SECONDS = 24 * 3600
# Zoom has called a dead token both an invalid grant and an invalid request with these words.
_DEAD = ("invalid token", "invalid authorization code")
_MISCONFIGURED = frozenset({"invalid_client", "unauthorized_client", "invalid_request"})


@dataclass(frozen=True, slots=True)
class ZoomOAuth:
    """Daybook as Zoom's OAuth knows it: an id and a secret, and where to send them."""

    client_id: str
    client_secret: str = field(repr=False)
    auth_url: str
    token_url: str
    revoke_url: str
    http: httpx.Client
    clock: Clock

    def authorization_url(self, *, state: str, verifier: str, redirect_uri: str) -> str:
        """Where to send the browser; `verifier` stays here, only its SHA-256 goes along."""
        # No scope: what an app may ask for is set at Zoom.
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": redirect_uri,
            "state": state,
            "code_challenge": WebApplicationClient(self.client_id).create_code_challenge(verifier, "S256"),
            "code_challenge_method": "S256",
        }
        return f"{self.auth_url}?{urlencode(query)}"

    def exchange(self, *, code: str, verifier: str, redirect_uri: str) -> Credential:
        """Trade the code of a finished consent for a credential.

        Raises:
            CredentialRefused: the code is used, expired or forged, or `verifier` is not the one it was asked with.
            ProviderError: Zoom did not answer, or does not know Daybook.
        """
        form = {"code": code, "redirect_uri": redirect_uri, "code_verifier": verifier}
        not_accepted = CredentialRefused("Zoom did not accept this sign-in: it was used already, or took too long.")
        return self._credential({"grant_type": "authorization_code", **form}, not_accepted)

    def refresh(self, credential: Credential) -> Credential:
        """A credential that is good for another hour, with another refresh token: the old one is dead from now on.

        Raises:
            CredentialRefused: the grant was revoked or expired, or the refresh token was used before.
            ProviderError: Zoom did not answer, or does not know Daybook.
        """
        form = {"grant_type": "refresh_token", "refresh_token": credential.refresh_token}
        return self._credential(form, refused(), old=credential)

    def revoke(self, credential: Credential) -> None:
        """End the grant behind a credential; one that has ended already is a success.

        Raises:
            ProviderError: Zoom did not answer, or refused.
        """
        # Zoom revokes by the access token, which has to be a living one.
        if credential.expires_at <= self.clock.now():
            if not credential.refresh_token:
                return
            try:
                credential = self.refresh(credential)
            except CredentialRefused:
                return
        answer = self._post(self.revoke_url, {"token": credential.access_token})
        if answer.is_success or answer.status == 404 or _is_dead(answer):
            return
        raise refusal(answer.status, answer.headers, answer.content, self.clock.now())

    def _credential(
        self, form: Mapping[str, str], not_accepted: CredentialRefused, old: Credential | None = None
    ) -> Credential:
        answer = self._post(self.token_url, form)
        if not answer.is_success:
            raise self._meaning(answer, not_accepted)
        told = _object(answer)
        access_token, refresh_token = _text(told.get("access_token")), _text(told.get("refresh_token"))
        try:
            seconds = min(max(int(told["expires_in"]), 0), _LONGEST_LIFE_SECONDS)
        except (LookupError, TypeError, ValueError, OverflowError) as error:
            raise unreadable() from error
        scope = told.get("scope")
        scopes = frozenset(scope.split()) if isinstance(scope, str) else (old.scopes if old else frozenset())
        return Credential(access_token, refresh_token, self.clock.now() + timedelta(seconds=seconds), scopes)

    def _meaning(self, answer: Answer, not_accepted: CredentialRefused) -> ProviderError:
        if answer.status == 429 or answer.status >= 500:
            return refusal(answer.status, answer.headers, answer.content, self.clock.now())
        if _is_dead(answer):
            return not_accepted
        if _object(answer).get("error") in _MISCONFIGURED or answer.status == 401:
            return ProviderError("Zoom does not know Daybook as it is set up; its administrator has to look at that.")
        return ProviderError("Zoom refused the request.")

    def _post(self, url: str, form: Mapping[str, str]) -> Answer:
        return send(self.http, "POST", url, data=form, auth=(self.client_id, self.client_secret))


def _is_dead(answer: Answer) -> bool:
    """Whether Zoom says that the code or token it was sent is good for nothing any more."""
    if answer.status not in (400, 401, 403):
        return False
    told = _object(answer)
    reason = told.get("reason")
    return told.get("error") == "invalid_grant" or (isinstance(reason, str) and reason.lower().startswith(_DEAD))


def _object(answer: Answer) -> Mapping[str, Any]:
    """The JSON object of an answer, empty where it holds none."""
    try:
        told = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise unreadable()
    return value
