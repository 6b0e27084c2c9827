"""Who reads what is rendered: by which clock he reads times, and with which day his weeks begin.

It is said once, where an answer to somebody begins, and holds for what is rendered there; without that, and for what
several people read, it is what everybody can read. A thread that is started meanwhile knows nothing of it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from bot.domain.reading_habits import EVERYBODYS, Dial, Habits

_P = ParamSpec("_P")
_R = TypeVar("_R")

_habits: ContextVar[Habits] = ContextVar("habits of the reader", default=EVERYBODYS)


@contextmanager
def read_by(habits: Habits) -> Iterator[None]:
    """What is rendered within the block is for somebody with these habits; afterwards all is as it was."""
    before = _habits.set(habits)
    try:
        yield
    finally:
        _habits.reset(before)


def for_everybody(render: Callable[_P, _R]) -> Callable[_P, _R]:
    """Makes a renderer of what several people read, or who knows who: it does not follow who asked for it."""

    @wraps(render)
    def rendered(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with read_by(EVERYBODYS):
            return render(*args, **kwargs)

    return rendered


def dial() -> Dial:
    """The clock of whoever reads."""
    return _habits.get().dial
