"""Who sees to each firing of the ledger, and how that ended."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, case, delete, func, or_, select, update

from bot.domain.contacts import Contact
from bot.domain.effects import most_retries
from bot.domain.errors import LeaseLost, NotFound
from bot.domain.firings import FIRING_LEASE, Firing, FiringClaim, FiringState
from bot.domain.people import Actor
from storage.repositories.contact_rows import contact_from
from storage.repositories.locks import alone
from storage.repositories.trigger_rows import firing_from, trigger_from
from storage.tables import CONTACTS, FIRING_CONTACTS, FIRINGS, TRIGGER_RULES
from storage.text import storable

_CLAIMING = 0x0DA7F12E
_NEWEST_FIRST = (FIRINGS.c.at.desc(), FIRINGS.c.version.desc(), FIRINGS.c.id)


class SqlFirings:
    """Implements `ports.Firings`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, trigger_id: UUID, *, limit: int, offset: int = 0, host: UUID | None = None) -> Sequence[Firing]:
        """Its ledger, the newest first; with a `host`, only what that member hosts."""
        which = [FIRINGS.c.trigger_id == trigger_id, *([] if host is None else [_is_hosted_by(host)])]
        rows = self._connection.execute(
            _firings().where(*which).order_by(*_NEWEST_FIRST).limit(limit).offset(offset)
        ).all()
        return self._read(rows)

    def count(self, trigger_id: UUID, *, host: UUID) -> int:
        """How many of its firings are for what that member hosts."""
        which = (FIRINGS.c.trigger_id == trigger_id, _is_hosted_by(host))
        return self._connection.scalar(select(func.count()).select_from(FIRINGS).where(*which)) or 0

    def get(self, actor: Actor, firing_id: UUID) -> Firing:
        """One of a trigger in the actor's workspace; raises `NotFound`."""
        rows = self._connection.execute(
            _firings().where(FIRINGS.c.id == firing_id, TRIGGER_RULES.c.workspace_id == actor.workspace_id)
        ).all()
        if not rows:
            raise NotFound
        return self._read(rows)[0]

    def run_again(self, firing: Firing, now: datetime) -> bool:
        """Have one that came to nothing done after all, under its old id; False unless it is as it was read."""
        values: dict[str, object] = {"state": FiringState.WAITING, "attempts": 0, "problem": "", "due_at": now}
        # Whoever asks has looked, and did not find it.
        if firing.state is FiringState.UNSURE:
            values["sent_at"] = None
        values["is_untold"] = False
        asked = self._connection.execute(
            update(FIRINGS)
            .where(FIRINGS.c.id == firing.id, FIRINGS.c.state == firing.state, FIRINGS.c.ended_at == firing.ended_at)
            .values(ended_at=None, **values)
        )
        return asked.rowcount == 1

    def is_any_due(self, now: datetime) -> bool:
        """Whether it is worth the while to claim."""
        return self._connection.execute(select(FIRINGS.c.id).where(_is_due(now)).limit(1)).first() is not None

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[FiringClaim]:
        """Claim what is due and not held by a live lease, one of each trigger; see the port."""
        # Two that claimed at once would both take one of the same trigger.
        alone(self._connection, _CLAIMING)
        held = select(func.count()).where(FIRINGS.c.lease_until > now, FIRINGS.c.attempts > 0)
        retries = most_retries(limit) - (self._connection.scalar(held) or 0)
        rows = self._connection.execute(_first_of_each(now, retries).limit(limit)).all()
        for row in rows:
            self._write(row.id, fence=row.fence + 1, lease_until=now + FIRING_LEASE)
        firings = self._read(rows)
        rules = self._connection.execute(
            select(TRIGGER_RULES).where(TRIGGER_RULES.c.id.in_([firing.trigger_id for firing in firings]))
        )
        triggers = {row.id: trigger_from(row) for row in rules}
        return [
            FiringClaim(firing, triggers[firing.trigger_id], row.fence + 1)
            for firing, row in zip(firings, rows, strict=True)
        ]

    def sending(self, claim: FiringClaim, now: datetime) -> None:
        """Hold it for a whole lease: something is about to be sent."""
        row = self._held(claim)
        self._write(row.id, sent_at=row.sent_at or now, lease_until=now + FIRING_LEASE)

    def retry(self, claim: FiringClaim, *, problem: str, due_at: datetime, was_sent: bool) -> None:
        """The try failed: free the lease."""
        row = self._held(claim)
        # What an earlier try may have brought there is there, whatever came of this one.
        sent_at = row.sent_at if was_sent else claim.firing.sent_at
        told = {"problem": storable(problem), "due_at": due_at, "sent_at": sent_at}
        self._write(row.id, attempts=row.attempts + 1, lease_until=None, **told)

    def give_back(self, claim: FiringClaim) -> None:
        """It was not tried at all: free the lease."""
        self._write(self._held(claim).id, lease_until=None)

    def end(self, claim: FiringClaim, state: FiringState, now: datetime, *, problem: str = "") -> None:
        """It was done, or nothing more is tried."""
        row = self._held(claim)
        ended = {"state": state, "problem": storable(problem), "ended_at": now, "is_untold": state.is_failure}
        self._write(row.id, due_at=None, lease_until=None, **ended)

    def forget_contact(self, contact_id: UUID) -> None:
        """Erase from the ledger what tells of a contact; the firings stay."""
        told = select(FIRING_CONTACTS.c.firing_id).where(FIRING_CONTACTS.c.contact_id == contact_id)
        which = or_(FIRINGS.c.id.in_(told), FIRINGS.c.subject == contact_id)
        self._connection.execute(update(FIRINGS).where(which).values(title="", venue_details="", problem=""))
        self._connection.execute(delete(FIRING_CONTACTS).where(FIRING_CONTACTS.c.contact_id == contact_id))

    def _read(self, rows: Sequence[Row[Any]]) -> Sequence[Firing]:
        contacts = self._contacts([row.id for row in rows])
        return [firing_from(row, row.workspace_id, contacts.get(row.id, ())) for row in rows]

    def _contacts(self, firing_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Contact]]:
        found = self._connection.execute(
            select(CONTACTS, FIRING_CONTACTS.c.firing_id)
            .join(FIRING_CONTACTS, FIRING_CONTACTS.c.contact_id == CONTACTS.c.id)
            .where(FIRING_CONTACTS.c.firing_id.in_(list(firing_ids)))
            .order_by(FIRING_CONTACTS.c.place)
        )
        contacts: dict[UUID, list[Contact]] = {}
        for row in found:
            contacts.setdefault(row.firing_id, []).append(contact_from(row))
        return contacts

    def _held(self, claim: FiringClaim) -> Row[Any]:
        """The row of a claimed firing, locked; raises `LeaseLost` if its fence has risen or it is gone."""
        row = self._connection.execute(
            select(FIRINGS).where(FIRINGS.c.id == claim.firing.id).with_for_update(key_share=True)
        ).one_or_none()
        if row is None or row.fence != claim.fence:
            raise LeaseLost("Another process took the firing over, or its trigger was deleted.")
        return row

    def _write(self, firing_id: UUID, **values: object) -> None:
        self._connection.execute(update(FIRINGS).where(FIRINGS.c.id == firing_id).values(**values))


