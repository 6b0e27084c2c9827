"""The hours of a week on one axis, in weeks of 167 and 169 hours too."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agenda import window_of
from bot.rendering.week.axis import Axis, seconds_ahead, week_axis
from tests.builders import BERLIN, KATHMANDU, LORD_HOWE, NEW_YORK, second
from tests.week_builders import hours

ZONES = (BERLIN, NEW_YORK, LORD_HOWE, KATHMANDU, "Atlantic/Azores", "America/Havana", "Africa/Cairo")


def axis(first: str, zone: str = BERLIN) -> Axis:
    monday = date.fromisoformat(first)
    return week_axis([monday + timedelta(days=number) for number in range(7)], zone)


def placed(shown: Axis, day: int, start: str, end: str, zone: str = BERLIN) -> tuple[float, float]:
    """The hours from the top between which something lies."""
    return hours(shown.span(day, second(start, zone), second(end, zone)))


def test_a_usual_week_has_each_hour_where_it_is() -> None:
    shown = axis("2026-11-23")
    assert (shown.length, [mark.place // 3600 for mark in shown.marks]) == (86_400, list(range(25)))
    assert placed(shown, 1, "2026-11-24 9:00", "2026-11-24 9:30") == (9, 9.5)
    assert placed(shown, 1, "2026-11-23 22:00", "2026-11-25 3:00") == (0, 24)
    assert placed(shown, 2, "2026-11-24 9:00", "2026-11-24 9:30") == (0, 0)


# fault 42
@pytest.mark.parametrize(
    ("first", "zone", "night", "twice"),
    [("2026-10-19", BERLIN, "2026-10-25", 2), ("2026-10-26", NEW_YORK, "2026-11-01", 1)],
)
def test_what_the_wall_shows_twice_is_there_twice(first: str, zone: str, night: str, twice: int) -> None:
    shown = axis(first, zone)
    assert shown.length == 25 * 3600
    assert [(mark.place // 3600, mark.hour) for mark in shown.marks if mark.is_again] == [(twice + 1, twice)]
    assert [list(map(hours, shown.missing(day))) for day in (0, 6)] == [[(twice + 1, twice + 2)], []]
    # Midnight to five lasts six hours on that night; the day before has a gap in it.
    assert placed(shown, 6, f"{night} 0:00", f"{night} 5:00", zone) == (0, 6)
    assert placed(shown, 6, f"{night} 9:00", f"{night} 10:00", zone) == (10, 11)
    assert hours(shown.span(0, *window_of(date.fromisoformat(first), zone))) == (0, 25)


# fault 42
@pytest.mark.parametrize(
    ("first", "zone", "skipped"), [("2026-03-23", BERLIN, (2, 3)), ("2026-03-02", NEW_YORK, (2, 3))]
)
def test_what_the_clocks_skip_is_a_gap_in_that_day_alone(first: str, zone: str, skipped: tuple[int, int]) -> None:
    shown = axis(first, zone)
    assert shown.length == 24 * 3600
    assert [list(map(hours, shown.missing(day))) for day in (5, 6)] == [[], [skipped]]


@given(
    monday=st.dates(date(2024, 1, 1), date(2030, 1, 1)).map(lambda day: day - timedelta(days=day.weekday())),
    zone=st.sampled_from(ZONES),
)
def test_every_day_goes_down_the_axis_without_losing_a_second(monday: date, zone: str) -> None:
    shown = axis(monday.isoformat(), zone)
    for number, pieces in enumerate(shown.days):
        start, end = window_of(monday + timedelta(days=number), zone)
        assert (pieces[0].start, pieces[-1].end) == (start, end)
        assert sum(piece.end - piece.start for piece in pieces) == end - start
        places = [edge + piece.shift for piece in pieces for edge in (piece.start, piece.end)]
        assert places == sorted(places)
        assert 0 <= places[0] <= places[-1] <= shown.length
        taken = sum(gap.end - gap.start for gap in shown.missing(number))
        assert taken + end - start == shown.length


def test_how_far_another_zone_is_ahead_is_asked_of_the_day() -> None:
    days = [date(2026, 10, 23), date(2026, 10, 26), date(2026, 11, 2)]
    assert [seconds_ahead(day, BERLIN, NEW_YORK) // 3600 for day in days] == [-6, -5, -6]
    assert seconds_ahead(days[0], BERLIN, KATHMANDU) == (3 * 60 + 45) * 60
