"""Accounts that are left, and the events that are removed from them before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, delete, insert, select, true, update

from bot.domain.accounts import AccountStatus
from bot.domain.appointments import AppointmentStatus
from bot.domain.effects import EffectKind, LinkState
from bot.domain.errors import NotFound
from bot.domain.leaving import LEASE, CopyState, Leaving, LeftCopy
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from storage.repositories.left_copies import call_off, give_back, lock_effects, taken_away
from storage.repositories.left_reports import LeftReports
from storage.repositories.locks import lock_calendars, lock_member
from storage.repositories.taken_rows import drop_unheld, held_by
from storage.repositories.upserts import upsert
from storage.tables import ACCOUNTS, APPOINTMENTS, CALENDARS, LEAVINGS, LEFT_COPIES, REMOTE_LINKS

_IN_ORDER = LEFT_COPIES.c.appointment_id, LEFT_COPIES.c.event_id
_LIVE = [status for status in AppointmentStatus if status.is_live]


class SqlLeavings(LeftReports):
    """Implements `ports.Leavings`."""

    def copies(self, actor: Actor, account_id: UUID, now: datetime, *, container: str = "") -> Sequence[LeftCopy]:
        """The events of live appointments to come, by start; then those that are being removed already."""
        written = self._written(actor, account_id, now, container)
        moved_on = () if container else self._waiting(actor, account_id)
        return [*written, *moved_on]

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
        written = self._written(actor, leaving.account_id, now, container)
        if leaving.ends_account:
            self._close(leaving.account_id)
        self._remember(leaving, written, now)
        self._take_over(leaving.account_id, written)
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
            .values(due_at=now + LEASE, attempts=LEAVINGS.c.attempts + 1, fence=LEAVINGS.c.fence + 1)
            .returning(LEAVINGS)
        )
        return [
            Leaving(
                row.account_id,
                row.workspace_id,
                row.member_id,
                row.until,
                row.attempts,
                row.ends_account,
                row.fence,
            )
            for row in rows
        ]

    def hold(self, leaving: Leaving, now: datetime) -> bool:
        """Whether the claim is the last one still; see the port."""
        is_left = select(ACCOUNTS.c.id).where(ACCOUNTS.c.status == AccountStatus.LEAVING)
        stands = LEAVINGS.c.account_id.in_(is_left) if leaving.ends_account else true()
        held = self._connection.execute(update(LEAVINGS).where(*_claimed(leaving), stands).values(due_at=now + LEASE))
        return held.rowcount == 1

    def left(self, account_id: UUID) -> Sequence[LeftCopy]:
        """What is to be removed of it, with what became of each so far."""
        found = select(LEFT_COPIES).where(LEFT_COPIES.c.account_id == account_id)
        return [_copy(row) for row in self._connection.execute(found.order_by(*_IN_ORDER))]

    def settle(self, account_id: UUID, copy: LeftCopy, state: CopyState) -> None:
        """What became of one of them."""
        if state is CopyState.REMOVED:
            taken_away(self._connection, copy.appointment_id, copy.event_id)
        self._connection.execute(
            update(LEFT_COPIES)
            .where(
                LEFT_COPIES.c.account_id == account_id,
                LEFT_COPIES.c.appointment_id == copy.appointment_id,
                LEFT_COPIES.c.event_id == copy.event_id,
            )
            .values(state=state)
        )

    def give_back(self, account_id: UUID) -> None:
        """What was not removed is there still; see the port."""
        give_back(self._connection, account_id)

    def end(self, leaving: Leaving) -> bool:
        """All was done, and the account stays; see the port."""
        self.give_back(leaving.account_id)
        return self._connection.execute(delete(LEAVINGS).where(*_claimed(leaving))).rowcount == 1

    def put_off(self, leaving: Leaving, due_at: datetime) -> None:
        """Nothing more can be removed now: try again then."""
        self._connection.execute(update(LEAVINGS).where(*_claimed(leaving)).values(due_at=due_at))

    def _written(self, actor: Actor, account_id: UUID, now: datetime, container: str) -> list[LeftCopy]:
        found = self._connection.execute(
            _events(actor, account_id, now, container)
            .where(REMOTE_LINKS.c.state == LinkState.WRITTEN)
            .order_by(APPOINTMENTS.c.end_at, APPOINTMENTS.c.id)
        )
        return [LeftCopy(row.appointment_id, row.container, row.remote_id, row.title, row.invites) for row in found]

    def _waiting(self, actor: Actor, account_id: UUID) -> list[LeftCopy]:
        found = (
            select(LEFT_COPIES)
            .join(LEAVINGS, LEAVINGS.c.account_id == LEFT_COPIES.c.account_id)
            .where(
                LEFT_COPIES.c.account_id == account_id,
                LEFT_COPIES.c.state == CopyState.WAITING,
                LEAVINGS.c.member_id == actor.member_id,
            )
        )
        return [_copy(row) for row in self._connection.execute(found.order_by(*_IN_ORDER))]

    def _remember(self, leaving: Leaving, copies: Sequence[LeftCopy], now: datetime) -> None:
        values = {"until": leaving.until, "due_at": now, "attempts": 0, "ends_account": leaving.ends_account}
        which = LEAVINGS.c.account_id == leaving.account_id
        again = update(LEAVINGS).where(which).values(fence=LEAVINGS.c.fence + 1, **values)
        if self._connection.execute(again).rowcount == 0:
            whose = {"workspace_id": leaving.workspace_id, "member_id": leaving.member_id}
            self._connection.execute(insert(LEAVINGS).values(account_id=leaving.account_id, fence=0, **whose, **values))
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
            keeping = upsert(
                self._connection.dialect.name,
                LEFT_COPIES,
                by=("account_id", "appointment_id", "event_id"),
                updating=["container", "title", "mails", "state"],
            )
            self._connection.execute(keeping, rows)

    def _take_over(self, account_id: UUID, copies: Sequence[LeftCopy]) -> None:
        # We take them away: nobody is asked where they are, and whoever changes the appointment makes a new one.
        self._connection.execute(
            update(REMOTE_LINKS)
            .where(
                REMOTE_LINKS.c.account_id == account_id,
                REMOTE_LINKS.c.kind == EffectKind.EVENT,
                REMOTE_LINKS.c.appointment_id.in_([one.appointment_id for one in copies]),
            )
            .values(state=LinkState.REMOVED, account_id=None, calendar_id=None, etag="", agreed=None, url="")
        )

    def _close(self, account_id: UUID) -> None:
        taken = held_by(self._connection, CALENDARS.c.account_id == account_id)
        self._connection.execute(delete(CALENDARS).where(CALENDARS.c.account_id == account_id))
        drop_unheld(self._connection, taken)
        self._connection.execute(
            update(ACCOUNTS).where(ACCOUNTS.c.id == account_id).values(status=AccountStatus.LEAVING)
        )


def _claimed(leaving: Leaving) -> tuple[ColumnElement[bool], ...]:
    return (
        LEAVINGS.c.account_id == leaving.account_id,
        LEAVINGS.c.fence == leaving.fence,
        LEAVINGS.c.ends_account.is_(leaving.ends_account),
    )


def _copy(row: Row[Any]) -> LeftCopy:
    return LeftCopy(row.appointment_id, row.container, row.event_id, row.title, row.mails, row.state)


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
