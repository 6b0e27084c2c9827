"""Numbers and notices as people type them."""

import pytest

from bot.domain.number_text import notice_text, parse_notice, whole_number
from bot.domain.schedule import BadSchedule


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2 hours", 120),
        ("2h", 120),
        ("1 Hour", 60),
        ("1 day", 1440),
        ("3d", 4320),
        ("90 minutes", 90),
        ("90 m", 90),
        ("0", 0),
        ("", 0),
        ("none", 0),
        ("0 days", 0),
        ("90 days", 129600),
    ],
)
def test_a_notice_is_read_in_any_unit(text: str, minutes: int) -> None:
    assert parse_notice(text) == minutes


@pytest.mark.parametrize("text", ["2", "soon", "two hours", "1 week", "-1 day", "1.5 h", "2 hours 30"])
def test_a_notice_without_a_unit_that_is_known_is_refused(text: str) -> None:
    with pytest.raises(BadSchedule, match="Write hours or days, like 2 hours or 1 day; 0 is none"):
        parse_notice(text)


def test_a_notice_of_more_than_a_season_is_refused() -> None:
    with pytest.raises(BadSchedule, match="At most 90 days"):
        parse_notice("91 days")


@pytest.mark.parametrize("minutes", [0, 1, 45, 60, 90, 120, 1440, 2880, 1500])
def test_what_is_shown_reads_as_the_same_notice(minutes: int) -> None:
    assert parse_notice(notice_text(minutes)) == minutes


def test_a_notice_is_told_in_its_largest_whole_unit() -> None:
    assert [notice_text(minutes) for minutes in (60, 90, 1440, 2880)] == ["1 hour", "90 minutes", "1 day", "2 days"]


@pytest.mark.parametrize("text", ["", "4", "481", "-5", "5.5", "5 min", "٥٠", "9" * 5000])
def test_what_is_no_number_within_the_limits_is_refused(text: str) -> None:
    with pytest.raises(BadSchedule, match="Write a whole number from 5 to 480"):
        whole_number(text, least=5, most=480)


def test_a_number_within_the_limits_is_read() -> None:
    assert [whole_number(text, least=5, most=480) for text in ("5", " 045 ", "480")] == [5, 45, 480]
