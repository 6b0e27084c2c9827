"""Reads a recurrence rule strictly: what is read here is in range, and nothing else reaches the expansion."""

import re
from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import lcm

from bot.domain.errors import DaybookError

# Calendars give yearless birthdays a year of about 1604; what is older is a mistake, or meant to hurt. Dates at
# either end of time overflow where a zone is added.
EARLIEST_YEAR, LATEST_YEAR = 1600, 9000
MOST_VALUES_IN_A_LIST = 64
MOST_COUNTED = 5_000
_MOST_OF_A_MONTH, _MOST_OF_A_YEAR = 5, 53
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,6}", re.ASCII)
_DATE_OR_TIME = re.compile(r"(\d{8})(T\d{6}Z?)?", re.ASCII)
# The range of each list, and whether it may count from the end with negative numbers.
_RANGES: Mapping[str, tuple[int, int, bool]] = {
    "BYMONTH": (1, 12, False),
    "BYWEEKNO": (1, 53, False),
    "BYYEARDAY": (1, 366, True),
    "BYMONTHDAY": (1, 31, True),
    "BYSETPOS": (1, 366, True),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 59, False),
}


class UnsupportedRecurrence(DaybookError):
    """A repetition that cannot be worked out, or not at a bearable price; the sentence says why."""


class Frequency(StrEnum):
    """How often a rule may happen; what is quicker than hourly is no appointment."""

    HOURLY = "HOURLY"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Rule:
    """One RRULE. `lists` holds its BY parts of numbers by name, `weekdays` pairs of ordinal (0: every) and weekday.

    `until` is a date, a local time, or an aware time, as it was written. Monday is 0.
    """

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: date | None = None
    week_start: int = 0
    weekdays: tuple[tuple[int, int], ...] = ()
    lists: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def ending(self, until: datetime | date | None) -> "Rule":
        """The same rule with another end."""
        return replace(self, until=until)

    def text(self) -> str:
        """The rule as iCalendar writes it, in words that the expanding library reads as the standard means them."""
        parts = [f"FREQ={self.frequency}", f"INTERVAL={self.interval}", f"WKST={_WEEKDAYS[self.week_start]}"]
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if isinstance(self.until, datetime):
            parts.append(f"UNTIL={self.until:%Y%m%dT%H%M%S}{'Z' if self.until.tzinfo else ''}")
        elif self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        if self.weekdays:
            days = (f"{ordinal or ''}{_WEEKDAYS[weekday]}" for ordinal, weekday in self._weekdays_alike())
            parts.append(f"BYDAY={','.join(days)}")
        parts += [f"{name}={','.join(map(str, values))}" for name, values in self.lists.items()]
        return ";".join(parts)

    def _weekdays_alike(self) -> tuple[tuple[int, int], ...]:
        """The weekdays, none or all of them with an ordinal.

        `BYDAY=MO,1FR` means every Monday and the first Friday, but dateutil takes it for the days that are both:
        none. Every Monday is also the first, the second and so on, and ordinals it takes one by one.
        """
        plain = {weekday for ordinal, weekday in self.weekdays if not ordinal}
        numbered = tuple(day for day in self.weekdays if day[0] and day[1] not in plain)
        is_counted_off = self.frequency in (Frequency.MONTHLY, Frequency.YEARLY)
        if not is_counted_off:
            return self.weekdays
        if not plain or not numbered:
            return numbered or tuple((0, weekday) for weekday in sorted(plain))
        of_year = self.frequency is Frequency.YEARLY and "BYMONTH" not in self.lists
        most = _MOST_OF_A_YEAR if of_year else _MOST_OF_A_MONTH
        return *numbered, *((ordinal, weekday) for weekday in sorted(plain) for ordinal in range(1, most + 1))

    def in_step(self, start: datetime, before: datetime) -> datetime:
        """A late start, no later than `before`, from which the rule goes on exactly as from `start`.

        Walking from a start of years ago costs more than everything else. Only a rule that counts has to be walked.

        Args:
            start: local, without zone.
            before: local, without zone.
        """
        if self.count is not None or start >= before:
            return start
        if self.frequency in (Frequency.MONTHLY, Frequency.YEARLY):
            years = self.interval if self.frequency is Frequency.YEARLY else lcm(self.interval, 12) // 12
            year = start.year + max(before.year - 1 - start.year, 0) // years * years
            # Most other years have no 29 February to go on from.
            while (start.month, start.day) == (2, 29) and not isleap(year):
                year -= years
            return start.replace(year=year)
        step = {
            Frequency.HOURLY: timedelta(hours=1),
            Frequency.DAILY: timedelta(days=1),
            Frequency.WEEKLY: timedelta(weeks=1),
        }[self.frequency] * self.interval
        return start + (before - start) // step * step


