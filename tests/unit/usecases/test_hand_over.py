"""Claimed work goes to the queue as far as that has room, and goes on as long as it goes well."""

import pytest

from bot.domain.errors import LeaseLost
from bot.usecases.hand_over import hand_over, in_a_row
from tests.fakes.work_queue import HandQueue


def test_what_the_queue_has_no_room_for_is_given_back() -> None:
    done, given_back = list[str](), list[str]()
    queue = HandQueue(room=1)
    assert hand_over(queue, ["first", "second", "third"], done.append, given_back.append) == 1
    queue.run_all()
    assert (done, given_back) == (["first"], ["second", "third"])


def test_a_claim_that_somebody_took_over_keeps_no_other_from_being_given_back() -> None:
    given_back = list[str]()

    def give_back(claim: str) -> None:
        if claim == "first":
            raise LeaseLost("Somebody else has it.")
        given_back.append(claim)

    assert hand_over(HandQueue(room=0), ["first", "second"], lambda _: None, give_back) == 0
    assert given_back == ["second"]


@pytest.mark.parametrize(
    ("goes_well_until", "waiting", "most", "done"),
    [
        (9, [2, 3], 5, [1, 2, 3]),  # until nothing waits
        (2, [2, 3], 5, [1, 2]),  # until one does not go well
        (9, [2, 3, 4], 2, [1, 2]),  # until somebody else has his turn
    ],
)
def test_one_after_the_other_is_done(goes_well_until: int, waiting: list[int], most: int, done: list[int]) -> None:
    tried = list[int]()

    def do(claim: int) -> bool:
        tried.append(claim)
        return claim < goes_well_until

    in_a_row(do, 1, lambda _: [waiting.pop(0)] if waiting else [], most)
    assert tried == done
