"""Access tokens that are good right now, renewed by one process at a time: a refresh token of Zoom's works once."""

import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from bot.clients.zoom.errors import refused as no_longer_accepted
from bot.clients.zoom.oauth import ZoomOAuth
from bot.domain.accounts import Credential, RefreshClaim
from bot.domain.errors import CredentialRefused, ProviderBusy
from bot.ports import Clock, OneTimeCredentials

# A token that dies on its way to Zoom costs more than one that is given up a minute early.
_MARGIN = timedelta(seconds=60)
REFRESH_LEASE = timedelta(seconds=60)
"""Several times as long as Zoom may take to answer: who holds it longer is dead."""

_PATIENCE_SECONDS = 10.0
_PAUSES = (0.05, 0.1, 0.2, 0.4)

ANSWERED = "zoom refresh: answered, not stored"
ASKING = "zoom refresh: claimed, not asked"
STORED = "zoom refresh: stored"
"""The names of the crash points."""


class ZoomTokens:
    """Hands out an account's access token, refreshed when it has to be and stored before it is used.

    A refresh token that Zoom refuses is thrown away at once, so that whoever comes next knows it without asking.
    """

    def __init__(
        self,
        credentials: OneTimeCredentials,
        oauth: ZoomOAuth,
        clock: Clock,
        *,
        crash_point: Callable[[str], None] = lambda _name: None,
        patience_seconds: float = _PATIENCE_SECONDS,
    ) -> None:
        """Take where credentials are kept and where they are refreshed.

        Args:
            credentials: the vault.
            oauth: where tokens are refreshed.
            clock: what time it is.
            crash_point: called with the name of each place where the process might end.
            patience_seconds: how long to wait for another process that is renewing the same credential.
        """
        self._credentials = credentials
        self._oauth = oauth
        self._clock = clock
        self._crash_point = crash_point
        self._patience_seconds = patience_seconds

    def access_token(self, account_id: UUID, *, refused: str | None = None) -> str:
        """An access token that lives for another minute at least.

        Args:
            account_id: whose.
            refused: a token that Zoom has just refused; another one is handed out, however long it had to live.

        Raises:
            CredentialRefused: the grant is gone; only the account's owner can mend that.
            ProviderBusy: another process is renewing it, and does not come to an end.
            ProviderError: Zoom could not be asked.
            NotFound: there is no such account any more.
            SecretUnreadable: its stored credential does not open.
        """
        until, tries = time.monotonic() + self._patience_seconds, 0
        while True:
            credential = self._credentials.load(account_id)
            if self._is_good(credential, refused):
                return credential.access_token
            if not credential.refresh_token:
                raise no_longer_accepted()
            claim = self._credentials.claim_refresh(account_id, now=self._clock.now(), lease=REFRESH_LEASE)
            if claim is not None:
                return self._renewed(claim, refused)
            if time.monotonic() >= until:
                raise ProviderBusy("Daybook is renewing its access to Zoom just now.", REFRESH_LEASE.total_seconds())
            time.sleep(_PAUSES[min(tries, len(_PAUSES) - 1)])
            tries += 1

    def _renewed(self, claim: RefreshClaim, refused: str | None) -> str:
        """What a refresh gives, unless another one was done between looking and claiming."""
        if self._is_good(claim.credential, refused):
            self._credentials.release_refresh(claim)
            return claim.credential.access_token
        self._crash_point(ASKING)
        try:
            fresh = self._refresh(claim.credential)
        except CredentialRefused:
            # Its owner may have connected the account anew while Zoom was asked about the old grant.
            stored = self._credentials.give_up_refresh(claim)
            if self._is_good(stored, refused):
                return stored.access_token
            raise
        except Exception:
            self._credentials.release_refresh(claim)
            raise
        self._crash_point(ANSWERED)
        stored = self._credentials.finish_refresh(claim, fresh)
        self._crash_point(STORED)
        return stored.access_token

    def _refresh(self, credential: Credential) -> Credential:
        if not credential.refresh_token:
            raise no_longer_accepted()
        return self._oauth.refresh(credential)

    def _is_good(self, credential: Credential, refused: str | None) -> bool:
        return credential.access_token != refused and credential.expires_at > self._clock.now() + _MARGIN
