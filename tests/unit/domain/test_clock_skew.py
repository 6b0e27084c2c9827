"""When the clock of this machine is worth a word."""

from datetime import timedelta

import pytest

from bot.domain.clock_skew import skew, skew_warning
from tests.builders import at

_MINUTE = timedelta(minutes=1)


# fault 43
@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        (None, None),
        (timedelta(), None),
        (2 * _MINUTE, None),
        (-2 * _MINUTE, None),
        (10 * _MINUTE, "this machine's clock is 10 minutes ahead of Google's; check its time synchronisation"),
        (-10 * _MINUTE, "this machine's clock is 10 minutes behind Google's; check its time synchronisation"),
    ],
)
def test_more_than_two_minutes_are_told_with_their_direction(ahead: timedelta | None, expected: str | None) -> None:
    assert skew_warning(ahead) == expected


def test_a_clock_that_shows_more_is_ahead() -> None:
    assert skew(at("10:05"), at("10:00")) == 5 * _MINUTE
