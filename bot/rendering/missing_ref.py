"""A day of a calendar as the buttons of *An event is missing* carry it, with what they do."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from bot.domain.errors import NotFound
from bot.domain.event_fixes import EventRef
from bot.rendering.blocks import VALUE


class MissingDeed(StrEnum):
    """What is done before the day is compared again."""

    SYNC = "sync"
    BACK = "back"
    """An event is ignored no more."""
    FORM = "form"
    """Another calendar or day is chosen."""


_REF = re.compile(
    r"(?P<deed>sync|back|form) (?P<mark>[0-9a-f]{24}) (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?: (?P<calendar>[0-9a-f-]{36}) (?P<start>-?[0-9]{1,12}) (?P<event>\S+))?"
)


@dataclass(frozen=True, slots=True)
class MissingRef:
    """The calendar as a form calls it, the day, and of `BACK` the event."""

    deed: MissingDeed
    mark: str
    day: date
    event: EventRef | None = None

    def value(self) -> str:
        """What a button carries, or nothing where the event's id is such that no button could."""
        value = f"{self.deed} {self.mark} {self.day.isoformat()}"
        if self.event is not None:
            value += f" {self.event.calendar_id} {self.event.start} {self.event.event_id}"
        return value if len(value) <= VALUE and _REF.fullmatch(value) else ""


def missing_ref(value: str) -> MissingRef:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _REF.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        day = date.fromisoformat(found["day"])
        event = None
        if found["event"]:
            event = EventRef(UUID(found["calendar"]), int(found["start"]), found["event"])
    except ValueError as error:
        raise NotFound from error
    return MissingRef(MissingDeed(found["deed"]), found["mark"], day, event)
