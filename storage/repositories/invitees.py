"""Addresses that wait for a host's word, those that never become contacts, and those that are the team's own."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, func, or_, select, update

from bot.domain.contacts import NewContact
from bot.domain.errors import NotFound
from bot.domain.invitee_questions import InviteeAnswer, InviteeBatch, InviteeQuestion, question_id
from bot.domain.people import Actor
from storage.repositories.upserts import insert, upsert
from storage.tables import BLOCKED_ADDRESSES, COLLEAGUES, INVITEE_QUESTIONS, OWN_DOMAINS
from storage.text import storable

KEPT = timedelta(days=2)
"""How long it is remembered what Slack said of an address; nobody relies on it for longer than a day."""

_AT_ONCE = 500
_QUESTION = INVITEE_QUESTIONS.c
_UNASKED = and_(_QUESTION.batch.is_(None), _QUESTION.answer.is_(None))


class SqlInvitees:
    """Implements `ports.Invitees`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
        for some in _portions(emails):
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

    def ask(self, workspace_id: UUID, host_id: UUID, unknown: Sequence[NewContact], now: datetime) -> None:
        """Have the host asked about them; whoever is asked about already, or was decided on, stays as he is."""
        rows = [
            {
                "id": question_id(workspace_id, host_id, new.email),
                "workspace_id": workspace_id,
                "host_id": host_id,
                "email": new.email,
                "name": storable(new.name),
                "asked_at": now,
                "batch": None,
                "answer": None,
                "told": "",
            }
            for new in sorted(unknown, key=lambda new: new.email)
        ]
        if rows:
            asking = insert(self._connection.dialect.name, INVITEE_QUESTIONS).on_conflict_do_nothing()
            self._connection.execute(asking, rows)

    def claim_batches(self, before: datetime, *, limit: int) -> Sequence[InviteeBatch]:
        """Of hosts whose first question came before then: all that was not asked yet, each batch to one caller."""
        due = self._connection.execute(
            select(_QUESTION.workspace_id, _QUESTION.host_id)
            .where(_UNASKED)
            .group_by(_QUESTION.workspace_id, _QUESTION.host_id)
            .having(func.min(_QUESTION.asked_at) <= before)
            .order_by(func.min(_QUESTION.asked_at), _QUESTION.host_id)
            .limit(limit)
        ).all()
        claimed = [self._claim(row.workspace_id, row.host_id) for row in due]
        return [batch for batch in claimed if batch is not None]

    def release_batch(self, batch: InviteeBatch) -> None:
        """It could not be asked after all: whoever claims next may try."""
        self._connection.execute(
            update(INVITEE_QUESTIONS)
            .where(_QUESTION.host_id == batch.host_id, _QUESTION.batch == batch.number)
            .values(batch=None)
        )

    def question(self, actor: Actor, question_id: UUID) -> InviteeQuestion:
        """One that the actor himself is asked; raises `NotFound`."""
        found = select(INVITEE_QUESTIONS).where(_asked(actor), _QUESTION.id == question_id)
        row = self._connection.execute(found).one_or_none()
        if row is None:
            raise NotFound
        return _question(row)

    def batch(self, actor: Actor, number: int) -> InviteeBatch:
        """One that the actor himself is asked; raises `NotFound`."""
        batch = self._batch(actor.workspace_id, actor.member_id, number)
        if batch is None:
            raise NotFound
        return batch

    def waiting(self, actor: Actor) -> InviteeBatch | None:
        """The actor's first batch with something in it that he did not answer."""
        first = select(func.min(_QUESTION.batch)).where(_asked(actor), _QUESTION.answer.is_(None))
        number = self._connection.execute(first).scalar_one()
        return None if number is None else self._batch(actor.workspace_id, actor.member_id, number)

    def open_at(self, workspace_id: UUID, domains: Collection[str]) -> Sequence[str]:
        """Addresses at these domains about which somebody is asked still."""
        if not domains:
            return ()
        at = or_(*(_QUESTION.email.endswith(f"@{domain}", autoescape=True) for domain in domains))
        found = select(_QUESTION.email).where(_QUESTION.workspace_id == workspace_id, _QUESTION.answer.is_(None), at)
        return sorted(set(self._connection.execute(found).scalars()))

    def settle(
        self,
        workspace_id: UUID,
        emails: Collection[str],
        answer: InviteeAnswer,
        *,
        told: str = "",
        host_id: UUID | None = None,
        batch: int | None = None,
    ) -> None:
        """Answer what is open about these addresses, for all hosts or for one; see the port."""
        of_host = [] if host_id is None else [_QUESTION.host_id == host_id]
        out_of_it = {} if batch is None else {"batch": None}
        of_host += [] if batch is None else [_QUESTION.batch == batch]
        for some in _portions(emails):
            self._connection.execute(
                update(INVITEE_QUESTIONS)
                .where(
                    _QUESTION.workspace_id == workspace_id,
                    _QUESTION.email.in_(some),
                    _QUESTION.answer.is_(None),
                    *of_host,
                )
                .values(answer=answer, told=storable(told), **out_of_it)
            )

    def forget(self, workspace_id: UUID, emails: Collection[str]) -> None:
        """Erase what was asked about these addresses, and what Slack said about them; not what is blocked."""
        for table in (INVITEE_QUESTIONS, COLLEAGUES):
            for some in _portions(emails):
                self._connection.execute(
                    delete(table).where(table.c.workspace_id == workspace_id, table.c.email.in_(some))
                )

    def _claim(self, workspace_id: UUID, host_id: UUID) -> InviteeBatch | None:
        last = select(func.max(_QUESTION.batch)).where(
            _QUESTION.workspace_id == workspace_id, _QUESTION.host_id == host_id
        )
        number = (self._connection.execute(last).scalar_one() or 0) + 1
        claimed = self._connection.execute(
            update(INVITEE_QUESTIONS)
            .where(_QUESTION.workspace_id == workspace_id, _QUESTION.host_id == host_id, _UNASKED)
            .values(batch=number)
        )
        return self._batch(workspace_id, host_id, number) if claimed.rowcount else None

    def _batch(self, workspace_id: UUID, host_id: UUID, number: int) -> InviteeBatch | None:
        rows = self._connection.execute(
            select(INVITEE_QUESTIONS)
            .where(_QUESTION.workspace_id == workspace_id, _QUESTION.host_id == host_id, _QUESTION.batch == number)
            .order_by(_QUESTION.asked_at, _QUESTION.email)
        ).all()
        return InviteeBatch(workspace_id, host_id, number, tuple(map(_question, rows))) if rows else None

    def _all(self, table: Table, column: str, workspace_id: UUID) -> frozenset[str]:
        found = select(table.c[column]).where(table.c.workspace_id == workspace_id)
        return frozenset(self._connection.execute(found).scalars())


def _left_out(workspace_id: UUID, pattern: str) -> ColumnElement[bool]:
    is_meant = (
        _QUESTION.email.endswith(pattern, autoescape=True) if pattern.startswith("@") else _QUESTION.email == pattern
    )
    return and_(_QUESTION.workspace_id == workspace_id, _QUESTION.answer == InviteeAnswer.NEVER, is_meant)


def _asked(actor: Actor) -> ColumnElement[bool]:
    return (_QUESTION.workspace_id == actor.workspace_id) & (_QUESTION.host_id == actor.member_id)


def _question(row: Row[Any]) -> InviteeQuestion:
    return InviteeQuestion(row.id, row.workspace_id, row.host_id, row.email, row.name, row.batch, row.answer, row.told)


def _portions(emails: Collection[str]) -> list[list[str]]:
    """As many at once as a statement of either database takes; in one order, so that nobody waits for his waiter."""
    asked = sorted(set(emails))
    return [asked[first : first + _AT_ONCE] for first in range(0, len(asked), _AT_ONCE)]
