"""Dates as people read them."""

from datetime import date

import pytest

from bot.domain.day_words import spoken
from bot.rendering.zones import clock_change_line, short_date

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 3, 29), "Sunday 29 March", "Sun 29 Mar"),
        (date(2026, 9, 1), "Tuesday 1 September", "Tue 1 Sep"),
        (date(2026, 9, 2), "Wednesday 2 September 2026", "Wed 2 Sep 2026"),  # half a year ahead
        (date(2025, 12, 31), "Wednesday 31 December 2025", "Wed 31 Dec 2025"),
        (date(2027, 1, 4), "Monday 4 January 2027", "Mon 4 Jan 2027"),
    ],
)
def test_the_year_is_told_where_it_is_another_or_half_a_year_away(day: date, long: str, short: str) -> None:
    assert (spoken(day, TODAY), short_date(day, TODAY)) == (long, short)


def test_a_change_of_clocks_is_told_with_its_cities_before_it_and_after_it() -> None:
    day = date(2026, 3, 8)
    assert clock_change_line(day, ["New York"], today=TODAY) == "Clocks change on Sun 8 Mar in New York."
    assert clock_change_line(day, ["New York", "Toronto"], today=date(2026, 3, 9)) == (
        "Clocks changed on Sun 8 Mar in New York and Toronto."
    )
