"""Runs a part of a benchmark in a process of its own, on the other end of a pipe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

_T = TypeVar("_T")
_START_SECONDS, _END_SECONDS = 30, 10


class Silent(Exception):
    """Another process did not come up, or fell."""


@contextmanager
def another_process(main: Callable[..., None], *arguments: object) -> Iterator[Connection]:
    """Run `main(pipe, *arguments)` elsewhere and give our end of the pipe; `main` ends when that is closed."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=main, args=(theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join(_END_SECONDS)
        if process.is_alive():
            process.terminate()
            process.join()


def told(pipe: Connection, kind: type[_T]) -> _T:
    """The next thing that the other process says; raises `Silent` if it ended, or takes too long."""
    try:
        said = pipe.recv() if pipe.poll(_START_SECONDS) else None
    except EOFError:
        said = None
    if isinstance(said, kind):
        return said
    raise Silent(f"the other process was to tell a {kind.__name__}, not {said!r}")
