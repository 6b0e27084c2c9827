"""Appointments taken from Google, and what events were decided to be."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, false, insert, or_, select, update

from bot.domain.calendars import Calendar, SyncClaim
from bot.domain.errors import NotFound
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.sync_plan import portions
from bot.domain.taken import Decided, LeftMeeting, TakenAppointment
from bot.domain.wall_time import epoch
from storage.repositories.decisions import Decisions
from storage.repositories.declines import Declines
from storage.repositories.locks import lock_own_calendar
from storage.repositories.marks import Marks
from storage.repositories.taken_rows import forget_decisions, lapse_unheld, taken_columns, taken_from
from storage.repositories.upserts import upsert
from storage.tables import EVENTS, INVITED, OCCURRENCES, TAKEN, TAKEN_CONTACTS, TAKEN_PLACES

_KEY = ("workspace_id", "ical_uid", "original_at")
_DECIDE = (
    update(EVENTS)
    .where(
        EVENTS.c.calendar_id == bindparam("calendar", type_=EVENTS.c.calendar_id.type),
        EVENTS.c.id == bindparam("event", type_=EVENTS.c.id.type),
    )
    .values(needs_decision=False, shade=bindparam("decided", type_=EVENTS.c.shade.type))
)


class SqlTaken(Marks, Decisions, Declines):
    """Implements `ports.Taken`; what is to be decided, what is asked before it, and who declined are its parents."""

    def save(self, claim: SyncClaim, decided: Sequence[Decided]) -> None:
        """Keep what events were decided to be, in as many statements for many as for one."""
        self._lock.hold(claim)
        if not decided:
            return
        calendar_id, ids = claim.calendar.id, [one.event_id for one in decided]
        stood = self._leave(calendar_id, ids)
        self._store([one.ended for one in decided if one.ended is not None])
        self._store([one.taken for one in decided if one.taken is not None])
        places = [_place(calendar_id, one, one.taken) for one in decided if one.taken is not None]
        if places:
            self._connection.execute(insert(TAKEN_PLACES), places)
        lapse_unheld(self._connection, stood, calendar_id)
        self._connection.execute(
            delete(INVITED).where(INVITED.c.calendar_id == calendar_id, INVITED.c.event_id.in_(ids))
        )
        invited = [
            {"calendar_id": calendar_id, "event_id": one.event_id, "email": email}
            for one in decided
            for email in sorted(set(one.emails))
        ]
        if invited:
            self._connection.execute(insert(INVITED), invited)
        shades = [
            {"calendar": calendar_id, "event": one.event_id, "decided": one.shade and one.shade.value}
            for one in decided
        ]
        self._connection.execute(_DECIDE, shades)

    def left(self, calendar: Calendar) -> Sequence[LeftMeeting]:
        """Live meetings whose events went since the last look, series first."""
        rows = self._connection.execute(
            select(TAKEN)
            .add_columns(TAKEN_PLACES.c.event_id, _ELSEWHERE)
            .join(TAKEN_PLACES, TAKEN_PLACES.c.taken_id == TAKEN.c.id)
            .where(TAKEN_PLACES.c.calendar_id == calendar.id, TAKEN_PLACES.c.is_gone)
            .order_by(TAKEN.c.original_at, TAKEN.c.id)
        ).all()
        known = zip(rows, taken_from(self._connection, rows), strict=True)
        return [LeftMeeting(one, row.event_id, row.is_elsewhere) for row, one in known]

    def settle(self, claim: SyncClaim, left: LeftMeeting, ended: TakenAppointment | None, *, stays: bool) -> None:
        """What became of a meeting whose event went; see the port."""
        self._lock.hold(claim)
        if ended is not None:
            self._store([ended])
        if ended is not None or stays:
            self._connection.execute(
                update(TAKEN_PLACES)
                .where(TAKEN_PLACES.c.calendar_id == claim.calendar.id, TAKEN_PLACES.c.event_id == left.event_id)
                .values(is_gone=False)
            )
            return
        lapse_unheld(self._connection, self._leave(claim.calendar.id, [left.event_id]), claim.calendar.id)

    def forget_lapsed(self, before: datetime) -> int:
        """Forget meetings that stand in no calendar any more, or were called off, and were over by then."""
        is_off = or_(TAKEN.c.lapsed_in.is_not(None), TAKEN.c.is_cancelled)
        return self._connection.execute(delete(TAKEN).where(is_off, TAKEN.c.over_at <= epoch(before))).rowcount

    def forget(self, actor: Actor, calendar_id: UUID) -> None:
        """Drop what was decided for a calendar of the actor's own; raises `NotFound`."""
        if not lock_own_calendar(self._connection, actor, calendar_id):
            raise NotFound
        forget_decisions(self._connection, calendar_id)

    def with_contact(
        self, actor: Actor, contact_id: UUID, window: Interval, *, limit: int
    ) -> Sequence[tuple[TakenAppointment, Interval]]:
        """A contact's meetings with each time that touches the window, by start."""
        is_single_there = (TAKEN.c.start_at < window.end) & (TAKEN.c.end_at > window.start)
        rows = self._connection.execute(
            select(TAKEN)
            .join(TAKEN_CONTACTS, TAKEN_CONTACTS.c.taken_id == TAKEN.c.id)
            .where(
                TAKEN.c.workspace_id == actor.workspace_id,
                TAKEN_CONTACTS.c.contact_id == contact_id,
                TAKEN.c.is_cancelled == false(),
                exists().where(TAKEN_PLACES.c.taken_id == TAKEN.c.id),
                or_(is_single_there, TAKEN.c.repeats),
            )
        ).all()
        starts = self._starts([row.id for row in rows], window)
        known = taken_from(self._connection, rows)
        found = [(one, span) for one in known for span in _times(one, starts.get(one.id, ()), window)]
        return sorted(found, key=lambda each: (each[1], each[0].id))[:limit]

    def _starts(self, taken_ids: Sequence[UUID], window: Interval) -> Mapping[UUID, Sequence[int]]:
        """When these happen in the window, wherever they stand."""
        found: dict[UUID, list[int]] = {}
        is_its = (OCCURRENCES.c.calendar_id == TAKEN_PLACES.c.calendar_id) & (
            OCCURRENCES.c.event_id == TAKEN_PLACES.c.event_id
        )
        for some in portions(taken_ids):
            rows = self._connection.execute(
                select(TAKEN_PLACES.c.taken_id, OCCURRENCES.c.start_at)
                .distinct()
                .join(OCCURRENCES, is_its)
                .where(
                    TAKEN_PLACES.c.taken_id.in_(some),
                    OCCURRENCES.c.start_at < window.end,
                    OCCURRENCES.c.end_at > window.start,
                )
                .order_by(OCCURRENCES.c.start_at)
            )
            for taken_id, start in rows:
                found.setdefault(taken_id, []).append(start)
        return found

    def _leave(self, calendar_id: UUID, event_ids: Sequence[str]) -> list[UUID]:
        """Let the meetings of these events stand in the calendar no more; returns which they were."""
        return [
            taken_id
            for ids in portions(event_ids)
            for taken_id in self._connection.scalars(
                delete(TAKEN_PLACES)
                .where(TAKEN_PLACES.c.calendar_id == calendar_id, TAKEN_PLACES.c.event_id.in_(ids))
                .returning(TAKEN_PLACES.c.taken_id)
            )
        ]

    def _store(self, meetings: Sequence[TakenAppointment]) -> None:
        if not meetings:
            return
        rows = [taken_columns(one) for one in meetings]
        updating = [name for name in rows[0] if name not in ("id", *_KEY)]
        self._connection.execute(upsert(self._connection.dialect.name, TAKEN, by=_KEY, updating=updating), rows)
        for some in portions([one.id for one in meetings]):
            self._connection.execute(delete(TAKEN_CONTACTS).where(TAKEN_CONTACTS.c.taken_id.in_(some)))
        people = {
            (one.id, guest.contact.id): {
                "taken_id": one.id,
                "contact_id": guest.contact.id,
                "response": guest.response.value,
            }
            for one in meetings
            for guest in one.contacts
        }
        if people:
            self._connection.execute(insert(TAKEN_CONTACTS), list(people.values()))


_OTHER = TAKEN_PLACES.alias("other")
_ELSEWHERE = exists().where(_OTHER.c.taken_id == TAKEN.c.id, _OTHER.c.is_gone == false()).label("is_elsewhere")


def _place(calendar_id: UUID, decided: Decided, taken: TakenAppointment) -> dict[str, object]:
    seen = decided.seen or taken.span
    return {
        "calendar_id": calendar_id,
        "event_id": decided.event_id,
        "taken_id": taken.id,
        "start_at": seen.start,
        "end_at": seen.end,
        "is_gone": False,
    }


def _times(taken: TakenAppointment, starts: Sequence[int], window: Interval) -> Sequence[Interval]:
    """Each time of the meeting in the window, as it happens; its own where nothing is known of its event."""
    if starts:
        happening = starts if taken.repeats else starts[:1]
        return [Interval(start, start + taken.span.end - taken.span.start) for start in happening]
    touches = taken.span.start < window.end and taken.span.end > window.start
    return [taken.span] if touches else []
