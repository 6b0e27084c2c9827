"""How far a calendar can be relied on: read lately, read too long ago, or never."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.freshness import STALE_AFTER, Freshness, freshness, stale, stale_after, unread
from bot.domain.polling import longest_interval
from tests.unit.rendering.connections import a_calendar

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(), Freshness.FRESH),
        (STALE_AFTER, Freshness.FRESH),
        (STALE_AFTER + A_SECOND, Freshness.STALE),
        (timedelta(days=400), Freshness.STALE),
    ],
)
def test_a_calendar_is_stale_after_half_an_hour(age: timedelta, expected: Freshness) -> None:
    assert freshness(a_calendar("Family", read_at=NOW - age), NOW) is expected


@pytest.mark.parametrize(
    ("interval", "minutes"),
    [(None, 30), (timedelta(minutes=5), 30), (longest_interval(timedelta(minutes=5)), 30), (timedelta(hours=4), 360)],
)
def test_a_calendar_that_is_read_rarely_is_not_stale_between_two_readings(
    interval: timedelta | None, minutes: int
) -> None:
    assert stale_after(replace(a_calendar("Family"), interval=interval)) == timedelta(minutes=minutes)


def test_a_calendar_that_nobody_read_is_unread_and_not_merely_stale() -> None:
    assert freshness(a_calendar("Family"), NOW) is Freshness.UNREAD


def test_an_event_that_was_not_understood_makes_its_calendar_stale() -> None:
    assert freshness(a_calendar("Family", read_at=NOW, unreadable_events=1), NOW) is Freshness.STALE


def test_a_problem_alone_says_nothing_of_what_was_read() -> None:
    assert freshness(a_calendar("Family", read_at=NOW, problem="Google did not answer."), NOW) is Freshness.FRESH


def test_what_is_cut_off_is_stale_at_once_however_lately_it_was_read() -> None:
    family = a_calendar("Family", read_at=NOW)
    assert freshness(replace(family, is_cut_off=True), NOW) is Freshness.STALE
    assert freshness(replace(family, is_lost=True), NOW) is Freshness.STALE


def test_calendars_are_told_apart() -> None:
    fresh, old = a_calendar("Fresh", read_at=NOW), a_calendar("Old", read_at=NOW - timedelta(hours=1))
    never = a_calendar("Never")
    assert unread([fresh, old, never], NOW) == (never,)
    odd = a_calendar("Odd", read_at=NOW, unreadable_events=1)
    late = stale([fresh, old, never, odd], NOW)
    assert [(one.name, one.is_partial) for one in late] == [("Old", False), ("Odd", True)]
