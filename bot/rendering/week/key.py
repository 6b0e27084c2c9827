"""The key below the picture: the kinds that are in it, each as it is drawn, with its letter."""

from dataclasses import replace

from bot.domain.week import Week
from bot.rendering.week.items import items_of
from bot.rendering.week.palette import BUSY, INKS, NOW, OFF, PAPER, QUIET, WORDS, Ink
from bot.rendering.week.shapes import Drawing, Line, Rect, Shape, Stripes, Text

_SIZE = 13
_ROW = 22
_COLUMN = 200
_COLUMNS = 3
_SWATCH = 18
_LEFT = 6


def draw_key(drawing: Drawing, week: Week, top: float) -> float:
    """Draw it from `top` on; gives where it ends."""
    shown = {item.colour for item in items_of(week)}
    inks = [ink for colour, ink in INKS.items() if colour in shown] + ([BUSY] if None in shown else [])
    entries = [
        *map(_of_ink, inks),
        _of_hours(PAPER, "white: working hours"),
        _of_hours(OFF, "grey ground: other hours"),
    ]
    if any(week.today == day for day in week.days):
        entries.append(([Line(0, 9, _SWATCH, 9, NOW, width=2)], "red line: now"))
    for number, (shapes, text) in enumerate(entries):
        x = _LEFT + number % _COLUMNS * _COLUMN
        y = top + number // _COLUMNS * _ROW
        drawing.add(*(_moved(shape, x, y) for shape in shapes), Text(x + _SWATCH + 5, y + 14, text, WORDS, _SIZE))
    return top + -(-len(entries) // _COLUMNS) * _ROW


def _of_ink(ink: Ink) -> tuple[list[Shape], str]:
    box = Rect(0.5, 1.5, _SWATCH - 1, 16, ink.fill, stroke=ink.edge, is_dashed=ink.is_dashed, radius=3)
    letter = Text(_SWATCH / 2, 14, ink.letter, ink.text, _SIZE, is_bold=True, anchor="middle")
    stripes = Stripes(2, 3, _SWATCH - 4, 13, ink.second)
    return [box, *([stripes] if ink.is_hatched else []), *([letter] if ink.letter else [])], ink.means


def _of_hours(fill: str, means: str) -> tuple[list[Shape], str]:
    return [Rect(0.5, 1.5, _SWATCH - 1, 16, fill, stroke=QUIET)], means


def _moved(shape: Shape, x: float, y: float) -> Shape:
    if isinstance(shape, Line):
        return replace(shape, x1=shape.x1 + x, y1=shape.y1 + y, x2=shape.x2 + x, y2=shape.y2 + y)
    return replace(shape, x=shape.x + x, y=shape.y + y)
