"""Dates with hours of their own, in rows, added and taken away."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.date_overrides import DateSpan, date_spans, earliest_today, with_dates, without_dates
from bot.domain.preferences import Preferences, default_preferences
from bot.domain.schedule import BadSchedule, WallRange
from tests.builders import BERLIN

TODAY = date(2026, 11, 24)
MORNING = (WallRange(540, 720),)


def dates(*spans: tuple[str, str, tuple[WallRange, ...]], today: date = TODAY) -> Preferences:
    """Preferences with these dates added one after the other."""
    preferences = default_preferences(BERLIN)
    for first, last, hours in spans:
        span = DateSpan(date.fromisoformat(first), date.fromisoformat(last), hours)
        preferences = with_dates(preferences, span, today)
    return preferences


def shown(preferences: Preferences, today: date = TODAY) -> list[tuple[str, str, int]]:
    """First date, last date, and how many ranges of hours."""
    spans = date_spans(preferences.schedule.overrides, today)
    return [(span.first.isoformat(), span.last.isoformat(), len(span.hours)) for span in spans]


def test_dates_in_a_row_with_the_same_hours_are_shown_as_one() -> None:
    preferences = dates(
        ("2026-12-24", "2026-12-25", ()), ("2026-12-26", "2026-12-26", ()), ("2026-12-31", "2026-12-31", MORNING)
    )
    assert shown(preferences) == [("2026-12-24", "2026-12-26", 0), ("2026-12-31", "2026-12-31", 1)]


def test_a_day_in_between_that_has_other_hours_parts_a_row() -> None:
    preferences = dates(("2026-12-24", "2026-12-26", ()), ("2026-12-25", "2026-12-25", MORNING))
    assert shown(preferences) == [
        ("2026-12-24", "2026-12-24", 0),
        ("2026-12-25", "2026-12-25", 1),
        ("2026-12-26", "2026-12-26", 0),
    ]


def test_removing_dates_leaves_the_others() -> None:
    preferences = without_dates(dates(("2026-12-24", "2026-12-26", ())), date(2026, 12, 25), date(2026, 12, 25))
    assert shown(preferences) == [("2026-12-24", "2026-12-24", 0), ("2026-12-26", "2026-12-26", 0)]
    assert shown(without_dates(preferences, date.min, date.max)) == []


def test_what_has_passed_is_not_shown_and_forgotten_with_the_next_change() -> None:
    preferences = dates(("2026-12-24", "2026-12-24", ()))
    new_year = date(2027, 1, 2)
    assert shown(preferences, new_year) == []
    later = with_dates(preferences, DateSpan(date(2027, 2, 1), date(2027, 2, 1), ()), new_year)
    assert list(later.schedule.overrides) == [date(2027, 2, 1)]


def test_more_than_a_year_of_dates_is_refused() -> None:
    with pytest.raises(BadSchedule, match="At most 366 days at once"):
        dates(("2026-12-01", "9999-12-31", ()))
    year = ("2026-12-01", "2027-12-01", ())
    assert len(dates(year).schedule.overrides) == 366
    with pytest.raises(BadSchedule, match="At most 366 dates have hours of their own"):
        dates(year, ("2028-01-01", "2028-01-01", ()))


def test_today_is_the_date_where_the_day_begins_last() -> None:
    assert earliest_today(datetime(2026, 11, 24, 11, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert earliest_today(datetime(2026, 11, 24, 12, 0, tzinfo=UTC)) == date(2026, 11, 24)
