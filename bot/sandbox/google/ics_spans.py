"""When an event of a file begins and ends, mended where it makes no sense, with every mending noted."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.sandbox.google.ics_lines import Line
from bot.sandbox.google.ics_times import (
    FIRST_YEAR,
    LAST_YEAR,
    BadTime,
    Day,
    Wall,
    When,
    after,
    day_of,
    is_before,
    length_of,
    moved,
    when_of,
    whens,
    within_reach,
)
from bot.sandbox.google.ics_zones import Zones

# The calendar of a year comes back after so many: the same weekdays, the same leap years.
_CYCLE_YEARS, _THIS_CYCLE = 400, 2001
_AN_HOUR = timedelta(hours=1)
_A_DAY = timedelta(days=1)


@dataclass(slots=True)
class Reading:
    """The properties of an event while it is read, with what was wrong with them."""

    found: dict[str, list[Line]]
    zones: Zones
    is_end_lost: bool
    whys: list[str] = field(default_factory=list)

    def first(self, name: str) -> Line | None:
        lines = self.found.get(name)
        return lines[0] if lines else None

    def value(self, name: str) -> str:
        line = self.first(name)
        return line.value.upper() if line else ""

    def when(self, name: str) -> When | None:
        """The one time of a property; None where there is none or, which is noted, it cannot be read."""
        line = self.first(name)
        if line is None:
            return None
        try:
            return when_of(line.value, line, self.zones)
        except BadTime as problem:
            self.whys.append(f"its {name} {problem}")
            return None

    def whens(self, name: str) -> list[When]:
        read: list[When] = []
        for line in self.found.get(name, []):
            try:
                read += [within_reach(when) for when in whens(line, self.zones)]
            except BadTime as problem:
                self.whys.append(f"its {name} {problem}")
        return read


def span_of(reading: Reading, start: When) -> tuple[When, When]:
    """Start and end of an event that begins at `start`, both days or both times, the end not before the start."""
    if day_of(start).year > LAST_YEAR:
        start = within_reach(start)
    end = _end(reading, start)
    if type(start) is not type(end):
        start = start if isinstance(start, Wall) else Wall(_midnight(start), reading.zones.home)
        end = end if isinstance(end, Wall) else Wall(_midnight(end), reading.zones.home)
        reading.whys.append("it begins with a whole day and ends with a time, or the reverse")
    if "RRULE" in reading.found and day_of(start).year < FIRST_YEAR:
        start, end = _later_cycle(reading, start, end)
    return _ordered(reading, within_reach(start), within_reach(end))


def _end(reading: Reading, start: When) -> When:
    if (end := reading.when("DTEND")) is not None:
        return end
    if (duration := reading.first("DURATION")) is not None:
        try:
            return after(start, length_of(duration.value))
        except BadTime as problem:
            reading.whys.append(f"its DURATION {problem}")
    if isinstance(start, Day):
        return moved(start, _A_DAY)
    if not (reading.is_end_lost or "DTEND" in reading.found or "DURATION" in reading.found):
        return start
    reading.whys.append("when it ends is not known: an hour is blocked")
    return moved(start, timedelta(), _AN_HOUR)


def _ordered(reading: Reading, start: When, end: When) -> tuple[When, When]:
    """The start and an end that is not before it."""
    if isinstance(start, Day) and isinstance(end, Day):
        if end.day < start.day:
            reading.whys.append("it ends before it starts: its first day is blocked")
        # Many programs write the last day itself.
        return start, max(end, Day(start.day + _A_DAY))
    if not is_before(end, start):
        return start, end
    if is_before(moved(end, _A_DAY), start):
        reading.whys.append("it ends before it starts: an hour is blocked")
        return start, moved(start, timedelta(), _AN_HOUR)
    reading.whys.append("it ends before it starts: what lies between is blocked")
    return end, start


def _later_cycle(reading: Reading, start: When, end: When) -> tuple[When, When]:
    """A series of the year 1 or so as one of our time: it repeats the same way, weekdays and leap years included."""
    cycles = (_THIS_CYCLE - day_of(start).year) // _CYCLE_YEARS
    if any(re.search(r"COUNT=|INTERVAL=(?!1(;|$))", line.value.upper()) for line in reading.found["RRULE"]):
        del reading.found["RRULE"]
        reading.whys.append(f"it began before the year {FIRST_YEAR} and cannot be followed up to now")
        return start, end
    later = cycles * _CYCLE_YEARS
    return _years_later(start, later), _years_later(end, later)


def _years_later(when: When, years: int) -> When:
    if isinstance(when, Day):
        return Day(when.day.replace(year=min(when.day.year + years, LAST_YEAR)))
    return Wall(when.at.replace(year=min(when.at.year + years, LAST_YEAR)), when.zone)


def added_of(reading: Reading) -> list[tuple[When, When | None]]:
    """The single dates of an event; periods with their end."""
    added: list[tuple[When, When | None]] = []
    for line in reading.found.get("RDATE", []):
        for text in line.value.split(","):
            begin, _, rest = text.strip().partition("/")
            try:
                start = within_reach(when_of(begin, line, reading.zones))
                added.append((start, _period_end(start, rest, line, reading.zones) if rest else None))
            except BadTime as problem:
                reading.whys.append(f"its RDATE {problem}")
    return added


def _period_end(start: When, text: str, line: Line, zones: Zones) -> When:
    if text.upper().startswith(("P", "+P")):
        return within_reach(after(start, length_of(text)))
    end = within_reach(when_of(text, line, zones))
    if type(end) is not type(start) or is_before(end, start):
        raise BadTime("has a period that ends before it starts")
    return end


def _midnight(day: Day) -> datetime:
    return datetime.combine(day.day, time())
