"""End a connection: give the permission back at the provider, then erase what was stored."""

from collections.abc import Callable, Mapping

from bot.domain.accounts import Account, Credential, Provider
from bot.domain.connections import Ended, Revocation
from bot.domain.errors import NotFound, ProviderError, SecretUnreadable
from bot.ports import ConsentGateway, Credentials, Store, UnitOfWork

Before = Callable[[UnitOfWork, Revocation], None]


def _nothing_before(_work: UnitOfWork, _revocation: Revocation) -> None:
    """Nobody has to be told."""


class EndGrant:
    """Revoke where nobody else needs the grant, and erase the account with all that was read through it.

    The provider comes first: if we die in between, the account is still there to be ended again, and ending
    a grant twice is a success. The other way round a live token would be lost, but not dead.
    """

    def __init__(
        self,
        store: Store,
        credentials: Credentials,
        consent: Mapping[Provider, ConsentGateway],
        *before_it_ends: Callable[[Account], None],
    ) -> None:
        """Take what it works with; `before_it_ends` is done while the permission is still there, and never fails."""
        self._store = store
        self._credentials = credentials
        self._consent = consent
        self._before_it_ends = before_it_ends

    def __call__(self, account: Account, before: Before = _nothing_before) -> Ended:
        """Never raises for the provider's sake: what could not be revoked is said.

        `before` is done in the transaction that erases the account, while it is still there, and is told what became
        of the permission; what it raises keeps the account.
        """
        with self._store.reading() as work:
            shared = work.accounts.is_grant_shared(account)
        credential = self._credential(account)
        for do in self._before_it_ends:
            do(account)
        revocation = Revocation.NEEDED_ELSEWHERE if shared else self._revoke(account, credential)
        with self._store.writing() as work:
            before(work, revocation)
            erased = work.accounts.erase(account.id)
            last = not work.accounts.is_grant_shared(account)
            work.commit()
        if shared and erased and last:  # the others left at the same moment, and took us for the one who stays
            revocation = self._revoke(account, credential)
        return Ended(account, revocation)

    def _credential(self, account: Account) -> Credential | None:
        try:
            return self._credentials.load(account.id)
        except (SecretUnreadable, NotFound):
            return None

    def _revoke(self, account: Account, credential: Credential | None) -> Revocation:
        provider = self._consent.get(account.provider)
        if provider is None or credential is None:  # neither may keep anybody from leaving
            return Revocation.FAILED
        try:
            provider.revoke(credential)
        except ProviderError:
            return Revocation.FAILED
        return Revocation.DONE
