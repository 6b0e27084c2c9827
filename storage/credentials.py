"""The token vault as the clients see it: credentials sealed in their accounts' rows."""

from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update

from bot.domain.accounts import Credential
from bot.domain.errors import NotFound
from storage.sealing import open_credential, seal_credential
from storage.store import SqlStore
from storage.tables import ACCOUNTS

# Built once, because it is asked for before every request to a provider.
_SEALED = select(ACCOUNTS.c.sealed_credential).where(ACCOUNTS.c.id == bindparam("account"))


class SealedCredentials:
    """Implements `ports.Credentials`; every call is a short transaction of its own on `store`."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def load(self, account_id: UUID) -> Credential:
        """What is stored now; raises `NotFound`, or `SecretUnreadable` where it does not open."""
        with self._store.connected("reading") as connection:
            return self._stored(connection, account_id)

    def replace(self, account_id: UUID, old: Credential, new: Credential) -> Credential:
        """Store `new` unless another process replaced `old` before; returns what is stored now.

        The row is locked from the comparison on, so of those who renewed the same `old` one is believed.
        """
        with self._store.connected("writing") as connection:
            stored = self._stored(connection, account_id, for_update=True)
            if stored != old:
                return stored
            sealed = seal_credential(self._store.vault, account_id, new)
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account_id).values(sealed_credential=sealed))
            connection.commit()
            return new

    def _stored(self, connection: Connection, account_id: UUID, *, for_update: bool = False) -> Credential:
        sealed = connection.scalar(_SEALED.with_for_update() if for_update else _SEALED, {"account": account_id})
        if sealed is None:
            raise NotFound
        return open_credential(self._store.vault, account_id, sealed)
