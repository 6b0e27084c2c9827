"""A week as a drawing: heads, whole days, hours with boxes in them, and the key."""

from bot.domain.intervals import Interval
from bot.domain.reading_habits import hour_text
from bot.domain.wall_time import DAY, MINUTE, epoch, local_day, zone_named
from bot.domain.week import DAYS, Week
from bot.rendering.reader import hour_cycle, read_by
from bot.rendering.week.axis import HOUR, Mark, seconds_ahead
from bot.rendering.week.fitting import cut, drawable, wrapped
from bot.rendering.week.font import Font, font
from bot.rendering.week.grid import BAR_HEIGHT, GUTTER, HEADS_HEIGHT, HEADS_TOP, HOUR_HEIGHT, MARGIN, OVER, WIDTH, Grid
from bot.rendering.week.key import draw_key
from bot.rendering.week.lanes import Box
from bot.rendering.week.layout import Bar, Beyond, Layout, layout_of
from bot.rendering.week.palette import (
    LINE,
    NO_TIME,
    NOW,
    OFF,
    ON_TODAY,
    PAPER,
    QUIET,
    TODAY,
    WORDS,
)
from bot.rendering.week.shapes import Drawing, Line, Rect, Stripes, Text, svg_of
from bot.rendering.week.things import LINE_HEIGHT, SIZE, Ends, count_pane, thing_pane
from bot.rendering.week.words import heading, notes_of, second_zone, subheading
from bot.rendering.zones import city, clock_time, short_day

INSET = 2
_BESIDE_HOURS = 7


def week_svg(week: Week) -> str:
    """The week as SVG, `WIDTH` pixels wide."""
    return svg_of(draw_week(week))


def draw_week(week: Week) -> Drawing:
    """The week as a drawing, by the clock of whose reader it is, whoever makes it."""
    with read_by(week.habits):
        return _Painter(week, layout_of(week), font()).paint()


