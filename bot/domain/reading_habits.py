"""How somebody reads times: by which clock, and with which day a week of his begins."""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from bot.domain.schedule import DAY_MINUTES

_HOUR = 60
_HALF_DAY = 12 * _HOUR
# Slack calls Latin American Spanish es-LA; CLDR calls it es-419.
_SLACKS_OWN = {"es-LA": "es-419"}
# Within a pattern, words that are shown as they stand: French of Canada writes `HH 'h' mm`.
_QUOTED = re.compile(r"'[^']*'")
_TWELVE_HOURS = frozenset("hK")


class HourCycle(StrEnum):
    """How many hours a clock shows before it begins anew."""

    TWENTY_FOUR = "24"
    TWELVE = "12"


@dataclass(frozen=True, slots=True)
class Habits:
    """How times are read.

    Args:
        hour_cycle: by 24 hours, or by 12 with AM and PM.
        first_day: the weekday on which a week begins, 0 being Monday.
    """

    hour_cycle: HourCycle = HourCycle.TWENTY_FOUR
    first_day: int = 0


EVERYBODYS = Habits()
"""What is read by several people, or by somebody of whom nothing is known: nobody mistakes it."""


@dataclass(frozen=True, slots=True)
class OwnHabits:
    """What a member chose himself; what is None follows the language that he has in Slack."""

    hour_cycle: HourCycle | None = None
    first_day: int | None = None


FOLLOWS_SLACK = OwnHabits()
"""Of whoever chose nothing."""


def habits_of(locale: str, own: OwnHabits) -> Habits:
    """How a member reads times: as he chose, and otherwise as his locale has it, a name such as `en-US`."""
    usual = usual_habits(locale)
    return Habits(
        hour_cycle=usual.hour_cycle if own.hour_cycle is None else own.hour_cycle,
        first_day=usual.first_day if own.first_day is None else own.first_day,
    )


@lru_cache(maxsize=128)
def usual_habits(locale: str) -> Habits:
    """What is usual where a locale is spoken; for one that is unknown or missing, what everybody can read."""
    if not locale:
        return EVERYBODYS
    try:
        known = Locale.parse(_SLACKS_OWN.get(locale, locale), sep="-")
    except (UnknownLocaleError, ValueError):
        return EVERYBODYS
    hours = _QUOTED.sub("", known.time_formats["short"].pattern)
    hour_cycle = HourCycle.TWENTY_FOUR if _TWELVE_HOURS.isdisjoint(hours) else HourCycle.TWELVE
    return Habits(hour_cycle, known.first_week_day)


def clock_text(minutes: int, hour_cycle: HourCycle) -> str:
    """Minutes after midnight as a clock shows them: `15:30`, or `3:30 PM`.

    The end of a day is `24:00`, which by twelve hours is `12:00 AM`.
    """
    return f"{_face(minutes, hour_cycle)}{_half(minutes, hour_cycle)}"


def range_text(start: int, end: int, hour_cycle: HourCycle) -> str:
    """From minutes to minutes after midnight: `9:00-10:30`, `9:00-10:30 AM` or `11:30 AM-1:00 PM`.

    What ends in a day of its own ends at minutes of that day.
    """
    is_one_half = start <= end and _half(start, hour_cycle) == _half(end, hour_cycle) and end < DAY_MINUTES
    first = _face(start, hour_cycle) if is_one_half else clock_text(start, hour_cycle)
    return f"{first}-{clock_text(end, hour_cycle)}"


def time_text(at: time, hour_cycle: HourCycle) -> str:
    """The same of a time of day."""
    return clock_text(_HOUR * at.hour + at.minute, hour_cycle)


def hour_text(minutes: int, hour_cycle: HourCycle) -> str:
    """The same as `clock_text`, as short as can be: `15:00`, `3 PM`, `3:30 PM`."""
    told = clock_text(minutes, hour_cycle)
    return told if hour_cycle is HourCycle.TWENTY_FOUR else told.replace(":00", "")


def _face(minutes: int, hour_cycle: HourCycle) -> str:
    if hour_cycle is HourCycle.TWENTY_FOUR:
        return f"{minutes // _HOUR}:{minutes % _HOUR:02}"
    hour = minutes // _HOUR % 12
    return f"{hour or 12}:{minutes % _HOUR:02}"


def _half(minutes: int, hour_cycle: HourCycle) -> str:
    if hour_cycle is HourCycle.TWENTY_FOUR:
        return ""
    return " AM" if minutes % DAY_MINUTES < _HALF_DAY else " PM"
