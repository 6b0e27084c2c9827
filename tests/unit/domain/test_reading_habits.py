"""What a locale means for clocks and weeks, what a member chose, and how a time is written by either clock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reading_habits import (
    EVERYBODYS,
    FOLLOWS_SLACK,
    Habits,
    HourCycle,
    OwnHabits,
    clock_text,
    habits_of,
    hour_text,
    range_text,
    usual_habits,
)

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
TWELVE, TWENTY_FOUR = HourCycle.TWELVE, HourCycle.TWENTY_FOUR


@pytest.mark.parametrize(
    ("locale", "hour_cycle", "first_day"),
    [
        ("en-US", TWELVE, SUNDAY),
        ("en-GB", TWENTY_FOUR, MONDAY),
        ("en-AU", TWELVE, MONDAY),
        ("de-DE", TWENTY_FOUR, MONDAY),
        ("fr-FR", TWENTY_FOUR, MONDAY),
        ("fr-CA", TWENTY_FOUR, SUNDAY),  # whose pattern has an h that is no hour
        ("es-ES", TWENTY_FOUR, MONDAY),
        ("es-LA", TWELVE, MONDAY),  # Slack's own name of it
        ("pt-BR", TWENTY_FOUR, SUNDAY),
        ("ja-JP", TWENTY_FOUR, SUNDAY),
        ("ko-KR", TWELVE, SUNDAY),
        ("zh-TW", TWELVE, SUNDAY),
        ("ar-EG", TWELVE, SATURDAY),
    ],
)
def test_a_locale_has_its_clock_and_its_first_day(locale: str, hour_cycle: HourCycle, first_day: int) -> None:
    assert usual_habits(locale) == Habits(hour_cycle, first_day)


@pytest.mark.parametrize("locale", ["", "xx-YY", "en_US", "tlh-001-extra", "../../etc", "1"])
def test_an_unknown_locale_or_none_is_what_everybody_can_read(locale: str) -> None:
    assert usual_habits(locale) == EVERYBODYS == Habits(TWENTY_FOUR, MONDAY)


def test_what_somebody_chose_counts_for_itself_and_the_rest_follows_slack() -> None:
    assert habits_of("en-US", FOLLOWS_SLACK) == Habits(TWELVE, SUNDAY)
    assert habits_of("en-US", OwnHabits(hour_cycle=TWENTY_FOUR)) == Habits(TWENTY_FOUR, SUNDAY)
    assert habits_of("en-US", OwnHabits(first_day=MONDAY)) == Habits(TWELVE, MONDAY)
    assert habits_of("de-DE", OwnHabits(TWELVE, SATURDAY)) == Habits(TWELVE, SATURDAY)


@pytest.mark.parametrize(
    ("minutes", "by_24", "by_12"),
    [
        (0, "0:00", "12:00 AM"),
        (5, "0:05", "12:05 AM"),
        (9 * 60, "9:00", "9:00 AM"),
        (11 * 60 + 59, "11:59", "11:59 AM"),
        (12 * 60, "12:00", "12:00 PM"),
        (12 * 60 + 30, "12:30", "12:30 PM"),
        (15 * 60 + 30, "15:30", "3:30 PM"),
        (23 * 60 + 59, "23:59", "11:59 PM"),
        (24 * 60, "24:00", "12:00 AM"),  # the end of a day
    ],
)
def test_a_time_by_either_clock(minutes: int, by_24: str, by_12: str) -> None:
    assert (clock_text(minutes, TWENTY_FOUR), clock_text(minutes, TWELVE)) == (by_24, by_12)


@pytest.mark.parametrize(
    ("start", "end", "by_24", "by_12"),
    [
        (540, 630, "9:00-10:30", "9:00-10:30 AM"),
        (690, 780, "11:30-13:00", "11:30 AM-1:00 PM"),
        (690, 720, "11:30-12:00", "11:30 AM-12:00 PM"),
        (720, 750, "12:00-12:30", "12:00-12:30 PM"),
        (0, 30, "0:00-0:30", "12:00-12:30 AM"),
        (1320, 1440, "22:00-24:00", "10:00 PM-12:00 AM"),
        (0, 1440, "0:00-24:00", "12:00 AM-12:00 AM"),
        (150, 135, "2:30-2:15", "2:30 AM-2:15 AM"),  # the night on which clocks go back
    ],
)
def test_a_range_says_morning_or_afternoon_once_where_it_is_the_same(
    start: int, end: int, by_24: str, by_12: str
) -> None:
    assert (range_text(start, end, TWENTY_FOUR), range_text(start, end, TWELVE)) == (by_24, by_12)


def test_an_hour_on_an_axis_is_as_short_as_can_be() -> None:
    assert [hour_text(hour * 60, TWELVE) for hour in (0, 9, 12, 15)] == ["12 AM", "9 AM", "12 PM", "3 PM"]
    assert hour_text(15 * 60 + 45, TWELVE) == "3:45 PM"
    assert [hour_text(hour * 60, TWENTY_FOUR) for hour in (0, 9, 24)] == ["0:00", "9:00", "24:00"]


@given(st.integers(0, 1439))
def test_no_two_minutes_of_a_day_are_told_alike(minutes: int) -> None:
    later = (minutes + 720) % 1440
    assert clock_text(minutes, TWELVE) != clock_text(later, TWELVE)
    assert clock_text(minutes, TWELVE).split()[0] == clock_text(later, TWELVE).split()[0]
