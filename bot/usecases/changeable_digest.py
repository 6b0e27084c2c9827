"""A digest that its asker may change."""

from uuid import UUID

from bot.domain.digests import Digest, may_change
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.ports import UnitOfWork


def changeable_digest(work: UnitOfWork, actor: Actor, digest_id: UUID, *, to_change: bool) -> Digest:
    """One that the actor made, or any for an admin; raises `NotFound`.

    `to_change` holds it for as long as the transaction lasts.
    """
    digest = work.digests.get(actor, digest_id, to_change=to_change)
    if not may_change(actor, digest):
        raise NotFound
    return digest
