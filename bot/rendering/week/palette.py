"""The inks of the picture. No kind is told by its colour alone: each has a letter, and some a pattern or outline."""

from dataclasses import dataclass

from bot.domain.colours import Colour

PAPER = "#ffffff"
"""Behind everything, so that nothing of a dark Slack shines through; also the hours at which somebody works."""
OFF = "#e9ebf0"
"""The hours outside of them."""
NO_TIME = "#d3d7e0"
"""What a day's clocks skip, or what only another day shows twice."""
WORDS = "#1f2430"
QUIET = "#4a5160"
LINE = "#c4c9d4"
NOW = "#b3001b"
TODAY, ON_TODAY = "#1f2430", "#ffffff"


@dataclass(frozen=True, slots=True)
class Ink:
    """How one kind is drawn.

    Args:
        letter: stands in front of its title; empty for what needs none.
        means: its word and meaning in the key.
        is_hatched: `second` makes stripes on `fill`; elsewhere both are the same.
        is_dashed: its outline is.
    """

    letter: str
    fill: str
    text: str
    edge: str
    means: str
    second: str = ""
    is_dashed: bool = False

    @property
    def is_hatched(self) -> bool:
        """Whether it is drawn with stripes."""
        return bool(self.second)


INKS = {
    Colour.ORANGE: Ink("D", "#ffdcb5", "#4f2700", "#a84f00", "orange: from Daybook"),
    Colour.BLUE: Ink("C", "#cfe2ff", "#0b2a5b", "#1d5fbf", "blue: with a contact"),
    Colour.TEAL: Ink("T", "#c5eee7", "#063f38", "#0b7a6c", "teal: two-way event"),
    Colour.GREY: Ink("G", "#d9dce3", "#1f2430", "#5b6270", "grey: blocked by Google"),
    Colour.HATCHED: Ink("H", "#f4f1f9", "#2c2140", "#6b5b86", "hatched: conflict calendar", second="#d8cfe8"),
    Colour.PALE: Ink("F", "#ffffff", "#374151", "#6b7280", "pale: free, takes no time", is_dashed=True),
}
BUSY = Ink("", "#c9ced9", "#1f2430", "#4a5160", "busy")


def ink_of(colour: Colour | None) -> Ink:
    """How something of that kind is drawn; None for somebody else's time."""
    return BUSY if colour is None else INKS[colour]
