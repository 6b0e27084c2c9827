"""A trigger that its asker may change."""

from uuid import UUID

from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.triggers import Trigger, is_own
from bot.ports import UnitOfWork


def own_trigger(work: UnitOfWork, actor: Actor, trigger_id: UUID) -> Trigger:
    """The actor's own; raises `NotFound`."""
    trigger = work.triggers.get(actor, trigger_id)
    if not is_own(actor, trigger):
        raise NotFound
    return trigger
