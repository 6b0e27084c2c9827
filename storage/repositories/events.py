"""A calendar's events as fetched, under the fence of the claim that fetched them."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, make_url, not_, or_, select, update

from bot.domain.calendars import EventStyle, Role, SyncClaim
from bot.domain.events import RemoteEvent
from bot.domain.sync_plan import portions
from storage.repositories.event_rows import Keeping, Spelling, row_of, without_people
from storage.repositories.forgotten import Forgotten
from storage.repositories.fuses import NO_FUSE
from storage.repositories.ignored import Ignoring
from storage.repositories.losses import Losses
from storage.repositories.unreadable import Unreadable
from storage.repositories.upserts import insert
from storage.repositories.widening import Widening
from storage.repositories.windows import Windows
from storage.tables import CALENDARS, EVENTS, OCCURRENCES, TAKEN_PLACES

_SPELLINGS = {
    "sqlite": Spelling(attrgetter("hex"), int, date.isoformat),
    "postgresql": Spelling(lambda uuid: uuid, bool, lambda day: day),
}
# psycopg is to have marks in the order of the columns, as SQLite has them anyhow.
_DRIVERS: dict[str, tuple[str, dict[str, str]]] = {
    "sqlite": ("sqlite://", {}),
    "postgresql": ("postgresql+psycopg://", {"paramstyle": "format"}),
}

_UNDER_SERIES = (
    OCCURRENCES.c.calendar_id == bindparam("calendar", type_=OCCURRENCES.c.calendar_id.type),
    OCCURRENCES.c.series_id == bindparam("series", type_=OCCURRENCES.c.series_id.type),
    OCCURRENCES.c.event_id == bindparam("event", type_=OCCURRENCES.c.event_id.type),
)
_BESIDE = OCCURRENCES.alias("beside")
# What an exception left from before its master came is older than what stands with the master at the same start.
_FORGET_OWN = delete(OCCURRENCES).where(
    OCCURRENCES.c.calendar_id == bindparam("calendar", type_=OCCURRENCES.c.calendar_id.type),
    OCCURRENCES.c.series_id == bindparam("event", type_=OCCURRENCES.c.series_id.type),
    exists().where(
        _BESIDE.c.calendar_id == OCCURRENCES.c.calendar_id,
        _BESIDE.c.series_id == bindparam("series", type_=OCCURRENCES.c.series_id.type),
        _BESIDE.c.start_at == OCCURRENCES.c.start_at,
        _BESIDE.c.event_id == OCCURRENCES.c.event_id,
    ),
)
_TO_ITSELF = update(OCCURRENCES).where(*_UNDER_SERIES).values(series_id=OCCURRENCES.c.event_id)


class SqlEvents(Widening, Losses, Windows, Ignoring, Unreadable):
    """Implements `ports.Events`: what is fetched here, what becomes of it in the parents."""

    def __init__(self, connection: Connection, forgotten: Forgotten) -> None:
        """Nothing is kept of people on an event who are `forgotten`."""
        super().__init__(connection)
        self._forgotten = forgotten

    def upsert(self, claim: SyncClaim, events: Sequence[RemoteEvent], *, generation: int) -> None:
        """Store events as met by the read `generation` and marked for expansion; of one id the last counts."""
        held = self._lock.hold(claim)
        if events:
            dialect = self._connection.dialect.name
            spelling = _SPELLINGS[dialect]
            calendar = spelling.uuid(claim.calendar.id)
            # By what the calendar is now: its owner may have changed that since it was claimed.
            keeping = Keeping(held.role is Role.LINKED, held.event_style is EventStyle.COLOURED)
            is_forgotten = self._forgotten.test(claim.calendar.workspace_id) if keeping.people else None
            if is_forgotten is not None:
                events = [without_people(event, is_forgotten) for event in events]
            rows = [
                row_of(event, calendar=calendar, generation=generation, spelling=spelling, keeping=keeping)
                for event in events
            ]
            # The driver's own rows: to convert every value by the type of its column would take as long as to write.
            self._connection.exec_driver_sql(_upsert(dialect), rows)

    def remove(self, claim: SyncClaim, event_ids: Sequence[str], *, keeping: Collection[str] = ()) -> None:
        """Remove events with their occurrences; a master takes its exceptions along, but for those in `keeping`."""
        self._lock.hold(claim)
        for ids in portions(event_ids):
            # Not with OR: SQLite would read the whole calendar.
            of_series = select(EVENTS.c.id).where(
                EVENTS.c.calendar_id == claim.calendar.id, EVENTS.c.series_id.in_(ids)
            )
            exceptions = [found for found in self._connection.scalars(of_series) if found not in keeping]
            for portion in portions(exceptions):
                self._delete(claim, EVENTS.c.id.in_(portion))
            self._delete(claim, EVENTS.c.id.in_(ids))

    def sweep(self, claim: SyncClaim, *, generation: int) -> int:
        """Remove what the full read `generation` did not meet; returns how many."""
        self._lock.hold(claim)
        return self._delete(claim, EVENTS.c.generation != generation)

    def forget_passed(self, claim: SyncClaim, before: datetime) -> None:
        """Remove single events that were over by then, and a day more; see the port."""
        self._lock.hold(claim)
        # A day ends somewhere on Earth up to half a day after it does in UTC.
        last = before.astimezone(UTC) - timedelta(days=1)
        is_over = or_(EVENTS.c.end_at < int(last.timestamp()), EVENTS.c.end_day < last.date())
        self._delete(claim, and_(EVENTS.c.series_id.is_(None), EVENTS.c.recurrence == "", is_over))

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
        self._set_apart(claim, which)
        self._connection.execute(
            update(TAKEN_PLACES)
            .where(
                TAKEN_PLACES.c.calendar_id == claim.calendar.id,
                TAKEN_PLACES.c.event_id.in_(select(EVENTS.c.id).where(in_calendar, which)),
            )
            .values(is_gone=True)
        )
        return self._connection.execute(delete(EVENTS).where(in_calendar, which)).rowcount

    def _set_apart(self, claim: SyncClaim, which: ColumnElement[bool]) -> None:
        """Let exceptions that outlive their master keep their time: with it, its occurrences would go as well."""
        in_calendar = EVENTS.c.calendar_id == claim.calendar.id
        doomed = select(EVENTS.c.id).where(in_calendar, which)
        outliving = select(EVENTS.c.id, EVENTS.c.series_id).where(
            in_calendar, EVENTS.c.series_id.in_(doomed), not_(which)
        )
        moved = [
            {"calendar": claim.calendar.id, "event": row.id, "series": row.series_id}
            for row in self._connection.execute(outliving)
        ]
        if moved:
            self._connection.execute(_FORGET_OWN, moved)
            self._connection.execute(_TO_ITSELF, moved)
            for portion in portions([str(each["event"]) for each in moved]):
                self._mark(claim, EVENTS.c.id.in_(portion))

    def _change_calendar(self, claim: SyncClaim, values: dict[str, object]) -> None:
        self._connection.execute(update(CALENDARS).where(CALENDARS.c.id == claim.calendar.id).values(values))


@cache
def _upsert(dialect: str) -> str:
    """SQL for rows of `row_of`."""
    key = ("calendar_id", "id")
    statement = insert(dialect, EVENTS)
    new: dict[str, ColumnElement[Any]] = {
        column.name: statement.excluded[column.name] for column in EVENTS.columns if column.name not in key
    }
    # What an event was decided to be holds until it is decided anew, which somebody may have asked for.
    del new["shade"]
    new["needs_decision"] = or_(EVENTS.c.needs_decision, new["needs_decision"])
    statement = statement.on_conflict_do_update(index_elements=key, set_=new)
    url, options = _DRIVERS[dialect]
    return str(statement.compile(dialect=make_url(url).get_dialect()(**options)))
