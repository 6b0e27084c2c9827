"""The one error policy of everything that comes from Slack: a known situation is told, an unknown one is named."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.errors import DaybookError
from bot.ports import NewId
from bot.rendering.problem import problem, reference_of, unknown_problem
from bot.rendering.surfaces import Message
from handlers.reply import Reply

_log = logging.getLogger(__name__)


class ErrorPolicy:
    """Turns an error into an answer where the person is, and into a log entry under the same reference."""

    def __init__(self, new_id: NewId) -> None:
        self._new_id = new_id

    @contextmanager
    def telling(self, reply: Reply) -> Iterator[None]:
        """Run the work inside; whatever it raises is told through `reply` and goes no further."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - the catch-all of this entry point
            self._tell(reply, self._understood(error))

    @contextmanager
    def silent(self) -> Iterator[None]:
        """The same for what nobody asked for: it is logged, and nobody is told."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - the catch-all of this entry point
            self._understood(error)

    def _understood(self, error: Exception) -> Message:
        if isinstance(error, DaybookError):
            _log.info("refused", extra={"situation": type(error).__name__})
            return problem(str(error))
        reference = reference_of(self._new_id())
        _log.error("unexpected error", exc_info=error, extra={"reference": reference})
        return unknown_problem(reference)

    def _tell(self, reply: Reply, message: Message) -> None:
        try:
            reply.say(message)
        except Exception as error:  # noqa: BLE001 - the last place where it could be told
            _log.error("a person could not be told of an error", exc_info=error)
