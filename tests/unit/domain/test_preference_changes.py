"""What the forms of Calendar Settings ask to change, and what is told on their fields."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.events import Certainty
from bot.domain.preference_changes import (
    SLACK_ZONE,
    Change,
    FieldMistakes,
    added_dates,
    audience,
    blocking,
    limits,
    meetings,
    own_zone,
    weekly_hours,
)
from bot.domain.preferences import Audience, Preferences, WhenStale, default_preferences
from bot.domain.schedule import BadSchedule, WallRange
from tests.builders import BERLIN, NEW_YORK, hours_of

TODAY = date(2026, 11, 24)
OFFICE = ["9:00-12:00, 13:00-17:00"] * 5 + ["", ""]


def after(change: Change) -> Preferences:
    """What the defaults become."""
    return change(default_preferences(BERLIN))


def mistakes(read: Callable[[], Change]) -> dict[str, str]:
    """What is told, by field."""
    with pytest.raises(FieldMistakes) as found:
        read()
    return found.value.by_field


def test_weekly_hours_are_kept_by_weekday_and_days_off_are_left_out() -> None:
    assert after(weekly_hours(OFFICE)).schedule.hours == hours_of("Mon-Fri 9:00-12:00 13:00-17:00")
    assert after(weekly_hours([""] * 7)).schedule.hours == {}


def test_each_weekday_tells_its_own_mistake() -> None:
    assert mistakes(lambda: weekly_hours(["9:00-25:00", "9-12", "x", "", "", "", ""])) == {
        "hours_0": "Write hours like 9:00-12:00, 13:00-17:00. “25:00” is not a time.",
        "hours_2": "Write hours like 9:00-12:00, 13:00-17:00. “x” is not a range of hours.",
    }


def test_dates_are_added_with_their_hours() -> None:
    change = added_dates("2026-12-24", "2026-12-25", "9-12", today=TODAY)
    assert after(change).schedule.overrides == {
        date(2026, 12, 24): (WallRange(540, 720),),
        date(2026, 12, 25): (WallRange(540, 720),),
    }
    assert after(added_dates("2026-12-24", "", "closed", today=TODAY)).schedule.overrides == {date(2026, 12, 24): ()}


def test_dates_that_cannot_be_are_told_on_their_fields() -> None:
    assert mistakes(lambda: added_dates("", "", "25-26", today=TODAY)) == {
        "date_hours": "Write hours like 9:00-12:00, 13:00-17:00. “25” is not a time.",
        "first_date": "Choose a day.",
    }
    assert mistakes(lambda: added_dates("2026-11-23", "", "", today=TODAY)) == {
        "first_date": "That day has passed. Choose one that is still to come."
    }
    assert mistakes(lambda: added_dates("2026-12-24", "2026-12-23", "", today=TODAY)) == {
        "last_date": "The last day is before the first."
    }


def test_too_many_dates_at_once_are_told_on_the_last_of_them() -> None:
    assert mistakes(lambda: added_dates("2026-12-24", "2999-01-01", "", today=TODAY)) == {
        "last_date": "Choose 366 days at most."
    }


def test_too_many_dates_in_all_show_when_they_are_added() -> None:
    full = after(added_dates("2026-12-24", "2027-12-24", "", today=TODAY))
    with pytest.raises(BadSchedule):
        added_dates("2028-01-01", "", "", today=TODAY)(full)


def test_a_zone_is_chosen_or_follows_slack() -> None:
    chosen = after(own_zone(NEW_YORK))
    assert (chosen.schedule.zone, chosen.has_own_zone) == (NEW_YORK, True)
    assert chosen.following("Asia/Tokyo").schedule.zone == NEW_YORK
    follows = own_zone(SLACK_ZONE)(chosen)
    assert not follows.has_own_zone
    assert follows.following("Asia/Tokyo").schedule.zone == "Asia/Tokyo"


@pytest.mark.parametrize("name", ["Europe/Atlantis", "../../etc/passwd", "Europe", "\ud800"])
def test_what_is_no_zone_is_told_on_its_field(name: str) -> None:
    assert list(mistakes(lambda: own_zone(name))) == ["zone"]


def test_meetings_are_kept_in_minutes() -> None:
    schedule = after(meetings("45", "30", "10", "")).schedule
    assert (schedule.slot_minutes, schedule.step_minutes, schedule.before_minutes, schedule.after_minutes) == (
        45,
        30,
        10,
        0,
    )


def test_minutes_out_of_bounds_are_told_on_their_fields() -> None:
    assert mistakes(lambda: meetings("0", "1", "481", "ten")) == {
        "length": "Write a whole number from 5 to 480.",
        "step": "Write a whole number from 5 to 480.",
        "before": "Write a whole number from 0 to 480.",
        "after": "Write a whole number from 0 to 480.",
    }


def test_limits_are_kept_and_no_cap_is_no_limit() -> None:
    schedule = after(limits("2 hours", "30", "4")).schedule
    assert (schedule.notice_minutes, schedule.horizon_days, schedule.daily_cap) == (120, 30, 4)
    assert after(limits("", "0", " ")).schedule.daily_cap is None


def test_limits_out_of_bounds_are_told_on_their_fields() -> None:
    assert mistakes(lambda: limits("2", "366", "0")) == {
        "notice": "Write hours or days, like 2 hours or 1 day; 0 is none.",
        "horizon": "Write a whole number from 0 to 365.",
        "daily_cap": "Write a whole number from 1 to 50.",
    }


def test_who_may_book_is_kept_with_the_people_named() -> None:
    kept = after(audience("invited", ["U2", "U3"]))
    assert (kept.audience, kept.invited) == (Audience.INVITED, ("U2", "U3"))
    assert after(audience("nobody", [])).audience is Audience.NOBODY


@pytest.mark.parametrize(
    ("choice", "invited", "field"),
    [("", [], "audience"), ("all", [], "audience"), ("invited", [], "invited"), ("everyone", ["U1"] * 101, "invited")],
)
def test_an_answer_that_names_nobody_is_told_on_its_field(choice: str, invited: list[str], field: str) -> None:
    assert list(mistakes(lambda: audience(choice, invited))) == [field]


def test_what_takes_time_is_kept_by_kind() -> None:
    kept = after(blocking(["unanswered"], "offer_nothing"))
    assert kept.left_open == {Certainty.TENTATIVE}
    assert kept.when_stale is WhenStale.OFFER_NOTHING
    assert after(blocking([], "warn")).left_open == {Certainty.TENTATIVE, Certainty.UNANSWERED}
    assert mistakes(lambda: blocking([], "")) == {"when_stale": "Choose one of these."}


def test_a_change_leaves_everything_else_as_it_was() -> None:
    changes = (weekly_hours(OFFICE), limits("1 day", "30", "3"), audience("nobody", []), own_zone(NEW_YORK))
    preferences = default_preferences(BERLIN)
    for change in (*changes, meetings("45", "15", "0", "0")):
        preferences = change(preferences)
    schedule = preferences.schedule
    assert (schedule.zone, schedule.notice_minutes, schedule.daily_cap, schedule.slot_minutes) == (
        NEW_YORK,
        1440,
        3,
        45,
    )
    assert schedule.hours == hours_of("Mon-Fri 9:00-12:00 13:00-17:00")
    assert preferences.audience is Audience.NOBODY
