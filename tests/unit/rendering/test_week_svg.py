"""The picture of a week by its structure: boxes and labels where they have to be."""

import re
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.reading_habits import Habits, HourCycle
from bot.rendering.week.font import font
from bot.rendering.week.grid import HOUR_HEIGHT
from bot.rendering.week.palette import NO_TIME, NOW, PAPER
from bot.rendering.week.png import png_of
from bot.rendering.week.shapes import svg_of
from bot.rendering.week.svg import draw_week, week_svg
from tests.builders import BERLIN, KATHMANDU, NEW_YORK, at
from tests.unit.rendering.answers import all_day
from tests.unit.rendering.week_reader import Picture
from tests.week_builders import FAMILY, appointment, bens_week, event, longer, own_week, with_day_off

# The weekend is empty in most of these, and narrow.
COLUMN = (600 - 6 - 52 - 100) / 5
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def near(pixels: object) -> Any:
    """About there, or for several numbers each about there."""
    return pytest.approx(pixels, abs=0.1)


def test_each_thing_stands_in_its_column_at_its_hour() -> None:
    picture = Picture(
        own_week(
            event("Tue 9:00-10:30"),
            event("Wed 10:00-11:00", "Dentist", is_linked=False),
            appointments=[appointment("Wed 12:00-13:00")],
        )
    )
    nine, ten = picture.place_of("9:00")[1], picture.place_of("10:00")[1]
    assert ten - nine == near(60)
    kick_off = picture.thing("G Kick-off")
    assert (kick_off.kind, kick_off.x) == ("grey", near(52 + COLUMN + 2))
    assert (kick_off.y, kick_off.height) == (near(nine - 4 + 1), near(1.5 * 60 - 2))
    assert kick_off.width == near(COLUMN - 5)
    assert [one.kind for one in picture.things] == ["grey", "hatched", "orange"]
    assert picture.thing("D Maya Ortiz").x == near(52 + 2 * COLUMN + 2)


def test_what_overlaps_shares_the_column_and_touches_nothing() -> None:
    picture = Picture(own_week(*(event("Tue 9:00-10:00", title) for title in "AB")))
    left, right = picture.things
    assert (left.y, left.width) == (right.y, right.width)
    assert left.x + left.width < right.x
    assert right.x + right.width < 52 + 2 * COLUMN


def test_where_there_is_room_for_crumbs_alone_the_letter_stands_by_itself() -> None:
    picture = Picture(own_week(*(event("Sat 9:00-12:00", title) for title in ("Board", "Review", "Call"))))
    assert [one.text for one in picture.things] == ["G", "G", "G"]


def test_a_weekend_with_something_on_it_is_as_wide_as_other_days() -> None:
    picture = Picture(own_week(event("Sat 9:00-10:00"), event("Mon 9:00-10:00", "Call")))
    assert [one.width for one in picture.things] == [near((600 - 6 - 52) / 7 - 5)] * 2
    empty = Picture(own_week(event("Mon 9:00-10:00", "Call")))
    assert empty.things[0].width == near(COLUMN - 5)


def test_the_heads_are_the_days_with_today_told_apart_and_now_is_a_line() -> None:
    picture = Picture(own_week(now=at("12:00")))
    texts = picture.texts()
    assert texts[:2] == ["Your week, 23 to 29 November", "Berlin time · as of Tue 24 Nov, 12:00"]
    assert [text for text in texts if text in DAYS] == DAYS
    assert [text for text in texts if text.endswith(" Nov")] == [f"{day} Nov" for day in range(23, 30)]
    [(x, y)] = picture.lines(NOW)[:1]
    assert (x, y) == (near(52 + COLUMN), near(picture.place_of("12:00")[1] - 4))
    assert "red line: now" in texts
    assert not Picture(own_week(now=at("2026-11-30 12:00"))).lines(NOW)


def test_whole_days_are_above_the_hours_across_their_days() -> None:
    picture = Picture(
        own_week(all_day("Conference", first="2026-11-25", last="2026-11-27"), all_day("Birthday", blocks=False))
    )
    conference = picture.thing("G Conference")
    assert conference.width == near(3 * COLUMN - 4)
    assert conference.y + conference.height < picture.place_of("8:00")[1]
    assert picture.thing("F Birthday").kind == "pale"
    assert "all day" in picture.texts()


def test_half_an_hour_has_room_for_two_lines_where_one_would_be_cut() -> None:
    picture = Picture(
        own_week(event("Mon 9:00-9:30", "One-on-one Ben"), event("Tue 9:00-9:30"), event("Wed 9:00-9:15"))
    )
    assert {seen.text for seen in picture.things} == {"G One-on- one Ben", "G Kick-off"}


