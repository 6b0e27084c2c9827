"""In-memory contacts who will not come, with the semantics of `bot.ports`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.taken import Declined
from tests.fakes.tables import Tables, aware


class FakeDeclines:
    """The part of `ports.Taken` that has hosts told, once each."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def decline(self, declined: Declined, now: datetime) -> bool:
        is_new = _key(declined) not in self._tables.declined
        self._tables.declined.setdefault(_key(declined), (declined, None))
        return is_new

    def has_untold(self) -> bool:
        return any(told_at is None for _, told_at in self._tables.declined.values())

    def claim_declined(self, now: datetime, *, limit: int) -> Sequence[Declined]:
        found = [declined for declined, told_at in self._tables.declined.values() if told_at is None][:limit]
        for declined in found:
            self._tables.declined[_key(declined)] = (declined, aware(now))
        return [replace(one, contact=self._tables.contacts[one.contact.id]) for one in found]

    def release_declined(self, declined: Declined) -> None:
        if _key(declined) in self._tables.declined:
            self._tables.declined[_key(declined)] = (self._tables.declined[_key(declined)][0], None)


def _key(declined: Declined) -> tuple[UUID, UUID, UUID, int]:
    return declined.subject, declined.contact.id, declined.member_id, declined.span.start
