"""Addresses that were forgotten, kept as digests by which they are recognised and not read."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, select

from bot.domain.contacts import BadAddress, normalised_email
from storage.repositories.upserts import insert
from storage.tables import FORGOTTEN_ADDRESSES
from storage.vault import Vault


class Forgotten:
    """Of every workspace its own: the same address has another digest in each."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, workspace_id: UUID, emails: Iterable[str], now: datetime) -> None:
        """Keep them from coming back by themselves."""
        adding = insert(self._connection.dialect.name, FORGOTTEN_ADDRESSES).on_conflict_do_nothing()
        rows = [
            {"workspace_id": workspace_id, "digest": self._digests(workspace_id, email)[0], "forgotten_at": now}
            for email in sorted(set(emails))
        ]
        if rows:
            self._connection.execute(adding, rows)

    def remove(self, workspace_id: UUID, email: str) -> None:
        """It may come back."""
        digests = self._digests(workspace_id, email)
        self._connection.execute(
            delete(FORGOTTEN_ADDRESSES).where(
                FORGOTTEN_ADDRESSES.c.workspace_id == workspace_id, FORGOTTEN_ADDRESSES.c.digest.in_(digests)
            )
        )

    def among(self, workspace_id: UUID, emails: Collection[str]) -> frozenset[str]:
        """Those of normalised addresses that were forgotten."""
        is_forgotten = self.test(workspace_id)
        return frozenset(filter(is_forgotten, emails)) if is_forgotten is not None else frozenset()

    def test(self, workspace_id: UUID) -> Callable[[str], bool] | None:
        """Tells of any address, however it is written, whether it was forgotten; None where none was."""
        digests = frozenset(
            self._connection.execute(
                select(FORGOTTEN_ADDRESSES.c.digest).where(FORGOTTEN_ADDRESSES.c.workspace_id == workspace_id)
            ).scalars()
        )
        known: dict[str, bool] = {}

        def is_forgotten(written: str) -> bool:
            if written not in known:
                try:
                    email = normalised_email(written)
                except BadAddress:
                    email = ""
                known[written] = bool(email) and not digests.isdisjoint(self._digests(workspace_id, email))
            return known[written]

        return is_forgotten if digests else None

    def _digests(self, workspace_id: UUID, email: str) -> tuple[str, ...]:
        return self._vault.digests(email, purpose=f"forgotten:{workspace_id}")
