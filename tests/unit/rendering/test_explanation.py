"""Why a time is or is not free, in words."""

from dataclasses import replace

import pytest

from bot.domain.availability import Mode
from bot.domain.member_time import BusyReason, MemberTime
from bot.rendering.explanation import explanation_modal
from tests.builders import ANA, BEN, NEW_YORK, a_member, a_schedule, at, busy
from tests.unit.rendering.answers import an_entry, ana, ben, explained, time_of
from tests.unit.rendering.screen import buttons_of, read_view


def test_every_reason_is_told_with_its_source_and_titles_to_their_owner_alone() -> None:
    own = a_member(busy=[busy("16:00-16:30", title="Kick-off")._replace(calendar_name="Work")])
    other = a_member(
        a_schedule(zone=NEW_YORK, before=10), [busy("15:50-16:20", title="Doctor")], [busy("16:00-17:00")], BEN
    )
    modal = explanation_modal(explained("16:00", [own, other]), ANA)
    assert modal.title == "Tue 24 Nov, 16:00"
    assert read_view(modal) == [
        "*Tuesday 24 November, 16:00-16:30: not free.*",
        "Berlin · 10:00-10:30 for Ben in New York",
        "All of these stand in the way:",
        "· Ana has *Kick-off*, 16:00-16:30 (Work)",
        "· Ben is busy, 15:50-16:20",
        "· Ben keeps 10 minutes free after 16:20, until 16:30",
        "· Ben is busy, 16:00-17:00",
        "· Ben keeps 10 minutes free after 17:00, until 17:10",
        "Nearest, everyone free:",
        "[15:00] [15:15]",
    ]


def test_a_free_time_shows_it_in_every_zone_with_what_is_there_but_free() -> None:
    birthday = an_entry("16:00-17:00", "Ben's birthday", blocks=False)
    modal = explanation_modal(explained("16:00", [time_of(ana), time_of(ben)], left_open=[birthday]), ANA)
    assert read_view(modal) == [
        "*Tuesday 24 November, 16:00-16:30: free.*",
        "Berlin · 10:00-10:30 for Ben in New York",
        "Ana and Ben are free.",
        "Also there, but not in the way: Ben's birthday.",
        "[Book it]",
        "Nearest, everyone free:",
        "[15:30] [15:45] [16:15]",
    ]
    assert buttons_of(modal)["16:15"].endswith(" 30 all U1 U2")


def test_anyone_wanted_tells_who_is_free_and_why_the_others_are_not() -> None:
    times = [a_member(busy=[busy("16:00-16:30", title="Dentist")]), time_of(ben)]
    assert read_view(explanation_modal(explained("16:00", times, mode=Mode.ANY), ANA))[:5] == [
        "*Tuesday 24 November, 16:00-16:30: free.*",
        "Berlin · 10:00-10:30 for Ben in New York",
        "Ben is free.",
        "Not free then:",
        "· Ana has *Dentist*, 16:00-16:30",
    ]


def test_where_one_is_enough_whoever_is_awake_is_booked() -> None:
    ben_in_manila = replace(ben, zone="Asia/Manila")
    times = [a_member(a_schedule("daily 0:00-24:00", zone="Asia/Manila"), member_id=BEN), time_of(ana)]
    both_awake = explained("14:00", times, (ben_in_manila, ana), mode=Mode.ANY)
    assert buttons_of(explanation_modal(both_awake, ANA))["Book it"].endswith(" 30 all U2")
    late_for_ben = explained("16:00", times, (ben_in_manila, ana), mode=Mode.ANY)
    assert buttons_of(explanation_modal(late_for_ben, ANA))["Book it"].endswith(" 30 all U1")


def test_what_holds_for_everybody_is_said_once() -> None:
    modal = explanation_modal(explained("10:00", [time_of(ana), time_of(ben)]), ANA)
    assert read_view(modal)[2:5] == [
        "Both of these stand in the way:",
        "· That time has passed",
        "· Ben works 15:00-23:00 that day",
    ]


