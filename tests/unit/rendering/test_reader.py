"""Times by the clock of whoever reads: for him alone by his own, for several people by 24 hours."""

import threading
from datetime import date, timedelta

import pytest

from bot.domain.reading_habits import EVERYBODYS, Habits, HourCycle
from bot.rendering.reader import for_everybody, hour_cycle, read_by
from bot.rendering.zones import begins, clock_time, elsewhere, from_to, picker_time, short_day, told_moment
from tests.builders import BERLIN, NEW_YORK, at, second, span
from tests.unit.rendering.answers import ben

AMERICAN = Habits(HourCycle.TWELVE, first_day=6)
TUESDAY = date(2026, 11, 24)


def spoken(text: str, zone: str = BERLIN, near: str = "2026-11-24") -> tuple[str, str]:
    """A span by 24 hours and by 12."""
    told = from_to(*span(text, zone), zone, near=date.fromisoformat(near))
    with read_by(AMERICAN):
        return told, from_to(*span(text, zone), zone, near=date.fromisoformat(near))


def days_apart(first: str, last: str, zone: str) -> tuple[str, str]:
    """A span over several days, by 24 hours and by 12."""
    near = date.fromisoformat(first[:10])
    told = from_to(second(first, zone), second(last, zone), zone, near=near)
    with read_by(AMERICAN):
        return told, from_to(second(first, zone), second(last, zone), zone, near=near)


def test_spans_are_told_by_the_readers_clock() -> None:
    assert spoken("9:00-10:30") == ("9:00-10:30", "9:00-10:30 AM")
    assert spoken("11:30-13:00") == ("11:30-13:00", "11:30 AM-1:00 PM")
    assert spoken("2026-11-25 9:00-9:30") == ("Wed 25 Nov, 9:00-9:30", "Wed 25 Nov, 9:00-9:30 AM")


def test_midnight_begins_a_day_and_ends_one() -> None:
    assert spoken("0:00-0:30") == ("0:00-0:30", "12:00-12:30 AM")
    assert days_apart("2026-11-24 22:00", "2026-11-25 0:00", BERLIN) == ("22:00-24:00", "10:00 PM-12:00 AM")
    assert days_apart("2026-11-24 0:00", "2026-11-25 0:00", BERLIN) == ("all day", "all day")
    assert days_apart("2026-11-24 23:00", "2026-11-25 1:00", BERLIN) == (
        "Tue 24 Nov 23:00 to Wed 25 Nov 1:00",
        "Tue 24 Nov 11:00 PM to Wed 25 Nov 1:00 AM",
    )


@pytest.mark.parametrize(
    ("zone", "last", "by_24", "by_12"),
    [
        (BERLIN, "2026-11-24", "Tue 24 Nov 24:00", "Wed 25 Nov 12:00 AM"),
        (BERLIN, "2026-11-30", "Mon 30 Nov 24:00", "Tue 1 Dec 12:00 AM"),
        (NEW_YORK, "2026-12-31", "Thu 31 Dec 24:00", "Fri 1 Jan 12:00 AM"),
    ],
)
def test_days_that_end_at_midnight_are_told_with_the_day_that_begins_then_where_clocks_have_no_24(
    zone: str, last: str, by_24: str, by_12: str
) -> None:
    midnight = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    assert days_apart("2026-11-23 10:00", f"{midnight} 0:00", zone) == (
        f"Mon 23 Nov 10:00 to {by_24}",
        f"Mon 23 Nov 10:00 AM to {by_12}",
    )


@pytest.mark.parametrize(
    ("zone", "day", "following"),
    [
        (BERLIN, "2026-10-25", "2026-10-26"),
        (BERLIN, "2026-03-29", "2026-03-30"),
        (NEW_YORK, "2026-11-01", "2026-11-02"),
        (NEW_YORK, "2026-03-08", "2026-03-09"),
    ],
)
def test_midnight_ends_a_day_on_which_clocks_change_as_any_other(  # fault 42
    zone: str, day: str, following: str
) -> None:
    before = date.fromisoformat(day) - timedelta(days=1)
    by_24, by_12 = days_apart(f"{before} 22:00", f"{following} 0:00", zone)
    assert by_24 == f"{short_day(before)} 22:00 to {short_day(date.fromisoformat(day))} 24:00"
    assert by_12 == f"{short_day(before)} 10:00 PM to {short_day(date.fromisoformat(following))} 12:00 AM"


@pytest.mark.parametrize(
    ("zone", "day"),
    [(BERLIN, "2026-10-25"), (BERLIN, "2026-03-29"), (NEW_YORK, "2026-11-01"), (NEW_YORK, "2026-03-08")],
)
def test_a_day_on_which_clocks_change_is_told_as_the_wall_shows_it(zone: str, day: str) -> None:  # fault 42
    assert spoken(f"{day} 0:30-4:30", zone, day) == ("0:30-4:30", "12:30-4:30 AM")
    assert spoken(f"{day} 11:00-12:00", zone, day) == ("11:00-12:00", "11:00 AM-12:00 PM")


def test_an_hour_that_comes_twice_is_told_twice() -> None:  # fault 42
    first = second("2026-11-01 1:30", NEW_YORK)
    near = date(2026, 11, 1)
    with read_by(AMERICAN):
        assert begins(first, NEW_YORK, near=near) == begins(first + 3600, NEW_YORK, near=near) == "1:30 AM"
        assert from_to(first, first + 3600, NEW_YORK, near=near) == "1:30-1:30 AM"


def test_other_peoples_times_are_told_by_the_readers_clock_too() -> None:
    with read_by(AMERICAN):
        assert elsewhere([ben], BERLIN, span("15:00-15:30")) == "9:00-9:30 AM for Ben"


def test_what_slack_shows_by_itself_has_his_clock_where_there_is_no_slack() -> None:
    with read_by(AMERICAN):
        assert "Tue 24 Nov, 3:00 PM Berlin" in told_moment(at("15:00"), BERLIN)


def test_a_picker_takes_24_hours_whoever_reads() -> None:
    with read_by(AMERICAN):
        assert (picker_time(second("9:05"), BERLIN), clock_time(second("9:05"), BERLIN)) == ("09:05", "9:05 AM")


def test_what_several_people_read_does_not_follow_who_asked_for_it() -> None:
    @for_everybody
    def posted() -> str:
        return clock_time(second("15:00"), BERLIN)

    with read_by(AMERICAN):
        assert (posted(), clock_time(second("15:00"), BERLIN)) == ("15:00", "3:00 PM")


def test_after_one_reader_all_is_as_it_was_however_he_was_answered() -> None:
    with pytest.raises(RuntimeError), read_by(AMERICAN):
        raise RuntimeError
    assert hour_cycle() is HourCycle.TWENTY_FOUR
    with read_by(AMERICAN):
        with read_by(EVERYBODYS):
            assert hour_cycle() is HourCycle.TWENTY_FOUR
        assert hour_cycle() is HourCycle.TWELVE


def test_a_thread_that_is_started_meanwhile_reads_for_everybody() -> None:
    seen: list[HourCycle] = []
    with read_by(AMERICAN):
        thread = threading.Thread(target=lambda: seen.append(hour_cycle()))
        thread.start()
        thread.join()
    assert seen == [HourCycle.TWENTY_FOUR]
