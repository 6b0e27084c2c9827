"""Accounts that are left, and the events that are removed from them before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, delete, select, update

from bot.domain.accounts import AccountStatus
from bot.domain.appointments import AppointmentStatus
from bot.domain.effects import EffectKind, LinkState
from bot.domain.errors import NotFound
from bot.domain.leaving import LEASE, CopyState, Leaving, LeftCopy
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from storage.repositories.left_copies import call_off, give_back, lock_effects, taken_away
from storage.repositories.locks import lock_calendars, lock_member
from storage.repositories.taken_rows import drop_unheld, held_by
from storage.repositories.upserts import upsert
from storage.tables import ACCOUNTS, APPOINTMENTS, CALENDARS, LEAVINGS, LEFT_COPIES, REMOTE_LINKS

_LIVE = [status for status in AppointmentStatus if status.is_live]


class SqlLeavings:
    """Implements `ports.Leavings`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def copies(self, actor: Actor, account_id: UUID, now: datetime, *, container: str = "") -> Sequence[LeftCopy]:
        """The events of live appointments to come that are written through the account, by start."""
        found = self._connection.execute(
            _events(actor, account_id, now, container)
            .where(REMOTE_LINKS.c.state == LinkState.WRITTEN)
            .order_by(APPOINTMENTS.c.end_at, APPOINTMENTS.c.id)
        )
        return [LeftCopy(row.appointment_id, row.container, row.remote_id, row.title, row.invites) for row in found]

    def begin(self, actor: Actor, leaving: Leaving, now: datetime, *, container: str = "") -> Sequence[LeftCopy]:
        """The account is being left; raises `NotFound`."""
        lock_member(self._connection, actor)
        lock_calendars(self._connection, actor)
        events = self._connection.execute(_events(actor, leaving.account_id, now, container)).all()
        lock_effects(self._connection, [row.appointment_id for row in events])
        is_own = (ACCOUNTS.c.id == leaving.account_id) & (ACCOUNTS.c.member_id == actor.member_id)
        held = self._connection.scalar(
            select(ACCOUNTS.c.id).where(is_own, ACCOUNTS.c.status != AccountStatus.PENDING).with_for_update()
        )
        if held is None:
            raise NotFound
        # Only now: a delivery may have written one while we waited for it.
        copies = self.copies(actor, leaving.account_id, now, container=container)
        if leaving.ends_account:
            self._close(leaving.account_id)
        values = {"until": leaving.until, "due_at": now, "attempts": 0, "ends_account": leaving.ends_account}
        statement = upsert(self._connection.dialect.name, LEAVINGS, by=("account_id",), updating=list(values))
        whose = {"workspace_id": leaving.workspace_id, "member_id": leaving.member_id}
        self._connection.execute(statement.values(account_id=leaving.account_id, **whose, **values))
        rows = [
            {
                "account_id": leaving.account_id,
                "appointment_id": one.appointment_id,
                "container": one.container,
                "event_id": one.event_id,
                "title": one.title,
                "mails": one.mails,
                "state": one.state,
            }
            for one in copies
        ]
        if rows:
            again = upsert(
                self._connection.dialect.name,
                LEFT_COPIES,
                by=("account_id", "appointment_id"),
                updating=["container", "event_id", "title", "mails", "state"],
            )
            self._connection.execute(again, rows)
        # We take them away: nobody is asked where they are, and whoever changes the appointment makes a new one.
        self._connection.execute(
            update(REMOTE_LINKS)
            .where(
                REMOTE_LINKS.c.account_id == leaving.account_id,
                REMOTE_LINKS.c.kind == EffectKind.EVENT,
                REMOTE_LINKS.c.appointment_id.in_([one.appointment_id for one in copies]),
            )
            .values(state=LinkState.REMOVED, account_id=None, calendar_id=None, etag="", agreed=None, url="")
        )
        return copies

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[Leaving]:
        """Those that are to be worked on now."""
        is_left = select(ACCOUNTS.c.id).where(ACCOUNTS.c.status == AccountStatus.LEAVING)
        stays = LEAVINGS.c.ends_account, LEAVINGS.c.account_id.not_in(is_left)
        for account_id in self._connection.scalars(select(LEAVINGS.c.account_id).where(*stays)).all():
            call_off(self._connection, account_id)
        due = (
            select(LEAVINGS.c.account_id)
            .where(LEAVINGS.c.due_at <= now)
            .order_by(LEAVINGS.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = self._connection.execute(
            update(LEAVINGS)
            .where(LEAVINGS.c.account_id.in_(due))
            .values(due_at=now + LEASE, attempts=LEAVINGS.c.attempts + 1)
            .returning(LEAVINGS)
        )
        return [
            Leaving(row.account_id, row.workspace_id, row.member_id, row.until, row.attempts, row.ends_account)
            for row in rows
        ]

    def left(self, account_id: UUID) -> Sequence[LeftCopy]:
        """What is to be removed of it, with what became of each so far."""
        found = select(LEFT_COPIES).where(LEFT_COPIES.c.account_id == account_id)
        return [
            LeftCopy(row.appointment_id, row.container, row.event_id, row.title, row.mails, row.state)
            for row in self._connection.execute(found.order_by(LEFT_COPIES.c.appointment_id))
        ]

    def settle(self, account_id: UUID, copy: LeftCopy, state: CopyState) -> None:
        """What became of one of them."""
        if state is CopyState.REMOVED:
            taken_away(self._connection, copy.appointment_id, copy.event_id)
        self._connection.execute(
            update(LEFT_COPIES)
            .where(LEFT_COPIES.c.account_id == account_id, LEFT_COPIES.c.appointment_id == copy.appointment_id)
            .values(state=state)
        )

    def give_back(self, account_id: UUID) -> None:
        """What was not removed is there still; see the port."""
        give_back(self._connection, account_id)

    def end(self, account_id: UUID) -> None:
        """All was done, and the account stays."""
        self.give_back(account_id)
        self._connection.execute(delete(LEAVINGS).where(LEAVINGS.c.account_id == account_id))

    def put_off(self, account_id: UUID, due_at: datetime) -> None:
        """Nothing more can be removed now: try again then."""
        self._connection.execute(update(LEAVINGS).where(LEAVINGS.c.account_id == account_id).values(due_at=due_at))

    def _close(self, account_id: UUID) -> None:
        taken = held_by(self._connection, CALENDARS.c.account_id == account_id)
        self._connection.execute(delete(CALENDARS).where(CALENDARS.c.account_id == account_id))
        drop_unheld(self._connection, taken)
        self._connection.execute(
            update(ACCOUNTS).where(ACCOUNTS.c.id == account_id).values(status=AccountStatus.LEAVING)
        )


def _events(actor: Actor, account_id: UUID, now: datetime, container: str) -> Select[Any]:
    """Links to events of live appointments to come that go through the account, whether written or not."""
    of_calendar = [REMOTE_LINKS.c.container == container] if container else []
    return (
        select(REMOTE_LINKS, APPOINTMENTS.c.title, APPOINTMENTS.c.invites)
        .join(APPOINTMENTS, APPOINTMENTS.c.id == REMOTE_LINKS.c.appointment_id)
        .where(
            REMOTE_LINKS.c.account_id == account_id,
            REMOTE_LINKS.c.kind == EffectKind.EVENT,
            APPOINTMENTS.c.workspace_id == actor.workspace_id,
            APPOINTMENTS.c.status.in_(_LIVE),
            APPOINTMENTS.c.end_at > epoch(now),
            *of_calendar,
        )
    )
