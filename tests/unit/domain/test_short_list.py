"""Which of a day's free starts are offered first."""

from bot.domain.availability import Slot, free_slots
from bot.domain.member_time import MemberTime
from bot.domain.short_list import short_list
from bot.domain.wall_time import moment, zone_named
from tests.builders import ANA, BERLIN, a_member, a_schedule, at, busy, days, second


def shown(member: MemberTime, minutes: int = 30, most: int = 15) -> list[str]:
    """The short list of the day, by the clock of Berlin."""
    slots = free_slots([member], days(), minutes, now=at("0:00"))
    return [f"{moment(slot.start).astimezone(zone_named(BERLIN)):%-H:%M}" for slot in short_list(slots, most, BERLIN)]


def test_of_few_starts_all_are_shown() -> None:
    assert shown(a_member(a_schedule("Tue 9:05-9:50", step=5))) == ["9:05", "9:10", "9:15", "9:20"]


def test_a_free_day_is_shown_by_its_full_hours() -> None:
    assert shown(a_member()) == [f"{hour}:00" for hour in range(9, 17)]


def test_half_hours_are_shown_too_where_all_of_them_fit() -> None:
    taken = [busy("10:00-12:00"), busy("14:00-15:00")]
    assert shown(a_member(busy=taken)) == [
        *("9:00", "9:30", "12:00", "12:30", "13:00", "13:30"),
        *("15:00", "15:30", "16:00", "16:30"),
    ]


def test_quarter_hours_are_shown_too_where_all_of_them_fit() -> None:
    early = a_member(a_schedule("Tue 9:00-10:45", step=5))
    assert shown(early) == ["9:00", "9:15", "9:30", "9:45", "10:00", "10:15"]


def test_the_first_start_after_every_gap_is_shown_wherever_it_lies() -> None:
    taken = [busy("9:00-9:40"), busy("11:00-11:50")]
    assert shown(a_member(a_schedule(step=5), busy=taken)) == [
        *("9:40", "10:00", "10:30", "11:50"),
        *("12:00", "12:30", "13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30"),
    ]


def test_around_the_clock_it_is_every_second_hour() -> None:
    assert shown(a_member(a_schedule("daily 0:00-24:00"))) == [f"{hour}:00" for hour in range(0, 24, 2)]


def test_on_the_day_of_a_change_the_hours_are_those_of_the_clock() -> None:
    spring = days("2026-03-29")
    slots = free_slots([a_member(a_schedule("Sun 0:00-8:00"))], spring, 60, now=at("2026-03-28 12:00"))
    assert [
        f"{moment(slot.start).astimezone(zone_named(BERLIN)):%H:%M%z}" for slot in short_list(slots, 9, BERLIN)
    ] == [
        "00:00+0100",
        "01:00+0100",
        "03:00+0200",
        "04:00+0200",
        "05:00+0200",
        "06:00+0200",
        "07:00+0200",
    ]


def test_nothing_is_shown_of_nothing() -> None:
    assert short_list([], 15, BERLIN) == ()


def test_what_has_no_full_hour_is_spread_all_the_same() -> None:
    starts = [Slot(second("9:07") + number * 2400, (ANA,)) for number in range(20)]
    assert short_list(starts, 15, BERLIN) == tuple(starts[::2])
