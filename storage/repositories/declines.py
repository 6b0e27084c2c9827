"""Contacts who will not come, until their hosts were told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, tuple_, update

from bot.domain.intervals import Interval
from bot.domain.taken import Declined
from storage.repositories.contact_rows import contact_from
from storage.repositories.upserts import insert
from storage.tables import CONTACTS, DECLINED
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

    def has_untold(self) -> bool:
        """Whether it is worth the while to claim."""
        return bool(self._connection.scalar(select(select(DECLINED).where(DECLINED.c.told_at.is_(None)).exists())))

    def claim_declined(self, now: datetime, *, limit: int) -> Sequence[Declined]:
        """Those whose hosts were not told yet; each is handed to exactly one caller."""
        keys = self._connection.execute(
            select(*_KEY)
            .where(DECLINED.c.told_at.is_(None))
            .order_by(DECLINED.c.created_at)
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
            )
            for row in rows
        ]

    def release_declined(self, declined: Declined) -> None:
        """He could not be told after all: somebody will try again."""
        self._connection.execute(
            update(DECLINED)
            .where(
                DECLINED.c.subject == declined.subject,
                DECLINED.c.contact_id == declined.contact.id,
                DECLINED.c.member_id == declined.member_id,
                DECLINED.c.start_at == declined.span.start,
            )
            .values(told_at=None)
        )
