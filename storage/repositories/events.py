"""A calendar's events as fetched, under the fence of the claim that fetched them."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from operator import attrgetter

from sqlalchemy import ColumnElement, delete, make_url, or_, select, update

from bot.domain.calendars import SyncClaim
from bot.domain.events import RemoteEvent
from bot.domain.sync_plan import portions
from storage.repositories.event_rows import Spelling, row_of
from storage.repositories.fuses import NO_FUSE
from storage.repositories.ignored import Ignoring
from storage.repositories.losses import Losses
from storage.repositories.unreadable import Unreadable
from storage.repositories.upserts import upsert
from storage.repositories.widening import Widening
from storage.repositories.windows import Windows
from storage.tables import CALENDARS, EVENTS

_SPELLINGS = {
    "sqlite": Spelling(attrgetter("hex"), int, date.isoformat),
    "postgresql": Spelling(lambda uuid: uuid, bool, lambda day: day),
}
# psycopg is to have marks in the order of the columns, as SQLite has them anyhow.
_DRIVERS: dict[str, tuple[str, dict[str, str]]] = {
    "sqlite": ("sqlite://", {}),
    "postgresql": ("postgresql+psycopg://", {"paramstyle": "format"}),
}


class SqlEvents(Widening, Losses, Windows, Ignoring, Unreadable):
    """Implements `ports.Events`: what is fetched here, what becomes of it in the parents."""

    def upsert(self, claim: SyncClaim, events: Sequence[RemoteEvent], *, generation: int) -> None:
        """Store events as met by the read `generation` and marked for expansion; of one id the last counts."""
        self._lock.hold(claim)
        if events:
            dialect = self._connection.dialect.name
            spelling = _SPELLINGS[dialect]
            calendar = spelling.uuid(claim.calendar.id)
            rows = [row_of(event, calendar=calendar, generation=generation, spelling=spelling) for event in events]
            # The driver's own rows: to convert every value by the type of its column would take as long as to write.
            self._connection.exec_driver_sql(_upsert(dialect), rows)

    def remove(self, claim: SyncClaim, event_ids: Sequence[str]) -> None:
        """Remove events with their occurrences; a master takes its exceptions along."""
        self._lock.hold(claim)
        for ids in portions(event_ids):
            # Not with OR: SQLite would read the whole calendar.
            self._delete(claim, EVENTS.c.series_id.in_(ids))
            self._delete(claim, EVENTS.c.id.in_(ids))

    def sweep(self, claim: SyncClaim, *, generation: int) -> int:
        """Remove what the full read `generation` did not meet; returns how many."""
        self._lock.hold(claim)
        return self._delete(claim, EVENTS.c.generation != generation)

    def begin_full(self, claim: SyncClaim) -> int:
        """Drop the sync token and return the generation that the full read has to mark events with."""
        generation: int = self._lock.hold(claim).generation + 1
        self._change_calendar(claim, {"sync_token": None, "generation": generation})
        return generation

    def complete(self, claim: SyncClaim, *, sync_token: str, zone: str) -> None:
        """Store the token of the next delta; where the zone changed, mark what depends on it for expansion.

        Nothing is held back any more.
        """
        if self._lock.hold(claim).zone != zone:
            in_its_zone = or_(EVENTS.c.start_day.is_not(None), EVENTS.c.start_zone.is_(None))
            self._mark(claim, in_its_zone)
        self._change_calendar(claim, NO_FUSE | {"sync_token": sync_token, "zone": zone})

    def _delete(self, claim: SyncClaim, which: ColumnElement[bool]) -> int:
        in_calendar = EVENTS.c.calendar_id == claim.calendar.id
        changed_series = select(EVENTS.c.series_id).where(in_calendar, which, EVENTS.c.series_id.is_not(None))
        # A master stands anew where its exceptions stood; until then their occurrences stay with it.
        self._mark(claim, EVENTS.c.id.in_(changed_series))
        return self._connection.execute(delete(EVENTS).where(in_calendar, which)).rowcount

    def _change_calendar(self, claim: SyncClaim, values: dict[str, object]) -> None:
        self._connection.execute(update(CALENDARS).where(CALENDARS.c.id == claim.calendar.id).values(values))


@cache
def _upsert(dialect: str) -> str:
    """SQL for rows of `row_of`."""
    key = ["calendar_id", "id"]
    statement = upsert(dialect, EVENTS, by=key, updating=[c.name for c in EVENTS.columns if c.name not in key])
    url, options = _DRIVERS[dialect]
    return str(statement.compile(dialect=make_url(url).get_dialect()(**options)))
