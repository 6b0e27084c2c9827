"""Asking for one day: whose, which, and how long it lasts."""

from datetime import date

import pytest

from bot.domain.agenda import AgendaRequest, day_asked, is_known, parse_agenda_request, window_of
from bot.domain.day_words import MONDAY, UnclearWhen
from bot.domain.slots_request import UnclearRequest, UnknownNames
from tests.builders import BERLIN, LORD_HOWE, NEW_YORK, days

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("words", "request_made"),
    [
        ("", AgendaRequest()),
        ("tomorrow", AgendaRequest(when="tomorrow")),
        ("<@U2|ben> on fri", AgendaRequest(member="U2", when="on fri")),
        ("2026-12-01 <@U2>", AgendaRequest(member="U2", when="2026-12-01")),
    ],
)
def test_an_agenda_is_asked_for_in_any_order(words: str, request_made: AgendaRequest) -> None:
    assert parse_agenda_request(words) == request_made


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("<@U1> <@U2>", UnclearRequest),
        ("30m tomorrow", UnclearRequest),
        ("@ben", UnknownNames),
        ("<!channel>", UnclearRequest),
        ("someday", UnclearWhen),
    ],
)
def test_what_is_no_single_day_of_a_single_person_is_refused(words: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse_agenda_request(words)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("", TODAY),
        ("today", TODAY),
        ("yesterday", date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 25)),
        ("on Friday", date(2026, 11, 27)),
        ("2026-11-23", date(2026, 11, 23)),
        ("2026-10-25", date(2026, 10, 25)),
        ("2027-11-24", date(2027, 11, 24)),
    ],
)
def test_a_day_may_be_ahead_or_shortly_past(words: str, day: date) -> None:
    assert day_asked(words, TODAY, MONDAY) == day


@pytest.mark.parametrize("words", ["2026-10-24", "2027-11-25"])
def test_of_a_day_too_far_off_nobody_can_say(words: str) -> None:
    with pytest.raises(UnclearWhen, match="nobody can say what is on"):
        day_asked(words, TODAY, MONDAY)


@pytest.mark.parametrize("words", ["this week", "tue 15:00", "today tomorrow", "12/1"])
def test_more_or_less_than_a_day_is_asked_about(words: str) -> None:
    with pytest.raises(UnclearWhen):
        day_asked(words, TODAY, MONDAY)


def test_a_day_is_known_a_month_back_and_a_year_ahead() -> None:
    days = (date(2026, 10, 24), date(2026, 10, 25), date(2027, 11, 24), date(2027, 11, 25))
    assert [is_known(day, TODAY) for day in days] == [False, True, True, False]


# fault 42
@pytest.mark.parametrize(
    ("day", "zone", "minutes"),
    [
        ("2026-03-29", BERLIN, 23 * 60),
        ("2026-10-25", BERLIN, 25 * 60),
        ("2026-03-08", NEW_YORK, 23 * 60),
        ("2026-11-01", NEW_YORK, 25 * 60),
        ("2026-10-04", LORD_HOWE, 23 * 60 + 30),
        ("2026-11-24", BERLIN, 24 * 60),
    ],
)
def test_a_day_lasts_as_long_as_its_clock_says(day: str, zone: str, minutes: int) -> None:
    window = window_of(date.fromisoformat(day), zone)
    assert (window.end - window.start) // 60 == minutes


def test_several_days_last_as_long_as_all_of_their_clocks_say() -> None:
    assert window_of(date(2026, 10, 25), BERLIN) == days("2026-10-25")
    assert window_of(date(2027, 3, 13), NEW_YORK, days=2) == days("2027-03-13", "2027-03-14", NEW_YORK)
