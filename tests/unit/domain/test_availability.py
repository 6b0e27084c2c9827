"""Free slots by example: what takes time, and what the schedule allows."""

from datetime import datetime

import pytest

from bot.domain.availability import Mode, Slot, free_slots, nearest_slots
from bot.domain.intervals import Interval
from bot.domain.member_time import busy_needed
from bot.domain.schedule import Schedule
from tests.builders import (
    ANA,
    BEN,
    BERLIN,
    KATHMANDU,
    LORD_HOWE,
    NEW_YORK,
    TUESDAY,
    a_member,
    a_schedule,
    at,
    busy,
    days,
    local,
    second,
    slots_of,
    span,
)

LONG_AGO = at("2026-11-20 0:00")


def times_of(
    schedule: Schedule,
    blocked: str = "",
    *,
    appointments: str = "",
    minutes: int = 30,
    now: datetime | None = None,
) -> list[str]:
    """The times on the wall on the usual day; what takes time is written `9:00-9:30 11:00-12:00`."""
    starts = slots_of(
        schedule,
        [span(each) for each in blocked.split()],
        appointments=[span(each) for each in appointments.split()],
        minutes=minutes,
        now=now,
    )
    return [start[11:16] for start in starts]


def test_an_empty_calendar_offers_the_working_hours() -> None:
    assert slots_of(a_schedule("Tue 9:00-10:00", step=30)) == [
        "2026-11-24T09:00+01:00",
        "2026-11-24T09:30+01:00",
    ]


def test_a_day_off_offers_nothing() -> None:
    assert slots_of(a_schedule("Wed 9:00-10:00")) == []


def test_busy_time_in_any_order_and_overlapping_is_left_out() -> None:
    schedule = a_schedule("Tue 9:00-12:00", step=30)
    assert times_of(schedule, "11:00-11:30 9:30-10:30 9:00-10:00") == ["10:30", "11:30"]


def test_a_meeting_after_busy_time_starts_on_the_next_step() -> None:
    assert times_of(a_schedule("Tue 9:00-10:30"), "9:00-9:20") == ["09:30", "09:45", "10:00"]


def test_a_meeting_may_run_over_two_ranges_that_touch() -> None:
    schedule = a_schedule("Tue 9:00-9:30 9:30-10:00", step=15)
    assert times_of(schedule, minutes=45) == ["09:00", "09:15"]


def test_a_meeting_may_run_over_midnight_where_work_does() -> None:
    schedule = a_schedule("Tue 23:00-24:00, Wed 0:00-1:00", step=30)
    assert times_of(schedule, minutes=60) == ["23:00", "23:30"]


def test_a_meeting_longer_than_the_day_has_no_start() -> None:
    assert times_of(a_schedule("Tue 9:00-10:00"), minutes=61) == []


def test_a_conflict_that_lasts_for_weeks_takes_the_day() -> None:
    away = Interval(second("2026-11-01 0:00"), second("2026-12-01 0:00"))
    assert slots_of(a_schedule(), [away]) == []


# fault 9
@pytest.mark.parametrize(
    ("blocked", "offered"),
    [
        ("10:00-11:00", ["09:00", "11:00"]),  # both sides touch
        ("10:01-11:00", ["09:00", "11:00"]),
        ("9:59-11:00", ["11:00"]),  # a minute too early
        ("10:00-11:01", ["09:00"]),  # a minute too late
        ("10:30-10:30", ["09:00", "10:00", "11:00"]),  # no length
        ("10:30-10:00", ["09:00", "10:00", "11:00"]),  # negative length
    ],
)
def test_meetings_may_touch_what_is_there(blocked: str, offered: list[str]) -> None:
    assert times_of(a_schedule("Tue 9:00-12:00", step=60), blocked, minutes=60) == offered


# fault 9
@pytest.mark.parametrize(
    ("before", "after", "offered"),
    [
        (0, 0, ["09:00", "09:15", "09:30", "10:30", "10:45", "11:00"]),
        (10, 0, ["09:00", "09:15", "09:30", "10:45", "11:00"]),  # ahead of the meeting, so after what was
        (0, 10, ["09:00", "09:15", "10:30", "10:45", "11:00"]),  # behind the meeting, so before what comes
        (15, 15, ["09:00", "09:15", "10:45", "11:00"]),  # exactly kept
        (16, 16, ["09:00", "11:00"]),
    ],
)
def test_buffers_keep_time_free_around_busy_time(before: int, after: int, offered: list[str]) -> None:
    schedule = a_schedule("Tue 9:00-11:30", before=before, after=after)
    assert times_of(schedule, "10:00-10:30") == offered


