"""What is in a week, each thing once, as it is drawn and told."""

from typing import NamedTuple

from bot.domain.appointments import AppointmentStatus
from bot.domain.colours import Colour, colour_of
from bot.domain.week import Week
from bot.rendering.week.axis import HOUR

# More of a title is never drawn, and to look through all of a very long one takes its time.
TITLE_READ = 300
_LONG = 12 * HOUR


class Item(NamedTuple):
    """One thing in a week: epoch seconds, half-open; somebody else's has neither colour nor title.

    `is_open` for what is not settled: a hold, or an appointment that waits for its host's answer.
    """

    start: int
    end: int
    colour: Colour | None = None
    title: str = ""
    is_open: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it fills half a day at one piece, as somebody's day off does in every zone."""
        return self.end - self.start >= _LONG


def items_of(week: Week) -> tuple[Item, ...]:
    """Everything in a week, by start."""
    items = [Item(*entry.occurrence.span, colour_of(entry), entry.title[:TITLE_READ]) for entry in week.entries]
    items += [Item(start, end) for start, end in week.busy]
    for shown in week.appointments:
        one = shown.appointment
        title = one.contact.name if one.contact is not None else one.title
        title = title[:TITLE_READ]
        is_open = one.is_live and (one.status is AppointmentStatus.HELD or one.question is not None)
        items.append(Item(*one.span, Colour.ORANGE, title, is_open))
    return tuple(sorted(items, key=lambda item: (item.start, -item.end, item.title)))
