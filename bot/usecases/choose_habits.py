"""A member decides by which clock he reads times, and when his weeks begin."""

from dataclasses import dataclass, replace

from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.reading_habits import OwnHabits
from bot.ports import Store


@dataclass(frozen=True, slots=True)
class ChooseHabits:
    """Keep what the actor decided."""

    store: Store

    def __call__(self, actor: Actor, own: OwnHabits) -> Actor:
        """The actor as he reads from now on."""
        require_full_member(actor)
        with self.store.writing() as work:
            member = work.members.choose_habits(actor, own)
            work.commit()
        return replace(actor, habits=member.habits)
