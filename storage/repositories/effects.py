"""The outbox: what is wanted, who delivers it, and how that ended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Integer, Row, Select, and_, bindparam, case, func, insert, or_, select, update

from bot.domain.appointments import Appointment
from bot.domain.calendars import SyncClaim
from bot.domain.effects import Effect, EffectClaim, EffectKind, event_lane, most_retries
from storage.repositories.copies import Copies
from storage.repositories.effect_rows import (
    columns_of,
    effect_from,
    hold_claim,
    is_effect,
    lock_appointments,
    locked_effect,
    write_effect,
)
from storage.repositories.locks import alone
from storage.tables import CALENDARS, EFFECTS, REMOTE_LINKS
from storage.text import storable

_CLAIMING = 0x0DA7B00D

# By what waits, which is little; a calendar that was left and chosen again is the same to Google.
_UNFOLLOWED = (
    select(CALENDARS.c.id)
    .join(
        REMOTE_LINKS,
        and_(REMOTE_LINKS.c.account_id == CALENDARS.c.account_id, REMOTE_LINKS.c.container == CALENDARS.c.remote_id),
    )
    .join(
        EFFECTS,
        and_(EFFECTS.c.appointment_id == REMOTE_LINKS.c.appointment_id, EFFECTS.c.kind == REMOTE_LINKS.c.kind),
    )
    .where(
        CALENDARS.c.id.in_(bindparam("calendars", expanding=True)),
        EFFECTS.c.kind == EffectKind.EVENT,
        EFFECTS.c.due_at.is_not(None),
        EFFECTS.c.is_noticed,
    )
)

_NEW = insert(EFFECTS)
# While a newer Daybook takes over there are kinds that only it knows, and the words cannot be read here.
_KNOWN = EFFECTS.c.kind.in_(list(EffectKind))
_DUE_IN_LANE = (
    select(EFFECTS.c.kind)
    .where(EFFECTS.c.lane == bindparam("lane"), EFFECTS.c.due_at <= bindparam("now"), _KNOWN)
    .limit(1)
)
_OF_APPOINTMENT = select(EFFECTS).where(EFFECTS.c.appointment_id == bindparam("appointment"), _KNOWN)


class SqlEffects:
    """Implements `ports.Effects`.

    Whatever waits is never lost to a delivery that is under way: who asks for it leaves the fence of that time in
    `asked_fence`, and a claim of that fence or an earlier one does not end the waiting.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._copies = Copies(connection)

    def want(self, appointment: Appointment, kind: EffectKind, *, lane: str, due_at: datetime) -> None:
        """Have its current version delivered, at the earlier time where it waits already; see the port."""
        row = locked_effect(self._connection, appointment.id, kind)
        if row is None:
            effect = Effect(appointment.id, kind, lane, wanted=appointment.version, due_at=due_at)
            key = {"appointment_id": appointment.id, "kind": kind}
            state = {"fence": 0, "asked_fence": -1, "lease_until": None, "told": 0}
            self._connection.execute(_NEW, columns_of(effect) | key | state)
            return
        wanted = replace(effect_from(row), lane=lane, wanted=max(row.wanted, appointment.version))
        is_newer = appointment.version > row.wanted
        write_effect(self._connection, _due(wanted, due_at), asked_fence=row.asked_fence if is_newer else row.fence)

    def notice(self, claim: SyncClaim, event_ids: Collection[str], now: datetime) -> int:
        """These events of the calendar changed in Google, or are gone: have the copies among them looked at."""
        appointment_ids = self._copies.of(claim, event_ids)
        lock_appointments(self._connection, appointment_ids)
        found = [locked_effect(self._connection, each, EffectKind.EVENT) for each in sorted(appointment_ids)]
        rows = [row for row in found if row is not None]
        for row in rows:
            # Where it is now: it may have been wanted for a calendar that was left.
            noticed = replace(effect_from(row), is_noticed=True, lane=event_lane(claim.calendar.id))
            write_effect(self._connection, _due(noticed, now), asked_fence=row.fence)
        return len(rows)

    def unfollowed(self, calendar_ids: Collection[UUID]) -> frozenset[UUID]:
        """Those in which copies were noticed to have changed that nobody has looked at since; see the port."""
        return frozenset(self._connection.scalars(_UNFOLLOWED, {"calendars": list(calendar_ids)}))

    def hasten(self, appointment_id: UUID, kind: EffectKind, now: datetime) -> None:
        """What waits of it is due at once, given up or not."""
        row = locked_effect(self._connection, appointment_id, kind)
        if row is not None and (row.due_at is not None or row.is_dead):
            write_effect(self._connection, _due(effect_from(row), now), asked_fence=row.fence)

    def claim_due(
        self, now: datetime, *, limit: int, lease: timedelta, lane: str | None = None
    ) -> Sequence[EffectClaim]:
        """Claim what is due and not held by a live lease, one of each lane; see the port."""
        # Two that claimed at once would not see each other's lanes.
        alone(self._connection, _CLAIMING)
        held = select(func.count()).where(EFFECTS.c.lease_until > now, EFFECTS.c.attempts > 0)
        retries = limit if lane is not None else most_retries(limit) - (self._connection.scalar(held) or 0)
        asked = {"now": now, "lane": lane, "retries": retries, "most": limit}
        rows = self._connection.execute(_first_of_each_lane(of_one=lane is not None), asked).all()
        for row in rows:
            write_effect(self._connection, effect_from(row), fence=row.fence + 1, lease_until=now + lease)
        return [EffectClaim(effect_from(row), row.fence + 1) for row in rows]

    def is_lane_due(self, lane: str, now: datetime) -> bool:
        """Whether anything in that lane is due."""
        return self._connection.execute(_DUE_IN_LANE, {"lane": lane, "now": now}).first() is not None

    def renew(self, claim: EffectClaim, until: datetime) -> None:
        """Hold it until then, as something is about to be written; raises `LeaseLost`."""
        hold_claim(self._connection, claim)
        which = is_effect(claim.effect.appointment_id, claim.effect.kind)
        self._connection.execute(update(EFFECTS).where(which).values(lease_until=until))

    def done(self, claim: EffectClaim, *, version: int) -> None:
        """That version was delivered: free the lease; due at once where a later one is wanted."""
        row = hold_claim(self._connection, claim)
        is_asked = row.asked_fence >= claim.fence
        effect = replace(
            effect_from(row),
            wanted=max(row.wanted, version),
            delivered=version,
            is_noticed=row.is_noticed and is_asked,
            attempts=0,
            first_failed_at=None,
            problem="",
            due_at=row.due_at if is_asked or row.wanted > version else None,
        )
        write_effect(self._connection, effect, lease_until=None)

    def retry(self, claim: EffectClaim, *, problem: str, due_at: datetime, now: datetime, counts: bool = True) -> None:
        """It failed, or has to wait: free the lease; `counts` is False where nothing was wrong.

        Then, who asked for it meanwhile need not wait: it may be that for which it was to wait.
        """
        row = hold_claim(self._connection, claim)
        waits = counts or not _is_asked_anew(row, claim)
        effect = replace(effect_from(row), problem=storable(problem), due_at=due_at if waits else now)
        write_effect(self._connection, _failed(effect, now) if counts else effect, lease_until=None)

    def give_up(self, claim: EffectClaim, *, problem: str, now: datetime) -> None:
        """Nothing is tried any more until somebody has looked, or asks for it again."""
        row = hold_claim(self._connection, claim)
        effect = _failed(replace(effect_from(row), problem=storable(problem)), now)
        if _is_asked_anew(row, claim):
            effect = replace(effect, due_at=now)
        else:
            effect = replace(effect, due_at=None, is_dead=True)
        write_effect(self._connection, effect, lease_until=None)

    def of(self, appointment_id: UUID) -> Mapping[EffectKind, Effect]:
        """Where the appointment's deliveries stand."""
        found = self._connection.execute(_OF_APPOINTMENT, {"appointment": appointment_id})
        return {row.kind: effect_from(row) for row in found}

    def revive(self, account_id: UUID, now: datetime) -> int:
        """What was given up for that account is tried again; returns how many."""
        same = and_(REMOTE_LINKS.c.appointment_id == EFFECTS.c.appointment_id, REMOTE_LINKS.c.kind == EFFECTS.c.kind)
        dead = select(EFFECTS.c.appointment_id, EFFECTS.c.kind).join(REMOTE_LINKS, same)
        dead = dead.where(REMOTE_LINKS.c.account_id == account_id, EFFECTS.c.is_dead, _KNOWN)
        found = self._connection.execute(dead).all()
        lock_appointments(self._connection, {row.appointment_id for row in found})
        rows = [locked_effect(self._connection, row.appointment_id, row.kind) for row in found]
        waiting = [effect_from(row) for row in rows if row is not None and row.is_dead]
        for effect in waiting:
            write_effect(self._connection, _due(effect, now))
        return len(waiting)


