"""One-time connect links, burnt by a single conditional update."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.domain.accounts import ConnectLink
from storage.tables import LINKS


class SqlConnectLinks:
    """Implements `ports.ConnectLinks`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, link: ConnectLink) -> None:
        """Store a new link."""
        self._connection.execute(
            insert(LINKS).values(
                id=link.id,
                workspace_id=link.workspace_id,
                member_id=link.member_id,
                provider=link.provider,
                access=link.access,
                token_digest=link.token_digest,
                expires_at=link.expires_at,
                used_at=link.used_at,
            )
        )

    def by_digest(self, token_digest: str) -> ConnectLink | None:
        """The link whose token has that digest, used and expired ones included."""
        found = self._connection.execute(select(LINKS).where(LINKS.c.token_digest == token_digest)).one_or_none()
        return _link(found) if found else None

    def use(self, link_id: UUID, now: datetime) -> bool:
        """Burn the link; True for exactly one caller, and never from its expiry on."""
        burnt = self._connection.execute(
            update(LINKS)
            .where(LINKS.c.id == link_id, LINKS.c.used_at.is_(None), LINKS.c.expires_at > now)
            .values(used_at=now)
        )
        return burnt.rowcount == 1

    def forget_expired(self, before: datetime) -> int:
        """Delete the links that expired before `before`; returns how many."""
        return self._connection.execute(delete(LINKS).where(LINKS.c.expires_at < before)).rowcount


def _link(row: Row[Any]) -> ConnectLink:
    return ConnectLink(
        id=row.id,
        workspace_id=row.workspace_id,
        member_id=row.member_id,
        provider=row.provider,
        access=row.access,
        token_digest=row.token_digest,
        expires_at=row.expires_at,
        used_at=row.used_at,
    )
