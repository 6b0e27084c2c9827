"""The words for a week, and what can be said of one."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.day_words import MONDAY, UnclearWhen
from bot.domain.slots_request import UnclearRequest, UnknownNames
from bot.domain.week import WeekRequest, first_day_asked, parse_week_request
from tests.builders import at
from tests.unit.rendering.answers import NOON
from tests.week_builders import LINKED, appointment, bens_week, event, own_week

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "request_", "monday"),
    [
        ("", WeekRequest(), "2026-11-23"),
        ("this week", WeekRequest(weeks=0), "2026-11-23"),
        ("next week", WeekRequest(weeks=1), "2026-11-30"),
        ("next", WeekRequest(weeks=1), "2026-11-30"),
        ("last week", WeekRequest(weeks=-1), "2026-11-16"),
        ("Previous Week", WeekRequest(weeks=-1), "2026-11-16"),
        ("of 2026-12-09", WeekRequest(when="2026-12-09"), "2026-12-07"),
        ("sun", WeekRequest(when="sun"), "2026-11-23"),
        ("<@U2|ben> next week", WeekRequest("U2", weeks=1), "2026-11-30"),
        ("next week <@U2|ben>", WeekRequest("U2", weeks=1), "2026-11-30"),
        ("<@U2> tomorrow", WeekRequest("U2", "tomorrow"), "2026-11-23"),
    ],
)
def test_words_for_a_week_mean_its_monday(text: str, request_: WeekRequest, monday: str) -> None:
    asked = parse_week_request(text)
    assert asked == request_
    assert first_day_asked(asked, TUESDAY, MONDAY) == date.fromisoformat(monday)


@pytest.mark.parametrize(
    ("text", "today", "begins", "first"),
    [
        ("", "2026-11-24", 6, "2026-11-22"),
        ("", "2026-11-29", 6, "2026-11-29"),
        ("next week", "2026-11-24", 6, "2026-11-29"),
        ("last week", "2026-12-01", 6, "2026-11-22"),
        ("of 2027-01-01", "2026-11-24", 6, "2026-12-27"),
        ("", "2026-11-24", 5, "2026-11-21"),
    ],
)
def test_a_week_begins_as_the_askers_weeks_do(text: str, today: str, begins: int, first: str) -> None:
    asked = parse_week_request(text)
    assert first_day_asked(asked, date.fromisoformat(today), begins) == date.fromisoformat(first)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("<@U2> <@U3>", UnclearRequest),
        ("30m", UnclearRequest),
        ("@nobody", UnknownNames),
        ("banana", UnclearWhen),
        ("next tue", UnclearWhen),
        ("2028-01-01", UnclearWhen),
        ("2026-09-01", UnclearWhen),
    ],
)
def test_other_words_are_asked_about(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        first_day_asked(parse_week_request(text), TUESDAY, MONDAY)


def test_a_week_half_of_which_is_known_can_be_shown_and_the_one_before_cannot() -> None:
    week = own_week(first="2026-10-19", now=at("2026-11-24 12:00"))
    assert [week.is_known(day) for day in week.days] == [False] * 6 + [True]
    assert (week.neighbour(-1), week.neighbour(1)) == (None, date(2026, 10, 26))


def test_a_day_has_what_touches_it_past_midnight_too() -> None:
    week = own_week(
        event("2026-11-24 22:00-23:59"), event("Wed 9:00-10:00", "Review"), appointments=[appointment("Thu 9:00-10:00")]
    )
    titles = [[one.title for one in week.entries_on(day)] for day in week.days]
    assert titles == [[], ["Kick-off"], ["Review"], [], [], [], []]
    assert [len(week.appointments_on(day)) for day in week.days] == [0, 0, 0, 1, 0, 0, 0]


def test_what_nobody_has_read_is_not_drawn_as_free() -> None:
    assert own_week().is_drawn
    assert not own_week(calendars=()).is_drawn
    assert not own_week(calendars=(replace(LINKED, read_at=None),)).is_drawn
    ben = bens_week()
    assert ben.is_drawn
    assert not replace(ben, gathered=replace(ben.gathered, known=(), times=(), silent=ben.gathered.known)).is_drawn
    assert ben.now == NOON
