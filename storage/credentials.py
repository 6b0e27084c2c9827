"""The token vault as the clients see it: credentials sealed in their accounts' rows."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, select, update

from bot.domain.accounts import Credential, RefreshClaim
from bot.domain.errors import NotFound
from storage.sealing import open_credential, seal_credential
from storage.store import SqlStore
from storage.tables import ACCOUNTS

# Built once, because it is asked for before every request to a provider.
_SEALED = select(ACCOUNTS.c.sealed_credential).where(ACCOUNTS.c.id == bindparam("account"))
_LOCKED: Select[Any] = (
    select(ACCOUNTS.c.sealed_credential, ACCOUNTS.c.refresh_fence, ACCOUNTS.c.refresh_lease_until)
    .where(ACCOUNTS.c.id == bindparam("account"))
    .with_for_update()
)


class SealedCredentials:
    """Implements `ports.Credentials` and `ports.OneTimeCredentials`.

    Every call is a short transaction of its own on `store`.
    """

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def load(self, account_id: UUID) -> Credential:
        """What is stored now; raises `NotFound`, or `SecretUnreadable` where it does not open."""
        with self._store.connected("reading") as connection:
            sealed = connection.scalar(_SEALED, {"account": account_id})
            if sealed is None:
                raise NotFound
            return open_credential(self._store.vault, account_id, sealed)

    def replace(self, account_id: UUID, old: Credential, new: Credential) -> Credential:
        """Store `new` unless another process replaced `old` before; returns what is stored now.

        The row is locked from the comparison on, so of those who renewed the same `old` one is believed.
        """
        with self._store.connected("writing") as connection:
            stored = self._opened(account_id, _locked(connection, account_id))
            if stored != old:
                return stored
            self._write(connection, account_id, sealed_credential=self._sealed(account_id, new))
            return new

    def claim_refresh(self, account_id: UUID, *, now: datetime, lease: timedelta) -> RefreshClaim | None:
        """The right to use the refresh token up, or None while somebody else has it."""
        with self._store.connected("writing") as connection:
            row = _locked(connection, account_id)
            if row.refresh_lease_until is not None and row.refresh_lease_until > now:
                return None
            claim = RefreshClaim(account_id, row.refresh_fence + 1, self._opened(account_id, row))
            self._write(connection, account_id, refresh_fence=claim.fence, refresh_lease_until=now + lease)
            return claim

    def finish_refresh(self, claim: RefreshClaim, new: Credential) -> Credential:
        """Store what the refresh gave and free the claim; returns what is stored now."""
        return self._end(claim, new)

    def give_up_refresh(self, claim: RefreshClaim) -> Credential:
        """Keep the credential without its dead refresh token and free the claim; returns what is stored now."""
        return self._end(claim, _without_refresh(claim.credential))

    def release_refresh(self, claim: RefreshClaim) -> None:
        """Free the claim; nothing was used up, as far as one knows."""
        held = (ACCOUNTS.c.id == claim.account_id) & (ACCOUNTS.c.refresh_fence == claim.fence)
        with self._store.connected("writing") as connection:
            connection.execute(update(ACCOUNTS).where(held).values(refresh_lease_until=None))
            connection.commit()

    def _end(self, claim: RefreshClaim, new: Credential) -> Credential:
        with self._store.connected("writing") as connection:
            row = _locked(connection, claim.account_id)
            stored = self._opened(claim.account_id, row)
            values: dict[str, object] = {}
            # Who came after the lease had run out may have found the token dead: it was used up here.
            if stored in (claim.credential, _without_refresh(claim.credential)):
                values["sealed_credential"] = self._sealed(claim.account_id, new)
                stored = new
            if row.refresh_fence == claim.fence:
                values["refresh_lease_until"] = None
            if values:
                self._write(connection, claim.account_id, **values)
            return stored

    def _opened(self, account_id: UUID, row: Row[Any]) -> Credential:
        return open_credential(self._store.vault, account_id, row.sealed_credential)

    def _sealed(self, account_id: UUID, credential: Credential) -> bytes:
        return seal_credential(self._store.vault, account_id, credential)

    def _write(self, connection: Connection, account_id: UUID, **values: object) -> None:
        connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account_id).values(**values))
        connection.commit()


def _locked(connection: Connection, account_id: UUID) -> Row[Any]:
    row = connection.execute(_LOCKED, {"account": account_id}).one_or_none()
    if row is None:
        raise NotFound
    return row


def _without_refresh(credential: Credential) -> Credential:
    return replace(credential, refresh_token="")
