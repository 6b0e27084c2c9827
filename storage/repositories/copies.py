"""Appointments' events among those of a calendar that is being synced."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, select

from bot.domain.calendars import SyncClaim
from bot.domain.effects import EffectKind, LinkState
from bot.domain.sync_plan import portions
from storage.repositories.locks import ClaimLock
from storage.tables import REMOTE_LINKS


class Copies:
    """Finds the appointments that were copied to the calendar of a claim."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = ClaimLock(connection)

    def of(self, claim: SyncClaim, event_ids: Collection[str]) -> frozenset[UUID]:
        """The appointments whose copies are among these events; raises `LeaseLost`."""
        self._lock.hold(claim)
        return frozenset(
            appointment_id
            for ids in portions(event_ids)
            for appointment_id in self._connection.scalars(
                select(REMOTE_LINKS.c.appointment_id).where(in_calendar(claim), REMOTE_LINKS.c.remote_id.in_(ids))
            )
        )


def in_calendar(claim: SyncClaim) -> ColumnElement[bool]:
    """Copies in the remote calendar of the claim, except where we took them away.

    By what the provider knows it by: our own row of a calendar that was left and chosen again is another one.
    """
    return and_(
        REMOTE_LINKS.c.account_id == claim.calendar.account_id,
        REMOTE_LINKS.c.container == claim.calendar.remote_id,
        REMOTE_LINKS.c.kind == EffectKind.EVENT,
        REMOTE_LINKS.c.state != LinkState.REMOVED,
    )
