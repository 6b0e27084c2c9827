"""The hours of a day as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours_text import hours_example, hours_text, parse_hours
from bot.domain.reading_habits import HourCycle, range_text
from bot.domain.schedule import DAY_MINUTES, BadSchedule, WallRange

NIGHT = "ends before it begins. For a night, write 22:00-24:00 on the one day and 0:00-6:00 on the next."
MORNING, AFTERNOON = WallRange(540, 720), WallRange(780, 1020)


@pytest.mark.parametrize(
    "text",
    [
        "9:00-12:00, 13:00-17:00",
        "9-12,13-17",
        "13:00-17:00; 9:00-12:00",
        "09.00 – 12.00 and 13.00 — 17.00",
        "9am-12pm & 1 pm to 5 pm",
        "9:00 AM-12:00 PM, 1:00 PM-5:00 PM",
        "9-12pm, 1pm-5pm",
        "9:00-12:00 PM, 13:00-5:00 PM",
        "9:00 until 12:00\n13:00 until 17:00",
        "  9:00-12:00,, 13:00-17:00,  ",
    ],
)
def test_hours_are_read_however_they_are_written(text: str) -> None:
    assert parse_hours(text) == (MORNING, AFTERNOON)


@pytest.mark.parametrize("text", ["", "   ", "closed", "Off", "day off", "-", "none"])
def test_nothing_is_a_day_off(text: str) -> None:
    assert parse_hours(text) == ()


def test_midnight_ends_a_day_however_it_is_written() -> None:
    assert (
        parse_hours("22:00-24:00") == parse_hours("22:00-0:00") == parse_hours("10pm-12am") == (WallRange(1320, 1440),)
    )
    assert parse_hours("0:00-24:00") == parse_hours("0-0") == (WallRange(0, DAY_MINUTES),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("9:00-25:00", "Write hours like 9:00-12:00, 13:00-17:00. “25:00” is not a time."),
        ("9:00-12:60", "Write hours like 9:00-12:00, 13:00-17:00. “12:60” is not a time."),
        ("24:01-24:30", "Write hours like 9:00-12:00, 13:00-17:00. “24:01” is not a time."),
        ("13pm-14pm", "Write hours like 9:00-12:00, 13:00-17:00. “13pm” is not a time."),
        ("9:00-", "Write hours like 9:00-12:00, 13:00-17:00. Nothing is not a time."),
        ("9:00", "Write hours like 9:00-12:00, 13:00-17:00. “9:00” is not a range of hours."),
        ("mornings", "Write hours like 9:00-12:00, 13:00-17:00. “mornings” is not a range of hours."),
        ("9-12-15", "Write hours like 9:00-12:00, 13:00-17:00. “9-12-15” is not a range of hours."),
        ("９:00-12:00", "Write hours like 9:00-12:00, 13:00-17:00. “９:00” is not a time."),
        ("x" * 500, f"Write hours like 9:00-12:00, 13:00-17:00. “{'x' * 30}” is not a range of hours."),
        ("22:00-6:00", f"“22:00-6:00” {NIGHT}"),
        ("9-5", f"“9-5” {NIGHT}"),
        ("9:00-9:00", f"“9:00-9:00” {NIGHT}"),
        ("9-12, 11-13", "9:00-12:00 and 11:00-13:00 overlap."),
        (", ".join(f"{hour}:00-{hour}:30" for hour in range(9)), "One day has 8 ranges of hours at most."),
    ],
)
def test_what_is_no_range_of_hours_is_told_with_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(BadSchedule) as refused:
        parse_hours(text)
    assert str(refused.value) == sentence


@given(st.lists(st.integers(0, DAY_MINUTES), unique=True, max_size=16).map(sorted))
def test_what_is_shown_reads_as_the_same_hours(edges: list[int]) -> None:
    ranges = tuple(WallRange(*pair) for pair in zip(edges[::2], edges[1::2], strict=False))
    assert parse_hours(hours_text(ranges, HourCycle.TWENTY_FOUR)) == ranges


@given(st.text(max_size=60))
def test_anything_else_is_refused_in_a_sentence(text: str) -> None:
    try:
        parse_hours(text)
    except BadSchedule as refused:
        assert str(refused).endswith(".")  # noqa: PT017 - most texts are refused, a few are hours


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("9-11am", WallRange(540, 660)),
        ("12-3am", WallRange(0, 180)),
        ("9-5pm", WallRange(540, 1020)),
        ("8:00-6:00 PM", WallRange(480, 1080)),
        ("12-1pm", WallRange(720, 780)),
        ("10-12am", WallRange(600, 1440)),
        ("13-5pm", WallRange(780, 1020)),
    ],
)
def test_morning_or_afternoon_said_once_is_read_where_it_can_mean_one_thing_only(text: str, ranges: WallRange) -> None:
    assert parse_hours(text) == (ranges,)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("7:30-8 pm", "could begin at 7:30 AM or 7:30 PM. Write 7:30 AM-8:00 PM or 7:30 PM-8:00 PM."),
        ("07:30-08:00pm", "could begin at 7:30 AM or 7:30 PM. Write 7:30 AM-8:00 PM or 7:30 PM-8:00 PM."),
        ("6-10 pm", "could begin at 6:00 AM or 6:00 PM. Write 6:00 AM-10:00 PM or 6:00 PM-10:00 PM."),
        ("8-9pm", "could begin at 8:00 AM or 8:00 PM. Write 8:00 AM-9:00 PM or 8:00 PM-9:00 PM."),
        ("1:00-2:30 PM", "could begin at 1:00 AM or 1:00 PM. Write 1:00 AM-2:30 PM or 1:00 PM-2:30 PM."),
        ("12-12am", "could begin at 12:00 AM or 12:00 PM. Write 12:00 AM-12:00 AM or 12:00 PM-12:00 AM."),
    ],
)
def test_where_it_can_mean_two_things_it_is_asked_about(text: str, sentence: str) -> None:
    with pytest.raises(BadSchedule) as asked:
        parse_hours(text)
    assert str(asked.value) == f"“{text.lower()}” {sentence}"
    for offered in sentence.partition("Write ")[2].rstrip(".").split(" or "):
        [meant] = parse_hours(offered)
        assert hours_text([meant], HourCycle.TWELVE) == offered


def test_hours_are_written_by_either_clock_and_read_again() -> None:
    assert hours_text((MORNING, AFTERNOON), HourCycle.TWELVE) == "9:00 AM-12:00 PM, 1:00 PM-5:00 PM"
    assert hours_text((WallRange(0, DAY_MINUTES),), HourCycle.TWELVE) == "12:00 AM-12:00 AM"
    assert parse_hours("12:00 AM-12:00 AM") == (WallRange(0, DAY_MINUTES),)
    assert hours_example(HourCycle.TWELVE) == "9:00 AM-12:00 PM, 1:00 PM-5:00 PM"


@given(st.integers(0, 1438).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, DAY_MINUTES))))
def test_what_is_written_by_twelve_hours_means_the_same(pair: tuple[int, int]) -> None:
    assert parse_hours(hours_text((WallRange(*pair),), HourCycle.TWELVE)) == (WallRange(*pair),)


@pytest.mark.parametrize("cycle", HourCycle)
@given(st.integers(0, 1438).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, DAY_MINUTES))))
def test_what_was_copied_from_elsewhere_is_never_read_as_other_hours(cycle: HourCycle, pair: tuple[int, int]) -> None:
    """A meeting from 1:00 to 2:30 in the afternoon is told as `1:00-2:30 PM`."""
    try:
        read = parse_hours(range_text(*pair, cycle))
    except BadSchedule as asked:
        assert "could begin at" in str(asked)  # noqa: PT017 - which of them can be read otherwise is not told twice
    else:
        assert read == (WallRange(*pair),)
