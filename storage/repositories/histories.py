"""What happened to an appointment, and how much of it stands under its card already."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.domain.appointment_log import LogEntry
from bot.domain.effects import EffectClaim
from storage.repositories.appointment_rows import log_columns, log_entry_from
from storage.repositories.effect_rows import hold_claim, is_effect, lock_appointments
from storage.tables import APPOINTMENT_LOG, EFFECTS

_LAST_NUMBER = func.coalesce(func.max(APPOINTMENT_LOG.c.number), 0)
_OF_APPOINTMENT = APPOINTMENT_LOG.c.appointment_id == bindparam("of_appointment")
_NEXT_LINE = insert(APPOINTMENT_LOG).values(number=select(_LAST_NUMBER + 1).where(_OF_APPOINTMENT).scalar_subquery())


class Histories:
    """The part of `ports.Appointments` that keeps their history."""

    _connection: Connection

    def write_log(self, appointment_id: UUID, entry: LogEntry) -> None:
        """Add a line to its history."""
        # One at a time: who counts how many lines were told must never see one come up before the others.
        lock_appointments(self._connection, [appointment_id])
        which = {"appointment_id": appointment_id, "of_appointment": appointment_id}
        self._connection.execute(_NEXT_LINE, log_columns(entry) | which)

    def log(self, appointment_id: UUID) -> Sequence[LogEntry]:
        """Its history, oldest first."""
        found = self._connection.execute(
            select(APPOINTMENT_LOG)
            .where(APPOINTMENT_LOG.c.appointment_id == appointment_id)
            .order_by(APPOINTMENT_LOG.c.number)
        )
        return [log_entry_from(row) for row in found]

    def told(self, claim: EffectClaim) -> int:
        """How many lines of the history stand in the card's thread already."""
        which = is_effect(claim.effect.appointment_id, claim.effect.kind)
        return self._connection.scalar(select(EFFECTS.c.told).where(which)) or 0

    def tell(self, claim: EffectClaim, count: int) -> None:
        """So many lines stand in the thread, or are about to; raises `LeaseLost`."""
        hold_claim(self._connection, claim)
        which = is_effect(claim.effect.appointment_id, claim.effect.kind)
        self._connection.execute(update(EFFECTS).where(which).values(told=count))
