"""How an event is written to its row and read back, quickly enough for a hundred thousand of them."""

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, select

from bot.domain.events import (
    AllDay,
    EventKind,
    EventStatus,
    EventTime,
    Invitee,
    RemoteEvent,
    Response,
    ShowsAs,
    Timed,
)
from bot.domain.join_links import is_personal_room
from bot.domain.sync_plan import portions
from storage.tables import EVENTS
from storage.text import storable
from storage.types import NaiveTime

_Columns = tuple[int | None, str | None, object]
_NO_TIME: _Columns = (None, None, None)
_SELF, _ROOM, _ORGANIZER = 1, 2, 4


class Spelling(NamedTuple):
    """How a database's driver wants values of which it, left to itself, makes something else or only slowly."""

    uuid: Callable[[UUID], object]
    flag: Callable[[bool], object]
    day: Callable[[date], object]


class Keeping(NamedTuple):
    """What is kept of an event beside its time: who is on it and how it is joined, in linked calendars, and which of
    them are to be decided."""

    people: bool
    decides_all: bool


def row_of(
    event: RemoteEvent, *, calendar: object, generation: int, spelling: Spelling, keeping: Keeping
) -> tuple[object, ...]:
    """A fetched event as the driver takes it, by the table's columns; marked as met by a read and for expansion.

    Times are kept in whole seconds, which is all that calendars have. Raises `NaiveTime`.

    Args:
        event: as fetched.
        calendar: the calendar's id, spelt for the driver.
        generation: of the read.
        spelling: the driver's.
        keeping: by the calendar's role and option.
    """
    keeps, decides_all = keeping
    invited, created_at = (event.invitees, event.created_at) if keeps else ((), None)
    problem, response, (_, flag, day) = event.problem, event.response, spelling
    return (
        calendar,
        event.id,
        generation,
        flag(True),  # needs_expansion
        flag(problem is not None),
        problem,  # trouble, until it is expanded
        event.status._value_,  # `value` would be worked out by Python each time.
        event.etag,
        storable(event.ical_uid),
        event.kind._value_,
        event.shows_as._value_,
        response._value_ if response else None,
        flag(event.is_private),
        storable(event.title),
        *_columns(event.start, day),
        *_columns(event.end, day),
        storable("\n".join(event.recurrence)) if event.recurrence else "",
        event.series_id,
        *_columns(event.original_start, day),
        storable(event.link),
        flag(event.is_own),
        problem,
        _spelt(invited) if invited else "",
        int(created_at.timestamp()) if created_at else None,
        flag(keeps and (decides_all or bool(invited))),
        None,  # shade, until it is decided; what was decided before stays
        event.join_url if keeps else "",
    )


def without_people(event: RemoteEvent, is_forgotten: Callable[[str], bool]) -> RemoteEvent:
    """The event as if those people were not on it; the room in which they meet may be one of theirs."""
    others = tuple(one for one in event.invitees if not is_forgotten(one.email))
    if len(others) == len(event.invitees):
        return event
    return replace(event, invitees=others, join_url="" if is_personal_room(event.join_url) else event.join_url)


def event_from(row: Row[Any]) -> RemoteEvent:
    """The event of a row, as it was fetched."""
    return RemoteEvent(
        id=row.id,
        status=EventStatus(row.status),
        etag=row.etag,
        ical_uid=row.ical_uid,
        kind=EventKind(row.kind),
        shows_as=ShowsAs(row.shows_as),
        response=Response(row.response) if row.response else None,
        is_private=row.is_private,
        title=row.title,
        start=_time(row.start_at, row.start_zone, row.start_day),
        end=_time(row.end_at, row.end_zone, row.end_day),
        recurrence=tuple(row.recurrence.split("\n")) if row.recurrence else (),
        series_id=row.series_id,
        original_start=_time(row.original_at, row.original_zone, row.original_day),
        link=row.link,
        is_own=row.is_own,
        problem=row.problem,
        invitees=_invitees(row.invitees) if row.invitees else (),
        created_at=None if row.created_at is None else datetime.fromtimestamp(row.created_at, UTC),
        join_url=row.join_url,
    )


def events_of(connection: Connection, calendar_id: UUID, ids: Collection[str]) -> dict[str, RemoteEvent]:
    """Those of these events that the calendar has, by id."""
    return {
        row.id: event_from(row)
        for some in portions(sorted(ids))
        for row in connection.execute(select(EVENTS).where(EVENTS.c.calendar_id == calendar_id, EVENTS.c.id.in_(some)))
    }


def _spelt(invitees: tuple[Invitee, ...]) -> str:
    """ASCII, whatever they are called: nothing in it that a database refuses."""
    return json.dumps(
        [
            (
                one.email,
                one.name,
                one.response._value_,
                _SELF * one.is_self + _ROOM * one.is_room + _ORGANIZER * one.is_organizer,
            )
            for one in invitees
        ],
        separators=(",", ":"),
    )


def _invitees(spelt: str) -> tuple[Invitee, ...]:
    return tuple(
        Invitee(email, name, Response(response), bool(flags & _SELF), bool(flags & _ROOM), bool(flags & _ORGANIZER))
        for email, name, response, flags in json.loads(spelt)
    )


def _columns(time: EventTime | None, day: Callable[[date], object]) -> _Columns:
    if time is None:
        return _NO_TIME
    if isinstance(time, AllDay):
        return (None, None, day(time.day))
    if time.at.tzinfo is None:  # Its timestamp would be that of the server's own zone.
        raise NaiveTime(time.at)
    return (int(time.at.timestamp()), time.zone, None)


def _time(at: int | None, zone: str | None, day: date | None) -> EventTime | None:
    if at is not None:
        return Timed(datetime.fromtimestamp(at, UTC), zone)
    return AllDay(day) if day is not None else None
