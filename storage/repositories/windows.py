"""What happens in a window of time: for finding free time, and for its owner's agenda."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, bindparam, or_, select

from bot.domain.calendars import Role
from bot.domain.effects import EffectKind, LinkState
from bot.domain.events import AgendaEntry, Certainty, EventKind, Guest, Occurrence, Response, ShowsAs
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.shades import Shade
from bot.domain.sync_plan import portions
from storage.repositories.copies import takes_time_besides
from storage.tables import (
    CALENDARS,
    CONTACTS,
    EVENTS,
    HOSTS,
    IGNORED,
    OCCURRENCES,
    REMOTE_LINKS,
    SCHEDULES,
    TAKEN_CONTACTS,
    TAKEN_PLACES,
)
from storage.tables.events import COPY

# What the owner of a calendar decided about invitations that he did not say yes to; NULL where he decided nothing.
_SWITCHES = (SCHEDULES.c.tentative_blocks, SCHEDULES.c.unanswered_blocks)
_UNCERTAIN = (Certainty.TENTATIVE, Certainty.UNANSWERED)

# An appointment's own event is told by the appointment, where that says the same.
_COPIED = (
    select(REMOTE_LINKS.c.ical_uid)
    .join(HOSTS, HOSTS.c.appointment_id == REMOTE_LINKS.c.appointment_id)
    .where(
        REMOTE_LINKS.c.ical_uid == EVENTS.c.ical_uid,
        REMOTE_LINKS.c.kind == EffectKind.EVENT,
        REMOTE_LINKS.c.state != LinkState.REMOVED,
        HOSTS.c.host_id == CALENDARS.c.member_id,
    )
    .exists()
)
# Built once: to put them together anew takes a good part of what SQLite needs for a month.
_KNOWN = (
    select(CALENDARS.c.id, CALENDARS.c.longest_seconds, *_SWITCHES)
    .outerjoin(SCHEDULES, SCHEDULES.c.member_id == CALENDARS.c.member_id)
    .where(
        CALENDARS.c.workspace_id == bindparam("workspace"),
        CALENDARS.c.id.in_(bindparam("calendars", expanding=True)),
    )
)
_BLOCKING = (
    select(OCCURRENCES.c.start_at, OCCURRENCES.c.end_at)
    .where(
        OCCURRENCES.c.calendar_id == bindparam("calendar"),
        OCCURRENCES.c.start_at < bindparam("before"),
        OCCURRENCES.c.start_at >= bindparam("not_before"),
        OCCURRENCES.c.end_at > bindparam("after"),
        OCCURRENCES.c.blocks,
    )
    .order_by(OCCURRENCES.c.start_at)
)
_BLOCKING_AS_DECIDED = _BLOCKING.where(OCCURRENCES.c.certainty.not_in(bindparam("left_open", expanding=True)))

_NO_APPOINTMENT = UUID(int=0)
_BESIDES = takes_time_besides(without=bindparam("without"))
_EVENT_OF = (EVENTS.c.calendar_id == OCCURRENCES.c.calendar_id) & (EVENTS.c.id == OCCURRENCES.c.event_id)
_COPIES = (
    select(OCCURRENCES.c.calendar_id, OCCURRENCES.c.start_at, OCCURRENCES.c.end_at)
    .join(CALENDARS, CALENDARS.c.id == OCCURRENCES.c.calendar_id)
    .join(EVENTS, _EVENT_OF)
    .where(
        OCCURRENCES.c.calendar_id.in_(bindparam("calendars", expanding=True)),
        COPY,
        OCCURRENCES.c.start_at < bindparam("before"),
        OCCURRENCES.c.start_at >= bindparam("not_before"),
        OCCURRENCES.c.end_at > bindparam("after"),
        _BESIDES,
    )
)

_AGENDA = (
    select(
        OCCURRENCES.c.start_at,
        OCCURRENCES.c.end_at,
        OCCURRENCES.c.event_id,
        OCCURRENCES.c.series_id,
        OCCURRENCES.c.blocks,
        OCCURRENCES.c.certainty,
        *_SWITCHES,
        CALENDARS.c.id,
        CALENDARS.c.name,
        CALENDARS.c.role,
        EVENTS.c.title,
        EVENTS.c.shows_as,
        EVENTS.c.kind,
        EVENTS.c.is_private,
        EVENTS.c.start_day,
        EVENTS.c.response,
        EVENTS.c.link,
        EVENTS.c.join_url,
        EVENTS.c.is_own,
        EVENTS.c.shade,
        or_(EVENTS.c.recurrence != "", EVENTS.c.series_id.is_not(None)).label("repeats"),
        IGNORED.c.series_id.is_not(None).label("is_ignored"),
        and_(COPY, _BESIDES).label("blocks_besides"),
    )
    .join(CALENDARS, CALENDARS.c.id == OCCURRENCES.c.calendar_id)
    .join(EVENTS, _EVENT_OF)
    .outerjoin(
        IGNORED,
        (IGNORED.c.calendar_id == OCCURRENCES.c.calendar_id) & (IGNORED.c.series_id == OCCURRENCES.c.series_id),
    )
    .outerjoin(SCHEDULES, SCHEDULES.c.member_id == CALENDARS.c.member_id)
    .where(or_(and_(OCCURRENCES.c.certainty != Certainty.COPY, or_(EVENTS.c.ical_uid == "", ~_COPIED)), _BESIDES))
)
_GUESTS = (
    select(TAKEN_PLACES.c.event_id, CONTACTS.c.name, TAKEN_CONTACTS.c.response)
    .join(TAKEN_CONTACTS, TAKEN_CONTACTS.c.taken_id == TAKEN_PLACES.c.taken_id)
    .join(CONTACTS, CONTACTS.c.id == TAKEN_CONTACTS.c.contact_id)
)


class Windows:
    """The reading part of `ports.Events`.

    An index finds what starts in a window; what began before and still lasts is found by looking back as far
    as the calendar's longest occurrence, not further.
    """

    _connection: Connection

    def busy(
        self, actor: Actor, calendar_ids: Sequence[UUID], window: Interval, *, without: UUID | None = None
    ) -> Mapping[UUID, Sequence[tuple[int, int]]]:
        """Blocking occurrences that touch `window`, per calendar of the actor's workspace, by start; see the port."""
        known = self._connection.execute(
            _KNOWN, {"workspace": actor.workspace_id, "calendars": list(calendar_ids)}
        ).all()
        # A query each: an id in every row would cost more to read than all the rest.
        found = {row.id: self._blocking(row.id, window, row.longest_seconds, _left_open(row[2:])) for row in known}
        longest = max((row.longest_seconds for row in known), default=0)
        for calendar_id, span in self._besides(list(found), window, longest, without):
            found[calendar_id] = sorted([*found[calendar_id], span])
        return found

    def agenda(self, actor: Actor, window: Interval) -> Sequence[AgendaEntry]:
        """The actor's own occurrences that touch `window`, FREE and ignored ones included, by start.

        Events of his own appointments are left out, where the appointments say the same.
        """
        found = self._connection.execute(
            _AGENDA.where(
                CALENDARS.c.workspace_id == actor.workspace_id,
                CALENDARS.c.member_id == actor.member_id,
                OCCURRENCES.c.start_at < window.end,
                OCCURRENCES.c.start_at >= window.start - CALENDARS.c.longest_seconds,
                OCCURRENCES.c.end_at > window.start,
            ).order_by(OCCURRENCES.c.start_at, OCCURRENCES.c.end_at, OCCURRENCES.c.event_id),
            {"without": _NO_APPOINTMENT},
        ).all()
        guests = self._guests({(row.id, row.event_id) for row in found if row.shade == Shade.BLUE})
        return [_entry(row, guests.get((row.id, row.event_id), ())) for row in found]

    def _guests(self, events: Collection[tuple[UUID, str]]) -> Mapping[tuple[UUID, str], tuple[Guest, ...]]:
        """The contacts on these events, each named by its calendar and id."""
        guests: dict[tuple[UUID, str], list[Guest]] = {}
        for calendar_id in {calendar_id for calendar_id, _ in events}:
            for ids in portions(sorted(event_id for of, event_id in events if of == calendar_id)):
                found = self._connection.execute(
                    _GUESTS.where(TAKEN_PLACES.c.calendar_id == calendar_id, TAKEN_PLACES.c.event_id.in_(ids))
                )
                for row in found:
                    guests.setdefault((calendar_id, row.event_id), []).append(Guest(row.name, Response(row.response)))
        return {event: tuple(sorted(each)) for event, each in guests.items()}

    def _besides(
        self, calendar_ids: Sequence[UUID], window: Interval, longest: int, without: UUID | None
    ) -> Sequence[tuple[UUID, tuple[int, int]]]:
        """What copies of appointments take where the appointments are not."""
        if not calendar_ids:
            return ()
        reach = {"before": window.end, "not_before": window.start - longest, "after": window.start}
        which = {"calendars": calendar_ids, "without": without or _NO_APPOINTMENT}
        found = self._connection.execute(_COPIES, reach | which)
        return [(row.calendar_id, (row.start_at, row.end_at)) for row in found]

    def _blocking(
        self, calendar_id: UUID, window: Interval, longest: int, left_open: Sequence[Certainty]
    ) -> Sequence[tuple[int, int]]:
        reach: dict[str, object] = {
            "calendar": calendar_id,
            "before": window.end,
            "not_before": window.start - longest,
            "after": window.start,
        }
        if left_open:
            decided = reach | {"left_open": [int(kind) for kind in left_open]}
            found = self._connection.execute(_BLOCKING_AS_DECIDED, decided)
        else:
            found = self._connection.execute(_BLOCKING, reach)
        with closing(found):
            # The driver's own pairs: as SQLAlchemy's rows, thousands of them would take twice the time.
            return found.cursor.fetchall()


