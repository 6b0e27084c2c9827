"""A member's word on having his days in a digest; he can take it back at any time."""

from uuid import UUID

from bot.domain.digests import Digest, Level
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Store


class HasCalendar:
    """Whether a digest could say anything of the actor."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor) -> bool:
        """Without a calendar nobody knows his days."""
        with self._store.reading() as work:
            return bool(work.calendars.of(actor))


class AnswerDigest:
    """Nobody answers for somebody else, and nobody is in a digest who was not asked."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, digest_id: UUID, agreed: Level | None) -> Digest:
        """The digest; `agreed` is up to which level he agrees, None that he does not.

        Raises `NotFound` for one that is gone, and where he was never asked, or not about so much.
        """
        require_full_member(actor)
        with self._store.writing() as work:
            digest = work.digests.get(actor, digest_id, to_change=True)
            own = next((one for one in work.digests.shares(digest_id) if one.member_id == actor.member_id), None)
            if own is None or (agreed is not None and agreed.rank > max(own.asked.rank, digest.level.rank)):
                raise NotFound
            if agreed is not None and not own.is_listed:
                raise NotFound
            work.digests.answer(digest, actor.member_id, agreed)
            work.commit()
        return digest
