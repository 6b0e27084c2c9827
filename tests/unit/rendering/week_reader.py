"""The picture of a week read back from its SVG: what is drawn where."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from bot.domain.week import Week
from bot.rendering.week.svg import week_svg

_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Seen:
    """One thing with its letter and title, at its place in pixels."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    text: str


class Picture:
    """A picture, looked at."""

    def __init__(self, week: Week) -> None:
        self.root = ET.fromstring(week_svg(week))
        self.width, self.height = (float(self.root.attrib[name]) for name in ("width", "height"))

    @property
    def things(self) -> list[Seen]:
        """Everything that is on, as drawn."""
        return [_seen(pane) for pane in self.root.findall(f"{_SVG}g")]

    def thing(self, text: str) -> Seen:
        """The one with this letter and title."""
        [found] = [one for one in self.things if one.text == text]
        return found

    def texts(self) -> list[str]:
        """Every text that stands for itself."""
        return [each.text or "" for each in self.root.findall(f"{_SVG}text")]

    def sizes(self) -> set[float]:
        """The sizes of all texts, in pixels of a picture 600 wide."""
        return {float(each.attrib["font-size"]) for each in self.root.iter(f"{_SVG}text")}

    def place_of(self, text: str) -> tuple[float, float]:
        """Where the first such text stands."""
        found = next(each for each in self.root.findall(f"{_SVG}text") if each.text == text)
        return float(found.attrib["x"]), float(found.attrib["y"])

    def lines(self, stroke: str) -> list[tuple[float, float]]:
        """Where lines of that ink begin."""
        found = [each for each in self.root.findall(f"{_SVG}line") if each.attrib["stroke"] == stroke]
        return [(float(each.attrib["x1"]), float(each.attrib["y1"])) for each in found]

    def grounds(self, fill: str) -> list[tuple[float, float, float]]:
        """The x, the y and the height of whatever is filled so."""
        found = [each for each in self.root.findall(f"{_SVG}rect") if each.attrib["fill"] == fill]
        return [tuple(float(each.attrib[name]) for name in ("x", "y", "height")) for each in found]  # type: ignore[misc]


def _seen(pane: ET.Element) -> Seen:
    x, y = map(float, pane.attrib["transform"].removeprefix("translate(").removesuffix(")").split())
    width, height = (float(pane.attrib[name]) for name in ("data-width", "data-height"))
    texts = " ".join(each.text or "" for each in pane.iter(f"{_SVG}text"))
    return Seen(pane.attrib["data-kind"], x, y, width, height, texts.strip())
