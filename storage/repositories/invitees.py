"""Addresses that wait for a host's word."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, or_, select, update

from bot.domain.contacts import NewContact
from bot.domain.errors import NotFound
from bot.domain.invitee_questions import WAIT, InviteeAnswer, InviteeBatch, InviteeQuestion, question_id
from bot.domain.people import Actor
from storage.repositories.team_addresses import TeamAddresses, portions_of
from storage.repositories.upserts import insert
from storage.tables import COLLEAGUES, INVITEE_QUESTIONS
from storage.text import storable

_QUESTION = INVITEE_QUESTIONS.c
_UNASKED = and_(_QUESTION.batch.is_(None), _QUESTION.answer.is_(None))


class SqlInvitees(TeamAddresses):
    """Implements `ports.Invitees`: what is asked here, who is asked about in the parent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(
        self,
        workspace_id: UUID,
        host_id: UUID,
        unknown: Sequence[NewContact],
        now: datetime,
        *,
        met_at: datetime | None = None,
    ) -> None:
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
                "met_at": met_at,
            }
            for new in sorted(unknown, key=lambda new: new.email)
        ]
        if rows:
            asking = insert(self._connection.dialect.name, INVITEE_QUESTIONS)
            later = asking.excluded.met_at
            asking = asking.on_conflict_do_update(
                index_elements=["id"],
                set_={"met_at": later},
                where=or_(and_(_QUESTION.met_at.is_(None), later.is_not(None)), _QUESTION.met_at < later),
            )
            self._connection.execute(asking, rows)

    def reopen(self, workspace_id: UUID, emails: Collection[str]) -> None:
        """What their becoming contacts answered is open again, and forgotten where nobody had been asked yet."""
        for some in portions_of(emails):
            settled = and_(
                _QUESTION.workspace_id == workspace_id,
                _QUESTION.email.in_(some),
                _QUESTION.answer == InviteeAnswer.ADDED,
            )
            self._connection.execute(delete(INVITEE_QUESTIONS).where(settled, _QUESTION.batch.is_(None)))
            self._connection.execute(update(INVITEE_QUESTIONS).where(settled).values(answer=None, told=""))

    def has_unasked(self, now: datetime) -> bool:
        """Whether it is worth the while to claim."""
        return self._connection.execute(_due(now)).first() is not None

    def claim_batch(self, now: datetime) -> InviteeBatch | None:
        """All that one host was not asked yet, once the first of it has waited; to exactly one caller."""
        row = self._connection.execute(_due(now)).first()
        return None if row is None else self._claim(row.workspace_id, row.host_id)

    def release_batch(self, batch: InviteeBatch, due_at: datetime, *, first_asked: datetime) -> None:
        """It could not be asked after all: whoever claims from then on may try; see the port."""
        self._connection.execute(
            update(INVITEE_QUESTIONS)
            .where(
                _QUESTION.host_id == batch.host_id,
                _QUESTION.batch == batch.number,
                _QUESTION.asked_at > first_asked,
            )
            .values(batch=None, not_before=due_at)
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
        for some in portions_of(emails):
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
            for some in portions_of(emails):
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


def _due(now: datetime) -> Select[tuple[UUID, UUID]]:
    """The host who waits longest to be asked, and whom Slack did not refuse just now."""
    first = func.min(_QUESTION.asked_at)
    pause = func.max(_QUESTION.not_before)
    return (
        select(_QUESTION.workspace_id, _QUESTION.host_id)
        .where(_UNASKED)
        .group_by(_QUESTION.workspace_id, _QUESTION.host_id)
        .having(first <= now - WAIT, or_(pause.is_(None), pause <= now))
        .order_by(first, _QUESTION.host_id)
        .limit(1)
    )


def _asked(actor: Actor) -> ColumnElement[bool]:
    return (_QUESTION.workspace_id == actor.workspace_id) & (_QUESTION.host_id == actor.member_id)


def _question(row: Row[Any]) -> InviteeQuestion:
    return InviteeQuestion(
        id=row.id,
        workspace_id=row.workspace_id,
        host_id=row.host_id,
        email=row.email,
        name=row.name,
        batch=row.batch,
        answer=row.answer,
        told=row.told,
        met_at=row.met_at,
    )
