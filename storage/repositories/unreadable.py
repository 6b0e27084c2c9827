"""The events that could not be understood, for their owner to be told of each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, select

from bot.domain.events import RemoteEvent
from bot.domain.people import Actor
from storage.repositories.calendar_rows import owned_by
from storage.repositories.event_rows import event_from
from storage.tables import CALENDARS, EVENTS


class Unreadable:
    """The part of `ports.Events` that tells what is missing from the rest."""

    _connection: Connection

    def unreadable(self, actor: Actor, *, limit: int) -> Mapping[UUID, Sequence[RemoteEvent]]:
        """Per calendar of the actor's own, each event with all that keeps it from being understood as its `problem`."""
        rows = self._connection.execute(
            select(EVENTS)
            .join(CALENDARS, CALENDARS.c.id == EVENTS.c.calendar_id)
            .where(owned_by(actor), EVENTS.c.is_unreadable)
            .order_by(EVENTS.c.calendar_id, EVENTS.c.id)
            .limit(limit)
        )
        found: dict[UUID, list[RemoteEvent]] = {}
        for row in rows:
            found.setdefault(row.calendar_id, []).append(replace(event_from(row), problem=row.trouble))
        return found
