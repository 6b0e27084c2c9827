"""Keeps what a member decided about his time; answers about free time follow it at once."""

from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.preference_changes import Change
from bot.ports import Store


class ChangeSchedule:
    """Change the actor's own hours, limits and choices."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, change: Change) -> None:
        """Raises `BadSchedule` for what only shows to be wrong beside what is there already; nothing is kept then."""
        require_full_member(actor)
        with self._store.writing() as work:
            work.schedules.change(actor, change)
            work.commit()
