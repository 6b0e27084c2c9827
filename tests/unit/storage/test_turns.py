"""Turns are taken one at a time, first by whoever can wait least."""

from threading import Event, Thread
from time import monotonic

import pytest

from bot.domain.errors import Overloaded
from storage.turns import Turns
from tests.patience import PATIENCE


def test_turns_are_taken_in_the_order_of_asking() -> None:
    turns, order = Turns(), list[int]()
    threads: list[Thread] = []

    def take(number: int, asked: Event) -> None:
        asked.set()
        with turns.taken(until=monotonic() + PATIENCE):
            order.append(number)

    with turns.taken(until=monotonic() + PATIENCE):
        for number in range(5):
            asked = Event()
            threads.append(Thread(target=take, args=(number, asked)))
            threads[-1].start()
            asked.wait()
            wait_in_line(turns, number + 1)
    for thread in threads:
        thread.join()

    assert order == [0, 1, 2, 3, 4]


def test_who_can_wait_least_passes_those_who_came_before() -> None:
    turns, order = Turns(), list[str]()
    threads: list[Thread] = []

    def take(name: str, patience: float) -> None:
        with turns.taken(until=monotonic() + patience):
            order.append(name)

    with turns.taken(until=monotonic() + PATIENCE):
        asking = [("sync", 2 * PATIENCE), ("acknowledgement", PATIENCE), ("second one", PATIENCE)]
        for number, (name, patience) in enumerate(asking):
            threads.append(Thread(target=take, args=(name, patience)))
            threads[-1].start()
            wait_in_line(turns, number + 1)
    for thread in threads:
        thread.join()

    assert order == ["acknowledgement", "second one", "sync"]


def test_whose_patience_is_nearly_spent_is_not_passed_any_more() -> None:
    turns, order = Turns(), list[str]()
    threads: list[Thread] = []

    def take(name: str, until: float) -> None:
        with turns.taken(until=until):
            order.append(name)

    came = monotonic()
    with turns.taken(until=came + PATIENCE):
        for number, (name, until) in enumerate([("sync", came + PATIENCE), ("acknowledgement", came + PATIENCE + 1)]):
            threads.append(Thread(target=take, args=(name, until)))
            threads[-1].start()
            wait_in_line(turns, number + 1)
    for thread in threads:
        thread.join()

    assert order == ["sync", "acknowledgement"]


def test_who_lets_go_and_asks_again_stands_behind_those_who_wait() -> None:
    turns, order = Turns(), list[str]()

    def wait() -> None:
        with turns.taken(until=monotonic() + PATIENCE):
            order.append("who waited")

    with turns.taken(until=monotonic() + PATIENCE):
        thread = Thread(target=wait)
        thread.start()
        wait_in_line(turns, 1)
    with turns.taken(until=monotonic() + PATIENCE):
        order.append("who asked again")
    thread.join()

    assert order == ["who waited", "who asked again"]


def test_only_one_has_the_turn() -> None:
    turns, inside, most = Turns(), list[int](), list[int]()

    def take() -> None:
        for _ in range(200):
            with turns.taken(until=monotonic() + PATIENCE):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (max(most), len(most)) == (1, 800)


def test_an_error_hands_the_turn_on() -> None:
    turns = Turns()

    with pytest.raises(ZeroDivisionError), turns.taken(until=monotonic() + PATIENCE):
        raise ZeroDivisionError

    with turns.taken(until=monotonic() + PATIENCE):
        pass


def test_who_runs_out_of_patience_leaves_the_line() -> None:
    turns, order = Turns(), list[str]()

    def wait() -> None:
        with turns.taken(until=monotonic() + PATIENCE):
            order.append("who waited")

    with turns.taken(until=monotonic()):
        began = monotonic()
        with pytest.raises(Overloaded), turns.taken(until=began + 0.05):
            order.append("who had no patience")
        took = monotonic() - began
        thread = Thread(target=wait)
        thread.start()
        wait_in_line(turns, 1)
    thread.join()

    assert order == ["who waited"]
    assert took >= 0.05


def wait_in_line(turns: Turns, length: int) -> None:
    """Wait until so many threads stand in line."""
    pause = Event()
    while len(turns._waiting) < length:
        pause.wait(0.001)
