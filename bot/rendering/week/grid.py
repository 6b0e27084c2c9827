"""Where days and hours are on the picture of a week, in pixels."""

from collections.abc import Collection

from bot.domain.intervals import Interval
from bot.domain.week import DAYS, Week
from bot.rendering.week.axis import HOUR
from bot.rendering.week.layout import Layout

WIDTH = 600
MARGIN = 6
GUTTER = 46
"""How wide a column of hours is, unless their texts need more."""
# Half an hour has room for two lines that stand close.
HOUR_HEIGHT = 60
HEADS_TOP = 56
HEADS_HEIGHT = 42
BAR_HEIGHT = 20
# How far what goes on beyond the hours that are shown reaches over their edge.
OVER = 4
# A weekend on which there is nothing leaves its room to the other days.
QUIET_WIDTH = 50
WEEKEND = (5, 6)
"""Its weekdays, 0 being Monday, wherever they stand in the week."""


class Grid:
    """The places of one week; days are counted from 0, and places on the axis are those of its `Layout`."""

    def __init__(self, week: Week, layout: Layout, *, clocks: int, gutter: float = GUTTER) -> None:
        """`clocks` is how many columns of hours there are, each as wide as `gutter`."""
        self._shown = layout.shown
        weekend = [number for number, day in enumerate(week.days) if day.weekday() in WEEKEND]
        quiet = weekend if _is_quiet(weekend, week, layout) else []
        self._edges = _edges(MARGIN + gutter * clocks, quiet)
        self.bars_top = HEADS_TOP + HEADS_HEIGHT
        self.before_top = self.bars_top + layout.bar_lanes * BAR_HEIGHT
        self._room_after = BAR_HEIGHT + OVER if layout.after else 0
        gap = 6 if layout.bar_lanes or layout.before else 2
        self.top = self.before_top + (BAR_HEIGHT if layout.before else 0) + gap

    @property
    def left(self) -> float:
        """Where the first day begins."""
        return self._edges[0]

    @property
    def after_top(self) -> float:
        """Where the row below the last hour begins."""
        return self.y(self._shown.end) + OVER

    @property
    def bottom(self) -> float:
        """Where the last hour ends, or the row below it."""
        return self.y(self._shown.end) + self._room_after

    def x(self, day: int) -> float:
        """Where a day begins; that of the day behind the last is where the last one ends."""
        return self._edges[day]

    def width(self, day: int) -> float:
        """How wide a day is."""
        return self._edges[day + 1] - self._edges[day]

    def middle(self, day: int) -> float:
        """The middle of a day."""
        return (self._edges[day] + self._edges[day + 1]) / 2

    def y(self, place: float) -> float:
        """A place on the axis."""
        return self.top + (place - self._shown.start) / HOUR * HOUR_HEIGHT

    def visible(self, place: Interval) -> tuple[float, float]:
        """From where to where a stretch of the axis is, as far as it is shown; upside down where it is not."""
        return self.y(max(place.start, self._shown.start)), self.y(min(place.end, self._shown.end))


def _edges(left: float, quiet: Collection[int]) -> list[float]:
    """Where each day begins, and where the last one ends; the `quiet` ones are narrow."""
    room = WIDTH - MARGIN - left
    usual = (room - len(quiet) * QUIET_WIDTH) / (DAYS - len(quiet))
    widths = [QUIET_WIDTH if day in quiet else usual for day in range(DAYS)]
    return [left + sum(widths[:day]) for day in range(DAYS + 1)]


def _is_quiet(weekend: Collection[int], week: Week, layout: Layout) -> bool:
    """Whether nothing at all is to be drawn or said on Saturday and Sunday, in a week with nothing out of order."""
    is_plain = all(map(week.is_known, week.days)) and not any(map(layout.axis.missing, range(DAYS)))
    is_empty = not any(layout.working[day] or layout.left[day] for day in weekend)
    days = {box.day for box in layout.boxes} | {day for bar in layout.bars for day in range(bar.first, bar.last + 1)}
    days |= {beyond.day for beyond in (*layout.before, *layout.after)}
    return is_plain and is_empty and days.isdisjoint(weekend)
