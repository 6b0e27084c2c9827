"""What each colour means; text carries the same as a sign and a word, so that no colour has to be seen."""

from bot.domain.colours import Colour, colour_of
from bot.domain.events import AgendaEntry
from bot.rendering.blocks import button, context, section
from bot.rendering.names import ActionId
from bot.rendering.surfaces import Block, Modal
from bot.rendering.week.palette import INKS
from bot.rendering.wording import listed

GREY = "▪ grey"
BLUE = "▪ blue"
TEAL = "▪ teal"
ORANGE = "▪ orange"
HATCHED = "▨ hatched"
PALE = "▫ pale"

_KEY = (
    (ORANGE, "an appointment booked in Daybook"),
    (BLUE, "an appointment from Google: an event with a contact, under two-way sync"),
    (TEAL, "any other event of a linked calendar under two-way sync"),
    (
        GREY,
        (
            "blocked by Google: an event of your linked calendar that is Busy; under *known only* also one with guests "
            "nobody knows"
        ),
    ),
    (HATCHED, "blocked by a conflict calendar, which Daybook only reads"),
    (PALE, "leaves the time open: Free, declined, a birthday, a working location, or ignored by you"),
)
_ON_THE_PICTURE = (
    "On the picture of a week, each begins with a letter: "
    f"{listed([ink.letter for ink in INKS.values()])}, in this order."
)
_MARKS = {
    Colour.ORANGE: ORANGE,
    Colour.BLUE: BLUE,
    Colour.TEAL: TEAL,
    Colour.GREY: GREY,
    Colour.HATCHED: HATCHED,
    Colour.PALE: PALE,
}


def mark_of(entry: AgendaEntry) -> str:
    """The kind of an event by its sign and word."""
    return _MARKS[colour_of(entry)]


def colours_button() -> Block:
    """The way to the key, beside whatever is coloured."""
    return button("? Colours", ActionId.COLOURS)


def colours_modal() -> Modal:
    """The key."""
    text = "\n".join(f"{mark} · {meaning}" for mark, meaning in _KEY)
    return Modal(title="Colours", blocks=(section("*What the colours mean*"), section(text), context(_ON_THE_PICTURE)))
