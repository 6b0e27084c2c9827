"""A start as forms give it, on the days that the clocks change too."""

from datetime import date

import pytest

from bot.domain.wall_start import same_clock, start_on
from tests.builders import BERLIN, NEW_YORK, local, second


@pytest.mark.parametrize(
    ("day", "clock", "zone", "start"),
    [
        ("2026-11-24", "15:00", BERLIN, "2026-11-24T15:00+01:00"),
        ("2026-10-25", "2:30", BERLIN, "2026-10-25T02:30+02:00"),  # twice on the wall: the first time
        ("2026-03-08", "03:00", NEW_YORK, "2026-03-08T03:00-04:00"),
    ],
)
def test_a_time_on_the_wall_is_a_start(day: str, clock: str, zone: str, start: str) -> None:  # fault 42
    made = start_on(date.fromisoformat(day), clock, zone)
    assert made is not None
    assert local([made], zone) == [start]


@pytest.mark.parametrize(
    ("day", "clock", "zone"),
    [
        ("2026-03-29", "2:30", BERLIN),
        ("2026-03-08", "2:00", NEW_YORK),
        ("2026-11-24", "24:00", BERLIN),
        ("2026-11-24", "three", BERLIN),
    ],
)
def test_what_the_wall_never_shows_is_no_start(day: str, clock: str, zone: str) -> None:
    assert start_on(date.fromisoformat(day), clock, zone) is None


def test_another_day_keeps_the_clock_over_a_change() -> None:
    moved = same_clock(second("2026-03-27 15:00"), date(2026, 3, 30), BERLIN)
    assert moved == second("2026-03-30 15:00")