@pytest.mark.parametrize(
    ("time", "sentence"),
    [
        (a_member(a_schedule("Wed 9:00-17:00")), "Ana does not work that day"),
        (a_member(a_schedule(overrides={"2026-11-24": ""})), "Ana is off on that date"),
        (a_member(a_schedule(overrides={"2026-11-24": "9:00-10:00"})), "Ana works 9:00-10:00 only on that date"),
        (a_member(a_schedule(notice=300)), "Ana needs 5 hours' notice, so not before 17:00"),
        (a_member(a_schedule(notice=1440)), "Ana needs 1 day's notice, so not before Wed 25 Nov, 12:00"),
        (
            a_member(a_schedule(daily_cap=1), appointments=[busy("9:00-10:00")]),
            "Ana takes 1 appointment a day, and that day is full",
        ),
        (
            a_member(appointments=[busy("15:00-17:00", reason=BusyReason.APPOINTMENT)]),
            "Ana has an appointment, 15:00-17:00",
        ),
        (
            a_member(busy=[busy("15:00-17:00", reason=BusyReason.HOLD)]),
            "That time of Ana is being held for somebody, 15:00-17:00",
        ),
        (
            a_member(busy=[busy("0:00-23:00", title="Fair")._replace(end=busy("2026-11-25 0:00-1:00").start)]),
            "Ana has *Fair*, all day",
        ),
        (
            a_member(a_schedule(after=15), [busy("16:30-17:00", title="Standup")]),
            "Ana keeps 15 minutes free before 16:30, from 16:15",
        ),
    ],
)
def test_each_kind_of_reason_has_its_words(time: MemberTime, sentence: str) -> None:
    lines = read_view(explanation_modal(explained("16:00", [time], [ana]), ANA))
    assert lines[2:4] == ["This stands in the way:", f"· {sentence}"]


def test_notice_of_one_hour_is_told_as_such() -> None:
    time = a_member(a_schedule(notice=60))
    lines = read_view(explanation_modal(explained("12:30", [time], [ana]), ANA))
    assert lines[3] == "· Ana needs 1 hour's notice, so not before 13:00"


def test_a_time_beyond_the_horizon_says_how_far_is_planned() -> None:
    time = a_member(a_schedule(horizon=3))
    lines = read_view(explanation_modal(explained("2026-11-30 9:00", [time], [ana]), ANA))
    assert lines[3] == "· Ana plans no further than 3 days ahead"


def test_a_time_that_a_calendar_was_not_read_for_is_told_as_unknown() -> None:
    time = replace(a_member(), known_until=int(at("16:15").timestamp()))
    lines = read_view(explanation_modal(explained("16:00", [time], [ana]), ANA))
    assert lines[3] == "· Nobody can say yet whether Ana is free: a calendar has not been read that far ahead"


def test_a_free_time_beside_the_grid_is_told_as_such() -> None:
    lines = read_view(explanation_modal(explained("16:05", [time_of(ana)], [ana]), ANA))
    assert lines[:4] == [
        "*Tuesday 24 November, 16:05-16:35: free.*",
        "Berlin",
        "Ana is free.",
        "_ Ana is free then, but it is not one of the starts that are offered.",
    ]


def test_the_day_clocks_change_is_told_in_both_zones() -> None:
    times = [time_of(ana), time_of(ben)]
    shown = explained("2026-10-26 14:00", times, now=at("2026-10-25 12:00"))
    assert read_view(explanation_modal(shown, ANA))[:3] == [
        "*Monday 26 October, 14:00-14:30: free.*",
        "Berlin · 9:00-9:30 for Ben in New York",
        "Ana and Ben are free.",
    ]


# fault 46
def test_titles_are_shown_literally() -> None:
    time = a_member(busy=[busy("16:00-16:30", title="<!here> *x*\n`y`")])
    shown = replace(explained("16:00", [time], [ana]), nearest=())
    assert read_view(explanation_modal(shown, ANA))[3] == "· Ana has *&lt;!here&gt; ∗x∗ ˋyˋ*, 16:00-16:30"
