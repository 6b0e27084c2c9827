"""Who reads what is rendered: by which clock he reads times.

It is said once, where an answer to somebody begins, and holds for what is rendered there; without that, and for what
several people read, it is what everybody can read. A thread that is started meanwhile knows nothing of it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from bot.domain.people import Member
from bot.domain.reading_habits import EVERYBODYS, Habits, HourCycle

_P = ParamSpec("_P")
_R = TypeVar("_R")

_hour_cycle: ContextVar[HourCycle] = ContextVar("clock of the reader", default=EVERYBODYS.hour_cycle)


@contextmanager
def read_by(habits: Habits) -> Iterator[None]:
    """What is rendered within the block is for somebody with these habits; afterwards all is as it was."""
    before = _hour_cycle.set(habits.hour_cycle)
    try:
        yield
    finally:
        _hour_cycle.reset(before)


def written_for(member: Member, render: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
    """What `render` gives, by the clock of a member to whom it is said unasked."""
    with read_by(member.habits):
        return render(*args, **kwargs)


def for_everybody(render: Callable[_P, _R]) -> Callable[_P, _R]:
    """Marks a renderer of what several people read: always by 24 hours, whoever asks."""

    @wraps(render)
    def rendered(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with read_by(EVERYBODYS):
            return render(*args, **kwargs)

    return rendered


def hour_cycle() -> HourCycle:
    """The clock of whoever reads."""
    return _hour_cycle.get()
