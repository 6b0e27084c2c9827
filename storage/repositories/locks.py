"""Row locks that keep two transactions of PostgreSQL apart; SQLite has one writer and needs none.

The order is always member, workspace (who decides about events, or makes a contact), calendars by their ids, account;
contacts come after calendars. So nobody waits for one who waits for him. Those of booking come after the calendar and
before the account: hosts by their ids, then the appointment, its effects, its links. A
reminder comes after all of these, and after it nothing but its host's own choice.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Executable, Row, bindparam, func, select

from bot.domain.accounts import Account
from bot.domain.calendars import SyncClaim
from bot.domain.errors import LeaseLost
from bot.domain.people import Actor
from storage.repositories.calendar_rows import owned_by
from storage.tables import CALENDARS, MEMBERS, WORKSPACES

_MEMBER = select(MEMBERS.c.id).where(MEMBERS.c.id == bindparam("member")).with_for_update(key_share=True)
_WORKSPACE = select(WORKSPACES.c.id).where(WORKSPACES.c.id == bindparam("workspace")).with_for_update(key_share=True)
_OF_MEMBER = select(CALENDARS.c.id).where(CALENDARS.c.member_id == bindparam("member")).with_for_update(key_share=True)
# Every portion of a reading begins with it.
_HOLD = (
    select(CALENDARS)
    .where(CALENDARS.c.id == bindparam("calendar"), CALENDARS.c.fence == bindparam("held"))
    .with_for_update(key_share=True)
)


def has_row_locks(connection: Connection) -> bool:
    """Whether a row can be locked at all: where it cannot, a lock would be a statement for nothing."""
    return connection.dialect.name != "sqlite"


def lock(connection: Connection, rows: Executable, which: Mapping[str, object] | None = None) -> None:
    """Lock what `rows` selects, in its order, until the transaction ends."""
    if has_row_locks(connection):
        connection.execute(rows, which).all()


def alone(connection: Connection, key: int) -> None:
    """Wait until nobody else holds the right of that name, and hold it until the transaction ends.

    SQLite has one writer, who is alone anyhow. Any `key` will do, as long as nobody else on the server takes the same.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(key)))


def lock_member(connection: Connection, whose: Actor | Account) -> None:
    """One change at a time to what a member has connected and chosen."""
    lock(connection, _MEMBER, {"member": whose.member_id})


def lock_decisions(connection: Connection, workspace_id: UUID) -> None:
    """Two calendars may show the same meeting; and who makes a contact has it decided anew in the others."""
    lock(connection, _WORKSPACE, {"workspace": workspace_id})


def lock_own_calendar(connection: Connection, actor: Actor, calendar_id: UUID, *also: ColumnElement[bool]) -> bool:
    """Keep a sync from writing what it worked out before; False if it is not the actor's own, or not as `also` says.

    It takes the middle place of member, calendar, account: no account may be locked yet.
    """
    held = connection.execute(
        select(CALENDARS.c.id)
        .where(CALENDARS.c.id == calendar_id, owned_by(actor), *also)
        .with_for_update(key_share=True)
    )
    return held.one_or_none() is not None


def lock_calendars(connection: Connection, whose: Actor | Account) -> None:
    """All calendars of a member who is locked already, for those who go on to lock his accounts."""
    lock(connection, _OF_MEMBER, {"member": whose.member_id})


def lease_lost(claim: SyncClaim) -> LeaseLost:
    """The error for one whose claim was taken over, or whose calendar was removed."""
    return LeaseLost(f"Another sync of {claim.calendar.name} took over, or it was removed.")


class ClaimLock:
    """Holds a claimed calendar for as long as a transaction writes on behalf of the claim.

    Once locked, nobody can raise the fence before the transaction ends: it is asked for once in each.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held: tuple[object, ...] = ()
        self._row: Row[Any] | None = None

    def hold(self, claim: SyncClaim) -> Row[Any]:
        """The calendar's columns as they were when it was locked; raises `LeaseLost` if its fence has risen."""
        held = (self._connection.get_transaction(), claim.calendar.id, claim.fence)
        if self._row is None or self._held != held:
            self._row = self._connection.execute(
                _HOLD, {"calendar": claim.calendar.id, "held": claim.fence}
            ).one_or_none()
            if self._row is None:
                raise lease_lost(claim)
            self._held = (self._connection.get_transaction(), claim.calendar.id, claim.fence)
        return self._row
