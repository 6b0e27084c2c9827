"""Who is to be asked for his word on a digest, and the messages that asked, which are kept true."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, tuple_, update

from bot.domain.cards import PostedCard
from bot.domain.digest_questions import QUESTION_LEASE, Ending, Question, QuestionNow
from bot.domain.digests import Level
from bot.ports import NewId
from storage.repositories.digest_rows import digest_from, question_from, share_from
from storage.tables import DIGEST_QUESTIONS, DIGEST_SHARES, DIGESTS
from storage.tables.digest_questions import STALE


class DigestQuestions:
    """The part of `ports.Digests` that asks members. Their words are locked before the messages, whoever writes."""

    _connection: Connection

    def claim_questions(self, now: datetime, new_id: NewId, *, limit: int) -> Sequence[QuestionNow]:
        """Who is to be asked; each is handed to exactly one caller, with a message that is yet to be sent."""
        rows = self._connection.execute(
            select(DIGEST_SHARES)
            .where(*is_to_be_asked(now))
            .order_by(DIGEST_SHARES.c.ask_due_at, DIGEST_SHARES.c.digest_id, DIGEST_SHARES.c.position)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        ).all()
        wanted = select(DIGESTS).where(DIGESTS.c.id.in_([row.digest_id for row in rows]))
        digests = {row.id: digest_from(row) for row in self._connection.execute(wanted)}
        claimed = []
        for row in rows:
            digest, share = digests[row.digest_id], share_from(row)
            question = Question(
                new_id(), digest.id, row.workspace_id, share.member_id, digest.channel_name, share.asked, version=1
            )
            self._connection.execute(
                update(DIGEST_SHARES).where(*_share(digest.id, share.member_id)).values(ask_due_at=None)
            )
            self._add_question(question, now)
            claimed.append(QuestionNow(question, digest, share))
        return claimed

    def asked(self, question: Question, posted: PostedCard) -> None:
        """The message stands there, and those before it say so."""
        older = DIGEST_QUESTIONS.c.id != question.id
        self._end(Ending.ASKED_ANEW, *_about(question.digest_id, question.member_id), older)
        self._connection.execute(
            update(DIGEST_QUESTIONS)
            .where(DIGEST_QUESTIONS.c.id == question.id)
            .values(channel=posted.channel, message=posted.message)
        )

    def ask_again(self, question: Question, due_at: datetime) -> None:
        """He surely was not asked."""
        waits = ~DIGEST_SHARES.c.has_declined
        which = _share(question.digest_id, question.member_id)
        self._connection.execute(update(DIGEST_SHARES).where(*which, waits).values(ask_due_at=due_at))
        self.let_go(question)

    def question_now(self, question: Question) -> QuestionNow | None:
        """How it stands with it; None where nobody knows of it any more."""
        found = self._now(DIGEST_QUESTIONS.c.id == question.id)
        return found[0] if found else None

    def claim_stale(self, now: datetime, *, limit: int) -> Sequence[QuestionNow]:
        """Messages that may not say how things stand, each under a lease."""
        due = (
            select(DIGEST_QUESTIONS.c.id)
            .where(is_stale(now))
            .order_by(DIGEST_QUESTIONS.c.asked_at, DIGEST_QUESTIONS.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        which = DIGEST_QUESTIONS.c.id.in_(list(self._connection.scalars(due)))
        self._connection.execute(update(DIGEST_QUESTIONS).where(which).values(lease_until=now + QUESTION_LEASE))
        return self._now(which)

    def shown(self, question: Question, asked: Level) -> None:
        """Its message says what `question` stood for; it asks up to that level, if it asks."""
        self._connection.execute(
            update(DIGEST_QUESTIONS)
            .where(DIGEST_QUESTIONS.c.id == question.id, DIGEST_QUESTIONS.c.shown <= question.version)
            .values(shown=question.version, asked=asked, lease_until=None)
        )

    def let_go(self, question: Question) -> None:
        """Nothing of its message is brought up to date any more."""
        self._connection.execute(delete(DIGEST_QUESTIONS).where(DIGEST_QUESTIONS.c.id == question.id))

    def _now(self, which: ColumnElement[bool]) -> Sequence[QuestionNow]:
        order = (DIGEST_QUESTIONS.c.asked_at, DIGEST_QUESTIONS.c.id)
        rows = self._connection.execute(select(DIGEST_QUESTIONS).where(which).order_by(*order)).all()
        wanted = select(DIGESTS).where(DIGESTS.c.id.in_([row.digest_id for row in rows]))
        digests = {row.id: digest_from(row) for row in self._connection.execute(wanted)}
        keys = [(row.digest_id, row.member_id) for row in rows]
        of = tuple_(DIGEST_SHARES.c.digest_id, DIGEST_SHARES.c.member_id)
        words = self._connection.execute(select(DIGEST_SHARES).where(of.in_(keys)))
        shares = {(row.digest_id, row.member_id): share_from(row) for row in words}
        questions = [question_from(row) for row in rows]
        return [
            QuestionNow(one, digests.get(one.digest_id), shares.get((one.digest_id, one.member_id)))
            for one in questions
        ]

    def _forget_questions(self, before: datetime) -> None:
        """Of which nobody ever learned where they stand."""
        which = (DIGEST_QUESTIONS.c.message == "", DIGEST_QUESTIONS.c.asked_at < before)
        self._connection.execute(delete(DIGEST_QUESTIONS).where(*which))

    def _has_open(self, digest_id: UUID, member_id: UUID) -> bool:
        """Whether a message stands there that asks him, and can say something else."""
        open_ones = (DIGEST_QUESTIONS.c.is_open, DIGEST_QUESTIONS.c.message != "")
        wanted = select(DIGEST_QUESTIONS.c.id).where(*_about(digest_id, member_id), *open_ones)
        return self._connection.execute(wanted.limit(1)).first() is not None

    def _want(self, *which: ColumnElement[bool], **values: object) -> None:
        """Have the messages that are followed say how things stand."""
        changed = {"wanted": DIGEST_QUESTIONS.c.wanted + 1, **values}
        followed = DIGEST_QUESTIONS.c.ended.is_(None)
        self._connection.execute(update(DIGEST_QUESTIONS).where(*which, followed).values(changed))

    def _end(self, ending: Ending, *which: ColumnElement[bool]) -> None:
        self._want(*which, ended=ending)

    def _add_question(self, question: Question, now: datetime) -> None:
        values = {
            "id": question.id,
            "workspace_id": question.workspace_id,
            "digest_id": question.digest_id,
            "member_id": question.member_id,
            "channel_name": question.channel_name,
            "asked": question.asked,
            "asked_at": now,
            "is_open": question.is_open,
            "ended": question.ended,
            "channel": "",
            "message": "",
            "wanted": question.version,
            "shown": question.version,
            "lease_until": None,
        }
        self._connection.execute(DIGEST_QUESTIONS.insert().values(values))


def is_to_be_asked(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of members' words: he is in the list, and was not asked yet."""
    return DIGEST_SHARES.c.ask_due_at <= now, DIGEST_SHARES.c.is_listed


def is_stale(now: datetime) -> ColumnElement[bool]:
    """Not up to date, and nobody sees to it; one whose place is not known cannot be brought up to date."""
    lapsed = or_(DIGEST_QUESTIONS.c.lease_until.is_(None), DIGEST_QUESTIONS.c.lease_until <= now)
    return and_(STALE, lapsed, DIGEST_QUESTIONS.c.message != "")


def _about(digest_id: UUID, member_id: UUID) -> tuple[ColumnElement[bool], ...]:
    its = (DIGEST_QUESTIONS.c.digest_id == digest_id, DIGEST_QUESTIONS.c.member_id == member_id)
    return *its, DIGEST_QUESTIONS.c.ended.is_(None)


def _share(digest_id: UUID, member_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return DIGEST_SHARES.c.digest_id == digest_id, DIGEST_SHARES.c.member_id == member_id
