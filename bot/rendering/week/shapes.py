"""What a picture is made of: shapes at places counted in pixels from the left and from the top."""

from dataclasses import dataclass, field
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.rendering.week.font import FAMILY

# Stripes so wide stand so far apart, across.
STRIPE = 3
_APART = 12


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; `fill` may name a pattern."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    is_dashed: bool = False
    radius: float = 0
    kind: str = "rect"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 1
    is_dashed: bool = False
    kind: str = "line"


@dataclass(frozen=True, slots=True)
class Stripes:
    """Slanting stripes within a rectangle, over what is there; a pattern would take much longer to draw."""

    x: float
    y: float
    width: float
    height: float
    stroke: str
    kind: str = "stripes"

    @property
    def path(self) -> str:
        """The stripes from the upper right to the lower left, each cut at the edges."""
        ends = [
            (max(0.0, at - self.height), min(at, self.width), at)
            for at in range(_APART // 2, int(self.width + self.height), _APART)
        ]
        return "".join(
            f"M{self.x + left:.1f} {self.y + at - left:.1f}L{self.x + right:.1f} {self.y + at - right:.1f}"
            for left, right, at in ends
        )


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is what it stands on, `anchor` says what of it is at `x`.

    `width` is how wide it may become where others' letters are drawn with; 0 where there is room enough.
    """

    x: float
    y: float
    text: str
    fill: str
    size: float
    is_bold: bool = False
    anchor: str = "start"
    width: float = 0
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Pane:
    """Shapes with places of their own; `name` says what it shows."""

    x: float
    y: float
    width: float
    height: float
    name: str
    shapes: tuple["Rect | Line | Stripes | Text", ...]
    kind: str = "pane"


Shape = Rect | Line | Stripes | Text | Pane


@dataclass(slots=True)
class Drawing:
    """A picture as it grows; `label` is what it is, for those who do not see it."""

    width: float
    label: str
    height: float = 0
    shapes: list[Shape] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        """Draw over what is there."""
        self.shapes.extend(shapes)


def svg_of(drawing: Drawing, *, with_other_letters: bool = False) -> str:
    """The drawing as SVG; every text in it is escaped.

    `with_other_letters`: it is drawn by who may not have our fonts, so that texts are told how wide they may become.
    """
    return template("week.svg").render(drawing=drawing, family=FAMILY, stripe=STRIPE, holds=with_other_letters)


def template(name: str) -> Template:
    """A template of this package, by its file; it escapes whatever it is given."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.rendering.week", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["px"] = lambda number: f"{round(float(number), 1):g}"
    return environment
