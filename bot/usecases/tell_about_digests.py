"""Asks members whether their days may stand in a digest, keeps that true, and tells of digests that paused."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from bot.domain.digest_questions import Question, Says
from bot.domain.digests import Digest, DigestUnwanted, PauseReason, RunState, may_take_over
from bot.domain.people import Member, Standing, actor_of
from bot.ports import Clock, DigestMessages, NewId, Store, UnitOfWork
from bot.usecases.show_question import ShowQuestion, question_shown
from bot.usecases.tell_each_once import tell_each_once

_LATER = timedelta(hours=1)
_AT_ONCE = 10
_EDITS_AT_ONCE = 50
_FOR_THE_CHANNEL = (PauseReason.CREATOR_LEFT, PauseReason.NOBODY)


class TellAboutDigests:
    """The job of that name; any number of processes may run it. Nobody is asked, or told, the same twice."""

    def __init__(self, store: Store, messages: DigestMessages, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._messages = messages
        self._clock = clock
        self._new_id = new_id
        self._show = ShowQuestion(store, messages, clock)

    def __call__(self) -> int:
        """How many messages are settled, but for those that only were brought up to date."""
        now = self._clock.now()
        with self._store.reading() as work:
            if not work.digests.has_untold(now):
                return 0
        with self._store.writing() as work:
            stale = work.digests.claim_stale(now, limit=_EDITS_AT_ONCE)
            work.commit()
        for one in stale:
            self._show(one)
        sent: set[UUID] = set()
        asked = tell_each_once(self._questions(now), partial(self._ask, sent), partial(self._ask_later, sent))
        return asked + tell_each_once(self._notices(now), self._tell, self._tell_later)

    def _questions(self, now: datetime) -> Iterator[Question]:
        """Claimed one by one: a process that dies in between leaves one of them unasked."""
        for _ in range(_AT_ONCE):
            with self._store.writing() as work:
                claimed = work.digests.claim_questions(now, self._new_id, limit=1)
                work.commit()
            if not claimed:
                return
            yield from [one.question for one in claimed]

    def _notices(self, now: datetime) -> Iterator[Digest]:
        for _ in range(_AT_ONCE):
            with self._store.writing() as work:
                claimed = work.digests.claim_notices(now, limit=1)
                work.commit()
            if not claimed:
                return
            yield from claimed

    def _ask(self, sent: set[UUID], question: Question) -> None:
        """By what stands there once it was claimed: whatever is changed from then on makes the message stale."""
        with self._store.reading() as work:
            now = work.digests.question_now(question)
            shown = None if now is None else question_shown(work, now)
        if shown is None:
            return
        if shown.now.says is not Says.ASKS or shown.member.standing is not Standing.FULL:
            with self._store.writing() as work:
                work.digests.let_go(question)
                work.commit()
            return
        posted = self._messages.ask(shown)
        sent.add(question.id)
        with self._store.writing() as work:
            work.digests.asked(question, posted)
            work.commit()

    def _ask_later(self, sent: set[UUID], question: Question) -> None:
        if question.id in sent:
            return
        with self._store.writing() as work:
            work.digests.ask_again(question, self._clock.now() + _LATER)
            work.commit()

    def _tell(self, digest: Digest) -> None:
        """Whoever can mend it; its channel where nobody whom Daybook knows of can."""
        with self._store.reading() as work:
            creator = work.members.get(digest.workspace_id, digest.creator_id)
            member = creator if creator.standing is Standing.FULL else _heir(work, digest)
            last = work.digests.last_run(digest.id)
            may_take = member is not None and _may_take(work, member, creator, digest)
        if digest.paused is None:
            if member is not None and last is not None and last.state is RunState.REFUSED:
                self._messages.tell_refused(member, digest, last.day)
        elif member is not None:
            self._messages.tell_paused(member, digest, creator, may_take_over=may_take)
        elif digest.paused in _FOR_THE_CHANNEL:
            self._tell_channel(digest)

    def _tell_channel(self, digest: Digest) -> None:
        try:
            self._messages.say_paused(digest)
        except DigestUnwanted as unwanted:
            if unwanted.reason is not PauseReason.CHANNEL:
                raise
            # There is no channel, either, and nobody is left to be told.

    def _tell_later(self, digest: Digest) -> None:
        with self._store.writing() as work:
            work.digests.tell_again(digest, self._clock.now() + _LATER)
            work.commit()


def _may_take(work: UnitOfWork, member: Member, creator: Member, digest: Digest) -> bool:
    actor = actor_of(member, work.workspaces.get(digest.workspace_id))
    return may_take_over(actor, creator, work.digests.shares(digest.id))


def _heir(work: UnitOfWork, digest: Digest) -> Member | None:
    """Who may take it over and is the first in its list: whoever agreed, if anybody did."""
    for share in sorted(work.digests.shares(digest.id), key=lambda share: share.agreed is None):
        member = work.members.get(digest.workspace_id, share.member_id)
        if share.is_listed and member.standing is Standing.FULL:
            return member
    return None