def _entry(row: Row[*tuple[Any, ...]], guests: tuple[Guest, ...]) -> AgendaEntry:
    takes = row.blocks or row.blocks_besides
    blocks = _blocks(takes, row.certainty, (row.tentative_blocks, row.unanswered_blocks))
    return AgendaEntry(
        occurrence=Occurrence(row.start_at, row.end_at, row.event_id, row.series_id, blocks, Certainty(row.certainty)),
        calendar_name=row.name,
        is_linked=row.role is Role.LINKED,
        title=row.title,
        shows_as=ShowsAs(row.shows_as),
        kind=EventKind(row.kind),
        is_private=row.is_private,
        is_all_day=row.start_day is not None,
        calendar_id=row.id,
        response=Response(row.response) if row.response else None,
        link=row.link,
        is_own=row.is_own,
        repeats=row.repeats,
        is_ignored=row.is_ignored,
        shade=Shade(row.shade) if row.shade else None,
        guests=guests,
        join_url=row.join_url,
    )


def _left_open(switches: Sequence[Any]) -> list[Certainty]:
    """The uncertain kinds that an owner leaves open, by his `_SWITCHES`."""
    return [kind for kind, blocks in zip(_UNCERTAIN, switches, strict=True) if blocks is False]


def _blocks(blocks: bool, certainty: int, switches: Sequence[Any]) -> bool:
    """Whether an occurrence takes time as its owner has it."""
    return blocks and certainty not in _left_open(switches)
