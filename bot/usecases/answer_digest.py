"""A member's word on having his days in a digest; he can take it back at any time."""

from uuid import UUID

from bot.domain.digest_views import Answered
from bot.domain.digests import Level, lowest, no_more_than, share_of
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Store


class AnswerDigest:
    """Nobody answers for somebody else, and nobody is in a digest who was not asked."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, digest_id: UUID, agreed: Level | None, *, is_at_most: bool = False) -> Answered:
        """What counts from now on: never more than the digest shows by now.

        Args:
            actor: whose days they are.
            digest_id: which digest.
            agreed: up to which level he agrees; None that he does not.
            is_at_most: he did not agree to that, but wants no more to be shown.

        Raises:
            NotAllowed: the actor is no full member.
            NotFound: it is gone, or he was never asked, or is not in its list and agrees.
        """
        require_full_member(actor)
        with self._store.writing() as work:
            # Members come before digests, as with whoever erases them: a no is remembered beside the member.
            work.appointments.lock_hosts([actor.member_id])
            digest = work.digests.get(actor, digest_id, to_change=True)
            own = share_of(work.digests.shares(digest_id), actor.member_id)
            if own is None or (agreed is not None and not own.is_listed):
                raise NotFound
            if agreed is not None:
                agreed = no_more_than(agreed, own) if is_at_most else lowest(agreed, digest.level)
            work.digests.answer(digest, actor.member_id, agreed)
            work.commit()
            has_calendar = bool(work.calendars.of(actor))
        return Answered(digest, agreed, has_calendar)
