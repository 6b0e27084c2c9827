"""In which meetings to come a host has people, out of memory."""

from collections.abc import Collection, Mapping
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.invitee_questions import Met
from tests.fakes.tables import Tables


def met_by(tables: Tables, host: tuple[UUID, UUID], emails: Collection[str], now: int) -> Mapping[str, Met]:
    """By address, the next time that is not over; the host by workspace and member."""
    found: list[tuple[Interval, str, str, str]] = []
    for row in tables.calendars.values():
        if (row.calendar.workspace_id, row.calendar.member_id) != host:
            continue
        events = tables.events.get(row.calendar.id, {})
        for series in tables.occurrences.get(row.calendar.id, {}).values():
            for one in series:
                known = events.get(one.event_id)
                if known is not None and one.end > now:
                    span = Interval(one.start, one.end)
                    found += [(span, one.event_id, email, known.event.title) for email in known.emails]
    met: dict[str, Met] = {}
    for span, _event, email, title in sorted(found):
        if email in emails:
            met.setdefault(email, Met(span, title))
    return met
