"""On whose Homes a digest stands."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from bot.domain.digests import Digest
from bot.domain.people import Actor
from bot.ports import UnitOfWork


def homes_with(work: UnitOfWork, digest: Digest) -> frozenset[UUID]:
    """The members who are told of it there: its creator, and everybody whose days it shows."""
    shares = work.digests.shares(digest.id)
    shown = (share.member_id for share in shares if share.is_listed and share.agreed is not None)
    return frozenset({digest.creator_id, *shown})


def homes_changed_with(
    work: UnitOfWork, digest: Digest, now: datetime, *, by: Actor | None = None, also: Collection[UUID] = ()
) -> None:
    """Have these Homes say how it is by now.

    Args:
        work: the transaction that changes it.
        digest: as it is now.
        now: aware UTC.
        by: who changed it; his own is drawn by whoever answers him.
        also: on whose it stood until now.
    """
    whose = homes_with(work, digest) | frozenset(also)
    work.homes.changed(whose - {by.member_id} if by is not None else whose, now)
