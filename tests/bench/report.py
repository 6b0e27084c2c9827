"""What a benchmark found: its figures, the table they are printed in, and the file they are kept in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.bench.timing import Pair

_HEAD = ("figure", "ours", "reference", "ratio", "goal", "met")


class Incorrect(Exception):
    """What was timed gave a wrong answer, so that its time says nothing."""


def require(is_right: bool, otherwise: str) -> None:
    """An assertion that `python -O` keeps; raises `Incorrect`."""
    if not is_right:
        raise Incorrect(otherwise)


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a figure should lie; missing it fails nothing."""

    relation: Literal["<=", ">="]
    limit: float

    def is_met_by(self, value: float) -> bool:
        """Whether the figure lies there."""
        return value <= self.limit if self.relation == "<=" else value >= self.limit

    def told(self, unit: str) -> str:
        """The goal as it is printed."""
        return f"{self.relation} {self.limit:g}{unit}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Args:
        name: as in `results.json`.
        value: what counts and is held against the goal.
        seconds: what it came of.
        note: what was measured, and against what.
        goal: None where the figure is there to explain another.
        unit: of value and goal; a ratio has none.
    """

    name: str
    value: float
    seconds: Pair
    note: str
    goal: Goal | None = None
    unit: str = ""

    def cells(self) -> tuple[str, ...]:
        """The figure as a line of the table."""
        met = "" if self.goal is None else "yes" if self.goal.is_met_by(self.value) else "NO"
        return (
            self.name,
            _told(self.seconds.ours),
            _told(self.seconds.reference),
            f"{self.seconds.ours / self.seconds.reference if self.unit else self.value:.2f}",
            "" if self.goal is None else self.goal.told(self.unit),
            met,
        )


def cost(name: str, seconds: Pair, note: str, *, at_most: float | None = None) -> Figure:
    """A figure that says how many times longer ours takes than the reference."""
    goal = None if at_most is None else Goal("<=", at_most)
    return Figure(name, seconds.ours / seconds.reference, seconds, note, goal)


def speed(name: str, seconds: Pair, note: str, *, at_least: float | None = None) -> Figure:
    """A figure that says how many times faster ours is than the reference."""
    goal = None if at_least is None else Goal(">=", at_least)
    return Figure(name, seconds.reference / seconds.ours, seconds, note, goal)


def milliseconds(name: str, seconds: Pair, note: str, *, at_most: float | None = None) -> Figure:
    """A figure that is ours in milliseconds; the reference stands beside it for comparison only."""
    goal = None if at_most is None else Goal("<=", at_most)
    return Figure(name, seconds.ours * 1000, seconds, note, goal, unit=" ms")


def table(figures: Sequence[Figure]) -> str:
    """The figures in columns, with what each of them means below."""
    lines = [_HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    printed = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    ]
    notes = [f"{figure.name}: {figure.note}" for figure in figures]
    return "\n".join([*printed, "", *notes])


def keep(figures: Sequence[Figure], file: Path) -> None:
    """Write a flat object of names and numbers."""
    numbers = {figure.name: round(figure.value, 4) for figure in figures}
    file.write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")


def _told(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.2f} s"
