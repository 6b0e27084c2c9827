"""In-memory contacts who will not come, with the semantics of `bot.ports`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.taken import Declined
from tests.fakes.decline_rows import DeclineRow
from tests.fakes.tables import Tables, aware


class FakeDeclines:
    """The part of `ports.Taken` that has hosts told, once each."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def decline(self, declined: Declined, now: datetime) -> bool:
        is_new = _key(declined) not in self._tables.declined
        self._tables.declined.setdefault(_key(declined), DeclineRow(declined, aware(now)))
        return is_new

    def has_untold(self, now: datetime) -> bool:
        return any(_is_due(row, now) for row in self._tables.declined.values())

    def claim_declined(self, now: datetime, *, limit: int) -> Sequence[Declined]:
        found = [row for row in self._tables.declined.values() if _is_due(row, now)]
        found = sorted(found, key=lambda row: (row.created_at, _key(row.declined)))[:limit]
        for row in found:
            self._tables.declined[_key(row.declined)] = replace(row, told_at=aware(now))
        return [
            replace(row.declined, contact=self._tables.contacts[row.declined.contact.id], link=self._link(row.declined))
            for row in found
        ]

    def release_declined(self, declined: Declined, due_at: datetime, *, first_noted: datetime) -> None:
        row = self._tables.declined.get(_key(declined))
        if row is not None and row.created_at > first_noted:
            self._tables.declined[_key(declined)] = replace(row, told_at=None, not_before=aware(due_at))

    def _link(self, declined: Declined) -> str:
        for (calendar_id, event_id), place in sorted(self._tables.taken_places.items()):
            calendar = self._tables.calendars.get(calendar_id)
            is_his = calendar is not None and calendar.calendar.member_id == declined.member_id
            row = self._tables.events.get(calendar_id, {}).get(event_id)
            if place.taken_id == declined.subject and is_his and row is not None and not place.is_gone:
                return row.event.link
        return ""


def _is_due(row: DeclineRow, now: datetime) -> bool:
    return row.told_at is None and (row.not_before is None or row.not_before <= now)


def _key(declined: Declined) -> tuple[UUID, UUID, UUID, int]:
    return declined.subject, declined.contact.id, declined.member_id, declined.span.start
