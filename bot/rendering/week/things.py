"""One thing on the picture: its shape by its kind, with its letter and as much of its title as there is room for."""

from typing import NamedTuple

from bot.rendering.text import CUT
from bot.rendering.week.fitting import drawable, wrapped
from bot.rendering.week.font import Font
from bot.rendering.week.items import Item
from bot.rendering.week.palette import PAPER, QUIET, WORDS, Ink, ink_of
from bot.rendering.week.shapes import Line, Pane, Rect, Stripes, Text

SIZE = 13
LINE_HEIGHT = 15
# Where a title would be cut, its lines may stand as close as this, from this base on, with this below the last.
_CLOSE = 12.5
_CLOSE_BASE = 12.0
_BELOW = 3.0
# In less there is room for the letter alone: the rest would be crumbs.
_NARROWEST = 24
# From Hebrew and Arabic on many letters join; those of Vietnamese and of old Greek, punctuation and signs do not.
_FIRST_JOINING = "\u0590"
_APART_AGAIN = ("\u1e00", "\u2c00")


class Ends(NamedTuple):
    """Which ends of a thing are open, because more of it lies where nothing is drawn."""

    top: bool = False
    bottom: bool = False


_CLOSED = Ends()


def thing_pane(
    x: float, y: float, width: float, height: float, item: Item, font: Font, ends: Ends = _CLOSED, *, said: str = ""
) -> Pane:
    """An item at its place in pixels; `said` stands on it instead of its title."""
    ink = ink_of(item.colour)
    shapes = _frame(width, height, ink, ends, is_dashed=ink.is_dashed or item.is_open)
    if ink.is_hatched:
        shapes.append(Stripes(2, 2, width - 4, height - 4, ink.second))
    if not ink.is_dashed:
        shapes.append(Rect(0.5, 0.5, 3, height - 1, ink.edge))
    letter = ink.letter + ("?" if item.is_open else "")
    after = font.width(letter + " ", SIZE, is_bold=True) if letter else 0.0
    left = 6.0
    room = max(0.0, width - left - 2)
    title = said or (drawable(item.title, font) if item.colour is not None else "busy")
    title = title if room >= _NARROWEST else ""
    lines, leading = _fitted(title, room, height, font, after)
    # In a low one the line stands on its edge.
    first_base = min(13.0 if leading == LINE_HEIGHT else _CLOSE_BASE, height - 1)
    if letter:
        shapes.append(Text(left, first_base, letter, ink.text, SIZE, is_bold=True))
    for number, line in enumerate(lines):
        indent = after if number == 0 else 0.0
        base = first_base + number * leading
        shapes.append(Text(left + indent, base, line, ink.text, SIZE, width=_known_width(line, font)))
    return Pane(x, y, width, height, item.colour or "busy", tuple(shapes))


def _fitted(title: str, room: float, height: float, font: Font, after: float) -> tuple[tuple[str, ...], float]:
    """The lines of a title, and how far apart they are: closer where one more of them then has room, and is needed."""
    most = max(1, int((height - 3) // LINE_HEIGHT))
    lines = wrapped(title, room, SIZE, font, most=most, first=after)
    close = 1 + int((height - _CLOSE_BASE - _BELOW) // _CLOSE)
    if close > most and (not lines or lines[-1].endswith(CUT)):
        return wrapped(title, room, SIZE, font, most=close, first=after), _CLOSE
    return lines, LINE_HEIGHT


def count_pane(x: float, y: float, width: float, height: float, count: int) -> Pane:
    """What stands for so many things that have no room."""
    text = Text(width / 2, 15, f"+{count}", WORDS, SIZE, anchor="middle")
    frame = Rect(0.5, 1.5, width - 1, height - 3, PAPER, stroke=QUIET, radius=3)
    return Pane(x, y, width, height, "more", (frame, text))


def _frame(width: float, height: float, ink: Ink, ends: Ends, *, is_dashed: bool) -> list[Rect | Line | Stripes | Text]:
    if not any(ends):
        return [Rect(0.5, 0.5, width - 1, height - 1, ink.fill, ink.edge, is_dashed=is_dashed, radius=3)]
    right, bottom = width - 0.5, height - 0.5
    sides = [Line(0.5, 0.5, 0.5, bottom, ink.edge, is_dashed=is_dashed)]
    sides.append(Line(right, 0.5, right, bottom, ink.edge, is_dashed=is_dashed))
    if not ends.top:
        sides.append(Line(0.5, 0.5, right, 0.5, ink.edge, is_dashed=is_dashed))
    if not ends.bottom:
        sides.append(Line(0.5, bottom, right, bottom, ink.edge, is_dashed=is_dashed))
    return [Rect(0.5, 0.5, width - 1, height - 1, ink.fill), *sides]


def _known_width(line: str, font: Font) -> float:
    """How wide a line becomes; 0 for scripts whose letters join, of which only who draws them knows."""
    return font.width(line, SIZE) if all(_stands_apart(letter) for letter in line) else 0.0


def _stands_apart(letter: str) -> bool:
    """Whether it is as wide in a line as by itself."""
    first, end = _APART_AGAIN
    return letter < _FIRST_JOINING or first <= letter < end
