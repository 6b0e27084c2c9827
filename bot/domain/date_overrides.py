"""Dates whose hours differ from their weekday's: holidays, days off, and the one Saturday that is worked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.preferences import Preferences
from bot.domain.schedule import BadSchedule, WallRange

MOST_DATES = 366
# Where it is earliest on Earth: what has passed there has passed everywhere.
_WESTERNMOST = timedelta(hours=12)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Dates in a row, both ends included, that have the same hours; none is days off."""

    first: date
    last: date
    hours: tuple[WallRange, ...]


def earliest_today(now: datetime) -> date:
    """The date that it is at `now` where the day begins last."""
    return (now - _WESTERNMOST).date()


def date_spans(overrides: Mapping[date, tuple[WallRange, ...]], today: date) -> tuple[DateSpan, ...]:
    """The overrides from `today` on, those in a row that have the same hours as one."""
    spans: list[DateSpan] = []
    for day in sorted(overrides):
        if day < today:
            continue
        hours = overrides[day]
        if spans and spans[-1].hours == hours and spans[-1].last + _ONE_DAY == day:
            spans[-1] = replace(spans[-1], last=day)
        else:
            spans.append(DateSpan(day, day, hours))
    return tuple(spans)


def with_dates(preferences: Preferences, span: DateSpan, today: date) -> Preferences:
    """The preferences with these dates' hours replaced; what has passed is forgotten. Raises `BadSchedule`."""
    days = (span.last - span.first).days + 1
    if days > MOST_DATES:
        raise BadSchedule(f"At most {MOST_DATES} days at once.")
    changed = {span.first + timedelta(days=number): tuple(span.hours) for number in range(days)}
    kept = {day: hours for day, hours in preferences.schedule.overrides.items() if day >= today}
    both = {**kept, **changed}
    if len(both) > MOST_DATES:
        raise BadSchedule(f"At most {MOST_DATES} dates have hours of their own. Remove some first.")
    return _overridden(preferences, both)


def without_dates(preferences: Preferences, first: date, last: date) -> Preferences:
    """The preferences with the weekday's hours on these dates again."""
    kept = {day: hours for day, hours in preferences.schedule.overrides.items() if not first <= day <= last}
    return _overridden(preferences, kept)


def _overridden(preferences: Preferences, overrides: Mapping[date, tuple[WallRange, ...]]) -> Preferences:
    return replace(preferences, schedule=replace(preferences.schedule, overrides=overrides))
