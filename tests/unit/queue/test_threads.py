"""Work off the acknowledging thread: bounded, robust, and finished before the process ends."""

import logging
import threading
from collections.abc import Iterator
from functools import partial
from time import monotonic

import pytest

from bot.domain.errors import Overloaded
from bot.queue.threads import ThreadQueue
from tests.patience import PATIENCE


class Gate:
    """Work that waits to be let through."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._open = threading.Event()
        self._started = threading.Semaphore(0)

    def work(self, name: str) -> None:
        self._started.release()
        self._open.wait(PATIENCE)
        self.done.append(name)

    def wait_for(self, count: int) -> None:
        for _ in range(count):
            assert self._started.acquire(timeout=PATIENCE)

    def open(self) -> None:
        self._open.set()


def failing() -> None:
    raise RuntimeError("as work does that nobody foresaw")


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open()


def test_work_is_done_in_other_threads() -> None:
    seen: list[str] = []
    queue = ThreadQueue(threads=1, waiting=0, name="sync")
    queue.submit(lambda: seen.append(threading.current_thread().name))
    assert queue.close()
    assert seen == ["sync-0"]


def test_more_than_may_wait_is_refused_and_the_rest_is_done(gate: Gate) -> None:
    queue = ThreadQueue(threads=1, waiting=1)
    queue.submit(lambda: gate.work("first"))
    gate.wait_for(1)
    queue.submit(lambda: gate.work("second"))
    with pytest.raises(Overloaded, match="has its hands full just now"):
        queue.submit(lambda: gate.work("third"))
    gate.open()
    assert queue.close()
    assert gate.done == ["first", "second"]


def test_room_is_given_back_when_work_is_done() -> None:
    queue = ThreadQueue(threads=1, waiting=0)
    for _ in range(20):
        done = threading.Event()
        while True:
            try:
                queue.submit(done.set)
                break
            except Overloaded:
                continue
        assert done.wait(PATIENCE)
    assert queue.close()


def test_work_that_fails_takes_no_thread_along(caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Event()
    queue = ThreadQueue(threads=1, waiting=5)
    with caplog.at_level(logging.ERROR):
        queue.submit(failing)
        queue.submit(done.set)
        assert done.wait(PATIENCE)
    assert caplog.messages == ["work on the queue failed"]
    assert queue.close()


# fault 59
def test_closing_finishes_what_was_taken_on_and_takes_nothing_more(gate: Gate) -> None:
    queue = ThreadQueue(threads=2, waiting=10)
    for number in range(6):
        queue.submit(partial(gate.work, str(number)))
    gate.wait_for(2)
    gate.open()
    assert queue.close()
    assert sorted(gate.done) == ["0", "1", "2", "3", "4", "5"]
    with pytest.raises(Overloaded):
        queue.submit(lambda: None)


# fault 59
def test_closing_gives_up_on_work_that_takes_too_long(gate: Gate) -> None:
    queue = ThreadQueue(threads=1, waiting=0)
    queue.submit(lambda: gate.work("slow"))
    gate.wait_for(1)
    assert queue.close(seconds=0.05) is False
    gate.open()
    assert queue.close()


def test_work_that_comes_all_at_once_begins_at_intervals() -> None:
    began = list[float]()
    queue = ThreadQueue(threads=4, waiting=4, spacing=0.02)
    for _ in range(4):
        queue.submit(lambda: began.append(monotonic()))
    assert queue.close()

    assert len(began) == 4
    assert began[-1] - began[0] >= 0.05