def read_rule(text: str) -> Rule:
    """The rule that stands behind `RRULE:`; raises `UnsupportedRecurrence`."""
    parts = _parts(text)
    frequency = parts.pop("FREQ", "")
    if frequency in ("SECONDLY", "MINUTELY"):
        raise UnsupportedRecurrence("It repeats every second or minute, which no calendar can show.")
    if frequency not in Frequency.__members__:
        raise UnsupportedRecurrence("Its rule does not say how often it repeats.")
    interval = _number(parts.pop("INTERVAL", "1"), 1, 10_000, what="interval")
    count = parts.pop("COUNT", None)
    until = parts.pop("UNTIL", None)
    if count is not None and until is not None:
        raise UnsupportedRecurrence("Its rule says both how often and until when.")
    week_start = parts.pop("WKST", "MO")
    if week_start not in _WEEKDAYS:
        raise UnsupportedRecurrence("Its rule starts the week on no weekday.")
    weekdays = _weekdays(parts.pop("BYDAY", ""))
    return Rule(
        frequency=Frequency(frequency),
        interval=interval,
        count=None if count is None else _number(count, 1, MOST_COUNTED, what="number of times"),
        until=None if until is None else _until(until),
        week_start=_WEEKDAYS.index(week_start),
        weekdays=weekdays,
        lists={name: _list(name, values) for name, values in parts.items()},
    )


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.upper().strip(";").split(";"):
        name, _, value = part.partition("=")
        if not value or name in parts:
            raise UnsupportedRecurrence("Its rule cannot be read.")
        parts[name] = value
    return parts


def _number(text: str, least: int, most: int, *, what: str) -> int:
    if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
        raise UnsupportedRecurrence(f"The {what} in its rule is not from {least:,} to {most:,}.")
    return int(text)


def _list(name: str, text: str) -> tuple[int, ...]:
    if name not in _RANGES:
        raise UnsupportedRecurrence("Its rule has a part that is not known.")
    least, most, may_be_negative = _RANGES[name]
    values = text.split(",")
    if len(values) > MOST_VALUES_IN_A_LIST:
        raise UnsupportedRecurrence("Its rule has too long a list.")
    numbers = [_number(value, -most if may_be_negative else least, most, what=name) for value in values]
    if least == 1 and 0 in numbers:
        raise UnsupportedRecurrence("Its rule counts from zero.")
    return tuple(sorted(set(numbers)))


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    if not text:
        return ()
    values = text.split(",")
    if len(values) > MOST_VALUES_IN_A_LIST:
        raise UnsupportedRecurrence("Its rule has too long a list.")
    matches = [_WEEKDAY.fullmatch(value) for value in values]
    days = [(int(match[1] or 0), _WEEKDAYS.index(match[2])) for match in matches if match is not None]
    if len(days) != len(matches) or any(abs(ordinal) > 53 for ordinal, _ in days):
        raise UnsupportedRecurrence("Its rule names a weekday that does not exist.")
    return tuple(sorted(set(days)))


def _until(text: str) -> date | None:
    """The end, or none where it is as far away as none."""
    if not _DATE_OR_TIME.fullmatch(text):
        raise UnsupportedRecurrence("The end in its rule is no date.")
    try:
        until = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError as problem:
        raise UnsupportedRecurrence("The end in its rule is no date.") from problem
    if until.year < EARLIEST_YEAR:
        raise UnsupportedRecurrence("The end in its rule is too long ago.")
    return until if until.year <= LATEST_YEAR else None