# fault 42
def test_a_night_with_an_hour_twice_has_it_twice_and_the_other_days_say_so() -> None:
    picture = Picture(own_week(event("2026-10-25 1:00-4:00", "Night"), first="2026-10-19", now=at("2026-10-20 12:00")))
    assert [text for text in picture.texts() if text in ("1:00", "2:00", "3:00")] == ["1:00", "2:00", "2:00", "3:00"]
    assert picture.thing("G Night").height == near(4 * 60 - 2)
    assert picture.texts().count("no such") == 6
    assert "Sun 25 Oct has 25 hours: the clocks go back in Berlin." in picture.texts()


# fault 42
@pytest.mark.parametrize(
    ("first", "zone", "night"), [("2026-03-23", BERLIN, "2026-03-29"), ("2026-03-02", NEW_YORK, "2026-03-08")]
)
def test_a_night_without_an_hour_has_a_gap(first: str, zone: str, night: str) -> None:
    week = own_week(
        event(f"{night} 1:00-4:00", "Night", zone=zone), first=first, zone=zone, now=at(f"{first} 12:00", zone)
    )
    picture = Picture(week)
    gap = (52 + 6 * (600 - 6 - 52) / 7, picture.place_of("2:00")[1] - 4, 60)
    assert any(ground == near(gap) for ground in picture.grounds(NO_TIME))
    assert picture.thing("G Night").height == near(3 * 60 - 2)


def test_somebody_elses_week_is_busy_with_his_clock_in_a_second_column() -> None:
    picture = Picture(bens_week("Tue 15:00-17:00"))
    [busy] = picture.things
    assert (busy.kind, busy.text) == ("busy", "busy")
    texts = picture.texts()
    assert texts[0] == "Ben's week, 23 to 29 November"
    assert "Berlin time; New York time in the second column" in texts[1]
    assert (texts[texts.index("15:00") + 1], texts.count("Berlin")) == ("9:00", 1)
    assert {"New", "York"} <= set(texts)
    # His working hours, nine to five in New York.
    assert any(y == near(picture.place_of("15:00")[1] - 4) for _, y, _ in picture.grounds(PAPER)[1:])


def test_a_day_off_elsewhere_reaches_over_the_edges_and_says_next_to_the_hours_until_when() -> None:
    usual, picture = Picture(bens_week("Tue 15:00-17:00")), Picture(with_day_off(bens_week(), "2026-11-24", NEW_YORK))
    assert picture.height == near(usual.height + 24)
    busy, rest = picture.things
    first, last = picture.place_of("8:00")[1] - 4, picture.place_of("23:00")[1] - 4
    assert (busy.text, busy.y, busy.height) == ("busy", near(first + 1 - 4), near(last - first - 2 + 8))
    assert (rest.kind, rest.text) == ("busy", "to 6:00")
    assert rest.y + rest.height < first


def test_what_begins_after_the_hours_that_are_shown_is_told_below_them() -> None:
    one = longer(event("Tue 18:30-19:00", "Flight"), 13)
    picture = Picture(own_week(one))
    assert [(each.kind, each.text) for each in picture.things] == [("grey", "G to 7:30"), ("grey", "G 18:30 on")]
    assert picture.thing("G 18:30 on").y > picture.place_of("18:00")[1]
    several = Picture(own_week(one, longer(event("Tue 19:00-20:00", "Night shift"), 12)))
    assert [each.text for each in several.things] == ["+2", "+2"]


def test_where_the_clocks_change_apart_the_second_column_says_until_when_it_holds() -> None:  # fault 42
    texts = Picture(bens_week(first="2026-10-26", now=at("2026-10-27 12:00"))).texts()
    assert "From Sun 1 Nov on New York is 1 hour earlier than its column says." in texts


def test_days_of_which_nothing_is_known_do_not_look_free() -> None:
    picture = Picture(own_week(first="2026-10-19", now=at("2026-11-24 12:00")))
    assert picture.texts().count("not known") == 6
    assert len(picture.root.findall("{http://www.w3.org/2000/svg}path")) == 6


def test_the_key_names_what_is_there_and_nothing_else() -> None:
    texts = Picture(own_week(event("Tue 9:00-10:00"), calendars=(FAMILY,), chosen=FAMILY.id)).texts()
    assert "grey: blocked by Google" in texts
    assert "blue: with a contact" not in texts
    assert "Only Family is shown." in texts


def test_every_text_is_large_enough_for_a_phone_and_within_the_picture() -> None:
    picture = Picture(
        own_week(*(event(f"Tue {hour}:00-{hour}:20", "x" * 500) for hour in range(6, 22)), event("Tue 6:00-21:00"))
    )
    assert min(picture.sizes()) >= 13
    assert picture.width == 600
    assert all(
        one.x >= 0 and one.x + one.width <= 600 and one.y + one.height < picture.height for one in picture.things
    )


# fault 46
@pytest.mark.slow
@settings(max_examples=60)
@given(title=st.text(max_size=200), name=st.text(max_size=60))
def test_no_title_or_name_breaks_the_picture(title: str, name: str) -> None:
    week = own_week(event("Tue 9:00-10:00", title), all_day(title))
    assert len(Picture(week).things) == 2
    assert Picture(replace(bens_week("Tue 9:00-10:00"), member=replace(week.member, name=name))).texts()


