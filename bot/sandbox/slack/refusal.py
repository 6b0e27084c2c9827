"""How Slack says no, and the list of what it found wrong with an app."""

import dataclasses
import threading
from collections.abc import Sequence
from typing import Any

from bot.sandbox.slack.shape import Finding


class Refusal(Exception):
    """An answer with `ok: false`.

    `faulty` tells a mistake of the app (which also stands among the problems) from what can happen to any app.
    """

    def __init__(self, error: str, *, faulty: bool = False, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.faulty = faulty
        self.more = more

    def __str__(self) -> str:
        messages = self.more.get("response_metadata", {}).get("messages", ())
        return " ".join([self.error, *messages])


def invalid_arguments(*messages: str) -> Refusal:
    """The arguments do not fit the method; each message says why."""
    told = [f"[ERROR] {message}" for message in messages]
    return Refusal("invalid_arguments", faulty=True, response_metadata={"messages": told})


def invalid_blocks(findings: Sequence[Finding]) -> Refusal:
    """The blocks of a message break a rule."""
    told = [str(finding) for finding in findings]
    messages = [f"[ERROR] {message}" for message in told]
    return Refusal("invalid_blocks", faulty=True, errors=told, response_metadata={"messages": messages})


@dataclasses.dataclass(frozen=True)
class Problem:
    """Something an app did that a person would suffer from: where, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Problems:
    """What was found wrong so far; a journey can ask that it stay empty."""

    def __init__(self) -> None:
        """Start with nothing wrong."""
        self._lock = threading.Lock()
        self._all: list[Problem] = []

    def add(self, where: str, what: str) -> None:
        """Note that `what` is wrong with `where`."""
        with self._lock:
            self._all.append(Problem(where, what))

    @property
    def all(self) -> tuple[Problem, ...]:
        """Everything so far, oldest first."""
        with self._lock:
            return tuple(self._all)

    def clear(self) -> None:
        """Forget them."""
        with self._lock:
            self._all.clear()