class _Painter:
    """Puts one week on paper, from the top down."""

    def __init__(self, week: Week, layout: Layout, letters: Font) -> None:
        self._week = week
        self._layout = layout
        self._font = letters
        self._elsewhere = second_zone(week)
        self._gutter = self._widest_hour() + _BESIDE_HOURS
        self._grid = Grid(week, layout, clocks=2 if self._elsewhere else 1, gutter=self._gutter)
        self._drawing = Drawing(WIDTH, heading(week))

    def paint(self) -> Drawing:
        """All of it."""
        drawing, week, layout = self._drawing, self._week, self._layout
        self._title()
        self._heads()
        self._grounds()
        self._hours()
        for bar in layout.bars:
            self._bar(bar)
        self._counts()
        for box in layout.boxes:
            self._box(box)
        self._beyond()
        self._now()
        bottom = draw_key(drawing, week, self._grid.bottom + 12)
        for note in notes_of(week):
            for line in wrapped(note, WIDTH - 2 * MARGIN, SIZE, self._font, most=3):
                bottom += LINE_HEIGHT + 2
                drawing.add(Text(MARGIN, bottom, line, QUIET, SIZE))
        drawing.height = bottom + 12
        drawing.shapes.insert(0, Rect(0, 0, WIDTH, drawing.height, PAPER))
        return drawing

    def _title(self) -> None:
        room = WIDTH - 2 * MARGIN
        title = cut(drawable(heading(self._week), self._font), room, 17, self._font, is_bold=True)
        self._drawing.add(
            Text(MARGIN, 24, title, WORDS, 17, is_bold=True),
            Text(MARGIN, 44, cut(subheading(self._week), room, SIZE, self._font), QUIET, SIZE),
        )

    def _heads(self) -> None:
        for number, day in enumerate(self._week.days):
            x = self._grid.x(number)
            ink = WORDS
            if day == self._week.today:
                ink = ON_TODAY
                self._drawing.add(
                    Rect(x + 1, HEADS_TOP, self._grid.width(number) - 2, HEADS_HEIGHT - 4, TODAY, radius=5)
                )
            weekday, *date = short_day(day).split(" ")
            middle = self._grid.middle(number)
            self._drawing.add(
                Text(middle, HEADS_TOP + 16, weekday, ink, 14, is_bold=True, anchor="middle"),
                Text(middle, HEADS_TOP + 33, " ".join(date), ink, SIZE, anchor="middle"),
            )
        if self._elsewhere:
            for number, zone in enumerate((self._week.zone, self._elsewhere)):
                name = wrapped(city(zone), self._gutter - 3, SIZE, self._font, most=2)
                for line, text in enumerate(reversed(name)):
                    base = HEADS_TOP + 33 - line * LINE_HEIGHT
                    self._drawing.add(Text(MARGIN + number * self._gutter, base, text, WORDS, SIZE))

    def _grounds(self) -> None:
        """What is behind the hours of each day."""
        for number, day in enumerate(self._week.days):
            self._ground(number, self._layout.shown, OFF)
            if not self._week.is_known(day):
                top, bottom = self._grid.visible(self._layout.shown)
                self._drawing.add(Stripes(self._grid.x(number), top, self._grid.width(number), bottom - top, NO_TIME))
                self._note(number, self._layout.shown, "not known")
                continue
            for place in self._layout.working[number]:
                self._ground(number, place, PAPER)
            for place in self._layout.axis.missing(number):
                self._ground(number, place, NO_TIME)
                self._note(number, place, "no such" if place.end - place.start >= HOUR else "", "hour")

    def _ground(self, day: int, place: Interval, fill: str) -> None:
        top, bottom = self._grid.visible(place)
        if top < bottom:
            self._drawing.add(Rect(self._grid.x(day), top, self._grid.width(day), bottom - top, fill))

    def _note(self, day: int, place: Interval, *lines: str) -> None:
        top, bottom = self._grid.visible(place)
        if bottom - top < HOUR_HEIGHT - 1 or not lines[0]:
            return
        middle = self._grid.middle(day)
        # On the ground of a shade, not of stripes, so that it can be read.
        height = LINE_HEIGHT * len(lines) + 2
        self._drawing.add(Rect(self._grid.x(day) + 3, top + 5, self._grid.width(day) - 6, height + 3, NO_TIME))
        for number, line in enumerate(lines):
            self._drawing.add(Text(middle, top + 18 + number * LINE_HEIGHT, line, WORDS, SIZE, anchor="middle"))

    def _hours(self) -> None:
        for mark in self._layout.marks:
            y = self._grid.y(mark.place)
            self._drawing.add(Line(self._grid.left, y, WIDTH - MARGIN, y, LINE))
            for number, text in enumerate(self._hour_texts(mark)):
                self._drawing.add(
                    Text(MARGIN + (number + 1) * self._gutter - 6, y + 4, text, QUIET, SIZE, anchor="end")
                )
        for number in range(DAYS + 1):
            x = self._grid.x(number)
            self._drawing.add(Line(x, self._grid.bars_top, x, self._grid.bottom, LINE))

    def _widest_hour(self) -> float:
        texts = [text for mark in self._layout.marks for text in self._hour_texts(mark)]
        return max(GUTTER - _BESIDE_HOURS, *(self._font.width(text, SIZE) for text in texts))

    def _hour_texts(self, mark: Mark) -> list[str]:
        texts = [hour_text(60 * mark.hour, hour_cycle())]
        if self._elsewhere:
            there = (mark.hour * HOUR + seconds_ahead(self._week.first, self._week.zone, self._elsewhere)) % DAY
            texts.append(hour_text(there // MINUTE, hour_cycle()))
        return texts

    def _bar(self, bar: Bar) -> None:
        left = self._grid.x(bar.first) + INSET
        width = self._grid.x(bar.last + 1) - INSET - left
        top = self._grid.bars_top + bar.lane * BAR_HEIGHT
        self._drawing.add(thing_pane(left, top + 1, width, BAR_HEIGHT - 2, bar.item, self._font))

    def _counts(self) -> None:
        if self._layout.bar_lanes:
            self._drawing.add(Text(MARGIN, self._grid.bars_top + 14, "all day", QUIET, SIZE))
        y = self._grid.bars_top + (self._layout.bar_lanes - 1) * BAR_HEIGHT + 14
        for number, left in enumerate(self._layout.left):
            if left:
                self._drawing.add(Text(self._grid.middle(number), y, f"+{left} more", WORDS, SIZE, anchor="middle"))

    def _box(self, box: Box) -> None:
        width = (self._grid.width(box.day) - 2 * INSET) / box.lanes
        x = self._grid.x(box.day) + INSET + box.lane * width
        top, bottom = self._grid.y(box.top) + 1, self._grid.y(box.bottom) - 1
        if box.item is None:
            self._drawing.add(count_pane(x, top - 1, width - 1, bottom - top + 2, box.more))
            return
        top, bottom = top - OVER * box.goes_up, bottom + OVER * box.goes_down
        open_ends = Ends(box.goes_up, box.goes_down)
        self._drawing.add(thing_pane(x, top, width - 1, bottom - top, box.item, self._font, open_ends))

    def _beyond(self) -> None:
        """In the rows next to the hours: until when, or from when on, there is something outside of them."""
        for one in self._layout.before:
            until = max(item.end for item in one.items)
            self._outside(one, self._grid.before_top, self._until(until), Ends(top=True))
        for one in self._layout.after:
            since = min(item.start for item in one.items)
            self._outside(one, self._grid.after_top, f"{self._face(since)} on", Ends(bottom=True))

    def _until(self, second: int) -> str:
        told = clock_time(second, self._week.zone)
        # Half past midnight without its half of the day would be read as half past noon. There is no room for more.
        return told if told.startswith("12") else f"to {self._face(second)}"

    def _face(self, second: int) -> str:
        # Ahead of the hours that are shown it can only be morning, and after them evening: there is no room to say so.
        return clock_time(second, self._week.zone).partition(" ")[0]

    def _outside(self, beyond: Beyond, top: float, said: str, open_ends: Ends) -> None:
        x, width = self._grid.x(beyond.day) + INSET, self._grid.width(beyond.day) - 2 * INSET - 1
        if len(beyond.items) > 1:
            self._drawing.add(count_pane(x, top, width, BAR_HEIGHT, len(beyond.items)))
            return
        [item] = beyond.items
        self._drawing.add(thing_pane(x, top + 1, width, BAR_HEIGHT - 2, item, self._font, open_ends, said=said))

    def _now(self) -> None:
        second = epoch(self._week.now)
        today = local_day(second, zone_named(self._week.zone))
        if today not in self._week.days:
            return
        number = self._week.days.index(today)
        place = self._layout.axis.place(number, second)
        if self._layout.shown.start <= place <= self._layout.shown.end:
            x, y = self._grid.x(number), self._grid.y(place)
            self._drawing.add(
                Rect(x - 4, y - 4, 8, 8, NOW, radius=4), Line(x, y, self._grid.x(number + 1), y, NOW, width=2)
            )
