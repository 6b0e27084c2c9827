"""Connecting a Google account: the `ConsentGateway` for Google."""

from bot.clients.google import scopes
from bot.clients.google.errors import unreadable
from bot.clients.google.oauth import GoogleOAuth
from bot.clients.google.service import GoogleService
from bot.domain.accounts import Access, Credential, RemoteIdentity


class GoogleConsent:
    """From the page where a person agrees to the credential it yields, and back again."""

    def __init__(self, oauth: GoogleOAuth, service: GoogleService) -> None:
        """Take the sign-in, and the calendars that say whose it was."""
        self._oauth = oauth
        self._service = service

    def authorization_url(self, *, access: Access, state: str, verifier: str, redirect_uri: str) -> str:
        """Google's consent page, asking for what `access` needs."""
        return self._oauth.authorization_url(
            scope=scopes.requested(access), state=state, verifier=verifier, redirect_uri=redirect_uri
        )

    def exchange(self, *, code: str, verifier: str, redirect_uri: str) -> Credential:
        """The credential for the code that the browser brought back; a code works once, with its own verifier.

        Raises:
            CredentialRefused: it did not.
            ProviderError: Google could not be asked.
        """
        return self._oauth.exchange(code=code, verifier=verifier, redirect_uri=redirect_uri)

    def missing_scopes(self, credential: Credential, access: Access) -> tuple[str, ...]:
        """Short names of the permissions that were left out, such as `calendar.events`; a person may untick each."""
        return scopes.missing(credential.scopes, access)

    def identity(self, credential: Credential) -> RemoteIdentity:
        """The id of the account's primary calendar, which is its address.

        Raises:
            ProviderError: Google could not be asked, or this may not be seen.
        """
        request = self._service.calendar_list.get(calendarId="primary", fields="id")
        address = self._service.execute(request, credential.access_token).get("id")
        if not isinstance(address, str) or not address:
            raise unreadable()
        return RemoteIdentity(address)

    def revoke(self, credential: Credential) -> None:
        """End the whole grant, in every workspace that uses it; a grant that is gone already is a success.

        Raises:
            ProviderError: Google could not be asked.
        """
        self._oauth.revoke(credential)
