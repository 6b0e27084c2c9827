"""What is known of addresses: which never become contacts, which are the team's own, and what Slack said of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, select

from bot.domain.invitee_questions import InviteeAnswer
from bot.domain.people import Actor
from storage.repositories.upserts import insert, upsert
from storage.tables import BLOCKED_ADDRESSES, COLLEAGUES, INVITEE_QUESTIONS, OWN_DOMAINS

KEPT = timedelta(days=2)
"""How long it is remembered what Slack said of an address; nobody relies on it for longer than a day."""

_AT_ONCE = 500
_QUESTION = INVITEE_QUESTIONS.c


class TeamAddresses:
    """The part of `ports.Invitees` that says who is asked about at all."""

    _connection: Connection

    def blocked(self, workspace_id: UUID) -> frozenset[str]:
        """Addresses, and domains with an "@" in front, that never become contacts."""
        return self._all(BLOCKED_ADDRESSES, "pattern", workspace_id)

    def block(self, actor: Actor, pattern: str, now: datetime) -> None:
        """Let an address, or a domain with an "@" in front, never become a contact again."""
        self._connection.execute(
            insert(self._connection.dialect.name, BLOCKED_ADDRESSES)
            .values(workspace_id=actor.workspace_id, pattern=pattern, blocked_at=now)
            .on_conflict_do_nothing()
        )

    def unblock(self, actor: Actor, pattern: str) -> None:
        """Take that back; whoever was left out by it may be asked about again."""
        of_pattern = BLOCKED_ADDRESSES.c.pattern == pattern
        self._connection.execute(
            delete(BLOCKED_ADDRESSES).where(BLOCKED_ADDRESSES.c.workspace_id == actor.workspace_id, of_pattern)
        )
        self._connection.execute(delete(INVITEE_QUESTIONS).where(_left_out(actor.workspace_id, pattern)))

    def left_out(self, workspace_id: UUID, pattern: str) -> Sequence[str]:
        """The addresses about which somebody was asked and that were left out by that."""
        found = select(_QUESTION.email).where(_left_out(workspace_id, pattern))
        return sorted(set(self._connection.execute(found).scalars()))

    def domains(self, workspace_id: UUID) -> frozenset[str]:
        """Domains that an admin named as the team's own."""
        return self._all(OWN_DOMAINS, "domain", workspace_id)

    def set_domains(self, actor: Actor, domains: Collection[str], now: datetime) -> None:
        """Have these be the team's own, and no others."""
        others = OWN_DOMAINS.c.domain.not_in(list(domains))
        self._connection.execute(delete(OWN_DOMAINS).where(OWN_DOMAINS.c.workspace_id == actor.workspace_id, others))
        rows = [{"workspace_id": actor.workspace_id, "domain": domain, "named_at": now} for domain in domains]
        if rows:
            adding = insert(self._connection.dialect.name, OWN_DOMAINS).on_conflict_do_nothing()
            self._connection.execute(adding, rows)

    def colleagues(self, workspace_id: UUID, emails: Collection[str], since: datetime) -> Mapping[str, bool]:
        """Whether addresses are those of full members, of those that were looked up since then."""
        found: dict[str, bool] = {}
        for some in portions_of(emails):
            rows = self._connection.execute(
                select(COLLEAGUES.c.email, COLLEAGUES.c.is_colleague).where(
                    COLLEAGUES.c.workspace_id == workspace_id,
                    COLLEAGUES.c.email.in_(some),
                    COLLEAGUES.c.checked_at >= since,
                )
            )
            found |= {row.email: row.is_colleague for row in rows}
        return found

    def remember_colleagues(self, workspace_id: UUID, found: Mapping[str, bool], now: datetime) -> None:
        """Keep what Slack said about addresses, and drop what is too old to be relied on."""
        self._connection.execute(
            delete(COLLEAGUES).where(COLLEAGUES.c.workspace_id == workspace_id, COLLEAGUES.c.checked_at < now - KEPT)
        )
        keeping = upsert(
            self._connection.dialect.name,
            COLLEAGUES,
            by=["workspace_id", "email"],
            updating=["is_colleague", "checked_at"],
        )
        rows = [
            {"workspace_id": workspace_id, "email": email, "is_colleague": found[email], "checked_at": now}
            for email in sorted(found)
        ]
        if rows:
            self._connection.execute(keeping, rows)

    def _all(self, table: Table, column: str, workspace_id: UUID) -> frozenset[str]:
        found = select(table.c[column]).where(table.c.workspace_id == workspace_id)
        return frozenset(self._connection.execute(found).scalars())


def _left_out(workspace_id: UUID, pattern: str) -> ColumnElement[bool]:
    is_meant = (
        _QUESTION.email.endswith(pattern, autoescape=True) if pattern.startswith("@") else _QUESTION.email == pattern
    )
    return and_(_QUESTION.workspace_id == workspace_id, _QUESTION.answer == InviteeAnswer.NEVER, is_meant)


def portions_of(emails: Collection[str]) -> list[list[str]]:
    """As many at once as a statement of either database takes; in one order, so that nobody waits for his waiter."""
    asked = sorted(set(emails))
    return [asked[first : first + _AT_ONCE] for first in range(0, len(asked), _AT_ONCE)]
