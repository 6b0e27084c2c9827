"""What several threads want written at once is written in one transaction."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import cast

import pytest

from bot.domain.errors import Overloaded
from bot.ports import Store, UnitOfWork
from handlers.together import Together
from tests.patience import PATIENCE


class Desk:
    """A store whose right to write is given out by hand; counts transactions and what was in each."""

    def __init__(self) -> None:
        self.asked_for = Event()
        self.may_write = Event()
        self.may_write.set()
        self.is_busy = False
        self.written: list[list[str]] = []

    @contextmanager
    def writing(self, *, within: float = 10.0) -> Iterator[UnitOfWork]:
        self.asked_for.set()
        self.may_write.wait(PATIENCE)
        if self.is_busy:
            raise Overloaded
        self.written.append([])
        yield cast("UnitOfWork", self)

    def commit(self) -> None:
        """Everything stays."""

    def write(self, _work: UnitOfWork, what: str) -> str:
        if what == "broken":
            raise ZeroDivisionError
        self.written[-1].append(what)
        return f"{what} is written"

    def together(self) -> Together[str, str]:
        return Together(cast("Store", self), self.write, within=PATIENCE)


def test_one_alone_is_written_at_once() -> None:
    desk = Desk()
    together = desk.together()
    assert [together("one"), together("two")] == ["one is written", "two is written"]
    assert desk.written == [["one"], ["two"]]


def test_those_who_come_while_the_first_waits_are_written_with_him() -> None:
    desk = Desk()
    told = outcomes(desk, ["one", "two", "three"])
    assert told == ["one is written", "two is written", "three is written"]
    assert desk.written == [["one", "two", "three"]]


def test_those_who_come_too_late_are_written_next() -> None:
    desk, late = Desk(), list[str]()
    together = desk.together()

    def write(work: UnitOfWork, what: str) -> str:
        if what == "one":
            threads.append(started(lambda: late.append(together("late"))))
            wait_until(lambda: len(together._waiting) == 2)
        return desk.write(work, what)

    threads: list[Thread] = []
    together._do = write
    assert together("one") == "one is written"
    threads[0].join(PATIENCE)

    assert late == ["late is written"]
    assert desk.written == [["one"], ["late"]]


def test_an_error_concerns_the_whole_lot_and_nobody_after_it() -> None:
    desk = Desk()
    together = desk.together()
    assert outcomes(desk, ["one", "broken", "three"], together) == ["ZeroDivisionError"] * 3
    assert together("four") == "four is written"


def test_who_is_refused_the_right_to_write_is_refused_alone() -> None:
    desk = Desk()
    together = desk.together()
    desk.is_busy = True
    with pytest.raises(Overloaded):
        together("one")
    desk.is_busy = False
    assert together("two") == "two is written"


def outcomes(desk: Desk, wanted: Sequence[str], together: Together[str, str] | None = None) -> list[str]:
    """What comes of it when all of these ask, in this order, before the first of them may write."""
    ask, told = together or desk.together(), [""] * len(wanted)

    def run(place: int) -> None:
        try:
            told[place] = ask(wanted[place])
        except ZeroDivisionError as error:
            told[place] = type(error).__name__

    desk.may_write.clear()
    threads = []
    for place in range(len(wanted)):
        threads.append(started(lambda place=place: run(place)))  # type: ignore[misc]
        wait_until(lambda place=place: len(ask._waiting) == place + 1)  # type: ignore[misc]
    desk.may_write.set()
    for thread in threads:
        thread.join(PATIENCE)
    return told


def started(run: Callable[[], object]) -> Thread:
    """A thread that runs this."""
    thread = Thread(target=run)
    thread.start()
    return thread


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look again and again, for ten seconds at most."""
    pause = Event()
    for _ in range(10_000):
        if is_so():
            return
        pause.wait(0.001)
    raise AssertionError("it did not come to that")
