"""What a change of calendars does, before it is done."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.domain.calendar_choice import Choice
from bot.domain.calendars import Calendar, linked_among
from bot.domain.errors import DaybookError


@dataclass(frozen=True, slots=True)
class Dropped:
    """A calendar that is not used any more, and how many events read from it are erased."""

    name: str
    events: int


@dataclass(frozen=True, slots=True)
class ChoiceEffects:
    """What becomes of a member's calendars, by their names.

    Args:
        linked_before: where appointments went, if anywhere.
        linked_after: where they go from now on.
        dropped: calendars that stop blocking time.
        added: calendars that begin to.
        moves_link: whether appointments go elsewhere than before.
        copies: how many appointments to come have their event where they went before.
        fingerprint: of what is taken away, whatever the calendars are called and however much was read there; who
            agreed, agreed to this and nothing else.
    """

    linked_before: str | None
    linked_after: str | None
    dropped: tuple[Dropped, ...]
    added: tuple[str, ...]
    moves_link: bool
    fingerprint: str = ""
    copies: int = 0

    @property
    def need_a_word(self) -> bool:
        """Whether something is lost or goes elsewhere; what is only added can be taken away again."""
        return bool(self.dropped) or (self.moves_link and self.linked_before is not None)


class ChoiceNeedsAWord(DaybookError):
    """A choice that takes something away, not agreed to yet; nothing was changed."""

    def __init__(self, effects: ChoiceEffects) -> None:
        super().__init__("This takes something away. Nothing was changed yet.")
        self.effects = effects


def effects_of(choice: Choice, current: Sequence[Calendar], events: Mapping[UUID, int]) -> ChoiceEffects:
    """What the choice makes of the calendars in use now, of which each had so many `events` read.

    A remote calendar that is read through another account from now on is neither dropped nor added.
    """
    chosen = [*choice.conflicts, *([choice.linked] if choice.linked else [])]
    remote_ids = {one.calendar.remote_id for one in chosen}
    known = {one.remote_id for one in current}
    before = linked_among(current)
    after = choice.linked.calendar if choice.linked else None
    dropped = [one for one in current if one.remote_id not in remote_ids]
    ends = (before.remote_id if before else "", after.remote_id if after else "")
    told = "\n".join((*ends, *sorted(one.remote_id for one in dropped)))
    return ChoiceEffects(
        linked_before=before.name if before else None,
        linked_after=after.name if after else None,
        dropped=tuple(Dropped(one.name, events.get(one.id, 0)) for one in dropped),
        added=tuple(one.calendar.name for one in chosen if one.calendar.remote_id not in known),
        moves_link=ends[0] != ends[1],
        fingerprint=hashlib.sha256(told.encode()).hexdigest()[:16],
    )
