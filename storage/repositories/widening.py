"""New times that block beside the old ones, for as long as several events change places in several transactions."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import case, or_, select

from bot.domain.calendars import SyncClaim
from bot.domain.events import Certainty, Series
from bot.domain.sync_plan import ExpandedEvent
from storage.repositories.expansions import Expansions, rows_of
from storage.repositories.upserts import Upsert, insert
from storage.tables import EVENTS, OCCURRENCES


class Widening(Expansions):
    """The part of `ports.Events` that adds occurrences and takes none away."""

    def marked(self, claim: SyncClaim, *, after: str, limit: int) -> tuple[Sequence[Series], str | None]:
        """The next events that wait for expansion, by id, and where to go on; nothing when these were the last."""
        found = self._connection.execute(
            select(EVENTS.c.id, EVENTS.c.series_id)
            # IS, so that SQLite goes by the primary key: by the index of marks it would sort all of them each time.
            .where(EVENTS.c.calendar_id == claim.calendar.id, EVENTS.c.id > after, EVENTS.c.needs_expansion.is_(True))
            .order_by(EVENTS.c.id)
            .limit(limit + 1)
        ).all()
        page = [(row.id, row.series_id) for row in found[:limit]]
        return self._series_of(claim, page), page[-1][0] if len(found) > limit else None

    def widen(self, claim: SyncClaim, expanded: Sequence[ExpandedEvent]) -> None:
        """Let these occurrences block as well as what is there already; the marks stay."""
        calendar = self._lock.hold(claim)
        ignored = self._ignored(claim)
        rows = [row for event in expanded for row in rows_of(claim, event, is_ignored=event.id in ignored)]
        if rows:
            self._connection.execute(_widen(self._connection.dialect.name), rows)
        self._lengthen(claim, expanded, calendar.longest_seconds)


@cache
def _widen(dialect: str) -> Upsert:
    """What stands at the same place is made to block as much as the old and the new one together."""
    old, statement = OCCURRENCES.c, insert(dialect, OCCURRENCES)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[column.name for column in OCCURRENCES.primary_key],
        set_={
            "end_at": case((new.end_at > old.end_at, new.end_at), else_=old.end_at),
            "blocks": or_(old.blocks, new.blocks),
            "certainty": case((new.certainty == old.certainty, old.certainty), else_=int(Certainty.SETTLED)),
        },
    )
