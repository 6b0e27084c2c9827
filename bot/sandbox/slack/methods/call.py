"""One call of a method: who calls, with which arguments."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.people import Workspace
from bot.sandbox.slack.refusal import invalid_arguments
from bot.sandbox.slack.shape import Json


@dataclasses.dataclass(frozen=True)
class Call:
    """A call whose token is good; arguments are as they came, out of a query, a form or a JSON body."""

    backend: Backend
    workspace: Workspace
    arguments: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        """An argument as text; None where it is not given."""
        value = self.arguments.get(name)
        return None if value is None else str(value)

    def needed(self, name: str) -> str:
        """An argument that has to be there.

        Raises:
            Refusal: it is not.
        """
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def structure(self, name: str) -> Any:
        """An argument that is JSON, also where it came as the text of it.

        Raises:
            ValueError: the text is no JSON.
        """
        value = self.arguments.get(name)
        return json.loads(value) if isinstance(value, str) else value

    def flag(self, name: str) -> bool:
        """An argument that says yes or no, in any of the ways in which clients say so."""
        return str(self.arguments.get(name, "")).lower() in ("1", "true")

    def page(self, length: int, most: int) -> tuple[int, int]:
        """Where the page that was asked for starts and ends, of a list of this length.

        Raises:
            Refusal: the limit or the cursor is none.
        """
        limit, cursor = self.text("limit") or "0", self.text("cursor") or "offset:0"
        if not limit.isdigit() or int(limit) > most:
            raise invalid_arguments("invalid limit")
        kind, _, offset = cursor.partition(":")
        if kind != "offset" or not offset.isdigit() or int(offset) > length:
            raise invalid_arguments("invalid cursor")
        start = int(offset)
        return start, min(length, start + (int(limit) or length))


@dataclasses.dataclass(frozen=True)
class Method:
    """What a method does, and the scopes any one of which is enough for it."""

    run: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()


def next_cursor(end: int, length: int) -> Json:
    """How the rest of a list is asked for; an empty cursor where there is none."""
    return {"next_cursor": f"offset:{end}" if end < length else ""}
