"""Which days of a form are taken for dates."""

from datetime import date

import pytest

from bot.rendering.form_mark import FormMark
from bot.rendering.names import BookingField
from handlers.interaction import Values
from handlers.views.booking_values import when_in
from tests.builders import BERLIN


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("2100-12-31", date(2100, 12, 31)),
        ("9999-12-31", None),
        ("0001-01-01", None),
        ("1970-12-31", None),
    ],
)
def test_a_day_that_no_meeting_can_be_on_is_none(typed: str, day: date | None) -> None:
    values = Values({(BookingField.DAY, "picked"): (typed,), (BookingField.TIME, "picked"): ("09:00",)})
    assert when_in(values, FormMark("1", BERLIN)).day == day
