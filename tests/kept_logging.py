"""Lets a test set logging up as the program does, and puts everything back afterwards."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO

from bot.clients.logs import configure_logging


@contextmanager
def logging_to_text(level: str = "DEBUG", *, secrets: Sequence[str] = ()) -> Iterator[StringIO]:
    """What the program's log would hold."""
    loggers = [logging.getLogger(name) for name in ("", *logging.root.manager.loggerDict)]
    kept = [(logger, logger.level, logger.handlers[:], logger.propagate) for logger in loggers]
    stream = StringIO()
    configure_logging(level, secrets=secrets, stream=stream)
    try:
        yield stream
    finally:
        for logger, was_level, handlers, propagate in kept:
            logger.setLevel(was_level)
            logger.handlers[:] = handlers
            logger.propagate = propagate
