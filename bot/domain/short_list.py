"""Which of a day's many free starts are offered first: a short list, spread over the day."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from bot.domain.availability import Slot
from bot.domain.wall_time import MINUTE, moment, zone_named

# Between two starts that lie further apart, something is on.
GAP = 30 * MINUTE
_STEPS = (15, 30, 60)


def short_list(slots: Sequence[Slot], most: int, zone: str) -> tuple[Slot, ...]:
    """At most so many of the starts of one day, in their order; all of them where they are no more.

    The first one after every gap, next to what is on, and those at full hours by the clock of `zone`; with the half
    hours too, or the quarter hours, where all of these fit. Of what is too much even so every second one is left, or
    every third.
    """
    if len(slots) <= most:
        return tuple(slots)
    first = {following for one, following in pairwise(slots) if following.start - one.start > GAP} | {slots[0]}
    minutes = [moment(slot.start).astimezone(zone_named(zone)).minute for slot in slots]
    for step in _STEPS:
        kept = [slot for slot, minute in zip(slots, minutes, strict=True) if slot in first or minute % step == 0]
        if len(kept) <= most:
            break
    return tuple(kept[:: ceil(len(kept) / most)])