@pytest.mark.parametrize(("before", "after"), [(15, 0), (0, 15), (15, 5), (15, 15)])
def test_between_two_appointments_the_longer_buffer_counts_on_either_side(before: int, after: int) -> None:
    schedule = a_schedule("Tue 9:00-11:30", before=before, after=after)
    assert times_of(schedule, appointments="10:00-10:30") == ["09:00", "09:15", "10:45", "11:00"]


def test_buffers_may_lie_outside_the_working_hours() -> None:
    schedule = a_schedule("Tue 9:00-10:00", step=30, before=30, after=30)
    assert times_of(schedule) == ["09:00", "09:30"]
    assert times_of(schedule, "8:00-9:00 10:00-11:00") == []
    assert times_of(schedule, "8:00-8:30 10:30-11:00") == ["09:00", "09:30"]


@pytest.mark.parametrize(
    ("now", "notice", "offered"),
    [
        ("9:00", 0, ["09:00", "09:30", "10:00", "10:30"]),
        ("9:01", 0, ["09:30", "10:00", "10:30"]),
        ("9:00", 60, ["10:00", "10:30"]),
        ("9:00", 61, ["10:30"]),
        ("11:00", 0, []),
    ],
)
def test_nothing_is_offered_before_the_notice_has_passed(now: str, notice: int, offered: list[str]) -> None:
    schedule = a_schedule("Tue 9:00-11:00", step=30, notice=notice)
    assert times_of(schedule, now=at(now)) == offered


def test_a_fraction_of_a_second_past_the_start_is_past_it() -> None:
    schedule = a_schedule("Tue 9:00-10:00", step=30)
    assert times_of(schedule, now=at("9:00").replace(microsecond=1)) == ["09:30"]


@pytest.mark.parametrize(("horizon", "offered"), [(0, []), (1, []), (2, ["09:00"])])
def test_the_horizon_counts_days_after_today_in_the_members_zone(horizon: int, offered: list[str]) -> None:
    schedule = a_schedule("Tue 9:00-9:30", horizon=horizon)
    # In UTC it is Saturday still, and three days would be needed.
    assert times_of(schedule, now=at("2026-11-22 0:30")) == offered


def test_the_horizon_ends_with_the_last_second_of_its_day() -> None:
    near, far = a_schedule("daily 0:00-24:00", horizon=0), a_schedule("daily 0:00-24:00", step=30)
    members = [a_member(near), a_member(far, member_id=BEN)]
    around_midnight = Interval(second("23:30"), second("2026-11-25 0:30"))
    slots = free_slots(members, around_midnight, 30, Mode.ANY, now=at("9:00"))
    assert slots == (
        Slot(second("23:30"), (ANA, BEN)),
        Slot(second("23:45"), (ANA, BEN)),  # beside the steps of Ben, who is free all the same
        Slot(second("2026-11-25 0:00"), (BEN,)),
    )


def test_a_full_day_offers_no_more() -> None:
    schedule = a_schedule("Tue-Wed 9:00-10:00", step=30, daily_cap=2)
    assert times_of(schedule, appointments="7:00-7:30 20:00-21:00") == []
    assert times_of(schedule, "7:00-7:30 20:00-21:00") == ["09:00", "09:30"]
    assert times_of(schedule, appointments="7:00-7:30") == ["09:00", "09:30"]


def test_an_appointment_counts_for_the_local_day_that_it_starts_on() -> None:
    schedule = a_schedule("daily 9:00-9:30", daily_cap=1)
    overnight = span("2026-11-23 23:30-23:59")._replace(end=second("2026-11-24 0:30"))
    assert slots_of(schedule, appointments=[overnight], on="2026-11-23") == []
    assert slots_of(schedule, appointments=[overnight]) == [
        "2026-11-24T09:00+01:00",
    ]


def test_an_override_is_offered_instead_of_the_weekday() -> None:
    schedule = a_schedule(step=30, overrides={TUESDAY: "19:00-20:00"})
    assert times_of(schedule) == ["19:00", "19:30"]


