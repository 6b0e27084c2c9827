"""Members' connections to providers, with their sealed credentials."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, delete, insert, or_, select, update

from bot.domain.accounts import Account, AccountStatus, Credential, Provider
from bot.domain.errors import NotFound
from bot.domain.nudges import DueNudge, next_nudge
from bot.domain.people import Actor
from storage.repositories.left_copies import call_off, give_back
from storage.repositories.locks import lock_calendars, lock_member
from storage.repositories.taken_rows import drop_unheld, held_by
from storage.sealing import open_credential, seal_credential
from storage.tables import ACCOUNTS, CALENDARS
from storage.vault import Vault

_NOT_TOLD: dict[str, object] = {"notified_at": None, "nudges": 0, "nudge_at": None}

_BY_ID = select(ACCOUNTS).where(ACCOUNTS.c.id == bindparam("account"))
_OF_MEMBER = (
    select(ACCOUNTS)
    .where(
        ACCOUNTS.c.workspace_id == bindparam("workspace"),
        ACCOUNTS.c.member_id == bindparam("member"),
        ACCOUNTS.c.status != AccountStatus.PENDING,
    )
    .order_by(ACCOUNTS.c.created_at, ACCOUNTS.c.id)
)


class SqlAccounts:
    """Implements `ports.Accounts`."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, account: Account, credential: Credential) -> None:
        """Store a new account with its credential, sealed."""
        self._connection.execute(
            insert(ACCOUNTS).values(
                id=account.id,
                workspace_id=account.workspace_id,
                member_id=account.member_id,
                provider=account.provider,
                address=account.address,
                access=account.access,
                status=account.status,
                created_at=account.created_at,
                broken_since=account.broken_since,
                notified_at=None,
                sealed_credential=seal_credential(self._vault, account.id, credential),
                absorbed_id=account.absorbed_id,
                external_id=account.external_id,
                renewed_at=account.renewed_at,
            )
        )

    def of(self, actor: Actor) -> Sequence[Account]:
        """The actor's own, pending ones left out, oldest first."""
        asked = {"workspace": actor.workspace_id, "member": actor.member_id}
        return [_account(row) for row in self._connection.execute(_OF_MEMBER, asked)]

    def get(self, actor: Actor, account_id: UUID) -> Account:
        """The actor's own; raises `NotFound`, for another's as for none."""
        return _account(self._owned_row(actor, account_id))

    def pending(self, actor: Actor) -> Sequence[Account]:
        """The actor's own that wait for his word, oldest first."""
        return self._read(_owned(actor), ACCOUNTS.c.status == AccountStatus.PENDING)

    def known(self, account_id: UUID) -> Account | None:
        """Anybody's, for jobs and the browser."""
        row = self._connection.execute(_BY_ID, {"account": account_id}).one_or_none()
        return _account(row) if row is not None else None

    def that_absorbed(self, pending_id: UUID) -> Account | None:
        """The one that took over the permission of that pending account, and no other since."""
        return next(iter(self._read(ACCOUNTS.c.absorbed_id == pending_id)), None)

    def activate(self, actor: Actor, account_id: UUID) -> Account:
        """Make the actor's pending account active, or let the one he has of that address take it over."""
        lock_member(self._connection, actor)
        lock_calendars(self._connection, actor)
        row = self._owned_row(actor, account_id)
        pending = _account(row)
        if pending.status is not AccountStatus.PENDING:
            raise NotFound
        changes: dict[str, object] = {"status": AccountStatus.ACTIVE, "broken_since": None, **_NOT_TOLD}
        living = next((one for one in self.of(actor) if _is_same(one, pending)), None)
        if living is not None:
            if living.would_lose_by(pending):
                raise NotFound
            # A sealed value opens in its own row alone, so it is sealed anew for the row that lives on.
            credential = open_credential(self._vault, pending.id, row.sealed_credential)
            changes["sealed_credential"] = seal_credential(self._vault, living.id, credential)
            changes["access"] = pending.access
            changes["absorbed_id"] = pending.id
            changes["external_id"] = pending.external_id
            changes["renewed_at"] = pending.created_at
            # Before any account is locked: effects come first.
            if living.status is AccountStatus.LEAVING:
                call_off(self._connection, living.id)
            self._connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.id == pending.id))
        active_id = (living or pending).id
        self._connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == active_id).values(changes))
        return self.get(actor, active_id)

    def mark_broken(self, account_id: UUID, now: datetime, *, as_read: Account | None = None) -> None:
        """From active to needing its owner; whatever is not active stays as it is, or is not as it was read."""
        which = [ACCOUNTS.c.id == account_id, ACCOUNTS.c.status == AccountStatus.ACTIVE]
        if as_read is not None:
            which.append(ACCOUNTS.c.absorbed_id.is_not_distinct_from(as_read.absorbed_id))
        self._connection.execute(
            update(ACCOUNTS).where(*which).values(status=AccountStatus.NEEDS_RECONNECT, broken_since=now, **_NOT_TOLD)
        )

    def claim_notice(self, now: datetime) -> Account | None:
        """A broken account whose owner was not told yet, handed to exactly one caller."""
        untold = (
            select(ACCOUNTS)
            .where(
                ACCOUNTS.c.status == AccountStatus.NEEDS_RECONNECT,
                ACCOUNTS.c.notified_at.is_(None),
                or_(ACCOUNTS.c.nudge_at.is_(None), ACCOUNTS.c.nudge_at <= now),
            )
            .order_by(ACCOUNTS.c.broken_since, ACCOUNTS.c.id)
            .limit(1)
            .with_for_update(skip_locked=True, key_share=True)
        )
        row = self._connection.execute(untold).one_or_none()
        if row is None:
            return None
        told = {"notified_at": now, "nudges": 0, "nudge_at": next_nudge(now, 0)}
        self._connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == row.id).values(told))
        return _account(row)

    def release_notice(self, account_id: UUID, due_at: datetime) -> None:
        """The owner could not be told after all: somebody will try again, from then on."""
        self._connection.execute(
            update(ACCOUNTS)
            .where(ACCOUNTS.c.id == account_id, ACCOUNTS.c.status == AccountStatus.NEEDS_RECONNECT)
            .values(_NOT_TOLD | {"nudge_at": due_at})
        )

    def is_nudge_due(self, now: datetime) -> bool:
        """Whether it is worth the while to claim reminders."""
        return self._connection.execute(select(ACCOUNTS.c.id).where(_is_nudged(now)).limit(1)).first() is not None

    def claim_nudges(self, now: datetime, *, limit: int) -> Sequence[DueNudge]:
        """Broken accounts of whose owners one may have to be reminded, the most overdue first."""
        rows = self._connection.execute(
            select(ACCOUNTS)
            .where(_is_nudged(now))
            .order_by(ACCOUNTS.c.nudge_at, ACCOUNTS.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        )
        return [DueNudge(_account(row), row.notified_at, row.nudges, row.nudge_at) for row in rows]

    def plan_nudge(self, due: DueNudge, *, sent: int, next_at: datetime | None) -> None:
        """So many reminders were sent, and the next is due then, or there is none."""
        self._connection.execute(
            update(ACCOUNTS)
            .where(
                ACCOUNTS.c.id == due.account.id,
                ACCOUNTS.c.status == AccountStatus.NEEDS_RECONNECT,
                ACCOUNTS.c.notified_at == due.told_at,
            )
            .values(nudges=sent, nudge_at=next_at)
        )

    def unconfirmed(self, before: datetime) -> Sequence[Account]:
        """Pending accounts created before then, which nobody confirmed."""
        return self._read(ACCOUNTS.c.status == AccountStatus.PENDING, ACCOUNTS.c.created_at < before)

    def erase(self, account_id: UUID) -> bool:
        """Erase it with its calendars, events and credential; False if it was gone."""
        account = self.known(account_id)
        if account is None:
            return False
        lock_member(self._connection, account)
        taken = held_by(self._connection, CALENDARS.c.account_id == account_id)
        # Calendars first: a sync locks its calendar before its account, and so must everyone.
        self._connection.execute(delete(CALENDARS).where(CALENDARS.c.account_id == account_id))
        drop_unheld(self._connection, taken)
        give_back(self._connection, account_id)  # what is still to be removed from it stays in Google
        # All that share the grant, in one order: who erases the last of them has to see that it is the last.
        self._connection.execute(
            select(ACCOUNTS.c.id)
            .where(ACCOUNTS.c.provider == account.provider, ACCOUNTS.c.address == account.address)
            .order_by(ACCOUNTS.c.id)
            .with_for_update()
        ).all()
        return self._connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.id == account_id)).rowcount == 1

    def with_external_id(self, provider: Provider, external_id: str) -> Sequence[Account]:
        """Everybody's of that remote account, in every workspace, pending ones included."""
        return self._read(ACCOUNTS.c.provider == provider, ACCOUNTS.c.external_id == external_id)

    def is_grant_shared(self, account: Account) -> bool:
        """Whether another row, in any workspace, uses the same remote account, pending ones included."""
        other = select(ACCOUNTS.c.id).where(
            ACCOUNTS.c.provider == account.provider,
            ACCOUNTS.c.address == account.address,
            ACCOUNTS.c.id != account.id,
        )
        return bool(self._connection.scalar(select(other.exists())))

    def _read(self, *which: ColumnElement[bool]) -> Sequence[Account]:
        found = self._connection.execute(select(ACCOUNTS).where(*which).order_by(ACCOUNTS.c.created_at, ACCOUNTS.c.id))
        return [_account(row) for row in found]

    def _owned_row(self, actor: Actor, account_id: UUID) -> Row[Any]:
        found = self._connection.execute(
            select(ACCOUNTS).where(_owned(actor), ACCOUNTS.c.id == account_id)
        ).one_or_none()
        if found is None:
            raise NotFound
        return found


def _is_nudged(now: datetime) -> ColumnElement[bool]:
    return and_(
        ACCOUNTS.c.nudge_at <= now,
        ACCOUNTS.c.status == AccountStatus.NEEDS_RECONNECT,
        ACCOUNTS.c.notified_at.is_not(None),
    )


def _owned(actor: Actor) -> ColumnElement[bool]:
    return and_(ACCOUNTS.c.workspace_id == actor.workspace_id, ACCOUNTS.c.member_id == actor.member_id)


def _is_same(one: Account, other: Account) -> bool:
    return (one.provider, one.address) == (other.provider, other.address)


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        workspace_id=row.workspace_id,
        member_id=row.member_id,
        provider=row.provider,
        address=row.address,
        access=row.access,
        status=row.status,
        created_at=row.created_at,
        broken_since=row.broken_since,
        absorbed_id=row.absorbed_id,
        external_id=row.external_id,
        renewed_at=row.renewed_at,
    )
