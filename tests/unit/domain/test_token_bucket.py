"""How much somebody may ask for at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.token_bucket import Allowance, TooMuchAtOnce, full

FIVE = Allowance(most=5, per_second=0.5)


def test_what_was_spent_comes_back_with_time_and_no_more_than_that() -> None:
    spent = full(FIVE, 100.0).without(4)
    assert spent.filled(FIVE, 104.0).tokens == 3.0
    assert spent.filled(FIVE, 1000.0).tokens == 5.0


def test_whoever_has_too_little_waits_until_it_is_enough() -> None:
    spent = full(FIVE, 100.0).without(4)
    assert spent.wait(1, FIVE) == 0.0
    assert spent.wait(3, FIVE) == 4.0
    assert spent.filled(FIVE, 104.0).wait(3, FIVE) == 0.0


def test_what_costs_more_than_anybody_has_is_not_out_of_reach_for_ever() -> None:
    assert full(FIVE, 0.0).wait(6, FIVE) == 0.0


def test_a_clock_that_stands_still_gives_nothing_back() -> None:
    assert full(FIVE, 100.0).without(5).filled(FIVE, 100.0).tokens == 0.0


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(1, 3)), max_size=60))
def test_nobody_gets_more_than_his_store_and_what_came_meanwhile(asked: list[tuple[float, int]]) -> None:
    now, bucket, got = 0.0, full(FIVE, 0.0), 0
    for pause, cost in asked:
        now += pause
        bucket = bucket.filled(FIVE, now)
        if not bucket.wait(cost, FIVE):
            bucket, got = bucket.without(cost), got + cost
    assert got <= FIVE.most + now * FIVE.per_second + 1e-6


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.2, "That was a lot at once. Nothing was done. Try again in 1 second."),
        (19.1, "That was a lot at once. Nothing was done. Try again in 20 seconds."),
    ],
)
def test_the_answer_says_when_to_try_again(seconds: float, told: str) -> None:
    assert str(TooMuchAtOnce(seconds)) == told


def test_a_colleagues_flood_is_not_told_as_ones_own() -> None:
    assert str(TooMuchAtOnce(3, is_everybody=True)) == (
        "Your workspace asked for a lot at once. Nothing was done. Try again in 3 seconds."
    )
