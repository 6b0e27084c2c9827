"""Where things lie in a week: lanes, whole days, and the hours that are shown."""

from dataclasses import replace

from bot.domain.appointments import AppointmentStatus
from bot.domain.colours import Colour
from bot.domain.shades import Shade
from bot.domain.week_layout import Box, Layout, layout_of
from tests.builders import NEW_YORK, at
from tests.unit.rendering.answers import all_day
from tests.week_builders import appointment, bens_week, event, hours, own_week


def placed(layout: Layout) -> list[tuple[int, float, float, str, str]]:
    """Every box: its day, its hours, its lane, and what is in it."""
    return [
        (box.day, box.top / 3600, box.bottom / 3600, f"{box.lane} of {box.lanes}", _named(box)) for box in layout.boxes
    ]


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


def test_a_whole_day_elsewhere_that_is_none_here_stands_at_its_hours() -> None:
    there = event("2026-11-24 6:00-23:59", "Tuesday in New York")
    layout = layout_of(
        own_week(
            replace(there, is_all_day=True, occurrence=there.occurrence._replace(end=there.occurrence.start + 86_400))
        )
    )
    assert placed(layout) == [(1, 6, 24, "0 of 1", "Tuesday in New York"), (2, 0, 6, "0 of 1", "Tuesday in New York")]


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
