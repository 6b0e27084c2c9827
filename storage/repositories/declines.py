"""Contacts who will not come, until their hosts were told."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, or_, select, tuple_, update

from bot.domain.intervals import Interval
from bot.domain.taken import Declined
from storage.repositories.contact_rows import contact_from
from storage.repositories.upserts import insert
from storage.tables import CALENDARS, CONTACTS, DECLINED, EVENTS, TAKEN_PLACES
from storage.text import storable

_KEY = (DECLINED.c.subject, DECLINED.c.contact_id, DECLINED.c.member_id, DECLINED.c.start_at)


class Declines:
    """The part of `ports.Taken` that has hosts told, once each."""

    _connection: Connection

    def decline(self, declined: Declined, now: datetime) -> bool:
        """Have the host told; False where he was told of it at this time already."""
        values = {
            "subject": declined.subject,
            "contact_id": declined.contact.id,
            "member_id": declined.member_id,
            "start_at": declined.span.start,
            "workspace_id": declined.workspace_id,
            "end_at": declined.span.end,
            "title": storable(declined.title),
            "repeats": declined.repeats,
            "is_booked": declined.is_booked,
            "created_at": now,
        }
        noted = insert(self._connection.dialect.name, DECLINED).values(values).on_conflict_do_nothing()
        return self._connection.scalar(noted.returning(DECLINED.c.subject)) is not None

    def has_untold(self, now: datetime) -> bool:
        """Whether it is worth the while to claim."""
        return bool(self._connection.scalar(select(select(DECLINED).where(*_due(now)).exists())))

    def claim_declined(self, now: datetime, *, limit: int) -> Sequence[Declined]:
        """Those whose hosts were not told yet; each is handed to exactly one caller."""
        keys = self._connection.execute(
            select(*_KEY)
            .where(*_due(now))
            .order_by(DECLINED.c.created_at, *_KEY)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        if not keys:
            return []
        which = tuple_(*_KEY).in_([tuple(key) for key in keys])
        self._connection.execute(update(DECLINED).where(which).values(told_at=now))
        rows = self._connection.execute(select(DECLINED).where(which).order_by(DECLINED.c.created_at, *_KEY)).all()
        people = {
            row.id: contact_from(row)
            for row in self._connection.execute(
                select(CONTACTS).where(CONTACTS.c.id.in_({row.contact_id for row in rows}))
            )
        }
        links = self._links({row.subject for row in rows})
        return [
            Declined(
                workspace_id=row.workspace_id,
                subject=row.subject,
                member_id=row.member_id,
                contact=people[row.contact_id],
                title=row.title,
                span=Interval(row.start_at, row.end_at),
                repeats=row.repeats,
                is_booked=row.is_booked,
                link=links.get((row.subject, row.member_id), ""),
            )
            for row in rows
        ]

    def release_declined(self, declined: Declined, due_at: datetime, *, first_noted: datetime) -> None:
        """He could not be told after all: whoever claims from then on may try; see the port."""
        self._connection.execute(
            update(DECLINED)
            .where(
                DECLINED.c.subject == declined.subject,
                DECLINED.c.contact_id == declined.contact.id,
                DECLINED.c.member_id == declined.member_id,
                DECLINED.c.start_at == declined.span.start,
                DECLINED.c.created_at > first_noted,
            )
            .values(told_at=None, not_before=due_at)
        )

    def _links(self, subjects: Collection[UUID]) -> dict[tuple[UUID, UUID], str]:
        """Where meetings taken from Google are shown there, by meeting and member."""
        found = self._connection.execute(
            select(TAKEN_PLACES.c.taken_id, CALENDARS.c.member_id, EVENTS.c.link)
            .select_from(TAKEN_PLACES)
            .join(CALENDARS, CALENDARS.c.id == TAKEN_PLACES.c.calendar_id)
            .join(
                EVENTS,
                (EVENTS.c.calendar_id == TAKEN_PLACES.c.calendar_id) & (EVENTS.c.id == TAKEN_PLACES.c.event_id),
            )
            .where(TAKEN_PLACES.c.taken_id.in_(subjects), ~TAKEN_PLACES.c.is_gone)
            .order_by(TAKEN_PLACES.c.event_id.desc())
        )
        return {(row.taken_id, row.member_id): row.link for row in found}


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return DECLINED.c.told_at.is_(None), or_(DECLINED.c.not_before.is_(None), DECLINED.c.not_before <= now)
