"""Where things lie in a week: lanes, whole days, and the hours that are shown."""

from dataclasses import replace

import pytest

from bot.domain.appointments import AppointmentStatus
from bot.domain.colours import Colour
from bot.domain.shades import Shade
from bot.rendering.week.lanes import Box
from bot.rendering.week.layout import Layout, layout_of
from tests.builders import NEW_YORK, at
from tests.unit.rendering.answers import all_day
from tests.week_builders import appointment, bens_week, event, hours, longer, own_week, with_day_off


def placed(layout: Layout) -> list[tuple[int, float, float, str, str]]:
    """Every box: its day, its hours, its lane, and what is in it."""
    return [
        (box.day, box.top / 3600, box.bottom / 3600, f"{box.lane} of {box.lanes}", _named(box)) for box in layout.boxes
    ]


def outside(layout: Layout) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """On which days there is how much before the hours that are shown, and after them."""
    before, after = ([(one.day, len(one.items)) for one in each] for each in (layout.before, layout.after))
    return before, after


def _named(box: Box) -> str:
    return f"+{box.more}" if box.item is None else box.item.title


def test_what_overlaps_stands_side_by_side_and_what_does_not_has_all_the_room() -> None:
    layout = layout_of(
        own_week(
            event("Tue 9:00-10:00", "A"),
            event("Tue 9:30-11:00", "B"),
            event("Tue 10:00-10:30", "C"),
            event("Tue 11:00-12:00", "D"),
        )
    )
    assert placed(layout) == [
        (1, 9, 10, "0 of 2", "A"),
        (1, 9.5, 11, "1 of 2", "B"),
        (1, 10, 10.5, "0 of 2", "C"),
        (1, 11, 12, "0 of 1", "D"),
    ]


def test_of_more_than_three_at_once_the_last_lane_counts_the_rest() -> None:
    layout = layout_of(own_week(*(event("Tue 9:00-10:00", title) for title in "ABCDE")))
    assert placed(layout) == [
        (1, 9, 10, "0 of 3", "A"),
        (1, 9, 10, "1 of 3", "B"),
        (1, 9, 10, "2 of 3", "+3"),
    ]


