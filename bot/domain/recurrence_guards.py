"""Refuses repetitions whose expansion would not come to an end in good time.

The expanding library walks a rule period by period and stops at the first match behind what it was asked for.
So a rule is dangerous when its periods are tiny, when one of them holds very many times, or when it never
matches again (`BYMONTH=2;BYMONTHDAY=30`: the library then walks to the year 9999). The last is found out by
looking for that match ourselves, over a bounded number of periods; so it is known how many of them the library
will walk, and that number times the conditions looked at in each is bounded as well.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from math import prod
from typing import NamedTuple

from bot.domain.recurrence_rule import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Frequency,
    Rule,
    UnsupportedRecurrence,
    read_rule,
)

MOST_OCCURRENCES = 3_000
MOST_LINES = 400
MOST_DATES = 1_000
LONGEST_LINE = 20_000
LONGEST_REPEATED = timedelta(days=400)
_MOST_TIMES_A_DAY = 24
_MOST_PERIODS_COUNTED = 15_000
# About a sixth of a second.
_MOST_STEPS = 600_000
# dateutil looks for ten times in one go, and these may be further apart than the first is away.
_PERIODS_AHEAD = 20
# About a dozen years each; for yearly ones the 40 that a 29 February on a given weekday can take.
_PERIODS_LOOKED_AT = {
    Frequency.DAILY: 4_400,
    Frequency.WEEKLY: 640,
    Frequency.MONTHLY: 150,
    Frequency.YEARLY: 45,
}
_PERIOD = {
    Frequency.HOURLY: timedelta(hours=1),
    Frequency.DAILY: timedelta(days=1),
    Frequency.WEEKLY: timedelta(weeks=1),
    Frequency.MONTHLY: timedelta(days=28),
    Frequency.YEARLY: timedelta(days=365),
}
_LINE = re.compile(r"(RRULE|RDATE|EXDATE)((?:;[ -9;-~]*)?):([ -~]+)", re.ASCII)
_DATES = re.compile(r"\d{8}(T\d{6}Z?)?(,\d{8}(T\d{6}Z?)?)*", re.ASCII)
_DAY_LISTS = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
_SKIPPING_LISTS = ("BYMONTH", *_DAY_LISTS)


class Recurrence(NamedTuple):
    """The lines of a master, checked: its rules, and the lines of dates as they are."""

    rules: tuple[Rule, ...]
    date_lines: tuple[str, ...]


def read_lines(lines: Sequence[str]) -> Recurrence:
    """The RRULE, RDATE and EXDATE lines of a master; raises `UnsupportedRecurrence`."""
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        raise UnsupportedRecurrence("Its repetition is written at too great a length.")
    rules: list[Rule] = []
    date_lines: list[str] = []
    dates = 0
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise UnsupportedRecurrence("Its repetition has a line that cannot be read.")
        if match[1] == "RRULE":
            rules.append(read_rule(match[3]))
            continue
        if not _DATES.fullmatch(match[3]):
            raise UnsupportedRecurrence("Its repetition has dates that cannot be read.")
        dates += match[3].count(",") + 1
        date_lines.append(line)
    if dates > MOST_DATES:
        raise UnsupportedRecurrence("It lists too many single dates.")
    if len(rules) > 2:
        raise UnsupportedRecurrence("It has more than two rules.")
    return Recurrence(tuple(rules), tuple(date_lines))


def check_years(*dates: date) -> None:
    """Refuse a repeating event from where no calendar reaches; raises `UnsupportedRecurrence`."""
    if not all(EARLIEST_YEAR <= day.year <= LATEST_YEAR for day in dates):
        raise UnsupportedRecurrence(f"It happens before the year {EARLIEST_YEAR} or after {LATEST_YEAR}.")


def check_cost(rule: Rule, start: datetime, length: timedelta, begin: datetime, end: datetime) -> None:
    """Refuse a rule that would be too dear to expand from `begin` to `end`.

    Args:
        rule: as it was read.
        start: where it starts; this and the other times are local, without zone.
        length: of one occurrence.
        begin: the start of the window.
        end: the end of the window.

    Raises:
        UnsupportedRecurrence: with the reason.
    """
    if length > LONGEST_REPEATED:
        raise UnsupportedRecurrence("It repeats, and each time takes more than a year.")
    if prod(len(rule.lists.get(name, (0,))) for name in ("BYHOUR", "BYMINUTE", "BYSECOND")) > _MOST_TIMES_A_DAY:
        raise UnsupportedRecurrence("It happens at too many times of a day.")
    if rule.frequency is Frequency.HOURLY:
        _check_hourly(rule, start, begin - length, end)
        return
    if "BYWEEKNO" in rule.lists and (rule.frequency is not Frequency.YEARLY or rule.week_start):
        raise UnsupportedRecurrence("It repeats by the number of the week in an unusual way.")
    if rule.count is not None and _skips_periods(rule):
        periods = (end - start) // (_PERIOD[rule.frequency] * rule.interval)
        if periods > _MOST_PERIODS_COUNTED:
            raise UnsupportedRecurrence("It counts its repetitions from too long ago.")
    ahead = _periods_to_next(rule, start, end.date())
    if ahead is None:
        raise UnsupportedRecurrence("Its rule never comes true, or hardly ever.")
    first = rule.in_step(start, begin - length)
    if _periods_walked(rule, first, end, ahead) * _steps_of_period(rule) > _MOST_STEPS:
        raise UnsupportedRecurrence("Its rule has too many conditions to be worked out.")


def _periods_walked(rule: Rule, first: datetime, end: datetime, ahead: int) -> int:
    """How many periods the library looks at, from the first time to the one that tells it to stop."""
    behind = max((end - first) // (_PERIOD[rule.frequency] * rule.interval), 0)
    if rule.count is None:
        return behind + ahead
    # What counts cannot be given an end, and is read a little further than asked.
    walked = behind + ahead * _PERIODS_AHEAD
    return walked if _skips_periods(rule) else min(walked, rule.count)


def _steps_of_period(rule: Rule) -> int:
    """What the library does for one period, in looks at a day, of which it takes some four million a second."""
    days = {Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.MONTHLY: 31, Frequency.YEARLY: 366}[rule.frequency]
    compared = sum(len(rule.lists.get(name, ())) for name in _SKIPPING_LISTS) + len(rule.weekdays)
    positions = len(rule.lists.get("BYSETPOS", ()))
    return 20 + days * (2 + compared // 8) + positions * (16 + days // 8)


def _check_hourly(rule: Rule, start: datetime, begin: datetime, end: datetime) -> None:
    if rule.lists or rule.weekdays:
        raise UnsupportedRecurrence("It repeats hourly, with more conditions than can be worked out.")
    if rule.count is None or rule.count > MOST_OCCURRENCES:
        if rule.until is not None:
            # Whole days and one more: here the zone of the end does not matter.
            end = min(end, begin.min.replace(rule.until.year, rule.until.month, rule.until.day) + timedelta(days=2))
        if (end - max(start, begin)) // (_PERIOD[Frequency.HOURLY] * rule.interval) > MOST_OCCURRENCES:
            raise UnsupportedRecurrence("It happens too often: more than 3,000 times within the time looked at.")


def _skips_periods(rule: Rule) -> bool:
    """Whether some periods may hold no occurrence, so that counting walks past more of them than it counts."""
    if any(name in rule.lists for name in _SKIPPING_LISTS) or "BYSETPOS" in rule.lists:
        return True
    return bool(rule.weekdays) and rule.frequency is not Frequency.WEEKLY


def _periods_to_next(rule: Rule, start: datetime, after: date) -> int | None:
    """How many periods behind a date to look at up to one in which the rule matches, or up to the end of time."""
    days_of = _DaysOf(rule, start.date())
    needed = min((abs(position) for position in rule.lists.get("BYSETPOS", (1,))), default=1)
    times = prod(len(rule.lists.get(name, (0,))) for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    looked_at = 0
    for first, last in islice(_periods(rule, start.date(), after), _PERIODS_LOOKED_AT[rule.frequency]):
        looked_at += 1
        matching = (day for day in _days(first, last) if days_of.matches(day))
        if sum(1 for _ in islice(matching, needed)) * times >= needed:
            return looked_at
    return looked_at if looked_at < _PERIODS_LOOKED_AT[rule.frequency] else None


def _periods(rule: Rule, start: date, after: date) -> Iterator[tuple[date, date]]:
    """First and last day of each period of the rule that begins behind a date."""
    if rule.frequency in (Frequency.MONTHLY, Frequency.YEARLY):
        unit = 12 if rule.frequency is Frequency.YEARLY else 1
        months = unit * rule.interval
        index = start.year * 12 + (start.month - 1) // unit * unit
        index += max(((after.year + 1) * 12 - index) // months + 1, 0) * months
        while index // 12 <= date.max.year:
            end = index + unit - 1
            last = date(end // 12, end % 12 + 1, monthrange(end // 12, end % 12 + 1)[1])
            yield date(index // 12, index % 12 + 1, 1), last
            index += months
        return
    unit = 7 if rule.frequency is Frequency.WEEKLY else 1
    first = start.toordinal()
    if unit == 7:
        first -= (start.weekday() - rule.week_start) % 7
    step = unit * rule.interval
    first += max((after.toordinal() - first) // step + 1, 0) * step
    while first + unit - 1 <= date.max.toordinal():
        yield date.fromordinal(first), date.fromordinal(first + unit - 1)
        first += step


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


class _DaysOf:
    """The days that a rule allows within its periods, with what it leaves to its start filled in."""

    def __init__(self, rule: Rule, start: date) -> None:
        self._rule = rule
        self._lists = dict(rule.lists)
        self._weekdays = rule.weekdays
        if rule.weekdays or any(name in rule.lists for name in _DAY_LISTS):
            return
        if rule.frequency is Frequency.WEEKLY:
            self._weekdays = ((0, start.weekday()),)
        elif rule.frequency in (Frequency.MONTHLY, Frequency.YEARLY):
            self._lists["BYMONTHDAY"] = (start.day,)
            if rule.frequency is Frequency.YEARLY:
                self._lists.setdefault("BYMONTH", (start.month,))

    def matches(self, day: date) -> bool:
        """Whether the day is one of them."""
        # The month first: it spares most days the rest, and thousands may be asked about.
        return self._allows("BYMONTH", day.month) and self._fits(day)

    def _fits(self, day: date) -> bool:
        month_length = monthrange(day.year, day.month)[1]
        year_day = day.timetuple().tm_yday
        year_length = 365 + isleap(day.year)
        return (
            self._allows("BYMONTHDAY", day.day, day.day - month_length - 1)
            and self._allows("BYYEARDAY", year_day, year_day - year_length - 1)
            and self._allows("BYWEEKNO", day.isocalendar().week)
            and self._is_weekday(day, month_length, year_day, year_length)
        )

    def _allows(self, name: str, *numbers: int) -> bool:
        allowed = self._lists.get(name)
        return allowed is None or any(number in allowed for number in numbers)

    def _is_weekday(self, day: date, month_length: int, year_day: int, year_length: int) -> bool:
        if not self._weekdays:
            return True
        of_year = self._rule.frequency is Frequency.YEARLY and "BYMONTH" not in self._lists
        place, length = (year_day, year_length) if of_year else (day.day, month_length)
        ordinals = {0, (place - 1) // 7 + 1, -((length - place) // 7 + 1)}
        if self._rule.frequency in (Frequency.DAILY, Frequency.WEEKLY):
            return any(weekday == day.weekday() for _, weekday in self._weekdays)
        return any(weekday == day.weekday() and ordinal in ordinals for ordinal, weekday in self._weekdays)
