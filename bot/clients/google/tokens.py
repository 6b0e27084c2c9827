"""Access tokens that are good right now, whoever has to refresh them."""

from datetime import timedelta
from uuid import UUID

from bot.clients.google.oauth import GoogleOAuth
from bot.domain.errors import CredentialRefused
from bot.ports import Clock, Credentials

# A token that dies on its way to Google costs more than one that is given up a minute early.
_MARGIN = timedelta(seconds=60)


class GoogleTokens:
    """Hands out an account's access token, refreshed when it has to be and stored before it is used.

    Two that refresh at once do no harm: Google leaves the refresh token as it is, and of two new access tokens
    the first to be stored is handed to both.
    """

    def __init__(self, credentials: Credentials, oauth: GoogleOAuth, clock: Clock) -> None:
        """Take where credentials are kept and where they are refreshed."""
        self._credentials = credentials
        self._oauth = oauth
        self._clock = clock

    def access_token(self, account_id: UUID, *, refused: str | None = None) -> str:
        """An access token that lives for another minute at least.

        Args:
            account_id: whose.
            refused: a token that Google has just refused; another one is handed out, however long it had to live.

        Raises:
            CredentialRefused: the grant is gone; only the account's owner can mend that.
            ProviderError: Google could not be asked.
            NotFound: there is no such account any more.
            SecretUnreadable: its stored credential does not open.
        """
        credential = self._credentials.load(account_id)
        if credential.access_token != refused and credential.expires_at > self._clock.now() + _MARGIN:
            return credential.access_token
        try:
            fresh = self._oauth.refresh(credential)
        except CredentialRefused:
            # Its owner may have connected the account anew while Google was asked about the old grant.
            stored = self._credentials.load(account_id)
            if stored == credential:
                raise
            return stored.access_token
        return self._credentials.replace(account_id, credential, fresh).access_token
