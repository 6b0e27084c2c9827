"""The buttons under an event that landed on an appointment, as they come back."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.domain.errors import NotFound

_REF = re.compile(
    r"(?P<deed>[a-z]{1,10}) (?P<batch>[0-9a-f-]{36}) (?P<number>[0-9]{1,6}) (?P<version>[0-9]{1,9}) "
    r"(?P<start>[0-9]{1,12})"
)


class LandingDeed(StrEnum):
    """What a button does."""

    MOVE = "move"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class LandingRef:
    """One button; `number` 0 stands for all of the message. `version` is that of the appointment as it was shown."""

    deed: LandingDeed
    batch_id: UUID
    number: int
    version: int = 0
    start: int = 0

    def value(self) -> str:
        """What the button carries."""
        return f"{self.deed} {self.batch_id} {self.number} {self.version} {self.start}"


def landing_ref(value: str) -> LandingRef:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _REF.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        batch = UUID(found["batch"])
        return LandingRef(
            LandingDeed(found["deed"]), batch, int(found["number"]), int(found["version"]), int(found["start"])
        )
    except ValueError as error:
        raise NotFound from error
