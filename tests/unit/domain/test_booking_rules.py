"""What a booking's texts and times are like before it is made."""

import pytest

from bot.domain.booking import BookingRequest
from bot.domain.booking_rules import is_possible, tidied
from bot.domain.intervals import Interval
from tests.builders import at, second, span

NOON = at("12:00")


def test_a_title_has_nothing_that_turns_the_direction_of_writing() -> None:
    asked = BookingRequest((), None, second("15:00"), 30, title="Demo \u202ewith\u2066\x00 Maya")
    assert tidied(asked, NOON).title == "Demo with Maya"


@pytest.mark.parametrize(
    ("time", "possible"),
    [
        (span("15:00-15:30"), True),
        (Interval(span("15:00-15:30").start, span("15:00-15:30").start + 30), False),
        (Interval(span("15:00-15:30").start + 30, span("15:00-15:30").end + 30), False),
        (span("15:00-15:30")._replace(end=span("15:00-15:30").start), False),
    ],
)
def test_an_appointment_takes_whole_minutes_and_enough_of_them(time: Interval, possible: bool) -> None:
    assert is_possible(time) is possible
