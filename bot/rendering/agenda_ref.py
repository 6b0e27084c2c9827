"""A day of somebody's agenda as a button or a choice carries it."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.agenda import AgendaRequest
from bot.domain.errors import NotFound

_ALL = "all"
_AGENDA_REF = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) (?P<member>[UW][A-Z0-9]{1,20}) (?P<calendar>all|[0-9a-f-]{36})"
)


@dataclass(frozen=True, slots=True)
class AgendaRef:
    """The day, whose (a Slack id), and which of his calendars; None means all."""

    day: date
    member: str
    calendar_id: UUID | None = None

    def value(self) -> str:
        """What a button carries."""
        return f"{self.day.isoformat()} {self.member} {self.calendar_id or _ALL}"

    def request(self) -> AgendaRequest:
        """The question that it answers."""
        return AgendaRequest(self.member, self.day.isoformat(), self.calendar_id)


def agenda_ref(value: str) -> AgendaRef:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _AGENDA_REF.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        calendar = None if found["calendar"] == _ALL else UUID(found["calendar"])
        return AgendaRef(date.fromisoformat(found["day"]), found["member"], calendar)
    except ValueError as error:
        raise NotFound from error
