"""How much a calendar would lose, told from its occurrences before anything is removed."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from bot.domain.calendars import SyncClaim
from bot.domain.effects import LinkState
from bot.domain.fuse import MOST_UNASKED
from bot.domain.sync_plan import portions
from storage.tables import CALENDARS, EVENTS, OCCURRENCES, REMOTE_LINKS
from storage.tables.events import COPY

_TAKEN_AWAY = (
    select(REMOTE_LINKS.c.ical_uid)
    .where(
        REMOTE_LINKS.c.ical_uid == EVENTS.c.ical_uid,
        REMOTE_LINKS.c.ical_uid != "",
        REMOTE_LINKS.c.state == LinkState.REMOVED,
    )
    .exists()
)


class Losses:
    """The part of `ports.Events` that counts events with occurrences still to come."""

    _connection: Connection

    def losses(self, claim: SyncClaim, event_ids: Sequence[str], *, unmet_by: int | None, now: int) -> int:
        """How many coming events would go: those of these ids, and those that the full read `unmet_by` did not meet.

        One that takes time in another of its owner's calendars was moved there, and is no loss. Nor is what we took
        away ourselves.
        """
        gone = dict(lost for which in _doomed(event_ids, unmet_by) for lost in self._coming(claim, which, now))
        if len(gone) <= MOST_UNASKED:
            return len(gone)
        elsewhere = self._elsewhere(claim, sorted({uid for uid in gone.values() if uid}), now)
        return sum(uid not in elsewhere for uid in gone.values())

    def coming(self, claim: SyncClaim, *, now: int, at_most: int) -> int:
        """How many events have occurrences still to come, counted as far as `at_most`."""
        some = (
            select(EVENTS.c.id)
            .where(EVENTS.c.calendar_id == claim.calendar.id, _has_more(now), ~_TAKEN_AWAY)
            .limit(at_most)
            .subquery()
        )
        return self._connection.scalar(select(func.count()).select_from(some)) or 0

    def _coming(self, claim: SyncClaim, which: ColumnElement[bool], now: int) -> Iterator[tuple[str, str]]:
        found = self._connection.execute(
            select(EVENTS.c.id, EVENTS.c.ical_uid).where(
                EVENTS.c.calendar_id == claim.calendar.id, which, _has_more(now), ~_TAKEN_AWAY
            )
        )
        return ((row.id, row.ical_uid) for row in found)

    def _elsewhere(self, claim: SyncClaim, uids: Sequence[str], now: int) -> set[str]:
        others = select(CALENDARS.c.id).where(
            CALENDARS.c.member_id == claim.calendar.member_id, CALENDARS.c.id != claim.calendar.id
        )
        return {
            uid
            for some in portions(uids)
            for uid in self._connection.scalars(
                select(EVENTS.c.ical_uid).where(
                    EVENTS.c.calendar_id.in_(others),
                    EVENTS.c.ical_uid.in_(some),
                    # A copy that is shown as free, or ignored, does not keep the time.
                    _has_more(now, or_(OCCURRENCES.c.blocks, COPY)),
                )
            )
        }


def _doomed(event_ids: Sequence[str], unmet_by: int | None) -> Iterator[ColumnElement[bool]]:
    for ids in portions(event_ids):
        yield EVENTS.c.id.in_(ids)
    if unmet_by is not None:
        yield EVENTS.c.generation != unmet_by


def _has_more(now: int, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(OCCURRENCES.c.series_id)
        .where(
            and_(
                OCCURRENCES.c.calendar_id == EVENTS.c.calendar_id,
                OCCURRENCES.c.series_id == EVENTS.c.id,
                OCCURRENCES.c.end_at > now,
                *conditions,
            )
        )
        .exists()
    )
