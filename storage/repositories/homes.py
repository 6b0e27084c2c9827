"""What is known of every Home that was ever drawn."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, case, delete, select, update

from bot.domain.home_turns import HOME_LEASE, QUIET_AFTER, HomeTurn
from bot.domain.people import Actor
from storage.repositories.upserts import insert
from storage.tables import HOMES

_COLUMNS = tuple(one.name for one in fields(HomeTurn) if one.name != "until")
_UNKNOWN = ""
_STATE = 64

_LOOK_AT = update(HOMES).where(
    HOMES.c.member_id == bindparam("of_member"),
    HOMES.c.due_at > bindparam("now"),
    HOMES.c.opened_at >= bindparam("quiet_before"),
)


class SqlHomes:
    """Implements `ports.Homes`. A Home is locked after everything else, and several in the order of their ids."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changed: dict[UUID, datetime] = {}

    def begin(self, actor: Actor, now: datetime, *, shown: str | None = None) -> HomeTurn:
        """Take the turn at the actor's; `shown` is what stands there by Slack's own word, if it said."""
        taken: dict[str, object] = {"fence": HOMES.c.fence + 1, "due_at": now + HOME_LEASE, "opened_at": now}
        if shown is not None:
            taken |= {"state": shown[:_STATE]}
        statement = (
            insert(self._connection.dialect.name, HOMES)
            .values(
                member_id=actor.member_id,
                workspace_id=actor.workspace_id,
                state=(shown or _UNKNOWN)[:_STATE],
                chosen=None,
                opened_at=now,
                due_at=now + HOME_LEASE,
                fence=1,
            )
            .on_conflict_do_update(index_elements=["member_id"], set_=taken)
            .returning(HOMES)
        )
        return _turn(self._connection.execute(statement).one())

    def choose(self, actor: Actor, calendar_id: UUID | None) -> None:
        """Remember which calendar alone he has it show."""
        self._connection.execute(
            update(HOMES)
            .where(HOMES.c.member_id == actor.member_id, HOMES.c.workspace_id == actor.workspace_id)
            .values(chosen=calendar_id)
        )

    def changed(self, member_ids: Collection[UUID], now: datetime) -> None:
        """Have these looked at soon, where they were opened lately; written by `write_changed`."""
        self._changed |= dict.fromkeys(member_ids, now)

    def write_changed(self) -> None:
        """Write what `changed` was told: as the last thing of a transaction, so that nobody waits in a ring."""
        for member_id, now in sorted(self._changed.items()):
            asked = {"of_member": member_id, "due_at": now, "now": now, "quiet_before": now - QUIET_AFTER}
            self._connection.execute(_LOOK_AT, asked)
        self._changed.clear()

    def is_any_due(self, now: datetime, *, without: Collection[UUID] = ()) -> bool:
        """Whether it is worth the while to claim."""
        return self._connection.scalar(select(HOMES.c.member_id).where(_is_due(now, without)).limit(1)) is not None

    def claim_due(self, now: datetime, *, limit: int, without: Collection[UUID] = ()) -> Sequence[HomeTurn]:
        """Take the turn at those that are due, the most overdue first; the workspaces `without` are passed over."""
        due = (
            select(HOMES.c.member_id)
            .where(_is_due(now, without))
            .order_by(HOMES.c.due_at, HOMES.c.member_id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = self._connection.execute(
            update(HOMES)
            .where(HOMES.c.member_id.in_(due))
            .values(fence=HOMES.c.fence + 1, due_at=now + HOME_LEASE)
            .returning(HOMES)
        )
        return [_turn(row) for row in rows]

    def end(self, turn: HomeTurn, state: str, *, look_at: datetime, now: datetime, was_published: bool) -> None:
        """The turn is over, and `state` stands there now."""
        undisturbed = HOMES.c.due_at == turn.until
        self._connection.execute(
            update(HOMES)
            .where(_held(turn))
            .values(state=state, due_at=case((undisturbed, look_at), else_=HOMES.c.due_at))
        )
        if was_published:
            self._doubt(turn, now)

    def put_off(self, turn: HomeTurn, until: datetime) -> None:
        """Slack takes nothing now."""
        self._connection.execute(update(HOMES).where(_held(turn)).values(state=_UNKNOWN, due_at=until))
        self._doubt(turn, until)

    def remove(self, turn: HomeTurn) -> None:
        """There is no such Home any more."""
        self._connection.execute(delete(HOMES).where(_held(turn)))

    def _doubt(self, turn: HomeTurn, look_at: datetime) -> None:
        """Of two who published, the later may have been overtaken: neither knows what stands there now."""
        overtaken = HOMES.c.fence > turn.fence
        self._connection.execute(
            update(HOMES).where(_same(turn), overtaken).values(fence=HOMES.c.fence + 1, state=_UNKNOWN, due_at=look_at)
        )


def _is_due(now: datetime, without: Collection[UUID]) -> ColumnElement[bool]:
    is_late = HOMES.c.due_at <= now
    return and_(is_late, HOMES.c.workspace_id.not_in(without)) if without else is_late


def _held(turn: HomeTurn) -> ColumnElement[bool]:
    return and_(_same(turn), HOMES.c.fence == turn.fence)


def _same(turn: HomeTurn) -> ColumnElement[bool]:
    return and_(HOMES.c.member_id == turn.member_id, HOMES.c.workspace_id == turn.workspace_id)


def _turn(row: Row[Any]) -> HomeTurn:
    return HomeTurn(**{name: getattr(row, name) for name in _COLUMNS}, until=row.due_at)
