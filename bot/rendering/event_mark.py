"""An event of the reader's own as a button carries it, with what to show once something was done about it."""

import re
from dataclasses import dataclass
from uuid import UUID

from bot.domain.errors import NotFound
from bot.domain.event_fixes import EventRef
from bot.rendering.agenda_ref import AgendaRef, agenda_ref
from bot.rendering.blocks import VALUE
from bot.rendering.question import SlotRef, slot_ref

_WHY, _DAY = "why", "day"
_MARK = re.compile(
    r"(?P<calendar>[0-9a-f-]{36}) (?P<start>-?[0-9]{1,12}) (?P<event>\S+) (?P<kind>why|day) (?P<then>.+)"
)


@dataclass(frozen=True, slots=True)
class EventMark:
    """One time of an event, and the explanation or agenda that it was shown in."""

    ref: EventRef
    then: SlotRef | AgendaRef

    def value(self) -> str:
        """What a button carries, or nothing where the event's id is such that no button could."""
        kind = _WHY if isinstance(self.then, SlotRef) else _DAY
        value = f"{self.ref.calendar_id} {self.ref.start} {self.ref.event_id} {kind} {self.then.value()}"
        return value if len(value) <= VALUE and _MARK.fullmatch(value) else ""


def event_mark(value: str) -> EventMark:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _MARK.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        calendar = UUID(found["calendar"])
    except ValueError as error:
        raise NotFound from error
    ref = EventRef(calendar, int(found["start"]), found["event"])
    return EventMark(ref, slot_ref(found["then"]) if found["kind"] == _WHY else agenda_ref(found["then"]))
