"""What hosts were told of events on appointments, message by message."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from bot.domain.cards import PostedCard
from bot.domain.errors import NotFound
from bot.domain.landings import LANDING_LEASE, LandingBatch
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from storage.repositories.landing_rows import batch_from
from storage.tables import APPOINTMENTS, LANDING_BATCHES, LANDINGS
from storage.tables.landings import STALE


class LandingBatches:
    """The part of `ports.Landings` that keeps messages up to date; what they tell of is in its child."""

    _connection: Connection

    def posted(self, batch: LandingBatch, posted: PostedCard) -> None:
        """Remember where the message stands."""
        self._connection.execute(
            update(LANDING_BATCHES)
            .where(LANDING_BATCHES.c.id == batch.id)
            .values(channel=posted.channel, message=posted.message)
        )

    def batch(self, actor: Actor, batch_id: UUID) -> LandingBatch:
        """One that was told to the actor; raises `NotFound`."""
        found = self._read(
            LANDING_BATCHES.c.id == batch_id,
            LANDING_BATCHES.c.workspace_id == actor.workspace_id,
            LANDING_BATCHES.c.member_id == actor.member_id,
        )
        if not found:
            raise NotFound
        return found[0]

    def claim_stale(self, now: datetime, *, limit: int) -> Sequence[LandingBatch]:
        """Messages that do not show how things stand, each under a lease."""
        due = (
            select(LANDING_BATCHES.c.id)
            .where(is_stale(now))
            .order_by(LANDING_BATCHES.c.sent_at, LANDING_BATCHES.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        )
        ids = list(self._connection.scalars(due))
        held = update(LANDING_BATCHES).where(LANDING_BATCHES.c.id.in_(ids)).values(lease_until=now + LANDING_LEASE)
        self._connection.execute(held)
        return self._read(LANDING_BATCHES.c.id.in_(ids))

    def shown(self, batch: LandingBatch) -> None:
        """Its message shows what `batch` says."""
        self._connection.execute(
            update(LANDING_BATCHES)
            .where(LANDING_BATCHES.c.id == batch.id, LANDING_BATCHES.c.shown <= batch.wanted)
            .values(shown=batch.wanted, lease_until=None)
        )

    def give_up(self, batch: LandingBatch) -> None:
        """The message is not there any more."""
        self._connection.execute(
            update(LANDING_BATCHES)
            .where(LANDING_BATCHES.c.id == batch.id)
            .values(channel="", message="", shown=LANDING_BATCHES.c.wanted, lease_until=None)
        )

    def forget(self, before: datetime) -> int:
        """Those of appointments that ended before then, and messages of which nothing is left."""
        passed = select(APPOINTMENTS.c.id).where(APPOINTMENTS.c.end_at < epoch(before))
        forgotten = self._connection.execute(delete(LANDINGS).where(LANDINGS.c.appointment_id.in_(passed))).rowcount
        is_empty = ~select(LANDINGS.c.batch_id).where(LANDINGS.c.batch_id == LANDING_BATCHES.c.id).exists()
        self._connection.execute(delete(LANDING_BATCHES).where(LANDING_BATCHES.c.sent_at < before, is_empty))
        return forgotten

    def _want(self, batch_ids: Sequence[UUID | None]) -> None:
        """Have the messages show what changed."""
        changed = {one for one in batch_ids if one is not None}
        for batch_id in sorted(changed):  # one by one, because everybody locks them in this order
            self._connection.execute(
                update(LANDING_BATCHES)
                .where(LANDING_BATCHES.c.id == batch_id)
                .values(wanted=LANDING_BATCHES.c.wanted + 1)
            )

    def _read(self, *which: ColumnElement[bool]) -> Sequence[LandingBatch]:
        rows = self._connection.execute(
            select(LANDING_BATCHES).where(*which).order_by(LANDING_BATCHES.c.sent_at, LANDING_BATCHES.c.id)
        ).all()
        landings = self._connection.execute(
            select(LANDINGS).where(LANDINGS.c.batch_id.in_([row.id for row in rows])).order_by(LANDINGS.c.number)
        ).all()
        return [batch_from(row, [one for one in landings if one.batch_id == row.id]) for row in rows]


def is_stale(now: datetime) -> ColumnElement[bool]:
    """Not up to date, and nobody sees to it; one whose message is not known cannot be brought up to date."""
    lapsed = or_(LANDING_BATCHES.c.lease_until.is_(None), LANDING_BATCHES.c.lease_until <= now)
    return and_(STALE, lapsed, LANDING_BATCHES.c.message != "")