def _firings() -> Select[Any]:
    return select(FIRINGS, TRIGGER_RULES.c.workspace_id).join(TRIGGER_RULES, TRIGGER_RULES.c.id == FIRINGS.c.trigger_id)


def _is_hosted_by(host: UUID) -> ColumnElement[bool]:
    return FIRINGS.c.hosts.contains(str(host))


def _is_due(now: datetime) -> ColumnElement[bool]:
    return (FIRINGS.c.due_at <= now) & or_(FIRINGS.c.lease_until.is_(None), FIRINGS.c.lease_until <= now)


def _first_of_each(now: datetime, retries: int) -> Select[Any]:
    """What is due, one of each trigger of which none is under way; of those that failed before so many."""
    holder = FIRINGS.alias("holder")
    is_held = (
        select(holder.c.id).where(holder.c.trigger_id == FIRINGS.c.trigger_id, holder.c.lease_until > now).exists()
    )
    has_failed = case((FIRINGS.c.attempts > 0, 1), else_=0)
    order = (has_failed, FIRINGS.c.due_at, FIRINGS.c.version, FIRINGS.c.id)
    place = func.row_number().over(partition_by=FIRINGS.c.trigger_id, order_by=order).label("place")
    of_each = select(FIRINGS.c.id, FIRINGS.c.due_at, has_failed.label("failed"), place)
    due = of_each.where(FIRINGS.c.due_at <= now, ~is_held).subquery()
    rank = func.row_number().over(partition_by=due.c.failed, order_by=(due.c.due_at, due.c.id)).label("rank")
    first = select(due.c.id, due.c.failed, rank).where(due.c.place == 1).subquery()
    return (
        _firings()
        .join(first, first.c.id == FIRINGS.c.id)
        .where(or_(first.c.failed == 0, first.c.rank <= retries))
        .order_by(*order)
        .with_for_update(of=FIRINGS, skip_locked=True, key_share=True)
    )
