"""The kinds of things in a calendar, each with its colour: always the same, on pictures, agenda and Home."""

from enum import StrEnum

from bot.domain.events import AgendaEntry
from bot.domain.shades import Shade


class Colour(StrEnum):
    """What a colour says of what is shown in it."""

    ORANGE = "orange"
    """Booked in Daybook."""
    BLUE = "blue"
    """An appointment with a contact, from Google."""
    TEAL = "teal"
    """Another event under two-way sync."""
    GREY = "grey"
    """Blocked by Google."""
    HATCHED = "hatched"
    """Blocked by a conflict calendar."""
    PALE = "pale"
    """Leaves the time open."""


_SHADES: dict[Shade | None, Colour] = {Shade.BLUE: Colour.BLUE, Shade.TEAL: Colour.TEAL}


def colour_of(entry: AgendaEntry) -> Colour:
    """The colour of an event."""
    if not entry.occurrence.blocks:
        return Colour.PALE
    if not entry.is_linked:
        return Colour.HATCHED
    return _SHADES.get(entry.shade, Colour.GREY)
