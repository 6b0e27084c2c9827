"""Times ours and a reference in turns, so that whatever else the machine does slows both down."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TypeVar

_PATIENCE_SECONDS = 6.0
_FEWEST = 3
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Pair:
    """Median seconds of ours and of its reference."""

    ours: float
    reference: float


def in_turns(ours: Callable[[], object], reference: Callable[[], object], *, rounds: int) -> Pair:
    """Both once to warm up, then each up to `rounds` times, always one after the other."""
    ours()
    reference()
    with unburdened():
        return median_of(repeated(lambda: Pair(seconds_of(ours), seconds_of(reference)), rounds=rounds))


def repeated(measure: Callable[[], _T], *, rounds: int) -> list[_T]:
    """What `measure` gives so many times, fewer of them on a machine that is too busy to finish them soon."""
    ends = perf_counter() + _PATIENCE_SECONDS
    taken: list[_T] = []
    while len(taken) < _FEWEST or (len(taken) < rounds and perf_counter() < ends):
        taken.append(measure())
    return taken


def median_of(pairs: Sequence[Pair]) -> Pair:
    """The median of either side."""
    return Pair(median(pair.ours for pair in pairs), median(pair.reference for pair in pairs))


def seconds_of(run: Callable[[], object]) -> float:
    """How long one call takes, after what others left lying about has been cleared away."""
    gc.collect()
    began = perf_counter()
    run()
    return perf_counter() - began


@contextmanager
def unburdened() -> Iterator[None]:
    """While this lasts, what is timed pays for collecting its own garbage, not for looking through older objects."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