@cache
def _first_of_each_lane(*, of_one: bool) -> Select[Any]:
    """What is due by `now`, one of each lane that nobody holds, or of one `lane`; at `most` so many.

    Of those that failed before there are `retries`.
    """
    now = bindparam("now", type_=EFFECTS.c.due_at.type)
    has_failed = case((EFFECTS.c.attempts > 0, 1), else_=0)
    order = (has_failed, EFFECTS.c.due_at, EFFECTS.c.appointment_id, EFFECTS.c.kind)
    holder = EFFECTS.alias("holder")
    is_held = select(holder.c.lane).where(holder.c.lane == EFFECTS.c.lane, holder.c.lease_until > now).exists()
    place = func.row_number().over(partition_by=EFFECTS.c.lane, order_by=order).label("place")
    in_lane = select(EFFECTS.c.appointment_id, EFFECTS.c.kind, EFFECTS.c.due_at, has_failed.label("failed"), place)
    in_lane = in_lane.where(EFFECTS.c.due_at <= now, _KNOWN, ~is_held)
    due = (in_lane.where(EFFECTS.c.lane == bindparam("lane")) if of_one else in_lane).subquery()
    overdue = (due.c.due_at, due.c.appointment_id, due.c.kind)
    rank = func.row_number().over(partition_by=due.c.failed, order_by=overdue).label("rank")
    first = select(due.c.appointment_id, due.c.kind, due.c.failed, rank).where(due.c.place == 1).subquery()
    return (
        select(EFFECTS)
        .join(first, and_(first.c.appointment_id == EFFECTS.c.appointment_id, first.c.kind == EFFECTS.c.kind))
        .where(or_(first.c.failed == 0, first.c.rank <= bindparam("retries", type_=Integer)))
        .order_by(*order)
        .limit(bindparam("most", type_=Integer))
        # Who is changing one just now comes first: it is claimed next time.
        .with_for_update(of=EFFECTS, skip_locked=True, key_share=True)
    )


def _due(effect: Effect, at: datetime) -> Effect:
    """Due then, or earlier if it was; one that was given up starts afresh."""
    if effect.is_dead:
        effect = replace(effect, is_dead=False, attempts=0, first_failed_at=None, problem="")
    return replace(effect, due_at=at if effect.due_at is None else min(at, effect.due_at))


def _failed(effect: Effect, now: datetime) -> Effect:
    return replace(effect, attempts=effect.attempts + 1, first_failed_at=effect.first_failed_at or now)


def _is_asked_anew(row: Row[Any], claim: EffectClaim) -> bool:
    """Whether somebody asked for it since it was claimed."""
    return bool(row.asked_fence >= claim.fence or row.wanted > claim.effect.wanted)
