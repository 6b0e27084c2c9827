"""The part of the in-memory repository of digests that asks members, with the semantics of `bot.ports`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bot.domain.cards import PostedCard
from bot.domain.digest_questions import QUESTION_LEASE, Ending, Question, QuestionNow
from bot.domain.digests import Level
from bot.ports import NewId
from tests.fakes.digest_rows import DigestQuestionRow, DigestShareRow
from tests.fakes.tables import Tables, aware


@dataclass
class FakeDigestQuestions:
    """Implements `ports.DigestQuestions`."""

    tables: Tables

    def claim_questions(self, now: datetime, new_id: NewId, *, limit: int) -> Sequence[QuestionNow]:
        due = [row for row in self.tables.digest_shares.values() if is_to_be_asked(row, now)]
        due.sort(key=lambda row: (row.ask_due_at, row.share.digest_id, row.position))
        claimed = []
        for row in due[:limit]:
            share, digest = row.share, self.tables.digests[row.share.digest_id].digest
            key = (share.digest_id, share.member_id)
            self.tables.digest_shares[key] = replace(row, ask_due_at=None)
            question = Question(
                new_id(), digest.id, digest.workspace_id, share.member_id, digest.channel_name, share.asked, version=1
            )
            self.tables.digest_questions[question.id] = DigestQuestionRow(question, aware(now), shown=1)
            claimed.append(QuestionNow(question, digest, share))
        return claimed

    def question_now(self, question: Question) -> QuestionNow | None:
        row = self.tables.digest_questions.get(question.id)
        return None if row is None else self._now(row.question)

    def asked(self, question: Question, posted: PostedCard) -> None:
        key = (question.digest_id, question.member_id)
        older = lambda one: (one.digest_id, one.member_id) == key and one.id != question.id  # noqa: E731
        self.end(Ending.ASKED_ANEW, older)
        row = self.tables.digest_questions.get(question.id)
        if row is not None:
            kept = replace(row, question=replace(row.question, posted=posted))
            self.tables.digest_questions[question.id] = kept

    def ask_again(self, question: Question, due_at: datetime) -> None:
        self.let_go(question)
        key = (question.digest_id, question.member_id)
        row = self.tables.digest_shares.get(key)
        if row is not None and not row.share.has_declined:
            self.tables.digest_shares[key] = replace(row, ask_due_at=aware(due_at))

    def claim_stale(self, now: datetime, *, limit: int) -> Sequence[QuestionNow]:
        stale = [row for row in self.tables.digest_questions.values() if is_stale(row, now)]
        stale.sort(key=lambda row: (row.asked_at, row.question.id))
        for row in stale[:limit]:
            self.tables.digest_questions[row.question.id] = replace(row, lease_until=now + QUESTION_LEASE)
        return [self._now(row.question) for row in stale[:limit]]

    def shown(self, question: Question, asked: Level) -> None:
        row = self.tables.digest_questions.get(question.id)
        if row is not None and row.shown <= question.version:
            kept = replace(row.question, asked=asked)
            held = replace(row, question=kept, shown=question.version, lease_until=None)
            self.tables.digest_questions[question.id] = held

    def let_go(self, question: Question) -> None:
        self.tables.digest_questions.pop(question.id, None)

    def want(self, which: Callable[[Question], bool], **fields: object) -> None:
        """Have the messages that are followed say how things stand."""
        for row in list(self.tables.digest_questions.values()):
            held = row.question
            if held.ended is None and which(held):
                changed = replace(held, version=held.version + 1, **fields)  # type: ignore[arg-type]  # by name
                self.tables.digest_questions[held.id] = replace(row, question=changed)

    def end(self, ending: Ending, which: Callable[[Question], bool]) -> None:
        self.want(which, ended=ending)

    def has_open(self, digest_id: UUID, member_id: UUID) -> bool:
        """Whether a message stands there that asks him, and can say something else."""
        held = [row.question for row in self.tables.digest_questions.values()]
        his = [one for one in held if (one.digest_id, one.member_id) == (digest_id, member_id)]
        return any(one.is_open and one.ended is None and one.posted is not None for one in his)

    def forget_questions(self, before: datetime) -> None:
        for row in list(self.tables.digest_questions.values()):
            if row.question.posted is None and row.asked_at < before:
                del self.tables.digest_questions[row.question.id]

    def _now(self, question: Question) -> QuestionNow:
        row = self.tables.digests.get(question.digest_id)
        shared = self.tables.digest_shares.get((question.digest_id, question.member_id))
        return QuestionNow(question, row.digest if row else None, shared.share if shared else None)


def is_to_be_asked(row: DigestShareRow, now: datetime) -> bool:
    return row.ask_due_at is not None and row.ask_due_at <= now and row.share.is_listed


def is_stale(row: DigestQuestionRow, now: datetime) -> bool:
    is_free = row.lease_until is None or row.lease_until <= now
    return row.shown < row.question.version and row.question.posted is not None and is_free
