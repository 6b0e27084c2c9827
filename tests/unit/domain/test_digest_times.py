"""When a digest comes: each local day once, on the days on which clocks change too."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.digest_times import (
    GRACE,
    Turn,
    due_of,
    first_turn,
    is_late,
    next_turn,
    passed_by,
    reckon,
    turn_after_change,
)
from bot.domain.digests import Rhythm
from tests.builders import BERLIN, KATHMANDU, NEW_YORK, at
from tests.digest_builders import EVERY_DAY, a_plan

A_DAY = timedelta(days=1)
# On Tuesday 24 November, at eight in Berlin, the zone is changed, or the time.
CHANGED = at("8:00")


def due(time: str, day: str, zone: str) -> str:
    moment = due_of(a_plan(time, zone), date.fromisoformat(day))
    assert moment is not None
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


# faults 57, 42
@pytest.mark.parametrize(
    ("time", "day", "zone", "told"),
    [
        ("2:30", "2026-03-29", BERLIN, "2026-03-29T03:00+02:00"),
        ("2:30", "2026-10-25", BERLIN, "2026-10-25T02:30+02:00"),
        ("2:30", "2026-03-08", NEW_YORK, "2026-03-08T03:00-04:00"),
        ("1:30", "2026-11-01", NEW_YORK, "2026-11-01T01:30-04:00"),
        ("8:30", "2026-03-29", BERLIN, "2026-03-29T08:30+02:00"),
        ("8:30", "2026-11-01", NEW_YORK, "2026-11-01T08:30-05:00"),
        ("0:00", "2026-11-24", KATHMANDU, "2026-11-24T00:00+05:45"),
    ],
)
def test_a_skipped_time_is_the_next_that_is_shown_and_a_repeated_one_is_the_first(
    time: str, day: str, zone: str, told: str
) -> None:
    assert due(time, day, zone) == told


def test_a_date_that_its_zone_skips_has_no_digest_and_the_next_one_follows() -> None:
    apia = a_plan("8:30", "Pacific/Apia", weekdays=EVERY_DAY)
    assert due_of(apia, date(2011, 12, 30)) is None
    assert next_turn(apia, date(2011, 12, 30)).day == date(2011, 12, 31)


def test_a_new_digest_begins_with_the_next_time_that_is_to_come() -> None:
    plan = a_plan("8:30")
    assert first_turn(plan, at("8:29")) == Turn(date(2026, 11, 24), at("8:30"))
    assert first_turn(plan, at("8:30")) == Turn(date(2026, 11, 25), at("2026-11-25 8:30"))


def test_weekends_are_left_out_where_only_weekdays_were_chosen() -> None:
    assert first_turn(a_plan(), at("2026-11-27 9:00")).day == date(2026, 11, 30)


def test_a_weekly_digest_comes_on_its_day() -> None:
    weekly = a_plan(weekdays={0}, rhythm=Rhythm.WEEKLY)
    assert [first_turn(weekly, at("9:00")).day, weekly.days] == [date(2026, 11, 30), 7]


def test_what_is_due_is_posted_and_the_next_day_follows() -> None:
    plan = a_plan()
    todo = reckon(plan, Turn(date(2026, 11, 24), at("8:30")), at("8:30"))
    assert (todo.skipped, todo.turn) == ((), Turn(date(2026, 11, 24), at("8:30")))
    assert todo.following == Turn(date(2026, 11, 25), at("2026-11-25 8:30"))


# fault 57
def test_down_over_its_time_it_comes_late_and_says_so() -> None:
    turn = Turn(date(2026, 11, 24), at("8:00"))
    todo = reckon(a_plan("8:00"), turn, at("9:10"))
    assert (todo.skipped, todo.turn, is_late(turn, at("9:10"))) == ((), turn, True)
    assert not is_late(turn, at("8:10"))


# fault 57
def test_after_more_than_two_hours_its_day_is_skipped() -> None:
    turn = Turn(date(2026, 11, 24), at("8:00"))
    on_time = reckon(a_plan("8:00"), turn, turn.due_at + GRACE)
    too_late = reckon(a_plan("8:00"), turn, turn.due_at + GRACE + timedelta(seconds=1))
    assert on_time.turn == turn
    assert (too_late.skipped, too_late.turn) == ((date(2026, 11, 24),), None)
    assert too_late.following == Turn(date(2026, 11, 25), at("2026-11-25 8:00"))


# fault 57
def test_after_days_away_each_is_skipped_and_todays_is_posted() -> None:
    todo = reckon(a_plan("8:00"), Turn(date(2026, 11, 20), at("2026-11-20 8:00")), at("9:00"))
    assert todo.skipped == (date(2026, 11, 20), date(2026, 11, 23))
    assert todo.turn == Turn(date(2026, 11, 24), at("8:00"))


# fault 57
def test_a_day_that_was_told_of_is_not_told_of_again_in_another_zone() -> None:
    before = Turn(date(2026, 11, 25), at("2026-11-25 7:30"))
    new_york = a_plan("8:30", NEW_YORK)
    turn = turn_after_change(new_york, before, CHANGED, last_day=date(2026, 11, 24))
    assert turn == Turn(date(2026, 11, 25), at("2026-11-25 8:30", NEW_YORK))


# fault 57
def test_a_day_that_was_still_to_come_comes_at_once_where_its_time_has_passed() -> None:
    before = Turn(date(2026, 11, 24), at("8:30"))
    turn = turn_after_change(a_plan("8:30", KATHMANDU), before, CHANGED, last_day=date(2026, 11, 23))
    assert turn == Turn(date(2026, 11, 24), CHANGED)


def test_a_day_that_was_still_to_come_comes_later_where_its_time_is_later() -> None:
    before = Turn(date(2026, 11, 24), at("8:30"))
    turn = turn_after_change(a_plan("8:30", NEW_YORK), before, CHANGED, last_day=date(2026, 11, 23))
    assert turn == Turn(date(2026, 11, 24), at("8:30", NEW_YORK))


# fault 57
def test_over_the_date_line_no_day_is_told_of_twice_and_what_is_over_there_is_passed_over() -> None:
    kiritimati, honolulu = a_plan("8:30", "Pacific/Kiritimati"), a_plan("8:30", "Pacific/Honolulu")
    # 20:00 on the 24th in Kiritimati is 20:00 on the 23rd in Honolulu.
    now = at("20:00", "Pacific/Kiritimati")
    west = turn_after_change(
        honolulu,
        Turn(date(2026, 11, 25), at("2026-11-25 8:30", "Pacific/Kiritimati")),
        now,
        last_day=date(2026, 11, 24),
    )
    assert west == Turn(date(2026, 11, 25), at("2026-11-25 8:30", "Pacific/Honolulu"))
    east = turn_after_change(
        kiritimati, Turn(date(2026, 11, 24), at("8:30", "Pacific/Honolulu")), now, last_day=date(2026, 11, 23)
    )
    assert east == Turn(date(2026, 11, 24), now)
    missed = Turn(date(2026, 11, 23), at("2026-11-23 23:00", "Pacific/Honolulu"))
    assert passed_by(kiritimati, missed, now) == (date(2026, 11, 23),)
    assert passed_by(honolulu, missed, now) == ()


def test_a_day_that_is_not_chosen_any_more_does_not_come() -> None:
    before = Turn(date(2026, 11, 24), at("8:30"))
    turn = turn_after_change(a_plan(weekdays={4}), before, CHANGED, last_day=None)
    assert turn.day == date(2026, 11, 27)


# fault 57
def test_from_every_instant_of_a_year_the_next_day_is_later_than_the_last() -> None:
    plan = a_plan("2:30", NEW_YORK, weekdays=EVERY_DAY)
    turn = first_turn(plan, datetime(2026, 1, 1, tzinfo=UTC))
    days = []
    for _ in range(365):
        days.append(turn.day)
        turn = next_turn(plan, turn.day + A_DAY)
    assert days == [date(2026, 1, 1) + number * A_DAY for number in range(365)]
