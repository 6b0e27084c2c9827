"""The loop of jobs that do the same for many people: a mistake of ours over one of them keeps nobody else waiting."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


def each_on_its_own(items: Iterable[_T], do: Callable[[_T], bool]) -> int:
    """For how many of them `do` said yes.

    What it raises is raised when all the others had their turn: the first of it, and the rest is logged.
    """
    done = 0
    mistakes = list[Exception]()
    is_through = False
    try:
        for item in items:
            try:
                done += do(item)
            except Exception as mistake:  # noqa: BLE001 - raised again, when everybody else had his turn
                mistakes.append(mistake)
        is_through = True
    finally:
        # What ends `items` itself is raised in the place of all of them.
        for another in mistakes[is_through:]:
            _log.error("one more had no turn", exc_info=another)
    if mistakes:
        raise mistakes[0]
    return done
