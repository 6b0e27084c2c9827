"""Has claimed work done by the queue, each piece on its own."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

from bot.domain.errors import LeaseLost, Overloaded
from bot.ports import WorkQueue

_C = TypeVar("_C")


def hand_over(queue: WorkQueue, claims: Sequence[_C], do: Callable[[_C], None], give_back: Callable[[_C], None]) -> int:
    """How many the queue took.

    Those that it has no room for are given back, so that the next tick need not wait for their leases to run out.
    """
    for place, claim in enumerate(claims):
        try:
            queue.submit(partial(do, claim))
        except Overloaded:
            for left in claims[place:]:
                with suppress(LeaseLost):
                    give_back(left)
            return place
    return len(claims)


def in_a_row(do: Callable[[_C], bool], claim: _C, claim_next: Callable[[_C], Sequence[_C]], most: int) -> None:
    """Do it, and then what waits behind it, for as long as that goes well.

    After `most` of them somebody else has his turn. `claim_next` claims one more at most.
    """
    for _ in range(most):
        if not do(claim):
            return
        following = claim_next(claim)
        if not following:
            return
        [claim] = following