def test_a_short_event_has_room_for_a_line_and_one_at_midnight_too() -> None:
    layout = layout_of(own_week(event("Tue 9:00-9:00", "Moment"), event("Tue 23:55-23:59", "Late")))
    assert [(box.bottom - box.top) // 60 for box in layout.boxes] == [20, 20]
    assert layout.boxes[1].bottom == 24 * 3600


def test_what_only_touches_is_not_side_by_side_however_short_it_is() -> None:
    layout = layout_of(own_week(event("Tue 12:00-12:15", "Fire drill"), event("Tue 12:15-13:00", "Bank call")))
    assert placed(layout) == [(1, 12, 12.25, "0 of 1", "Fire drill"), (1, 12.25, 13, "0 of 1", "Bank call")]


def test_an_event_past_midnight_is_on_both_days() -> None:
    late = event("Tue 22:00-23:00", "Night")
    late = replace(late, occurrence=late.occurrence._replace(end=late.occurrence.end + 3 * 3600))
    layout = layout_of(own_week(late))
    assert placed(layout) == [(1, 22, 24, "0 of 1", "Night"), (2, 0, 2, "0 of 1", "Night")]
    assert hours(layout.shown) == (0, 24)


def test_whole_days_are_bars_across_the_days_they_last_and_many_are_counted() -> None:
    events = [
        all_day("Trip", first="2026-11-22", last="2026-11-25"),
        *(all_day(f"All {number}") for number in range(4)),
    ]
    layout = layout_of(own_week(*events))
    assert [(bar.first, bar.last, bar.lane, bar.item.title) for bar in layout.bars] == [
        (0, 2, 0, "Trip"),
        (1, 1, 1, "All 0"),
        (1, 1, 2, "All 1"),
    ]
    assert (layout.left, layout.bar_lanes, layout.boxes) == ((0, 2, 0, 0, 0, 0, 0), 4, ())


def test_a_whole_day_elsewhere_that_is_none_here_is_cut_at_the_hours_that_are_shown() -> None:
    layout = layout_of(with_day_off(bens_week(), "2026-11-24", NEW_YORK))
    assert hours(layout.shown) == (8, 23)  # as it is without that day
    assert placed(layout) == [(1, 8, 23, "0 of 1", "")]
    assert [(box.goes_up, box.goes_down) for box in layout.boxes] == [(True, True)]
    assert outside(layout) == ([(2, 1)], [])


# fault 42
@pytest.mark.parametrize(
    ("first", "day", "zone", "expected"),
    [
        ("2026-10-26", "2026-11-01", NEW_YORK, [(6, 8, 22, "0 of 1", "")]),
        ("2026-10-19", "2026-10-24", NEW_YORK, [(5, 9, 24, "0 of 1", "")]),
    ],
)
def test_a_day_off_elsewhere_is_cut_in_weeks_in_which_clocks_change(
    first: str, day: str, zone: str, expected: list[tuple[int, float, float, str, str]]
) -> None:
    layout = layout_of(with_day_off(bens_week(first=first, now=at(f"{first} 12:00")), day, zone))
    assert placed(layout) == expected


def test_what_lasts_twelve_hours_does_not_widen_the_hours_and_what_is_shorter_does() -> None:
    long = layout_of(own_week(event("Tue 7:00-19:00", "Fair")))
    assert (hours(long.shown), placed(long)) == ((8, 18), [(1, 8, 18, "0 of 1", "Fair")])
    short = layout_of(own_week(event("Tue 7:00-18:59", "Fair")))
    assert (hours(short.shown), placed(short)) == ((7, 19), [(1, 7, 1139 / 60, "0 of 1", "Fair")])
    beside = layout_of(own_week(event("Tue 7:00-19:00", "Fair"), event("Wed 6:30-7:00", "Run")))
    assert (hours(beside.shown), placed(beside)) == (
        (6, 18),
        [(1, 7, 18, "0 of 1", "Fair"), (2, 6.5, 7, "0 of 1", "Run")],
    )
    assert [(box.goes_up, box.goes_down) for box in beside.boxes] == [(False, True), (False, False)]


def test_what_is_long_and_wholly_at_night_is_told_next_to_the_hours() -> None:
    layout = layout_of(own_week(longer(event("Tue 18:30-19:00", "Flight"), 13), longer(event("Tue 19:00-20:00"), 12)))
    assert (hours(layout.shown), layout.boxes) == ((8, 18), ())
    assert outside(layout) == ([(2, 2)], [(1, 2)])


def test_what_is_cut_to_a_little_is_still_seen() -> None:
    layout = layout_of(own_week(longer(event("Tue 17:55-18:00", "Flight"), 14)))
    assert placed(layout) == [(1, 1060 / 60, 18, "0 of 1", "Flight")]
    assert outside(layout) == ([(2, 1)], [])


def test_the_usual_hours_are_shown_and_more_where_there_is_something() -> None:
    assert hours(layout_of(own_week()).shown) == (8, 18)
    assert hours(layout_of(own_week(event("Tue 6:15-7:00"), event("Wed 19:30-20:10"))).shown) == (6, 21)
    assert hours(layout_of(bens_week()).shown) == (8, 23)  # nine to five in New York


def test_each_kind_has_its_colour_and_somebody_elses_has_none() -> None:
    week = own_week(
        event("Mon 9:00-10:00", "G"),
        event("Mon 10:00-11:00", "B", shade=Shade.BLUE),
        event("Mon 11:00-12:00", "T", shade=Shade.TEAL),
        event("Mon 12:00-13:00", "H", is_linked=False, shade=Shade.BLUE),
        event("Mon 13:00-14:00", "P", blocks=False, shade=Shade.TEAL),
        appointments=[appointment("Mon 14:00-15:00")],
    )
    colours = [box.item.colour for box in layout_of(week).boxes if box.item is not None]
    assert colours == [Colour.GREY, Colour.BLUE, Colour.TEAL, Colour.HATCHED, Colour.PALE, Colour.ORANGE]
    [box] = layout_of(bens_week("Tue 9:00-10:00")).boxes
    assert box.item is not None
    assert (box.item.colour, box.item.title) == (None, "")


def test_a_hold_is_told_from_what_is_settled() -> None:
    held = appointment("Mon 14:00-15:00")
    held = replace(held, appointment=replace(held.appointment, status=AppointmentStatus.HELD))
    for shown, is_open in ((held, True), (appointment("Mon 14:00-15:00"), False)):
        [box] = layout_of(own_week(appointments=[shown])).boxes
        assert box.item is not None
        assert (box.item.title, box.item.is_open) == ("Maya Ortiz", is_open)


def test_working_hours_lie_where_the_wall_shows_them_in_a_week_of_169_hours() -> None:  # fault 42
    layout = layout_of(own_week(first="2026-10-26", zone=NEW_YORK, now=at("2026-10-26 12:00", NEW_YORK)))
    assert [list(map(hours, day)) for day in layout.working] == [[(10, 18)]] * 5 + [[], []]
    assert hours(layout.shown) == (9, 19)
    assert [mark.hour for mark in layout.marks] == list(range(8, 19))