# fault 42
@pytest.mark.parametrize(
    ("zone", "day", "hours", "offered"),
    [
        (BERLIN, "2026-03-29", "1:00-4:00", ["01:00+01:00", "03:00+02:00"]),
        (BERLIN, "2026-10-25", "1:00-4:00", ["01:00+02:00", "02:00+02:00", "03:00+01:00"]),
        (NEW_YORK, "2026-03-08", "1:00-4:00", ["01:00-05:00", "03:00-04:00"]),
        (NEW_YORK, "2026-11-01", "0:00-3:00", ["00:00-04:00", "01:00-04:00", "02:00-05:00"]),
        (NEW_YORK, "2027-03-14", "1:00-4:00", ["01:00-05:00", "03:00-04:00"]),
        (LORD_HOWE, "2026-10-04", "1:00-4:00", ["01:00+10:30", "03:00+11:00"]),
        (LORD_HOWE, "2026-04-05", "1:00-3:00", ["01:00+11:00", "02:00+10:30"]),
        (KATHMANDU, "2026-03-29", "1:00-3:00", ["01:00+05:45", "02:00+05:45"]),
    ],
)
def test_hours_are_wall_clock_on_the_days_of_a_change(zone: str, day: str, hours: str, offered: list[str]) -> None:
    schedule = a_schedule(f"daily {hours}", zone=zone, step=60)
    assert slots_of(schedule, on=day, minutes=60) == [f"{day}T{start}" for start in offered]


# fault 42
def test_working_hours_have_the_same_wall_times_before_and_after_a_change() -> None:
    schedule = a_schedule("daily 9:00-10:00", zone=NEW_YORK, step=30)
    assert [slots_of(schedule, on=day) for day in ("2027-03-13", "2027-03-14")] == [
        ["2027-03-13T09:00-05:00", "2027-03-13T09:30-05:00"],
        ["2027-03-14T09:00-04:00", "2027-03-14T09:30-04:00"],
    ]


def test_a_window_holds_the_starts_and_not_the_ends() -> None:
    window = span("9:00-10:00")
    slots = free_slots([a_member(a_schedule(step=30))], window, 60, now=LONG_AGO)
    assert local(slot.start for slot in slots) == ["2026-11-24T09:00+01:00", "2026-11-24T09:30+01:00"]


def test_an_empty_window_has_no_slots() -> None:
    assert free_slots([a_member()], span("9:00-9:00"), 30, now=LONG_AGO) == ()


def test_a_slot_tells_its_moment_in_utc() -> None:
    assert Slot(second("15:00"), (ANA,)).starts_at == at("15:00")
    assert str(Slot(second("15:00"), (ANA,)).starts_at) == "2026-11-24 14:00:00+00:00"


def test_the_nearest_slots_are_on_both_sides_and_leave_out_the_one_asked_about() -> None:
    slots = free_slots([a_member(a_schedule(step=30))], days(), 30, now=LONG_AGO)
    assert [slot.start for slot in nearest_slots(slots, second("10:00"))] == [
        second("9:00"),
        second("9:30"),
        second("10:30"),
    ]
    assert nearest_slots(slots, second("16:30"), 1) == (Slot(second("16:00"), (ANA,)),)


def test_nobody_and_no_length_are_mistakes_of_the_caller() -> None:
    with pytest.raises(ValueError, match="nobody"):
        free_slots([], days(), 30, now=LONG_AGO)
    with pytest.raises(ValueError, match="at least a minute"):
        free_slots([a_member()], days(), 0, now=LONG_AGO)


def test_the_busy_time_that_is_needed_reaches_over_buffers_and_the_meeting() -> None:
    schedules = [a_schedule(before=10), a_schedule(after=20)]
    assert busy_needed(schedules, span("9:00-10:00"), 30) == span("8:40-10:50")


def test_a_daily_cap_needs_whole_days() -> None:
    needed = busy_needed([a_schedule(daily_cap=3)], span("9:00-10:00"), 30)
    assert needed.start <= days().start
    assert needed.end >= days().end


def test_sources_count_like_bare_rows() -> None:
    schedule = a_schedule("Tue 9:00-10:00", step=30)
    assert slots_of(schedule, [busy("9:00-9:30", title="Kick-off")]) == ["2026-11-24T09:30+01:00"]
