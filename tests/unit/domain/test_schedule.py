"""Working hours and offered starts on ordinary days and on those that the clock jumps."""

from datetime import date

import pytest

from bot.domain.intervals import Interval
from bot.domain.schedule import BadSchedule, Schedule, WallRange, working_time
from bot.domain.wall_time import UnknownZone
from tests.builders import BERLIN, KATHMANDU, LORD_HOWE, NEW_YORK, a_schedule, days, hours_of, local


def windows_of(schedule: Schedule, first: str, last: str | None = None) -> list[list[str]]:
    working = working_time(schedule, days(first, last, zone=schedule.zone))
    return [local(window, schedule.zone) for window in working.windows]


def grid_of(schedule: Schedule, day: str) -> list[str]:
    runs = working_time(schedule, days(day, zone=schedule.zone)).grid
    return local((start for run in runs for start in run), schedule.zone)


def test_the_usual_hours_are_nine_to_five_on_weekdays() -> None:
    assert windows_of(Schedule(BERLIN), "2026-11-20", "2026-11-23") == [
        ["2026-11-20T09:00+01:00", "2026-11-20T17:00+01:00"],
        ["2026-11-23T09:00+01:00", "2026-11-23T17:00+01:00"],
    ]


def test_hours_before_and_after_a_change_are_the_same_on_the_wall() -> None:
    schedule = a_schedule("daily 9:00-17:00", zone=NEW_YORK)
    assert windows_of(schedule, "2027-03-13", "2027-03-14") == [
        ["2027-03-13T09:00-05:00", "2027-03-13T17:00-05:00"],
        ["2027-03-14T09:00-04:00", "2027-03-14T17:00-04:00"],
    ]


def test_hours_that_touch_over_midnight_are_one_stretch() -> None:
    schedule = a_schedule("Tue 22:00-24:00, Wed 0:00-2:00")
    assert windows_of(schedule, "2026-11-24", "2026-11-25") == [["2026-11-24T22:00+01:00", "2026-11-25T02:00+01:00"]]


def test_an_override_replaces_the_weekday() -> None:
    schedule = a_schedule(overrides={"2026-11-24": "13:00-14:00", "2026-11-25": ""})
    assert windows_of(schedule, "2026-11-24", "2026-11-26") == [
        ["2026-11-24T13:00+01:00", "2026-11-24T14:00+01:00"],
        ["2026-11-26T09:00+01:00", "2026-11-26T17:00+01:00"],
    ]


def test_each_range_counts_its_steps_from_its_own_start() -> None:
    assert grid_of(a_schedule("Tue 9:10-10:00 13:05-14:00", step=30), "2026-11-24") == [
        "2026-11-24T09:10+01:00",
        "2026-11-24T09:40+01:00",
        "2026-11-24T13:05+01:00",
        "2026-11-24T13:35+01:00",
    ]


def test_kathmandu_keeps_its_three_quarters_of_an_hour() -> None:
    assert grid_of(a_schedule("Tue 9:00-10:00", zone=KATHMANDU, step=30), "2026-11-24") == [
        "2026-11-24T09:00+05:45",
        "2026-11-24T09:30+05:45",
    ]


# fault 42
@pytest.mark.parametrize(
    ("zone", "day", "hours", "starts"),
    [
        (
            BERLIN,
            "2026-03-29",
            "1:00-4:00",
            ["01:00+01:00", "01:30+01:00", "03:00+02:00", "03:30+02:00"],
        ),
        (
            BERLIN,
            "2026-10-25",
            "1:00-4:00",
            ["01:00+02:00", "01:30+02:00", "02:00+02:00", "02:30+02:00", "03:00+01:00", "03:30+01:00"],
        ),
        (NEW_YORK, "2026-03-08", "1:00-4:00", ["01:00-05:00", "01:30-05:00", "03:00-04:00", "03:30-04:00"]),
        (NEW_YORK, "2027-03-14", "1:30-3:30", ["01:30-05:00", "03:00-04:00"]),
        (NEW_YORK, "2026-11-01", "0:30-2:30", ["00:30-04:00", "01:00-04:00", "01:30-04:00", "02:00-05:00"]),
        (
            LORD_HOWE,
            "2026-10-04",
            "1:00-3:30",
            ["01:00+10:30", "01:30+10:30", "02:30+11:00", "03:00+11:00"],
        ),
        (
            LORD_HOWE,
            "2026-04-05",
            "1:00-3:00",
            ["01:00+11:00", "01:30+11:00", "02:00+10:30", "02:30+10:30"],
        ),
        (KATHMANDU, "2026-03-29", "1:00-2:30", ["01:00+05:45", "01:30+05:45", "02:00+05:45"]),
    ],
)
def test_a_skipped_time_is_not_offered_and_a_repeated_one_once(
    zone: str, day: str, hours: str, starts: list[str]
) -> None:
    schedule = a_schedule(f"daily {hours}", zone=zone, step=30)
    assert grid_of(schedule, day) == [f"{day}T{start}" for start in starts]


