"""What one person has done for him one at a time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import UUID

import pytest

from bot.clients.one_each import OneEach
from bot.domain.errors import Overloaded
from tests.patience import PATIENCE

ANA, BEN = UUID(int=1), UUID(int=2)


def test_ones_own_wait_for_each_other_and_nobody_elses_do() -> None:
    turns, begun, order = OneEach(PATIENCE), Event(), list[str]()

    def second() -> None:
        begun.set()
        with turns.turn(ANA):
            order.append("second of Ana")

    with ThreadPoolExecutor(1) as threads:
        with turns.turn(ANA):
            waiting = threads.submit(second)
            assert begun.wait(PATIENCE)
            with turns.turn(BEN):
                order.append("first of Ben")
            order.append("first of Ana")
        waiting.result(PATIENCE)
    assert order == ["first of Ben", "first of Ana", "second of Ana"]


def test_nobody_waits_for_ever() -> None:
    turns = OneEach(0.01)
    with turns.turn(ANA), pytest.raises(Overloaded), turns.turn(ANA):
        pass
    with turns.turn(ANA):
        pass


def test_a_turn_that_failed_is_over_too() -> None:
    turns = OneEach(0.01)
    with pytest.raises(ValueError, match="no drawing"), turns.turn(ANA):
        raise ValueError("no drawing")
    with turns.turn(ANA):
        pass
