"""When it is night for somebody elsewhere."""

import pytest

from bot.domain.intervals import Interval, overlaps
from bot.domain.nights import nights_elsewhere
from bot.domain.schedule import Schedule
from bot.domain.wall_time import MINUTE, moment, zone_named
from tests.builders import BERLIN, NEW_YORK, a_schedule, days, second

MANILA = "Asia/Manila"
ALWAYS = a_schedule("daily 0:00-24:00", zone=NEW_YORK)


def told(schedule: Schedule, zone: str = NEW_YORK, here: str = BERLIN, day: str = "2026-11-24") -> list[str]:
    """The nights of a day in Berlin, by the clock of `zone`."""
    nights = nights_elsewhere(zone, schedule, here, days(day))
    return [
        " to ".join(f"{moment(each).astimezone(zone_named(zone)):%a %H:%M%z}" for each in night) for night in nights
    ]


@pytest.mark.parametrize(
    ("start", "minutes", "is_night"),
    [
        ("2026-11-24 11:30", 60, True),  # 5:30 in New York
        ("2026-11-24 12:00", 60, False),
        ("2026-11-25 3:00", 60, False),  # 21:00
        ("2026-11-25 3:30", 60, True),
        ("2026-10-26 10:45", 15, True),  # 5:45: for a week New York is five hours behind
        ("2026-10-26 11:00", 60, False),
        ("2026-03-09 11:00", 60, False),  # the same in spring
        ("2026-03-30 11:00", 60, True),
        ("2026-03-08 3:59", 480, True),  # 21:59 to 6:59, over the change of clocks
    ],
)
def test_night_is_from_ten_to_six_by_the_clock_of_the_zone(start: str, minutes: int, is_night: bool) -> None:
    meeting = Interval(second(start), second(start) + minutes * MINUTE)
    assert any(overlaps(meeting, night) for night in nights_elsewhere(NEW_YORK, ALWAYS, BERLIN, meeting)) is is_night


def test_a_night_goes_over_midnight_and_over_the_change_of_clocks() -> None:
    assert told(ALWAYS, day="2026-03-08")[1:] == [
        "Sat 22:00-0500 to Sun 06:00-0400",
        "Sun 22:00-0400 to Mon 00:00-0400",
    ]
    assert told(ALWAYS, day="2026-11-01")[1:] == [
        "Sat 22:00-0400 to Sun 06:00-0500",
        "Sun 22:00-0500 to Mon 00:00-0500",
    ]


@pytest.mark.parametrize("here", [NEW_YORK, "America/Toronto"])
def test_no_night_is_told_to_whoever_has_the_same_clock(here: str) -> None:
    assert told(ALWAYS, here=here) == []


@pytest.mark.parametrize(
    ("schedule", "is_told"),
    [
        (a_schedule("daily 16:00-24:00", zone=MANILA), False),
        (a_schedule("daily 0:00-8:00 20:00-24:00", zone=MANILA), False),
        (a_schedule("daily 8:00-24:00", zone=MANILA), False),
        (a_schedule("daily 7:45-24:00", zone=MANILA), True),
        (a_schedule("daily 0:00-24:00", zone=MANILA), True),
        (a_schedule("daily 9:00-17:00", zone=NEW_YORK), True),
        (a_schedule("daily 16:00-24:00", zone="Asia/Singapore"), False),  # on the same time
    ],
)
def test_hours_that_were_set_for_a_night_are_work(schedule: Schedule, is_told: bool) -> None:
    assert bool(told(schedule, MANILA)) is is_told


def test_around_the_clock_counts_by_days() -> None:
    on_tuesdays = a_schedule("Mon 20:00-24:00, Tue 0:00-24:00", zone=NEW_YORK)
    assert told(on_tuesdays) == ["Tue 00:00-0500 to Tue 06:00-0500", "Tue 22:00-0500 to Wed 00:00-0500"]
