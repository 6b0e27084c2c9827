"""What buttons of a trigger, and its form, carry with them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.domain.errors import NotFound

_REF = re.compile(r"(?P<deed>[a-z]{1,10}) (?P<trigger>[0-9a-f-]{36}) (?P<offset>[0-9]{1,6})")
_MARK = re.compile(r"(?P<opened>\S{1,200}) (?P<trigger>[0-9a-f-]{36}|-) (?P<below>\S{1,100})")
_NOTHING = "-"


class TriggerDeed(StrEnum):
    """What can be done with a trigger by pressing a button."""

    TRY = "try"
    PAUSE = "pause"
    RESUME = "resume"
    SECRET = "secret"  # noqa: S105 - the name of a button
    DELETE = "delete"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class TriggerRef:
    """One button; `offset` is how many newer firings the wanted page leaves out."""

    deed: TriggerDeed
    trigger_id: UUID
    offset: int = 0

    def value(self) -> str:
        """What the button carries."""
        return f"{self.deed} {self.trigger_id} {self.offset}"


@dataclass(frozen=True, slots=True)
class TriggerMark:
    """One form, from its opening until it was saved.

    Args:
        opened: names the opening: a form that is delivered twice saves once.
        trigger_id: what is changed; None for a new one.
        below: the id of the view that the form is on top of.
    """

    opened: str
    trigger_id: UUID | None = None
    below: str = ""

    def metadata(self) -> str:
        """What the view carries."""
        return f"{self.opened or _NOTHING} {self.trigger_id or _NOTHING} {self.below or _NOTHING}"


def trigger_ref(value: str) -> TriggerRef:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _REF.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        return TriggerRef(TriggerDeed(found["deed"]), UUID(found["trigger"]), int(found["offset"]))
    except ValueError as error:
        raise NotFound from error


def trigger_mark(metadata: str) -> TriggerMark:
    """What a form carried; raises `NotFound` for what no form of ours carries."""
    found = _MARK.fullmatch(metadata)
    if found is None:
        raise NotFound
    try:
        trigger_id = None if found["trigger"] == _NOTHING else UUID(found["trigger"])
    except ValueError as error:
        raise NotFound from error
    return TriggerMark(found["opened"], trigger_id, "" if found["below"] == _NOTHING else found["below"])
