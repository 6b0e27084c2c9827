"""Pauses a trigger, has it go on, and deletes it."""

from uuid import UUID

from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.triggers import Trigger, may_stop
from bot.ports import Clock, Store, UnitOfWork


class PauseTrigger:
    """A paused trigger fires for nothing, and never for what happens meanwhile."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, trigger_id: UUID, *, is_paused: bool) -> None:
        """Raises `NotFound` unless it is the actor's own, or he is an admin."""
        require_full_member(actor)
        with self._store.writing() as work:
            _stoppable(work, actor, trigger_id)
            work.triggers.pause(actor, trigger_id, self._clock.now(), is_paused=is_paused)
            work.commit()


class DeleteTrigger:
    """Removes it with its ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, trigger_id: UUID) -> Trigger:
        """What it was. Raises `NotFound` unless it is the actor's own, or he is an admin."""
        require_full_member(actor)
        with self._store.writing() as work:
            trigger = _stoppable(work, actor, trigger_id)
            work.triggers.delete(actor, trigger_id)
            work.commit()
        return trigger


def _stoppable(work: UnitOfWork, actor: Actor, trigger_id: UUID) -> Trigger:
    trigger = work.triggers.get(actor, trigger_id)
    if not may_stop(actor, trigger):
        raise NotFound
    return trigger
