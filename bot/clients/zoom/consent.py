"""Connecting a Zoom account: the `ConsentGateway` for Zoom."""

from bot.clients.zoom import scopes
from bot.clients.zoom.asking import ZoomApi
from bot.clients.zoom.oauth import ZoomOAuth
from bot.clients.zoom.parsing import identity
from bot.domain.accounts import Access, Credential, RemoteIdentity


class ZoomConsent:
    """From the page where a person agrees to the credential it yields, and back again."""

    def __init__(self, oauth: ZoomOAuth, api: ZoomApi) -> None:
        """Take the sign-in, and the API that says whose it was."""
        self._oauth = oauth
        self._api = api

    def authorization_url(
        self,
        *,
        access: Access,  # noqa: ARG002 - of Zoom there is one kind
        state: str,
        verifier: str,
        redirect_uri: str,
    ) -> str:
        """Zoom's consent page."""
        return self._oauth.authorization_url(state=state, verifier=verifier, redirect_uri=redirect_uri)

    def exchange(self, *, code: str, verifier: str, redirect_uri: str) -> Credential:
        """The credential for the code that the browser brought back; a code works once, with its own verifier.

        Raises:
            CredentialRefused: it did not.
            ProviderError: Zoom could not be asked.
        """
        return self._oauth.exchange(code=code, verifier=verifier, redirect_uri=redirect_uri)

    def missing_scopes(
        self,
        credential: Credential,
        access: Access,  # noqa: ARG002 - of Zoom there is one kind
    ) -> tuple[str, ...]:
        """Names of the permissions that Daybook's app at Zoom lacks, such as `meeting:write:meeting`."""
        return scopes.missing(credential.scopes)

    def identity(self, credential: Credential) -> RemoteIdentity:
        """The address of the user, and the ids by which Zoom speaks of him.

        Raises:
            ProviderError: Zoom could not be asked, or this may not be seen.
        """
        return identity(self._api.ask(credential.access_token, "GET", "users/me"))

    def revoke(self, credential: Credential) -> None:
        """End the grant; one that is gone already is a success.

        Raises:
            ProviderError: Zoom could not be asked.
        """
        self._oauth.revoke(credential)
