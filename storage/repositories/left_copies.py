"""Events that are to be removed from an account, and their way back where they were not."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection, delete, select, update

from bot.domain.effects import EffectKind, LinkState
from bot.domain.leaving import CopyState
from storage.tables import EFFECTS, LEAVINGS, LEFT_COPIES, REMOTE_LINKS


def lock_effects(connection: Connection, appointment_ids: Collection[UUID]) -> None:
    """Whoever delivers an event holds its effect before its link, and so must everyone."""
    connection.execute(
        select(EFFECTS.c.appointment_id)
        .where(EFFECTS.c.kind == EffectKind.EVENT, EFFECTS.c.appointment_id.in_(appointment_ids))
        .order_by(EFFECTS.c.appointment_id)
        .with_for_update()
    ).all()


def give_back(connection: Connection, account_id: UUID) -> list[str]:
    """What was not removed is in Google still: its links, which go through no account, say so again; their ids.

    A link that has moved on to another event stays as it is.
    """
    rows = connection.execute(
        select(LEFT_COPIES.c.appointment_id, LEFT_COPIES.c.event_id)
        .where(LEFT_COPIES.c.account_id == account_id, LEFT_COPIES.c.state != CopyState.REMOVED)
        .order_by(LEFT_COPIES.c.appointment_id)
    ).all()
    lock_effects(connection, [row.appointment_id for row in rows])
    given: list[str] = []
    for row in rows:
        there = connection.execute(
            update(REMOTE_LINKS)
            .where(
                REMOTE_LINKS.c.appointment_id == row.appointment_id,
                REMOTE_LINKS.c.kind == EffectKind.EVENT,
                REMOTE_LINKS.c.remote_id == row.event_id,
                REMOTE_LINKS.c.state == LinkState.REMOVED,
            )
            .values(state=LinkState.WRITTEN)
        )
        if there.rowcount:
            given.append(row.event_id)
    return given


def call_off(connection: Connection, account_id: UUID) -> None:
    """The account stays after all. Only events that others have taken the place of since are removed still."""
    given = give_back(connection, account_id)
    of_account = LEFT_COPIES.c.account_id == account_id
    connection.execute(delete(LEFT_COPIES).where(of_account, LEFT_COPIES.c.event_id.in_(given)))
    is_waiting = select(LEFT_COPIES.c.account_id).where(of_account, LEFT_COPIES.c.state == CopyState.WAITING)
    which = LEAVINGS.c.account_id == account_id
    if connection.execute(is_waiting.limit(1)).first() is None:
        connection.execute(delete(LEAVINGS).where(which))
    else:
        connection.execute(update(LEAVINGS).where(which).values(ends_account=False, fence=LEAVINGS.c.fence + 1))


def taken_away(connection: Connection, appointment_id: UUID, event_id: str) -> None:
    """It is gone from Google, whatever its link said meanwhile."""
    lock_effects(connection, [appointment_id])
    connection.execute(
        update(REMOTE_LINKS)
        .where(
            REMOTE_LINKS.c.appointment_id == appointment_id,
            REMOTE_LINKS.c.kind == EffectKind.EVENT,
            REMOTE_LINKS.c.remote_id == event_id,
            REMOTE_LINKS.c.state == LinkState.WRITTEN,
        )
        .values(state=LinkState.REMOVED, etag="", agreed=None, url="")
    )
