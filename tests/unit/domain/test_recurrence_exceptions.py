"""What becomes of a series of which single times were moved, changed or cancelled."""

from dataclasses import replace
from datetime import date

from bot.domain.events import AllDay, Response, Timed
from tests.event_builders import a_day_off, a_meeting, cancelled, timed, told, utc_days
from tests.unit.domain.series import WEEKLY, an_exception, expanded, starts


# fault 44
def test_a_moved_instance_stands_where_it_was_moved_to() -> None:
    key, moved = an_exception("2026-12-01 9:00", "2026-12-02 14:00-16:00")
    expansion = expanded(a_meeting(), utc_days("2026-11-24", "2026-12-08"), *WEEKLY, exceptions={key: moved})
    assert starts(expansion) == [
        "2026-11-24T09:00+01:00 1h",
        "2026-12-02T14:00+01:00 2h",
        "2026-12-08T09:00+01:00 1h",
    ]
    assert [(one.event_id, one.series_id) for one in expansion.occurrences] == [("m", "m"), ("x", "m"), ("m", "m")]


# fault 44
def test_an_instance_moved_into_the_window_is_seen() -> None:
    key, moved = an_exception("2026-12-01 9:00", "2026-11-26 9:00-10:00")
    expansion = expanded(a_meeting(), utc_days("2026-11-23", "2026-11-29"), *WEEKLY, exceptions={key: moved})
    assert starts(expansion) == ["2026-11-24T09:00+01:00 1h", "2026-11-26T09:00+01:00 1h"]


# fault 44
def test_an_instance_moved_out_of_the_window_is_gone() -> None:
    key, moved = an_exception("2026-11-24 9:00", "2026-12-03 9:00-10:00")
    expansion = expanded(a_meeting(), utc_days("2026-11-23", "2026-11-29"), *WEEKLY, exceptions={key: moved})
    assert starts(expansion) == []


# fault 44
def test_a_cancelled_instance_leaves_its_time_open() -> None:
    key = timed("2026-12-01 9:00")
    gone = replace(cancelled("x"), series_id="m", original_start=key)
    expansion = expanded(a_meeting(), utc_days("2026-11-24", "2026-12-08"), *WEEKLY, exceptions={key: gone})
    assert starts(expansion) == ["2026-11-24T09:00+01:00 1h", "2026-12-08T09:00+01:00 1h"]


# fault 44
def test_a_cancelled_day_of_repeating_days_leaves_it_open() -> None:
    key = AllDay(date(2026, 11, 25))
    gone = replace(cancelled("x"), series_id="d", original_start=key)
    window = utc_days("2026-11-24", "2026-11-30")
    off = expanded(a_day_off(), window, "RRULE:FREQ=DAILY;COUNT=3", exceptions={key: gone})
    assert [line[:10] for line in starts(off)] == ["2026-11-24", "2026-11-26"]


# fault 44
def test_a_day_cancelled_while_a_series_was_all_day_frees_none_of_its_hours() -> None:
    key = AllDay(date(2026, 12, 1))
    gone = replace(cancelled("x"), series_id="m", original_start=key)
    expansion = expanded(a_meeting(), utc_days("2026-11-30", "2026-12-05"), *WEEKLY, exceptions={key: gone})
    assert starts(expansion) == ["2026-12-01T09:00+01:00 1h"]


# fault 44
def test_a_time_cancelled_while_a_series_had_hours_frees_none_of_its_days() -> None:
    key = timed("2026-11-25 0:00")
    gone = replace(cancelled("x"), series_id="d", original_start=key)
    window = utc_days("2026-11-24", "2026-11-30")
    off = expanded(a_day_off(), window, "RRULE:FREQ=DAILY;COUNT=3", exceptions={key: gone})
    assert [line[:10] for line in starts(off)] == ["2026-11-24", "2026-11-25", "2026-11-26"]


# fault 44
def test_an_instance_shown_as_free_or_declined_does_not_block_while_the_others_do() -> None:
    key, same = an_exception("2026-12-01 9:00", "2026-12-01 9:00-10:00")
    declined = replace(same, response=Response.DECLINED)
    expansion = expanded(a_meeting(), utc_days("2026-11-24", "2026-12-08"), *WEEKLY, exceptions={key: declined})
    assert [one.blocks for one in expansion.occurrences] == [True, False, True]


# fault 44
def test_an_original_start_is_recognised_in_whatever_zone_it_is_told() -> None:
    key = Timed(timed("2026-12-01 9:00").at, None)
    gone = replace(cancelled("x"), series_id="m", original_start=key)
    expansion = expanded(a_meeting(), utc_days("2026-11-30", "2026-12-05"), *WEEKLY, exceptions={key: gone})
    assert starts(expansion) == []


def test_a_changed_instance_that_cannot_be_read_blocks_where_it_was() -> None:
    key, moved = an_exception("2026-12-01 9:00", "2026-12-02 9:00-10:00")
    unreadable = replace(moved, start=None, end=None, problem="Its start is no date.")
    expansion = expanded(a_meeting(), utc_days("2026-11-30", "2026-12-05"), *WEEKLY, exceptions={key: unreadable})
    assert told(expansion.occurrences) == ["2026-12-01T09:00+01:00 1h"]
    assert expansion.problem == "Its start is no date."


# fault 50
def test_a_changed_instance_that_repeats_in_turn_is_named_and_blocks_once() -> None:
    key, moved = an_exception("2026-12-01 9:00", "2026-12-02 9:00-10:00")
    again = replace(moved, recurrence=("RRULE:FREQ=DAILY",))
    expansion = expanded(a_meeting(), utc_days("2026-11-30", "2026-12-05"), *WEEKLY, exceptions={key: again})
    assert told(expansion.occurrences) == ["2026-12-02T09:00+01:00 1h"]
    assert expansion.problem == "One of its changed times repeats in turn."
