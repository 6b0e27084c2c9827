"""Asks members whether their days may stand in a digest, and tells of digests that paused by themselves."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.digests import Digest, Share
from bot.domain.people import Member, Standing
from bot.ports import Clock, DigestMessages, Store, UnitOfWork
from bot.usecases.tell_each_once import tell_each_once

_LATER = timedelta(hours=1)
_AT_ONCE = 10

_Question = tuple[Digest, Share]


class TellAboutDigests:
    """The job of that name; any number of processes may run it. Nobody is asked, or told, the same twice."""

    def __init__(self, store: Store, messages: DigestMessages, clock: Clock) -> None:
        self._store = store
        self._messages = messages
        self._clock = clock

    def __call__(self) -> int:
        """How many messages are settled."""
        now = self._clock.now()
        with self._store.reading() as work:
            if not work.digests.has_untold(now):
                return 0
        asked = tell_each_once(self._questions(now), self._ask, self._ask_later)
        return asked + tell_each_once(self._notices(now), self._tell, self._tell_later)

    def _questions(self, now: datetime) -> Iterator[_Question]:
        """Claimed one by one: a process that dies in between leaves one of them unasked."""
        for _ in range(_AT_ONCE):
            with self._store.writing() as work:
                claimed = work.digests.claim_questions(now, limit=1)
                work.commit()
            if not claimed:
                return
            yield from claimed

    def _notices(self, now: datetime) -> Iterator[Digest]:
        for _ in range(_AT_ONCE):
            with self._store.writing() as work:
                claimed = work.digests.claim_notices(now, limit=1)
                work.commit()
            if not claimed:
                return
            yield from claimed

    def _ask(self, question: _Question) -> None:
        digest, share = question
        with self._store.reading() as work:
            member = work.members.get(digest.workspace_id, share.member_id)
            creator = work.members.get(digest.workspace_id, digest.creator_id)
        if member.standing is Standing.FULL:
            self._messages.ask(member, digest, creator, share)

    def _ask_later(self, question: _Question) -> None:
        _, share = question
        with self._store.writing() as work:
            work.digests.ask_again(share, self._clock.now() + _LATER)
            work.commit()

    def _tell(self, digest: Digest) -> None:
        with self._store.reading() as work:
            creator = work.members.get(digest.workspace_id, digest.creator_id)
            member = creator if creator.standing is Standing.FULL else _heir(work, digest)
        if member is not None:
            self._messages.tell_paused(member, digest, creator)

    def _tell_later(self, digest: Digest) -> None:
        with self._store.writing() as work:
            work.digests.tell_again(digest, self._clock.now() + _LATER)
            work.commit()


def _heir(work: UnitOfWork, digest: Digest) -> Member | None:
    """Who may take it over and is the first in its list: whoever agreed, if anybody did."""
    for share in sorted(work.digests.shares(digest.id), key=lambda share: share.agreed is None):
        member = work.members.get(digest.workspace_id, share.member_id)
        if share.is_listed and member.standing is Standing.FULL:
            return member
    return None