# fault 42
def test_steps_of_an_hour_stay_on_the_wall_after_half_an_hour_was_skipped() -> None:
    schedule = a_schedule("daily 0:00-5:00", zone=LORD_HOWE, step=60)
    assert grid_of(schedule, "2026-10-04") == [
        "2026-10-04T00:00+10:30",
        "2026-10-04T01:00+10:30",
        "2026-10-04T03:00+11:00",
        "2026-10-04T04:00+11:00",
    ]


# fault 42
@pytest.mark.parametrize(
    ("day", "hours", "window"),
    [
        ("2026-03-29", "2:30-5:00", ["2026-03-29T03:00+02:00", "2026-03-29T05:00+02:00"]),
        ("2026-03-29", "1:00-2:30", ["2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00"]),
        ("2026-10-25", "2:30-5:00", ["2026-10-25T02:30+02:00", "2026-10-25T05:00+01:00"]),
        ("2026-10-25", "1:00-2:30", ["2026-10-25T01:00+02:00", "2026-10-25T02:30+02:00"]),
        ("2026-10-25", "1:00-3:00", ["2026-10-25T01:00+02:00", "2026-10-25T03:00+01:00"]),
    ],
)
def test_an_edge_in_a_jump_moves_forward_and_a_repeated_edge_is_the_first(
    day: str, hours: str, window: list[str]
) -> None:
    assert windows_of(a_schedule(f"daily {hours}"), day) == [window]


def test_hours_that_are_skipped_as_a_whole_are_no_window() -> None:
    assert windows_of(a_schedule("daily 2:15-2:45"), "2026-03-29") == []


def test_the_days_of_a_span_are_the_members_own() -> None:
    evening_in_berlin = days("2026-11-24")
    schedule = a_schedule(zone=KATHMANDU)
    assert [local(window, KATHMANDU)[0] for window in working_time(schedule, evening_in_berlin).windows] == [
        "2026-11-24T09:00+05:45",
        "2026-11-25T09:00+05:45",
    ]


def test_a_span_without_an_instant_still_has_the_day_it_stands_in() -> None:
    start = days("2026-11-24").start
    assert len(working_time(a_schedule(), Interval(start, start)).windows) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": {7: ()}},
        {"hours": {0: (WallRange(600, 700), WallRange(650, 800))}},
        {"hours": {0: (WallRange(700, 800), WallRange(600, 650))}},
        {"hours": {0: (WallRange(700, 700),)}},
        {"overrides": {date(2026, 12, 24): (WallRange(0, 1441),)}},
        {"slot_minutes": 0},
        {"step_minutes": 0},
        {"before_minutes": -1},
        {"after_minutes": -1},
        {"notice_minutes": -1},
        {"horizon_days": -1},
        {"horizon_days": 366},
        {"daily_cap": 0},
    ],
)
def test_a_schedule_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadSchedule):
        Schedule(BERLIN, **wrong)  # type: ignore[arg-type]  # one wrong field after the other


def test_a_zone_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownZone):
        Schedule("Europe/Atlantis")


def test_hours_may_be_missing_altogether() -> None:
    assert windows_of(Schedule(BERLIN, hours={}), "2026-11-24") == []
    assert hours_of("Sat 10:00-12:00") == {5: (WallRange(600, 720),)}
