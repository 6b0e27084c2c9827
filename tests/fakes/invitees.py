"""An in-memory repository of invitees' addresses, with the semantics of `bot.ports`."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.contacts import NewContact
from bot.domain.errors import NotFound
from bot.domain.invitee_questions import WAIT, InviteeAnswer, InviteeBatch, InviteeQuestion, question_id
from bot.domain.mail_domains import domain_of
from bot.domain.people import Actor
from tests.fakes.tables import QuestionRow, Tables, aware

_KEPT = timedelta(days=2)


class FakeInvitees:
    """Implements `ports.Invitees`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def blocked(self, workspace_id: UUID) -> frozenset[str]:
        return frozenset(pattern for whose, pattern in self._tables.blocked_addresses if whose == workspace_id)

    def block(self, actor: Actor, pattern: str, now: datetime) -> None:
        aware(now)
        self._tables.blocked_addresses.add((actor.workspace_id, pattern))

    def unblock(self, actor: Actor, pattern: str) -> None:
        self._tables.blocked_addresses.discard((actor.workspace_id, pattern))
        for key in [row.question.id for row in self._left_out(actor.workspace_id, pattern)]:
            del self._tables.invitee_questions[key]

    def left_out(self, workspace_id: UUID, pattern: str) -> Sequence[str]:
        return sorted({row.question.email for row in self._left_out(workspace_id, pattern)})

    def _left_out(self, workspace_id: UUID, pattern: str) -> list[QuestionRow]:
        return [
            row
            for row in self._rows()
            if row.question.workspace_id == workspace_id and row.question.answer is InviteeAnswer.NEVER
            if pattern in (row.question.email, f"@{row.question.domain}")
        ]

    def domains(self, workspace_id: UUID) -> frozenset[str]:
        return frozenset(domain for whose, domain in self._tables.own_domains if whose == workspace_id)

    def set_domains(self, actor: Actor, domains: Collection[str], now: datetime) -> None:
        aware(now)
        others = {key for key in self._tables.own_domains if key[0] != actor.workspace_id}
        self._tables.own_domains = others | {(actor.workspace_id, domain) for domain in domains}

    def colleagues(self, workspace_id: UUID, emails: Collection[str], since: datetime) -> Mapping[str, bool]:
        looked_up = self._tables.colleagues.items()
        return {
            email: is_colleague
            for (whose, email), (is_colleague, at) in looked_up
            if whose == workspace_id and email in emails and at >= since
        }

    def remember_colleagues(self, workspace_id: UUID, found: Mapping[str, bool], now: datetime) -> None:
        aware(now)
        self._tables.colleagues = {
            key: row for key, row in self._tables.colleagues.items() if key[0] != workspace_id or row[1] >= now - _KEPT
        }
        self._tables.colleagues |= {(workspace_id, email): (is_one, now) for email, is_one in found.items()}

    def ask(
        self,
        workspace_id: UUID,
        host_id: UUID,
        unknown: Sequence[NewContact],
        now: datetime,
        *,
        met_at: datetime | None = None,
    ) -> None:
        for new in unknown:
            key = question_id(workspace_id, host_id, new.email)
            question = InviteeQuestion(key, workspace_id, host_id, new.email, new.name)
            row = self._tables.invitee_questions.get(key, QuestionRow(question, aware(now)))
            latest = max(filter(None, (row.question.met_at, met_at)), default=None)
            self._tables.invitee_questions[key] = replace(row, question=replace(row.question, met_at=latest))

    def reopen(self, workspace_id: UUID, emails: Collection[str]) -> None:
        def is_settled(one: InviteeQuestion) -> bool:
            is_meant = one.workspace_id == workspace_id and one.email in emails
            return is_meant and one.answer is InviteeAnswer.ADDED

        for row in list(self._rows()):
            if is_settled(row.question) and row.question.batch is None:
                del self._tables.invitee_questions[row.question.id]
        self._write(is_settled, answer=None, told="")

    def has_unasked(self, now: datetime) -> bool:
        return bool(self._due(now))

    def claim_batch(self, now: datetime) -> InviteeBatch | None:
        due = self._due(now)
        return self._claim(*due[0]) if due else None

    def release_batch(self, batch: InviteeBatch, due_at: datetime, *, first_asked: datetime) -> None:
        for row in list(self._rows()):
            is_its = (row.question.host_id, row.question.batch) == (batch.host_id, batch.number)
            if is_its and row.asked_at > first_asked:
                released = replace(row, question=replace(row.question, batch=None), not_before=aware(due_at))
                self._tables.invitee_questions[row.question.id] = released

    def question(self, actor: Actor, question_id: UUID) -> InviteeQuestion:
        row = self._tables.invitee_questions.get(question_id)
        if row is None or not _is_asked(actor, row.question):
            raise NotFound
        return row.question

    def batch(self, actor: Actor, number: int) -> InviteeBatch:
        batch = self._batch(actor.workspace_id, actor.member_id, number)
        if not batch.questions:
            raise NotFound
        return batch

    def waiting(self, actor: Actor) -> InviteeBatch | None:
        numbers = [
            row.question.batch
            for row in self._rows()
            if _is_asked(actor, row.question) and row.question.answer is None and row.question.batch is not None
        ]
        return self.batch(actor, min(numbers)) if numbers else None

    def open_at(self, workspace_id: UUID, domains: Collection[str]) -> Sequence[str]:
        asked = (row.question for row in self._rows())
        return sorted(
            {
                one.email
                for one in asked
                if one.workspace_id == workspace_id and one.answer is None and domain_of(one.email) in domains
            }
        )

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
        def is_meant(one: InviteeQuestion) -> bool:
            is_open = one.workspace_id == workspace_id and one.email in emails and one.answer is None
            return is_open and host_id in (None, one.host_id) and batch in (None, one.batch)

        out_of_it: dict[str, object] = {} if batch is None else {"batch": None}
        self._write(is_meant, answer=answer, told=told, **out_of_it)

    def forget(self, workspace_id: UUID, emails: Collection[str]) -> None:
        for row in list(self._rows()):
            if row.question.workspace_id == workspace_id and row.question.email in emails:
                del self._tables.invitee_questions[row.question.id]
        for email in emails:
            self._tables.colleagues.pop((workspace_id, email), None)

    def _due(self, now: datetime) -> list[tuple[UUID, UUID]]:
        """Who is to be asked, the one who waits longest first."""
        unasked = dict[tuple[UUID, UUID], list[QuestionRow]]()
        for row in self._rows():
            if _is_unasked(row.question):
                unasked.setdefault((row.question.workspace_id, row.question.host_id), []).append(row)
        waiting = {host: min(row.asked_at for row in rows) for host, rows in unasked.items()}
        paused = {
            host for host, rows in unasked.items() if any(row.not_before and row.not_before > now for row in rows)
        }
        due = [host for host, since in waiting.items() if since <= now - WAIT and host not in paused]
        return sorted(due, key=lambda host: (waiting[host], host[1]))

    def _claim(self, workspace_id: UUID, host_id: UUID) -> InviteeBatch:
        numbers = [row.question.batch or 0 for row in self._rows() if row.question.host_id == host_id]
        number = max(numbers) + 1
        self._write(lambda one: one.host_id == host_id and _is_unasked(one), batch=number)
        return self._batch(workspace_id, host_id, number)

    def _batch(self, workspace_id: UUID, host_id: UUID, number: int) -> InviteeBatch:
        asked = sorted(self._rows(), key=lambda row: (row.asked_at, row.question.email))
        key = (workspace_id, host_id, number)
        questions = (row.question for row in asked)
        there = tuple(one for one in questions if (one.workspace_id, one.host_id, one.batch) == key)
        return InviteeBatch(*key, there)

    def _write(self, which: Callable[[InviteeQuestion], bool], **values: object) -> None:
        for row in list(self._rows()):
            if which(row.question):
                changed = replace(row.question, **values)  # type: ignore[arg-type]  # by name
                self._tables.invitee_questions[changed.id] = replace(row, question=changed)

    def _rows(self) -> Iterator[QuestionRow]:
        yield from self._tables.invitee_questions.values()


def _is_unasked(question: InviteeQuestion) -> bool:
    return question.batch is None and question.answer is None


def _is_asked(actor: Actor, question: InviteeQuestion) -> bool:
    return (question.workspace_id, question.host_id) == (actor.workspace_id, actor.member_id)
