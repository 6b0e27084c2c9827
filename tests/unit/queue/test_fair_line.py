"""Whose work comes next."""

import threading
from collections.abc import Callable
from functools import partial
from time import monotonic, sleep

import pytest

from bot.domain.errors import Overloaded
from bot.queue.fair_line import FairLine
from bot.queue.threads import ThreadQueue

FLOOD_A_SECOND = 200


def nothing() -> None: ...


def order(line: FairLine) -> list[str]:
    """Whose work is taken, one after the other."""
    taken = []
    while (next_one := line.take()) is not None:
        taken.append(next_one[1])
        line.done(next_one[1])
    return taken


def test_everybody_has_his_turn_however_much_one_of_them_asks() -> None:
    line = FairLine(room=100, share=50, at_a_time=2)
    for whose in ("ana", "ana", "ana", "ben", "ana", "", "cara"):
        assert line.add(nothing, whose)
    assert order(line) == ["ana", "ben", "", "cara", "ana", "ana", "ana"]
    assert line.waiting == 0


def test_one_persons_work_stays_in_its_order() -> None:
    line, done = FairLine(room=10, share=10, at_a_time=1), list[int]()
    for number in range(3):
        line.add(partial(done.append, number), "ana")
    while (taken := line.take()) is not None:
        taken[0]()
        line.done(taken[1])
    assert done == [0, 1, 2]


def test_more_than_one_persons_share_is_refused_while_others_find_room() -> None:
    line = FairLine(room=10, share=2, at_a_time=1)
    assert [line.add(nothing, "ana") for _ in range(3)] == [True, True, False]
    assert line.take() is not None
    assert not line.add(nothing, "ana")  # what is being done counts
    assert line.add(nothing, "ben")
    line.done("ana")
    assert line.add(nothing, "ana")


def test_the_room_ends_for_all() -> None:
    line = FairLine(room=3, share=3, at_a_time=1)
    assert [line.add(nothing, whose) for whose in ("ana", "", "ben", "cara", "")] == [True, True, True, False, False]


def test_one_person_is_served_by_so_many_threads_and_nobodys_work_by_all() -> None:
    line = FairLine(room=10, share=10, at_a_time=1)
    for whose in ("ana", "ana", "", ""):
        line.add(nothing, whose)
    assert [taken[1] for _ in range(4) if (taken := line.take()) is not None] == ["ana", "", ""]
    line.done("ana")
    assert order(line) == ["ana"]


def test_closing_finishes_what_waits_behind_ones_own() -> None:
    done = list[int]()
    queue = ThreadQueue(threads=4, waiting=40)
    for number in range(10):
        queue.submit(partial(done.append, number), whose="ana")
    assert queue.close()
    assert sorted(done) == list(range(10))


# fault 62
@pytest.mark.slow
@pytest.mark.parametrize("work_seconds", [0.002, 0.05])
def test_a_quiet_member_is_answered_in_time_while_another_floods(work_seconds: float) -> None:
    queue = ThreadQueue(threads=16, waiting=500, spacing=0.004)
    over = threading.Event()
    refused = list[float]()

    def flood() -> None:
        begin = monotonic()
        for number in range(FLOOD_A_SECOND):
            sleep(max(0.0, begin + number / FLOOD_A_SECOND - monotonic()))
            try:
                queue.submit(lambda: sleep(4 * work_seconds), whose="noisy")
            except Overloaded:
                refused.append(monotonic())
        over.set()

    def asks() -> float:
        answered, asked = threading.Event(), monotonic()
        queue.submit(partial(_answer, answered.set, work_seconds), whose="quiet")
        assert answered.wait(10)
        return monotonic() - asked

    noisy = threading.Thread(target=flood)
    noisy.start()
    waited = list[float]()
    while not over.wait(0.03):
        waited.append(asks())
    noisy.join()
    assert queue.close()
    assert len(waited) >= 10
    assert sorted(waited)[int(len(waited) * 0.95)] < 2.0


def _answer(answered: Callable[[], None], seconds: float) -> None:
    sleep(seconds)
    answered()
