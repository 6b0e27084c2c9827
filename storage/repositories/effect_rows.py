"""How an effect is read from its row, and which locks whoever writes one takes.

The order is always the appointment, then its effect, then its link: whoever changes an appointment wants its effects
afterwards, and whoever delivers one writes its history. SQLite has one writer and needs none of this.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, and_, bindparam, select, update

from bot.domain.effects import Effect, EffectClaim, EffectKind
from bot.domain.errors import LeaseLost
from storage.repositories.locks import lock
from storage.tables import APPOINTMENTS, EFFECTS


def is_effect(
    appointment_id: UUID | BindParameter[UUID], kind: EffectKind | BindParameter[EffectKind]
) -> ColumnElement[bool]:
    """The condition that finds one effect."""
    return and_(EFFECTS.c.appointment_id == appointment_id, EFFECTS.c.kind == kind)


_LOCK_APPOINTMENTS = (
    select(APPOINTMENTS.c.id)
    .where(APPOINTMENTS.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(APPOINTMENTS.c.id)
    .with_for_update(key_share=True)
)
_ONE = is_effect(bindparam("of_appointment"), bindparam("of_kind"))
_LOCK_EFFECT = select(EFFECTS).where(_ONE).with_for_update(key_share=True)
_WRITE = update(EFFECTS).where(_ONE)


def lock_appointments(connection: Connection, appointment_ids: Collection[UUID]) -> None:
    """One change at a time to what hangs on these appointments; in the order of their ids."""
    lock(connection, _LOCK_APPOINTMENTS, {"ids": list(appointment_ids)})


def locked_effect(connection: Connection, appointment_id: UUID, kind: EffectKind) -> Row[Any] | None:
    """The row of an effect that nobody else can claim or change before the transaction ends."""
    lock_appointments(connection, [appointment_id])
    return connection.execute(_LOCK_EFFECT, {"of_appointment": appointment_id, "of_kind": kind}).one_or_none()


def hold_claim(connection: Connection, claim: EffectClaim) -> Row[Any]:
    """The row of a claimed effect, locked; raises `LeaseLost` if its fence has risen or it is gone."""
    row = locked_effect(connection, claim.effect.appointment_id, claim.effect.kind)
    if row is None or row.fence != claim.fence:
        raise LeaseLost("Another delivery took over, or the appointment was removed.")
    return row


def write_effect(connection: Connection, effect: Effect, **claiming: object) -> None:
    """Store an effect whose row is locked, and what is told of its claims."""
    which = {"of_appointment": effect.appointment_id, "of_kind": effect.kind}
    connection.execute(_WRITE, columns_of(effect) | claiming | which)


def effect_from(row: Row[Any]) -> Effect:
    """The effect of a row."""
    return Effect(
        appointment_id=row.appointment_id,
        kind=row.kind,
        lane=row.lane,
        wanted=row.wanted,
        delivered=row.delivered,
        is_noticed=row.is_noticed,
        attempts=row.attempts,
        first_failed_at=row.first_failed_at,
        problem=row.problem,
        due_at=row.due_at,
        is_dead=row.is_dead,
    )


def columns_of(effect: Effect) -> dict[str, object]:
    """The columns of an effect besides its key."""
    return {
        "lane": effect.lane,
        "wanted": effect.wanted,
        "delivered": effect.delivered,
        "is_noticed": effect.is_noticed,
        "attempts": effect.attempts,
        "first_failed_at": effect.first_failed_at,
        "problem": effect.problem,
        "due_at": effect.due_at,
        "is_dead": effect.is_dead,
    }
