"""Which events must become occurrences anew, and the occurrences that they became."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.domain.calendars import SyncClaim
from bot.domain.events import Certainty, EventTime, RemoteEvent, Series
from bot.domain.sync_plan import ExpandedEvent
from storage.repositories.event_rows import event_from
from storage.repositories.locks import ClaimLock
from storage.tables import CALENDARS, EVENTS, IGNORED, OCCURRENCES

_CALENDAR: BindParameter[UUID] = bindparam("calendar", type_=EVENTS.c.calendar_id.type)
_EVENT: BindParameter[str] = bindparam("event", type_=EVENTS.c.id.type)
_FOUND: BindParameter[str] = bindparam("found", type_=EVENTS.c.trouble.type)

# Built once, because they are run for every event of a calendar. Each goes by one index: those of an event and
# those of its exceptions are apart, since SQLite would answer an OR by reading the whole calendar.
_FORGET = delete(OCCURRENCES).where(OCCURRENCES.c.calendar_id == _CALENDAR, OCCURRENCES.c.series_id == _EVENT)
# An exception stands alone while its master is not known.
_FORGET_EXCEPTIONS = delete(OCCURRENCES).where(
    OCCURRENCES.c.calendar_id == _CALENDAR,
    OCCURRENCES.c.series_id.in_(
        select(EVENTS.c.id).where(EVENTS.c.calendar_id == _CALENDAR, EVENTS.c.series_id == _EVENT)
    ),
)
_ADD = insert(OCCURRENCES)
_CLEAR = (
    update(EVENTS)
    .where(EVENTS.c.calendar_id == _CALENDAR, EVENTS.c.id == _EVENT)
    .values(
        needs_expansion=False,
        trouble=func.coalesce(_FOUND, EVENTS.c.problem),
        is_unreadable=func.coalesce(_FOUND, EVENTS.c.problem).is_not(None),
    )
)
_CLEAR_EXCEPTIONS = (
    update(EVENTS)
    .where(EVENTS.c.calendar_id == _CALENDAR, EVENTS.c.series_id == _EVENT)
    .values(needs_expansion=False, trouble=EVENTS.c.problem, is_unreadable=EVENTS.c.problem.is_not(None))
)


class Expansions:
    """The part of `ports.Events` between fetched events and occurrences."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = ClaimLock(connection)

    def unexpanded(self, claim: SyncClaim, *, limit: int) -> Sequence[Series]:
        """At most `limit` events that wait for expansion, each with all its exceptions.

        A marked exception stands for its master. One whose master is not there stands for itself. There are none
        only where nothing is marked.
        """
        marked = self._connection.execute(
            select(EVENTS.c.id, EVENTS.c.series_id)
            .where(EVENTS.c.calendar_id == claim.calendar.id, EVENTS.c.needs_expansion)
            .limit(limit)
        ).all()
        return self._series_of(claim, [(row.id, row.series_id) for row in marked])

    def expand(self, claim: SyncClaim, expanded: Sequence[ExpandedEvent]) -> None:
        """Replace the occurrences of events and their exceptions, and clear their marks; as many statements as for one.

        A `problem` says why an event cannot be expanded; what its client said of it stays besides.
        """
        calendar = self._lock.hold(claim)
        if not expanded:
            return
        of_events = [{"calendar": claim.calendar.id, "event": event.id} for event in expanded]
        self._connection.execute(_FORGET, of_events)
        self._connection.execute(_FORGET_EXCEPTIONS, of_events)
        ignored = self._ignored(claim)
        rows = [row for event in expanded for row in rows_of(claim, event, is_ignored=event.id in ignored)]
        if rows:
            self._connection.execute(_ADD, rows)
        self._lengthen(claim, expanded, calendar.longest_seconds)
        found = [named | {"found": event.expansion.problem} for named, event in zip(of_events, expanded, strict=True)]
        self._connection.execute(_CLEAR, found)
        self._connection.execute(_CLEAR_EXCEPTIONS, of_events)

    def roll(self, claim: SyncClaim, until: datetime) -> None:
        """Mark every series, and what starts after the old horizon, for expansion; remember the new one."""
        horizon: datetime | None = self._lock.hold(claim).expanded_until
        if horizon is None:
            self._mark(claim, EVENTS.c.id.is_not(None))
        else:
            # A day begins somewhere on Earth up to fourteen hours before it does in UTC.
            first_day = (horizon.astimezone(UTC) - timedelta(days=1)).date()
            self._mark(
                claim,
                or_(
                    EVENTS.c.recurrence != "",
                    EVENTS.c.start_at >= int(horizon.timestamp()),
                    EVENTS.c.start_day >= first_day,
                ),
            )
        self._connection.execute(
            update(CALENDARS).where(CALENDARS.c.id == claim.calendar.id).values(expanded_until=until)
        )

    def _series_of(self, claim: SyncClaim, marked: Sequence[tuple[str, str | None]]) -> Sequence[Series]:
        """These events (each with its series, if any) and all their exceptions; an exception leads to its master."""
        if not marked:
            return []
        in_calendar = EVENTS.c.calendar_id == claim.calendar.id
        ids = {name for both in marked for name in both if name}
        # Apart, not with OR: SQLite would read the whole calendar.
        rows = {
            row.id: row
            for column in (EVENTS.c.id, EVENTS.c.series_id)
            for row in self._connection.execute(select(EVENTS).where(in_calendar, column.in_(ids)))
        }
        return _series(rows, wanted=ids)

    def _ignored(self, claim: SyncClaim) -> set[str]:
        return set(
            self._connection.scalars(select(IGNORED.c.series_id).where(IGNORED.c.calendar_id == claim.calendar.id))
        )

    def _mark(self, claim: SyncClaim, which: ColumnElement[bool]) -> None:
        self._connection.execute(
            update(EVENTS).where(EVENTS.c.calendar_id == claim.calendar.id, which).values(needs_expansion=True)
        )

    def _lengthen(self, claim: SyncClaim, expanded: Sequence[ExpandedEvent], known: int) -> None:
        seconds = max((one.end - one.start for event in expanded for one in event.expansion.occurrences), default=0)
        if seconds <= known:
            return
        self._connection.execute(
            update(CALENDARS)
            .where(CALENDARS.c.id == claim.calendar.id, CALENDARS.c.longest_seconds < seconds)
            .values(longest_seconds=seconds)
        )


