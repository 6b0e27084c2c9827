"""What events become on the time line."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.events import Response, ShowsAs, Timed
from bot.domain.intervals import Interval
from bot.domain.recurrence import Expansion
from tests.builders import BERLIN, LORD_HOWE, NEW_YORK
from tests.event_builders import a_day_off, a_meeting, cancelled, timed, told, utc_days
from tests.unit.domain.series import WEEKLY, an_exception, expanded, starts


def test_a_single_meeting_is_one_occurrence() -> None:
    assert starts(expanded(a_meeting(), utc_days("2026-11-24", "2026-11-24"))) == ["2026-11-24T09:00+01:00 1h"]


def test_a_meeting_outside_the_window_is_none() -> None:
    assert starts(expanded(a_meeting(), utc_days("2026-11-25", "2026-11-30"))) == []


def test_a_meeting_that_reaches_into_the_window_counts() -> None:
    night = a_meeting(when="2026-11-24 22:00-2026-11-25 6:00")
    assert starts(expanded(night, utc_days("2026-11-25", "2026-11-25"))) == ["2026-11-24T22:00+01:00 8h"]


def test_a_meeting_that_ends_as_the_window_begins_does_not() -> None:
    evening = a_meeting(when="2026-11-24 22:00-2026-11-25 1:00")
    assert starts(expanded(evening, utc_days("2026-11-25", "2026-11-25"))) == []


# fault 45
@pytest.mark.parametrize("change", [{"shows_as": ShowsAs.FREE}, {"response": Response.DECLINED}])
def test_a_free_or_declined_event_is_kept_but_does_not_block(change: dict[str, ShowsAs | Response]) -> None:
    event = a_meeting()
    event = replace(event, **change)  # type: ignore[arg-type]  # each value fits its own field
    (occurrence,) = expanded(event, utc_days("2026-11-24", "2026-11-24")).occurrences
    assert not occurrence.blocks


def test_a_cancelled_event_is_none() -> None:
    assert expanded(cancelled("m"), utc_days("2026-11-24", "2026-11-24")) == Expansion(())


def test_an_event_without_a_readable_time_is_a_problem() -> None:
    unreadable = replace(a_meeting(), start=None, end=None, problem="Its start is no date.")
    assert expanded(unreadable, utc_days("2026-11-24", "2026-11-24")) == Expansion((), "Its start is no date.")


# --- All-day events: fault 42 -----------------------------------------------------------------------------------


# fault 42
@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        (BERLIN, "2026-11-24", "2026-11-24T00:00+01:00 24h"),
        (BERLIN, "2026-03-29", "2026-03-29T00:00+01:00 23h"),
        (BERLIN, "2026-10-25", "2026-10-25T00:00+02:00 25h"),
        (NEW_YORK, "2026-03-08", "2026-03-08T00:00-05:00 23h"),
        (NEW_YORK, "2026-11-01", "2026-11-01T00:00-04:00 25h"),
        (LORD_HOWE, "2026-10-04", "2026-10-04T00:00+10:30 23.5h"),
        (LORD_HOWE, "2026-04-05", "2026-04-05T00:00+11:00 24.5h"),
        # The clocks of Cairo skip midnight: that Friday begins at one.
        ("Africa/Cairo", "2026-04-24", "2026-04-24T01:00+03:00 23h"),
    ],
)
def test_a_day_lasts_from_midnight_to_midnight_of_the_calendars_zone(zone: str, day: str, expected: str) -> None:
    window = utc_days("2026-01-01", "2026-12-31")
    assert starts(expanded(a_day_off(first=day), window, zone=zone), zone) == [expected]


# fault 42
def test_days_that_repeat_follow_midnight_over_the_change_of_clocks() -> None:
    every_day = expanded(a_day_off(first="2026-10-01"), utc_days("2026-10-24", "2026-10-26"), "RRULE:FREQ=DAILY")
    assert starts(every_day) == [
        "2026-10-24T00:00+02:00 24h",
        "2026-10-25T00:00+02:00 25h",
        "2026-10-26T00:00+01:00 24h",
        "2026-10-27T00:00+01:00 24h",
    ]


def test_several_days_off_are_one_occurrence() -> None:
    assert starts(expanded(a_day_off(days=3), utc_days("2026-11-20", "2026-11-30"))) == ["2026-11-24T00:00+01:00 72h"]


# --- Repetitions: faults 42 and 44 --------------------------------------------------------------------------------


# fault 42
@pytest.mark.parametrize(
    ("zone", "first", "window", "expected"),
    [
        (
            BERLIN,
            "2026-10-12 9:00-10:00",
            utc_days("2026-10-19", "2026-11-01"),
            ["2026-10-19T09:00+02:00 1h", "2026-10-26T09:00+01:00 1h"],
        ),
        (
            NEW_YORK,
            "2026-03-01 9:00-10:00",
            utc_days("2026-03-01", "2026-03-09"),
            ["2026-03-01T09:00-05:00 1h", "2026-03-08T09:00-04:00 1h"],
        ),
        (
            LORD_HOWE,
            "2026-09-27 9:00-10:00",
            utc_days("2026-09-26", "2026-10-04"),
            ["2026-09-27T09:00+10:30 1h", "2026-10-04T09:00+11:00 1h"],
        ),
    ],
)
def test_a_meeting_repeats_at_the_same_time_on_the_wall(
    zone: str, first: str, window: Interval, expected: list[str]
) -> None:
    # The calendar's own zone does not matter to a meeting that has one.
    expansion = expanded(a_meeting(when=first, zone=zone), window, *WEEKLY, zone="Asia/Kathmandu")
    assert starts(expansion, zone) == expected


# fault 42
def test_a_meeting_in_the_skipped_hour_keeps_its_length() -> None:
    early = a_meeting(when="2026-03-28 2:30-3:30")
    assert starts(expanded(early, utc_days("2026-03-28", "2026-03-30"), "RRULE:FREQ=DAILY")) == [
        "2026-03-28T02:30+01:00 1h",
        "2026-03-29T03:30+02:00 1h",
        "2026-03-30T02:30+02:00 1h",
    ]


# fault 42
def test_a_night_shift_keeps_its_hours_on_the_wall() -> None:
    night = a_meeting(when="2026-03-27 22:00-2026-03-28 6:00")
    assert starts(expanded(night, utc_days("2026-03-28", "2026-03-29"), "RRULE:FREQ=DAILY")) == [
        "2026-03-27T22:00+01:00 8h",
        "2026-03-28T22:00+01:00 7h",
        "2026-03-29T22:00+02:00 8h",
    ]


# fault 42
def test_an_hourly_reminder_goes_on_through_the_repeated_hour() -> None:
    hourly = expanded(
        a_meeting(when="2026-10-25 1:30-1:45"), utc_days("2026-10-24", "2026-10-25"), "RRULE:FREQ=HOURLY;COUNT=4"
    )
    assert starts(hourly) == [
        "2026-10-25T01:30+02:00 0.25h",
        "2026-10-25T02:30+02:00 0.25h",
        "2026-10-25T02:30+01:00 0.25h",
        "2026-10-25T03:30+01:00 0.25h",
    ]


# fault 44
@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("RRULE:FREQ=DAILY;COUNT=3",), id="counted"),
        pytest.param(("RRULE:FREQ=DAILY;UNTIL=20261126T080000Z",), id="until an instant"),
        pytest.param(("RRULE:FREQ=DAILY;UNTIL=20261126",), id="until a date, with its whole day"),
        pytest.param(("RRULE:FREQ=DAILY;UNTIL=20261126T090000",), id="until a local time"),
        pytest.param(("RDATE;TZID=Europe/Berlin:20261125T090000,20261126T090000",), id="by single dates"),
        pytest.param(("RRULE:FREQ=DAILY;COUNT=2", "RDATE:20261126T080000Z"), id="a rule and a date"),
        pytest.param(
            ("RRULE:FREQ=DAILY;COUNT=5", "EXDATE;TZID=Europe/Berlin:20261127T090000", "EXDATE:20261128T080000Z"),
            id="without two",
        ),
        pytest.param(("RRULE:FREQ=DAILY;COUNT=4", "EXDATE;VALUE=DATE:20261127"), id="without a day"),
        pytest.param(("RRULE:FREQ=DAILY;UNTIL=20261125", "RRULE:FREQ=DAILY;INTERVAL=2;COUNT=2"), id="two rules"),
    ],
)
def test_the_same_three_days_can_be_written_in_many_ways(lines: tuple[str, ...]) -> None:
    assert starts(expanded(a_meeting(), utc_days("2026-11-01", "2026-12-31"), *lines)) == [
        "2026-11-24T09:00+01:00 1h",
        "2026-11-25T09:00+01:00 1h",
        "2026-11-26T09:00+01:00 1h",
    ]


# fault 44
@pytest.mark.parametrize("until", ["20261126", "20261126T120000", "20261125T230000Z"])
def test_the_last_of_repeating_days_is_not_lost(until: str) -> None:
    off = expanded(a_day_off(), utc_days("2026-11-01", "2026-12-31"), f"RRULE:FREQ=DAILY;UNTIL={until}")
    assert [line[:10] for line in starts(off)] == ["2026-11-24", "2026-11-25", "2026-11-26"]


# fault 44
@pytest.mark.parametrize("zone", [NEW_YORK, BERLIN, "Pacific/Auckland"])
def test_the_last_of_repeating_days_may_be_written_as_midnight_in_utc(zone: str) -> None:
    expansion = expanded(
        a_day_off("d", "2026-11-26"),
        utc_days("2026-11-24", "2026-12-05"),
        "RRULE:FREQ=DAILY;UNTIL=20261128T000000Z",
        zone=zone,
    )
    assert [text[:10] for text in starts(expansion, zone)] == ["2026-11-26", "2026-11-27", "2026-11-28"]


# faults 42 and 44
@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261101", "2026-11-01T23:00-05:00 1h"),
        ("20261101T040000", "2026-11-01T04:00-05:00 1h"),
        ("20261101T090000Z", "2026-11-01T04:00-05:00 1h"),
    ],
)
def test_hours_repeat_up_to_an_end_on_the_wall_of_their_zone(until: str, last: str) -> None:
    meeting = a_meeting(when="2026-10-31 22:00-23:00", zone=NEW_YORK)
    window = utc_days("2026-10-30", "2026-11-05")
    assert starts(expanded(meeting, window, f"RRULE:FREQ=HOURLY;UNTIL={until}"), NEW_YORK)[-1] == last


def test_a_series_that_ended_before_the_window_has_nothing_in_it() -> None:
    assert starts(expanded(a_meeting(), utc_days("2027-01-01", "2027-12-31"), "RRULE:FREQ=DAILY;UNTIL=20261224")) == []


def test_a_series_that_starts_after_the_window_has_nothing_in_it() -> None:
    assert starts(expanded(a_meeting(), utc_days("2026-01-01", "2026-10-31"), "RRULE:FREQ=DAILY")) == []


# fault 44
@pytest.mark.parametrize("rule", ["FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=24", "FREQ=YEARLY;INTERVAL=3"])
def test_a_leap_day_of_long_ago_stays_in_step(rule: str) -> None:
    window = utc_days("2020-01-01", "2029-12-31")
    old = a_day_off(first="1904-02-29")
    walked = expanded(old, window, f"RRULE:{rule};COUNT=5000")
    assert walked.occurrences
    assert expanded(old, window, f"RRULE:{rule}") == walked


# fault 44
@pytest.mark.slow
@given(
    first=st.dates(date(2016, 2, 28), date(2019, 12, 31)),
    rule=st.sampled_from(
        [
            "FREQ=DAILY",
            "FREQ=DAILY;BYDAY=MO,TU",
            "FREQ=WEEKLY",
            "FREQ=WEEKLY;BYDAY=SU,MO;WKST=SU",
            "FREQ=MONTHLY",
            "FREQ=MONTHLY;BYDAY=-1FR",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1",
            "FREQ=YEARLY",
            "FREQ=YEARLY;BYMONTH=9,10,11;BYMONTHDAY=-1",
        ]
    ),
    interval=st.integers(1, 5),
)
def test_a_series_begun_long_ago_stays_in_step(first: date, rule: str, interval: int) -> None:
    window = utc_days("2026-09-01", "2026-11-30")
    old = a_meeting(when=f"{first} 9:00-10:00")
    # A rule that counts is walked from its start, one that does not is taken up shortly before the window.
    walked = expanded(old, window, f"RRULE:{rule};INTERVAL={interval};COUNT=5000")
    assert expanded(old, window, f"RRULE:{rule};INTERVAL={interval}") == walked


# fault 50
def test_a_refused_rule_still_blocks_what_is_certain() -> None:
    key, moved = an_exception("2026-12-01 9:00", "2026-12-02 9:00-10:00")
    window = utc_days("2026-11-24", "2026-12-05")
    expansion = expanded(a_meeting(), window, "RRULE:FREQ=SECONDLY", exceptions={key: moved})
    assert told(expansion.occurrences) == ["2026-11-24T09:00+01:00 1h", "2026-12-02T09:00+01:00 1h"]
    assert expansion.problem == "It repeats every second or minute, which no calendar can show."


# fault 42
def test_a_series_in_an_unknown_zone_is_a_problem_and_blocks_once() -> None:
    event = replace(a_meeting(), start=Timed(timed("2026-11-24 9:00").at, "Berlin/Somewhere"))
    expansion = expanded(event, utc_days("2026-11-24", "2026-12-05"), *WEEKLY)
    assert told(expansion.occurrences) == ["2026-11-24T09:00+01:00 1h"]
    assert expansion.problem == "There is no time zone named “Berlin/Somewhere”. Names look like Europe/Berlin."


def test_a_series_without_a_zone_repeats_in_the_calendars() -> None:
    event = replace(a_meeting(when="2026-10-24 9:00-10:00"), start=Timed(timed("2026-10-24 9:00").at, None))
    assert starts(expanded(event, utc_days("2026-10-24", "2026-10-25"), "RRULE:FREQ=DAILY")) == [
        "2026-10-24T09:00+02:00 1h",
        "2026-10-25T09:00+01:00 1h",
    ]


def test_instances_that_the_clock_brings_to_one_start_are_one_occurrence() -> None:
    twice = expanded(
        a_meeting(when="2026-03-28 2:15-2:45"), utc_days("2026-03-29", "2026-03-29"), "RRULE:FREQ=DAILY;BYHOUR=2,3"
    )
    assert starts(twice) == ["2026-03-29T03:15+02:00 0.5h"]
