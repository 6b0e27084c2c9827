"""Google's OAuth endpoints: what is sent to them, and what their answers mean.

oauthlib writes and reads, httpx carries. Nothing secret is ever part of a URL: URLs are logged.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

import httpx
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

from bot.clients.google.errors import no_answer, refusal, unreadable
from bot.domain.accounts import Credential
from bot.domain.errors import CredentialRefused, ProviderError
from bot.ports import Clock

_TIMEOUT_SECONDS = 15.0
_FORM = {"content-type": "application/x-www-form-urlencoded"}
_LONGEST_LIFE_SECONDS = 24 * 3600
# Only the person can mend these; whatever else goes wrong is Daybook's or Google's own affair.
_REFUSED = frozenset({"invalid_grant", "admin_policy_enforced", "access_denied", "org_internal"})
_MISCONFIGURED = frozenset({"invalid_client", "unauthorized_client", "deleted_client", "redirect_uri_mismatch"})


@dataclass(frozen=True, slots=True)
class GoogleOAuth:
    """Daybook as Google's OAuth knows it: an id and a secret, and where to send them."""

    client_id: str
    client_secret: str = field(repr=False)
    auth_url: str
    token_url: str
    revoke_url: str
    http: httpx.Client
    clock: Clock

    def authorization_url(self, *, scope: str, state: str, verifier: str, redirect_uri: str) -> str:
        """Where to send the browser; `verifier` stays here, only its SHA-256 goes along."""
        # Written by hand because oauthlib refuses plain http, which is what a stand-in on loopback speaks.
        # `include_granted_scopes` is left out: it would mix in what other connections of the same account were
        # granted, and a box that was left empty could no longer be told from a ticked one.
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": redirect_uri,
            "scope": scope,
            "state": state,
            "code_challenge": self._client().create_code_challenge(verifier, "S256"),
            "code_challenge_method": "S256",
            # Without both there is no refresh token, at the latest from the second consent on.
            "access_type": "offline",
            "prompt": "consent",
        }
        return f"{self.auth_url}?{urlencode(query)}"

    def exchange(self, *, code: str, verifier: str, redirect_uri: str) -> Credential:
        """Trade the code of a finished consent for a credential.

        Raises:
            CredentialRefused: the code is used, expired or forged, or `verifier` is not the one it was asked with.
            ProviderError: Google did not answer, or does not know Daybook.
        """
        body = self._client().prepare_request_body(
            code=code, redirect_uri=redirect_uri, code_verifier=verifier, client_secret=self.client_secret
        )
        refused = CredentialRefused("Google did not accept this sign-in: it was used already, or took too long.")
        credential = self._credential(body, refused)
        if not credential.refresh_token:
            raise CredentialRefused("Google gave access for an hour only. Please connect the account again.")
        return credential

    def refresh(self, credential: Credential) -> Credential:
        """A credential that is good for another hour.

        Raises:
            CredentialRefused: the grant was revoked, expired, or blocked by an administrator of the account.
            ProviderError: Google did not answer, or does not know Daybook.
        """
        body = self._client().prepare_refresh_body(
            refresh_token=credential.refresh_token,
            client_id=self.client_id,
            client_secret=self.client_secret,
        )
        refused = CredentialRefused("Google no longer accepts Daybook's access to this account.")
        return self._credential(body, refused, old=credential)

    def revoke(self, credential: Credential) -> None:
        """End the whole grant behind a credential; one that has ended already is a success.

        Raises:
            ProviderError: Google did not answer, or refused.
        """
        response = self._post(self.revoke_url, urlencode({"token": credential.refresh_token}))
        if response.is_success or (response.status_code == 400 and b"invalid_token" in response.content):
            return
        raise refusal(response.status_code, response.headers, response.content)

    def _credential(self, body: str, refused: CredentialRefused, old: Credential | None = None) -> Credential:
        response = self._post(self.token_url, body)
        if response.status_code == 429 or response.status_code >= 500:
            raise refusal(response.status_code, response.headers, response.content)
        try:
            token = self._client().parse_request_body_response(response.text)
            # Google answers a refresh with a refresh token only where the old one is replaced.
            refresh_token = token.get("refresh_token") or (old.refresh_token if old else "")
            scopes = frozenset(token.get("scope") or (old.scopes if old else ()))
            seconds = min(max(int(token.get("expires_in", 0)), 0), _LONGEST_LIFE_SECONDS)
            access_token = token["access_token"]
        except OAuth2Error as error:
            raise _meaning(str(error.error), refused) from error
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise unreadable() from error
        if not isinstance(access_token, str) or not isinstance(refresh_token, str):
            raise unreadable()
        return Credential(access_token, refresh_token, self.clock.now() + timedelta(seconds=seconds), scopes)

    def _post(self, url: str, body: str) -> httpx.Response:
        try:
            return self.http.post(url, content=body, headers=_FORM, timeout=_TIMEOUT_SECONDS)
        except httpx.HTTPError as error:
            raise no_answer() from error

    def _client(self) -> WebApplicationClient:
        # A new one each time: it remembers the tokens that it has read.
        return WebApplicationClient(self.client_id)


def _meaning(error: str, refused: CredentialRefused) -> ProviderError:
    if error in _REFUSED:
        return refused
    if error in _MISCONFIGURED:
        return ProviderError("Google does not know Daybook as it is set up; its administrator has to look at that.")
    if error == "missing_token":
        return unreadable()
    return ProviderError("Google refused the request.")