def rows_of(claim: SyncClaim, expanded: ExpandedEvent, *, is_ignored: bool) -> list[dict[str, object]]:
    """One row each; a happening told twice (an RDATE may repeat what the rule gives) is stored once, at its longest."""
    by_end = sorted(expanded.expansion.occurrences, key=attrgetter("end"))
    distinct = {(occurrence.start, occurrence.event_id): occurrence for occurrence in by_end}
    return [
        {
            "calendar_id": claim.calendar.id,
            "series_id": expanded.id,
            "start_at": occurrence.start,
            "event_id": occurrence.event_id,
            "end_at": occurrence.end,
            "blocks": occurrence.blocks and not is_ignored,
            "certainty": int(_heeded(occurrence.certainty, is_ignored=is_ignored)),
        }
        for occurrence in distinct.values()
    ]


def _heeded(certainty: Certainty, *, is_ignored: bool) -> Certainty:
    """An appointment's event that is passed over takes no time wherever it is."""
    return Certainty.SETTLED if is_ignored and certainty is Certainty.COPY else certainty


def _series(rows: Mapping[str, Row[Any]], *, wanted: set[str]) -> list[Series]:
    """The wanted events among `rows` that are no exception of another, with their exceptions.

    Where exceptions name each other, or one that is an exception itself, no wanted one is left out for that.
    """
    exceptions: dict[str, dict[EventTime, RemoteEvent]] = {}
    roots: dict[str, RemoteEvent] = {}
    others: list[RemoteEvent] = []
    for row in rows.values():
        event = event_from(row)
        if event.series_id in rows and event.series_id != event.id:
            # Keyed by where it stood in the series; one that lost that stands where it is.
            replaced = event.original_start or event.start
            if event.series_id is not None and replaced is not None:
                exceptions.setdefault(event.series_id, {})[replaced] = event
            others.append(event)
        elif event.id in wanted:
            roots[event.id] = event
    for event in others:
        if event.series_id not in roots and event.id in wanted:
            roots[event.id] = event
    return [Series(root, exceptions.get(root.id, {})) for root in roots.values()]
