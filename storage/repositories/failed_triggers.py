"""Which triggers came to nothing without their owners having been told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, true, update

from bot.domain.firings import TOLD_AGAIN, TOLD_EVERY, FailedTrigger, FiringState
from storage.repositories.trigger_rows import trigger_from
from storage.tables import FIRINGS, TRIGGER_RULES

_FAILURES = [state for state in FiringState if state.is_failure]


class FailedTriggers:
    """A part of `ports.Triggers`. A trigger is locked before its firings, as whoever deletes it does."""

    _connection: Connection

    def has_untold(self, now: datetime) -> bool:
        """Whether it is worth the while to claim any."""
        return self._connection.execute(select(TRIGGER_RULES.c.id).where(_is_untold(now)).limit(1)).first() is not None

    def claim_failed(self, now: datetime, *, limit: int) -> Sequence[FailedTrigger]:
        """What came to nothing and was not told, of the triggers of one owner."""
        # Whoever claims at the same time means the same owner, and finds his triggers locked: he gets one message.
        owner = select(TRIGGER_RULES.c.owner_id).where(_is_untold(now)).order_by(TRIGGER_RULES.c.id).limit(1)
        rules = self._connection.execute(
            select(TRIGGER_RULES)
            .where(_is_untold(now), TRIGGER_RULES.c.owner_id == owner.scalar_subquery())
            .order_by(TRIGGER_RULES.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        ).all()
        found = []
        for rule in rules:
            failed = self._take_untold(rule.id)
            if failed:
                found.append(FailedTrigger(trigger_from(rule), len(failed), failed[-1].problem, failed[0].ended_at))
                self._told(rule.id, now)
        return found

    def release_failed(self, failed: FailedTrigger, now: datetime) -> None:
        """The owner could not be told after all: somebody will try again in a while."""
        self._told(failed.trigger.id, now - TOLD_EVERY + TOLD_AGAIN)
        self._connection.execute(
            update(FIRINGS)
            .where(
                FIRINGS.c.trigger_id == failed.trigger.id,
                FIRINGS.c.state.in_(_FAILURES),
                FIRINGS.c.ended_at >= failed.since,
            )
            .values(is_untold=True)
        )

    def _take_untold(self, trigger_id: UUID) -> Sequence[Row[Any]]:
        """In the order in which they ended; nobody else takes them."""
        taken = self._connection.execute(
            update(FIRINGS)
            .where(FIRINGS.c.trigger_id == trigger_id, _IS_UNTOLD)
            .values(is_untold=False)
            .returning(FIRINGS.c.id, FIRINGS.c.problem, FIRINGS.c.ended_at)
        ).all()
        return sorted(taken, key=lambda row: (row.ended_at, row.id))

    def _told(self, trigger_id: UUID, at: datetime) -> None:
        self._connection.execute(update(TRIGGER_RULES).where(TRIGGER_RULES.c.id == trigger_id).values(told_at=at))


# In the words of the index.
_IS_UNTOLD = FIRINGS.c.is_untold == true()


def _is_untold(now: datetime) -> ColumnElement[bool]:
    # As a list and not as a question for each trigger: almost always there is none of them.
    untold = select(FIRINGS.c.trigger_id).where(_IS_UNTOLD)
    is_time = or_(TRIGGER_RULES.c.told_at.is_(None), TRIGGER_RULES.c.told_at <= now - TOLD_EVERY)
    return and_(TRIGGER_RULES.c.id.in_(untold), is_time)
