"""When calendars are read again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.polling import (
    LONGEST_BACKOFF,
    SHORTEST_BACKOFF,
    backoff,
    longest_interval,
    next_interval,
    next_sync_at,
)
from tests.builders import at

FIVE_MINUTES = timedelta(minutes=5)
NOW = at("12:00")


@pytest.mark.parametrize(("jitter", "expected"), [(0.0, "12:04:30"), (0.5, "12:05:00"), (0.999999, "12:05:30")])
def test_a_regular_reading_comes_up_to_a_tenth_early_or_late(jitter: float, expected: str) -> None:
    later = next_sync_at(NOW, FIVE_MINUTES, jitter)
    assert f"{later + timedelta(milliseconds=1):%H:%M:%S}" == expected


def test_the_first_failure_waits_half_a_minute_to_a_minute() -> None:
    assert (backoff(0, 0.0), backoff(0, 1.0)) == (timedelta(seconds=30), timedelta(seconds=60))


def test_each_failure_doubles_the_limit_up_to_an_hour() -> None:
    limits = [backoff(attempts, 1.0).total_seconds() for attempts in range(9)]
    assert limits == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


@given(attempts=st.integers(0, 10**6), jitter=st.floats(0, 1))
def test_any_backoff_lies_between_half_a_minute_and_an_hour(attempts: int, jitter: float) -> None:
    assert SHORTEST_BACKOFF <= backoff(attempts, jitter) <= LONGEST_BACKOFF


def test_the_provider_gets_at_least_the_patience_it_asks_for() -> None:
    assert backoff(0, 0.0, retry_after=600) == timedelta(minutes=10)


def test_a_short_wish_for_patience_does_not_shorten_the_backoff() -> None:
    assert backoff(6, 1.0, retry_after=1) == timedelta(hours=1)


@pytest.mark.parametrize(("asked", "given"), [(-5.0, SHORTEST_BACKOFF), (10.0**12, timedelta(days=1))])
def test_a_senseless_wish_for_patience_is_bounded(asked: float, given: timedelta) -> None:
    assert backoff(0, 0.0, retry_after=asked) == given


def test_a_quiet_calendar_is_left_alone_for_longer_up_to_four_times_its_interval() -> None:
    intervals: list[timedelta | None] = [None]
    for _ in range(6):
        intervals.append(next_interval(FIVE_MINUTES, intervals[-1], is_quiet=True))
    seconds = [one.total_seconds() for one in intervals if one is not None]
    assert seconds == [300, 450, 675, 1012.5, 1200, 1200]
    assert timedelta(seconds=seconds[-1]) == longest_interval(FIVE_MINUTES)


def test_a_calendar_in_which_something_happened_is_read_often_again() -> None:
    assert next_interval(FIVE_MINUTES, longest_interval(FIVE_MINUTES), is_quiet=False) == FIVE_MINUTES


def test_an_interval_that_was_set_anew_counts_at_once() -> None:
    hour = timedelta(hours=1)
    assert next_interval(hour, FIVE_MINUTES, is_quiet=True) == 1.5 * hour
    assert next_interval(FIVE_MINUTES, 4 * hour, is_quiet=True) == longest_interval(FIVE_MINUTES)


# fault 52
def test_a_calendar_whose_changes_are_told_of_is_read_a_third_as_often() -> None:
    told_for = timedelta(days=5)
    intervals: list[timedelta | None] = [None]
    for _ in range(6):
        intervals.append(next_interval(FIVE_MINUTES, intervals[-1], is_quiet=True, told_for=told_for))
    minutes = [one.total_seconds() / 60 for one in intervals if one is not None]
    assert minutes == [15, 22.5, 33.75, 50.625, 60, 60]
    assert next_interval(FIVE_MINUTES, 12 * FIVE_MINUTES, is_quiet=False, told_for=told_for) == 3 * FIVE_MINUTES


# fault 52
def test_polling_falls_back_to_its_own_pace_when_nothing_is_told_any_more() -> None:
    assert next_interval(FIVE_MINUTES, 12 * FIVE_MINUTES, is_quiet=True) == longest_interval(FIVE_MINUTES)


# fault 52
def test_a_calendar_is_read_at_the_end_of_what_is_told() -> None:
    left = timedelta(minutes=20)
    assert next_interval(FIVE_MINUTES, 12 * FIVE_MINUTES, is_quiet=True, told_for=left) == left
    assert next_interval(FIVE_MINUTES, None, is_quiet=True, told_for=timedelta(minutes=4)) == FIVE_MINUTES
