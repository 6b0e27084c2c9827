"""The hours of one day as people write them: `9:00-12:00, 13:00-17:00`, and nothing for a day off."""

import re
from collections.abc import Sequence

from bot.domain.reading_habits import HourCycle, clock_text
from bot.domain.schedule import DAY_MINUTES, BadSchedule, WallRange, checked_hours

EXAMPLE = "9:00-12:00, 13:00-17:00"
MOST_RANGES = 8

_DAY_OFF = frozenset({"", "-", "closed", "day off", "none", "off"})
_BETWEEN_RANGES = re.compile(r"[,;\n]|\band\b|&")
_BETWEEN_TIMES = re.compile(r"[-–—−]|\bto\b|\buntil\b")
_TIME = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?\s?(?P<half>am|pm)?")
_HALF = re.compile(r"(?:am|pm)$")
_BARE = re.compile(r"(?:0?[1-9]|1[0-2])(?:[:.][0-9]{2})?")
_SHOWN = 30


def parse_hours(text: str) -> tuple[WallRange, ...]:
    """The ranges in their order; none for an empty text or `closed`. Raises `BadSchedule` with what to write."""
    words = text.strip().lower()
    if words in _DAY_OFF:
        return ()
    parts = [part.strip() for part in _BETWEEN_RANGES.split(words) if part.strip()]
    if len(parts) > MOST_RANGES:
        raise BadSchedule(f"One day has {MOST_RANGES} ranges of hours at most.")
    return checked_hours(_range(part) for part in parts)


def hours_text(ranges: Sequence[WallRange], hour_cycle: HourCycle) -> str:
    """The ranges as `parse_hours` reads them."""
    return ", ".join(f"{clock_text(start, hour_cycle)}-{clock_text(end, hour_cycle)}" for start, end in ranges)


def hours_example(hour_cycle: HourCycle) -> str:
    """What could be written, by the clock of whoever writes."""
    return hours_text(parse_hours(EXAMPLE), hour_cycle)


def _range(part: str) -> WallRange:
    times = [time.strip() for time in _BETWEEN_TIMES.split(part)]
    if len(times) != 2:
        raise BadSchedule(f"Write hours like {EXAMPLE}. {_quoted(part)} is not a range of hours.")
    # The midnight at which a day ends is the next one's 0:00.
    start, end = _minutes(times[0]), _minutes(times[1]) or DAY_MINUTES
    if (half := _HALF.search(times[1])) and _BARE.fullmatch(times[0]):
        start = _told_start(part, start, _minutes(f"{times[0]} {half[0]}"), end)
    if start == DAY_MINUTES or end <= start:
        raise BadSchedule(
            f"{_quoted(part)} ends before it begins. "
            "For a night, write 22:00-24:00 on the one day and 0:00-6:00 on the next."
        )
    return WallRange(start, end)


def _told_start(part: str, as_it_stands: int, in_the_same_half: int, end: int) -> int:
    """Where `9-5pm` begins: people leave out the first of two halves that are the same, and the morning too.

    Raises `BadSchedule` where it can be either, in minutes after midnight: `7:30-8pm`.
    """
    possible = [start for start in dict.fromkeys((as_it_stands, in_the_same_half)) if start < end]
    if len(possible) > 1:
        one, other = (clock_text(start, HourCycle.TWELVE) for start in sorted(possible))
        until = clock_text(end, HourCycle.TWELVE)
        raise BadSchedule(f"{_quoted(part)} could begin at {one} or {other}. Write {one}-{until} or {other}-{until}.")
    return possible[0] if possible else as_it_stands


def _minutes(time: str) -> int:
    found = _TIME.fullmatch(time)
    if found is None:
        raise _no_time(time)
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half is not None:
        if not 1 <= hour <= 12:
            raise _no_time(time)
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute > 59 or hour * 60 + minute > DAY_MINUTES:
        raise _no_time(time)
    return hour * 60 + minute


def _no_time(time: str) -> BadSchedule:
    return BadSchedule(f"Write hours like {EXAMPLE}. {_quoted(time)} is not a time.")


def _quoted(text: str) -> str:
    return f"“{text[:_SHOWN]}”" if text else "Nothing"
