"""The events that their owners have Daybook pass over."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import Connection, case, delete, select, update

from bot.domain.errors import NotFound
from bot.domain.events import Certainty, RemoteEvent
from bot.domain.people import Actor
from storage.repositories.calendar_rows import owned_by
from storage.repositories.event_rows import event_from
from storage.repositories.locks import lock_own_calendar
from storage.repositories.upserts import insert
from storage.tables import CALENDARS, EVENTS, IGNORED, OCCURRENCES

# An appointment's event would take time wherever the appointment is not.
_NO_COPY = case((OCCURRENCES.c.certainty == int(Certainty.COPY), int(Certainty.SETTLED)), else_=OCCURRENCES.c.certainty)


class Ignoring:
    """The part of `ports.Events` by which a person overrules what his events say.

    `occurrence.blocks` is what counts, so that free time is still found by its index alone: it is changed here at
    once, and `Expansions` keeps to it.
    """

    _connection: Connection

    def get(self, actor: Actor, calendar_id: UUID, event_id: str) -> RemoteEvent:
        """An event of a calendar of the actor's own; raises `NotFound`."""
        row = self._connection.execute(
            select(EVENTS)
            .join(CALENDARS, CALENDARS.c.id == EVENTS.c.calendar_id)
            .where(owned_by(actor), EVENTS.c.calendar_id == calendar_id, EVENTS.c.id == event_id)
        ).one_or_none()
        if row is None:
            raise NotFound
        return event_from(row)

    def ignore(self, actor: Actor, calendar_id: UUID, series_id: str) -> None:
        """Let the event, and every time of a series, take no time from now on; raises `NotFound`."""
        self._hold(actor, calendar_id)
        self.get(actor, calendar_id, series_id)
        ignored = insert(self._connection.dialect.name, IGNORED).values(calendar_id=calendar_id, series_id=series_id)
        self._connection.execute(ignored.on_conflict_do_nothing())
        self._connection.execute(
            update(OCCURRENCES)
            .where(OCCURRENCES.c.calendar_id == calendar_id, OCCURRENCES.c.series_id == series_id)
            .values(blocks=False, certainty=_NO_COPY)
        )

    def unignore(
        self, actor: Actor, calendar_id: UUID, series_id: str, *, takes_time: Callable[[RemoteEvent], bool]
    ) -> None:
        """Undo `ignore`; `takes_time` decides for the event and each exception of it. Raises `NotFound`."""
        self._hold(actor, calendar_id)
        self.get(actor, calendar_id, series_id)
        self._connection.execute(
            delete(IGNORED).where(IGNORED.c.calendar_id == calendar_id, IGNORED.c.series_id == series_id)
        )
        for column in (EVENTS.c.id, EVENTS.c.series_id):
            rows = self._connection.execute(
                select(EVENTS).where(EVENTS.c.calendar_id == calendar_id, column == series_id)
            ).all()
            for row in rows:
                self._connection.execute(
                    update(OCCURRENCES)
                    .where(
                        OCCURRENCES.c.calendar_id == calendar_id,
                        OCCURRENCES.c.series_id == series_id,
                        OCCURRENCES.c.event_id == row.id,
                    )
                    .values(blocks=takes_time(event_from(row)))
                )

    def _hold(self, actor: Actor, calendar_id: UUID) -> None:
        if not lock_own_calendar(self._connection, actor, calendar_id):
            raise NotFound
