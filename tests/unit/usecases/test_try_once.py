"""One try: what it returns, and who is told of what went wrong."""

from collections.abc import Callable

import pytest

from bot.domain.errors import DaybookError, LeaseLost
from bot.usecases.try_once import try_once


def fails(error: Exception) -> Callable[[], None]:
    def attempt() -> None:
        raise error

    return attempt


def is_lost(_of: object) -> None:
    raise LeaseLost("Another took over.")


def test_what_is_done_is_done() -> None:
    told: list[object] = []
    assert try_once(lambda: None, told.append, told.append)
    assert told == []


def test_what_was_taken_over_is_another_s() -> None:
    told: list[object] = []
    assert not try_once(fails(LeaseLost("Another took over.")), told.append, told.append)
    assert told == []


def test_why_it_was_not_done_is_recorded() -> None:
    told: list[object] = []
    why = DaybookError("Slack is away.")
    assert not try_once(fails(why), told.append, lambda _problem: None)
    assert told == [why]


def test_a_mistake_of_ours_is_put_off_and_goes_on() -> None:
    told: list[object] = []
    with pytest.raises(ZeroDivisionError):
        try_once(fails(ZeroDivisionError()), lambda _error: None, told.append)
    assert told == ["Something went wrong in Daybook itself."]


def test_what_was_taken_over_before_it_is_recorded_is_left_to_whoever_has_it() -> None:
    assert not try_once(fails(DaybookError("Slack is away.")), is_lost, is_lost)
    with pytest.raises(ZeroDivisionError):
        try_once(fails(ZeroDivisionError()), is_lost, is_lost)
