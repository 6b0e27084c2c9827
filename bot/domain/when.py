"""The small grammar of days and times in commands: `tomorrow`, `tue 15:00`, `2026-12-01..2026-12-05`.

    when  = day | time | day time | time day | "this week" | "next week" | day ".." day
    day   = "today" | "tomorrow" | weekday | "this" weekday | 2026-12-01 | 1 dec | dec 1 2026 | tue 24 nov
    time  = 15:00 | 9:30 | 3pm | 3:30pm        (without am and pm it is the 24-hour clock)

A weekday is the coming one; today counts, unless the time that stands with it has passed. A week has seven days from
the one with which the asker's weeks begin, and this week begins today. A time that the clock shows twice is the first
of the two.
`at`, `on` and commas are passed over, `to` is `..`. Whatever could mean two things, or nothing, is asked about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.day_words import (
    EXAMPLES,
    FURTHEST_DAYS,
    UnclearWhen,
    is_day_word,
    not_understood,
    read_day,
    spoken,
    week_start,
    weekday_of,
)
from bot.domain.intervals import Interval
from bot.domain.reading_habits import Habits, HourCycle, clock_text, time_text
from bot.domain.wall_time import MINUTE, epoch, midnight, moment, wall_clock

__all__ = [
    "LONGEST_DAYS",
    "UnclearWhen",
    "When",
    "first_day_meant",
    "has_time",
    "joined_halves",
    "parse_when",
    "time_in",
    "unknown_word",
]

LONGEST_DAYS = 62
_LONGEST_TEXT = 200
# A bare number is no time: it may be the day of a month.
_TIME = re.compile(r"([0-9]{1,2})(?::([0-9]{2})(am|pm)?|(am|pm))")
_HOUR = re.compile(r"[0-9]{1,2}")
_HALF = re.compile(r"(?<=[0-9])\s*([ap])\.?m\.?(?=[\s,;?!–-]|\.\.|$)", re.IGNORECASE)
_FILLERS = frozenset({"at", "on"})


@dataclass(frozen=True, slots=True)
class When:
    """The days that were asked about, as aware moments, half-open.

    Args:
        start: the first day's beginning in the asker's zone; `end` is the last day's end.
        at: the start that was asked about, where a time was written.
        date_text: the days as absolute dates, to be told back: `Tuesday 24 November`.
    """

    start: datetime
    end: datetime
    at: datetime | None
    date_text: str

    @property
    def window(self) -> Interval:
        """The days as epoch seconds."""
        return Interval(epoch(self.start), epoch(self.end))


def parse_when(words: str, *, now: datetime, zone: ZoneInfo, habits: Habits) -> When:
    """What the words mean to somebody in `zone` at `now`, an aware moment; raises `UnclearWhen`.

    By his `habits` a week begins, and times in questions are told.
    """
    if len(words) > _LONGEST_TEXT:
        raise UnclearWhen(f"That is too long for a day or time. Write for example {EXAMPLES}.")
    parts = _parts(words)
    today = now.astimezone(zone).date()
    if not parts:
        raise UnclearWhen(f"When? Write for example {EXAMPLES}.")
    if parts in (["this", "week"], ["next", "week"]):
        return _week(parts[0], today, zone, habits)
    if ".." in parts:
        cut = parts.index("..")
        return _range(parts[:cut], parts[cut + 1 :], today, zone, habits)
    times = [found for found in map(_TIME.fullmatch, parts) if found is not None]
    day_words = [part for part in parts if not _TIME.fullmatch(part)]
    if not times:
        return _day(day_words, today, zone, habits)
    if len(times) > 1:
        raise UnclearWhen(f"Write one time, not {' and '.join(found[0] for found in times)}.")
    return _time(day_words, _minutes(times[0]), now, zone, habits)


def first_day_meant(words: str, *, now: datetime, zone: ZoneInfo, habits: Habits) -> date:
    """The first day that the words may mean; today where they name none, or none that can be told from others."""
    today = now.astimezone(zone).date()
    if not words:
        return today
    try:
        return parse_when(words, now=now, zone=zone, habits=habits).start.astimezone(zone).date()
    except UnclearWhen as unclear:
        return unclear.days[0] if unclear.days else today


def unknown_word(words: str) -> str | None:
    """The first word that the grammar does not have, whatever the order; None if all are known."""
    unknown = (part for part in _parts(words) if not (part == ".." or _TIME.fullmatch(part) or is_day_word(part)))
    return next(unknown, None)


def has_time(words: str) -> bool:
    """Whether a time of day stands among the words."""
    return any(map(_TIME.fullmatch, _parts(words)))


def time_in(words: str) -> int | None:
    """Minutes after midnight of the first time of day among the words; None without one, and of what no clock shows."""
    found = next(filter(None, map(_TIME.fullmatch, _parts(words))), None)
    if found is None:
        return None
    try:
        return _minutes(found)
    except UnclearWhen:
        return None


def joined_halves(words: str) -> str:
    """The words with every half of a day joined to its time, `3:30pm` for `3:30 PM` and `3:30 p.m.`.

    Whoever takes words apart does this first, lest the half is left alone.
    """
    return _HALF.sub(lambda found: f"{found[1].lower()}m", words)


def _parts(words: str) -> list[str]:
    parts = joined_halves(words.lower()).replace(",", " ").replace("..", " .. ").split()
    return [".." if part == "to" else part for part in parts if part not in _FILLERS]


def _day(words: Sequence[str], today: date, zone: ZoneInfo, habits: Habits) -> When:
    if _HOUR.fullmatch(words[-1]) and (len(words) == 1 or _is_day(words[:-1], today, habits)):
        raise _which_half(words, habits.hour_cycle)
    day = _checked(read_day(words, today, today, habits.first_day), today)
    return _span(day, day, today, zone)


def _week(which: str, today: date, zone: ZoneInfo, habits: Habits) -> When:
    first, last = today, week_start(today, habits.first_day) + timedelta(days=6)
    if which == "next":
        first, last = last + timedelta(days=1), last + timedelta(days=7)
    return _span(first, last, today, zone)


def _range(left: Sequence[str], right: Sequence[str], today: date, zone: ZoneInfo, habits: Habits) -> When:
    if not left or not right:
        raise UnclearWhen("A range has two ends, like 2026-12-01..2026-12-05.")
    if any(map(_TIME.fullmatch, (*left, *right))):
        raise UnclearWhen("A range goes from day to day, like 2026-12-01..2026-12-05, without times.")
    first = _checked(read_day(left, today, today, habits.first_day), today)
    last = read_day(right, today, first, habits.first_day)
    if last < first:
        raise UnclearWhen(
            f"{spoken(last, today)} comes before {spoken(first, today)}.",
            (f"{last.isoformat()}..{first.isoformat()}",) if last >= today else (),
        )
    days = (_checked(last, today) - first).days + 1
    if days > LONGEST_DAYS:
        raise UnclearWhen(f"That is {days} days; {LONGEST_DAYS} at once is the most. Write a shorter range.")
    return _span(first, last, today, zone)


def _time(words: Sequence[str], minutes: int, now: datetime, zone: ZoneInfo, habits: Habits) -> When:
    today = now.astimezone(zone).date()
    day = _checked(read_day(words, today, today, habits.first_day) if words else today, today)
    at = _moment_on(day, minutes, today, zone, habits.hour_cycle)
    clock_time = clock_text(minutes, habits.hour_cycle)
    if at < now:
        if len(words) != 1 or weekday_of(words[0]) is None:
            tomorrow = today + timedelta(days=1)
            raise UnclearWhen(f"{clock_time} today has passed.", (f"{tomorrow.isoformat()} {clock_time}",))
        day += timedelta(days=7)
        at = _moment_on(day, minutes, today, zone, habits.hour_cycle)
    return replace(_span(day, day, today, zone), at=at)


def _moment_on(day: date, minutes: int, today: date, zone: ZoneInfo, hour_cycle: HourCycle) -> datetime:
    clock = wall_clock(zone, day, day)
    local = midnight(day) + minutes * MINUTE
    at = moment(clock.instant(local))
    if not clock.shows(local):
        shown = at.astimezone(zone)
        raise UnclearWhen(
            f"On {spoken(day, today)} the clock skips {clock_text(minutes, hour_cycle)} in {zone.key}.",
            (f"{shown.date().isoformat()} {time_text(shown.time(), hour_cycle)}",),
        )
    return at


def _span(first: date, last: date, today: date, zone: ZoneInfo) -> When:
    date_text = spoken(first, today) if first == last else f"{spoken(first, today)} to {spoken(last, today)}"
    clock = wall_clock(zone, first, last)
    return When(moment(clock.day(first)[0]), moment(clock.day(last)[1]), None, date_text)


def _checked(day: date, today: date) -> date:
    if day < today:
        raise UnclearWhen(f"{spoken(day, today)} has passed. Choose another one.")
    if (day - today).days > FURTHEST_DAYS:
        first_too_far = today + timedelta(days=FURTHEST_DAYS + 1)
        raise UnclearWhen(
            f"{spoken(day, today)} is more than two years ahead. Choose a day before {spoken(first_too_far, today)}."
        )
    return day


def _minutes(found: re.Match[str]) -> int:
    """Minutes after midnight of a time; raises `UnclearWhen` for one that no clock shows."""
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3] or found[4]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise UnclearWhen(f"No clock shows {found[0]}. Write a time like 9:30, 15:00 or 3pm.")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + minute


def _is_day(words: Sequence[str], today: date, habits: Habits) -> bool:
    try:
        read_day(words, today, today, habits.first_day)
    except UnclearWhen:
        return False
    return True


def _which_half(words: Sequence[str], hour_cycle: HourCycle) -> UnclearWhen:
    """What to ask about a number that stands where a time would."""
    *day, number = words
    hour = int(number)
    if hour > 23:
        return not_understood(number)
    hours = [hour, hour + 12] if 1 <= hour <= 11 else [hour]
    return UnclearWhen(
        f"{number} alone is no day and no time.",
        [" ".join((*day, clock_text(60 * each, hour_cycle))) for each in hours],
    )
