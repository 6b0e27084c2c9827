"""Which calendars are due, who reads them, and how their reading ended."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Connection,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    case,
    or_,
    select,
    update,
)

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import AccessRole, SyncClaim
from bot.domain.fuse import Fuse
from storage.repositories.calendar_rows import SELECT_CLAIMED, claim_from
from storage.repositories.fuses import NO_FUSE
from storage.repositories.locks import lease_lost
from storage.tables import ACCOUNTS, CALENDARS
from storage.text import storable

_DUE = CALENDARS.c.next_sync_at
_PLANNED: BindParameter[datetime | None] = bindparam("planned", type_=_DUE.type)
_DUE_BEFORE: BindParameter[datetime | None] = bindparam("due_before", type_=_DUE.type)
# The planned time, or the one that somebody asked for since the claim, if that comes first.
_UNLESS_ASKED = case(
    (and_(_DUE.is_distinct_from(_DUE_BEFORE), _DUE.is_not(None), or_(_PLANNED.is_(None), _DUE < _PLANNED)), _DUE),
    else_=_PLANNED,
)

_PAUSE: BindParameter[datetime | None] = bindparam("pause", type_=_DUE.type)
# Whoever asked meanwhile may not come before what the provider asked for.
_NO_SOONER = case((and_(_PAUSE.is_not(None), _UNLESS_ASKED < _PAUSE), _PAUSE), else_=_UNLESS_ASKED)

# Built once: every poll begins and ends with some of these, and holds the right to write meanwhile.
_NOW = bindparam("now", type_=_DUE.type)
# Calendars of active accounts that no live lease holds. What another process is claiming just now is its own: this one
# takes the next instead of waiting.
_CLAIMABLE = (
    SELECT_CLAIMED.join(ACCOUNTS, ACCOUNTS.c.id == CALENDARS.c.account_id)
    .where(
        or_(CALENDARS.c.lease_until.is_(None), CALENDARS.c.lease_until <= _NOW),
        ACCOUNTS.c.status == AccountStatus.ACTIVE,
    )
    .with_for_update(of=CALENDARS, skip_locked=True, key_share=True)
)
_DUE_NOW = _CLAIMABLE.where(_DUE <= _NOW).order_by(_DUE, CALENDARS.c.id).limit(bindparam("most", type_=Integer))
_CALENDARS = CALENDARS.c.id.in_(bindparam("calendars", expanding=True))
_THESE = _CLAIMABLE.where(_CALENDARS).order_by(CALENDARS.c.id)
_TAKE = update(CALENDARS).where(_CALENDARS).values(fence=CALENDARS.c.fence + 1, lease_until=bindparam("until"))
_CLAIMED = update(CALENDARS).where(CALENDARS.c.id == bindparam("calendar"), CALENDARS.c.fence == bindparam("held"))
_KEEP = _CLAIMED.values(lease_until=bindparam("until"))
_DESCRIBE = _CLAIMED.values(name=bindparam("told_name"), access_role=bindparam("told_role"))
_FINISH = _CLAIMED.values(
    lease_until=None,
    read_at=bindparam("read"),
    next_sync_at=_UNLESS_ASKED,
    interval_seconds=bindparam("interval"),
    attempts=0,
    problem=None,
    is_lost=False,
    not_before=None,
)
_FINISH_LISTED = _FINISH.values(listed_at=bindparam("listed"))
_HOLD_BACK = _FINISH
_HOLD_BACK_ANEW = _HOLD_BACK.values(
    NO_FUSE | {"fuse_number": bindparam("number"), "fuse_gone": bindparam("gone"), "fuse_coming": bindparam("coming")}
)
_FAIL = _CLAIMED.values(
    lease_until=None,
    next_sync_at=_NO_SOONER,
    attempts=CALENDARS.c.attempts + 1,
    problem=bindparam("why"),
    is_lost=bindparam("lost"),
    not_before=_PAUSE,
)


class Leases:
    """The half of `ports.Calendars` that serves sync: claims with a lease, and a fence that rises with each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim_due(self, now: datetime, *, limit: int, lease: timedelta) -> Sequence[SyncClaim]:
        """Claim up to `limit` due calendars of active accounts that no live lease holds, most overdue first."""
        return self._claim(_DUE_NOW, {"now": now, "most": limit}, now + lease)

    def claim_these(self, calendar_ids: Collection[UUID], now: datetime, *, lease: timedelta) -> Sequence[SyncClaim]:
        """Claim these whether they are due or not, except those under a live lease and of accounts not active."""
        return self._claim(_THESE, {"now": now, "calendars": list(calendar_ids)}, now + lease)

    def _claim(self, wanted: Select[Any], asked: Mapping[str, object], until: datetime) -> Sequence[SyncClaim]:
        rows = self._connection.execute(wanted, asked).all()
        if rows:
            self._connection.execute(_TAKE, {"calendars": [row.id for row in rows], "until": until})
        return [claim_from(row, fence=row.fence + 1) for row in rows]

    def keep(self, claim: SyncClaim, until: datetime) -> None:
        """Prolong the lease; raises `LeaseLost`."""
        self._write(claim, _KEEP, {"until": until})

    def finish(
        self,
        claim: SyncClaim,
        *,
        read_at: datetime,
        next_sync_at: datetime,
        interval: timedelta | None = None,
        listed_at: datetime | None = None,
    ) -> None:
        """The sync succeeded: free the lease, clear the problem; raises `LeaseLost`.

        Whoever asked for a sync while this one ran gets one more: what he wants read may have come too late for it.

        Args:
            claim: what is finished.
            read_at: when the calendar was read.
            next_sync_at: when it is due again.
            interval: the plan behind `next_sync_at`, before chance moved it a little.
            listed_at: when its name and access role were looked up, if they were.
        """
        values = _ended(claim, read_at, next_sync_at, interval)
        if listed_at is None:
            self._write(claim, _FINISH, values)
        else:
            self._write(claim, _FINISH_LISTED, {**values, "listed": listed_at})

    def hold_back(self, claim: SyncClaim, fuse: Fuse, *, read_at: datetime, next_sync_at: datetime) -> None:
        """The sync read everything but must not remove what is gone; raises `LeaseLost`.

        The same loss again keeps its question, another is asked about anew. A sync asked for meanwhile comes first.
        """
        values = _ended(claim, read_at, next_sync_at, next_sync_at - read_at)
        if fuse == claim.calendar.fuse:
            self._write(claim, _HOLD_BACK, values)
        else:
            told = {"number": fuse.number, "gone": fuse.gone, "coming": fuse.coming}
            self._write(claim, _HOLD_BACK_ANEW, {**values, **told})

    def fail(
        self,
        claim: SyncClaim,
        *,
        problem: str,
        next_sync_at: datetime | None,
        is_lost: bool = False,
        not_before: datetime | None = None,
    ) -> None:
        """The sync failed: free the lease, count the attempt, keep what was read; raises `LeaseLost`.

        Without a `next_sync_at` it is not tried again until somebody asks for it. `not_before` is the time that the
        provider named: whoever asks for a sync gets none sooner.
        """
        due_before = claim.calendar.next_sync_at
        values = {"planned": next_sync_at, "due_before": due_before, "why": problem, "lost": is_lost}
        self._write(claim, _FAIL, {**values, "pause": not_before})

    def describe(self, claim: SyncClaim, *, name: str, access_role: AccessRole) -> None:
        """What the calendar is called now, and what its account may do with it; raises `LeaseLost`."""
        self._write(claim, _DESCRIBE, {"told_name": storable(name), "told_role": access_role})

    def postpone(self, claim: SyncClaim, *, problem: str, until: datetime) -> None:
        """Leave the other calendars of the same account alone until then, whoever asks for them, and say why."""
        others = (
            select(CALENDARS.c.id)
            .where(
                CALENDARS.c.account_id == claim.calendar.account_id,
                CALENDARS.c.id != claim.calendar.id,
                CALENDARS.c.next_sync_at < until,
            )
            # One that is being synced finds out by itself; to wait for it could be to wait for each other.
            .with_for_update(skip_locked=True, key_share=True)
        )
        ids = self._connection.scalars(others).all()
        if ids:
            self._connection.execute(
                update(CALENDARS)
                .where(CALENDARS.c.id.in_(ids))
                .values(next_sync_at=until, not_before=until, problem=problem)
            )

    def _write(self, claim: SyncClaim, statement: Update, values: Mapping[str, object]) -> None:
        """One row, and only while the claim holds."""
        of_claim = {"calendar": claim.calendar.id, "held": claim.fence}
        if self._connection.execute(statement, {**values, **of_claim}).rowcount != 1:
            raise lease_lost(claim)


def _ended(
    claim: SyncClaim, read_at: datetime, next_sync_at: datetime, interval: timedelta | None
) -> Mapping[str, object]:
    """What `_FINISH` is run with."""
    return {
        "read": read_at,
        "planned": next_sync_at,
        "due_before": claim.calendar.next_sync_at,
        "interval": None if interval is None else round(interval.total_seconds()),
    }