def test_markup_in_a_title_is_letters() -> None:
    source = week_svg(own_week(event("Tue 9:00-17:00", '"/><script>x</script>&amp;')))
    assert "<script" not in source
    assert "style=" not in source


@pytest.mark.slow
def test_five_hundred_events_are_drawn_in_two_seconds() -> None:
    events = [
        event(f"{DAYS[number % 7]} {number % 22}:{number % 60:02}-{number % 22 + 1}:59", f"Event number {number}")
        for number in range(500)
    ]
    week = own_week(*events)
    began = time.process_time()
    png = png_of(week_svg(week))
    assert time.process_time() - began < 2
    assert png.startswith(b"\x89PNG")
    assert len(png) < 2_000_000


def test_the_png_is_twice_as_wide() -> None:
    png = png_of(week_svg(own_week()))
    assert int.from_bytes(png[16:20]) == 1200


@pytest.mark.parametrize("title", ["Ben\u2019s birthday party at home", "Ph\u1edf for lunch with the whole team"])
def test_a_title_that_is_cut_is_told_how_wide_it_may_become_by_other_letters(title: str) -> None:
    drawn = svg_of(draw_week(own_week(event("Tue 9:00-9:20", title))), with_other_letters=True)
    [shown] = re.findall(r"<text([^>]*)>" + title[:3], drawn)
    assert "textLength" in shown


def test_of_letters_that_join_nobody_but_the_browser_knows_the_width() -> None:
    drawn = svg_of(
        draw_week(own_week(event("Tue 9:00-10:00", "\u0645\u0631\u062d\u0628\u0627"))), with_other_letters=True
    )
    [shown] = re.findall(r"<text([^>]*)>\u0645", drawn)
    assert "textLength" not in shown


AMERICAN = Habits(HourCycle.TWELVE, first_day=6)


def test_a_reader_of_twelve_hours_has_them_at_the_side_and_sunday_first() -> None:
    week = own_week(event("Tue 9:00-10:30"), event("Tue 21:30-22:00", "Call"), first="2026-11-22")
    picture = Picture(replace(week, habits=AMERICAN))
    texts = picture.texts()
    assert [text for text in texts if text in DAYS] == ["Sun", *DAYS[:6]]
    assert ("9 AM" in texts, "12 PM" in texts, "9 PM" in texts, "9:00" in texts) == (True, True, True, False)
    assert "as of Tue 24 Nov, 12:00 PM" in texts[1]
    # Sunday is narrow as well as Saturday, so that Tuesday is the third column.
    assert picture.thing("G Kick-off").x == near(52 + 50 + COLUMN + 2)


def test_next_to_the_hours_there_is_room_for_the_time_without_its_half_of_the_day() -> None:
    week = own_week(longer(event("Tue 18:30-19:00", "Flight"), 13), first="2026-11-22")
    picture = Picture(replace(week, habits=AMERICAN))
    assert [each.text for each in picture.things] == ["G to 7:30", "G 6:30 on"]


def test_next_to_the_hours_twelve_is_said_with_its_half_of_the_day() -> None:
    week = own_week(longer(event("Tue 11:30-12:00", "Shift"), 13), first="2026-11-22")
    picture = Picture(replace(week, habits=AMERICAN))
    assert [each.text for each in picture.things] == ["G Shift", "G 12:30 AM"]


def test_the_hours_of_somebody_elses_clock_fit_their_column_too() -> None:
    week = replace(bens_week("Tue 15:00-17:00"), habits=AMERICAN)
    kathmandu = replace(week, member=replace(week.member, zone=KATHMANDU))
    picture = Picture(kathmandu)
    (here, _), (there, _) = picture.place_of("9 AM"), picture.place_of("12:45 PM")
    assert there - here > font().width("12:45 PM", 13)  # each ends where its column does
    assert here > font().width("12 PM", 13)


@pytest.mark.parametrize(
    ("first", "zone", "missing"),
    [("2026-11-01", NEW_YORK, False), ("2027-03-14", NEW_YORK, True), ("2026-10-25", BERLIN, False)],
)
def test_clocks_that_change_on_the_first_day_of_a_week_from_sunday(first: str, zone: str, missing: bool) -> None:
    night = f"{first} 0:30-4:30"  # fault 42
    now = at(f"{first} 12:00", zone)
    picture = Picture(
        replace(own_week(event(night, "Night", zone=zone), first=first, zone=zone, now=now), habits=AMERICAN)
    )
    texts = picture.texts()
    assert ("2 AM" in texts, "12 AM" in texts) == (True, True)
    # The other days have no second hour, or this one lacks one.
    assert texts.count("no such") == (1 if missing else 6)
    assert picture.thing("G Night").height == near((4 if missing else 5) * HOUR_HEIGHT - 2)
