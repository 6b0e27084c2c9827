"""In-memory repositories of triggers and of their ledger, with the semantics of `bot.ports`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from bot.domain.effects import most_retries
from bot.domain.errors import LeaseLost, NotFound
from bot.domain.firings import (
    FIRING_LEASE,
    TOLD_AGAIN,
    TOLD_EVERY,
    FailedTrigger,
    Firing,
    FiringClaim,
    FiringState,
    TriggerHealth,
    firing_id_of,
)
from bot.domain.occasions import Occasion, What
from bot.domain.people import Actor
from bot.domain.triggers import Trigger, is_own, waits_for
from bot.domain.webhooks import Webhook
from tests.fakes.tables import Tables, aware
from tests.fakes.trigger_rows import FiringRow, TriggerRow

_CAME_TO_NOTHING = (FiringState.FAILED, FiringState.UNSURE)


class FakeTriggers:
    """Implements `ports.Triggers`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def record(self, occasion: Occasion) -> int:
        aware(occasion.at)
        if occasion.what is What.CONTACT_ADDED:
            [contact] = occasion.contacts
            occasion = replace(occasion, subject=uuid5(occasion.workspace_id, contact.email))
        waiting = [row.trigger for row in self._tables.triggers.values() if waits_for(row.trigger, occasion)]
        return sum(self._enter(trigger, occasion) for trigger in waiting)

    def add(self, trigger: Trigger, webhook: Webhook | None) -> bool:
        aware(trigger.created_at)
        is_new = trigger.id not in self._tables.triggers
        self._tables.triggers.setdefault(trigger.id, TriggerRow(trigger, webhook))
        return is_new

    def change(self, trigger: Trigger, webhook: Webhook | None) -> None:
        row = self._tables.triggers.get(trigger.id)
        if row is None or row.trigger.workspace_id != trigger.workspace_id:
            raise NotFound
        since = max(filter(None, (row.trigger.active_since, trigger.active_since)), default=None)
        changed = replace(trigger, is_paused=row.trigger.is_paused, active_since=since)
        self._tables.triggers[trigger.id] = replace(row, trigger=changed, webhook=webhook)

    def pause(self, actor: Actor, trigger_id: UUID, now: datetime, *, is_paused: bool) -> None:
        trigger = self.get(actor, trigger_id)
        since = trigger.active_since
        if trigger.is_paused and not is_paused:
            since = max(aware(now), since or now)
        row = self._tables.triggers[trigger_id]
        paused = replace(trigger, is_paused=is_paused, active_since=since)
        self._tables.triggers[trigger_id] = replace(row, trigger=paused)

    def delete(self, actor: Actor, trigger_id: UUID) -> None:
        del self._tables.triggers[self.get(actor, trigger_id).id]
        for firing_id, row in list(self._tables.firings.items()):
            if row.firing.trigger_id == trigger_id:
                del self._tables.firings[firing_id]

    def get(self, actor: Actor, trigger_id: UUID) -> Trigger:
        row = self._tables.triggers.get(trigger_id)
        if row is None or row.trigger.workspace_id != actor.workspace_id:
            raise NotFound
        return row.trigger

    def webhook(self, trigger_id: UUID) -> Webhook:
        row = self._tables.triggers.get(trigger_id)
        if row is None or row.webhook is None:
            raise NotFound
        return row.webhook

    def all(self, actor: Actor) -> Sequence[TriggerHealth]:
        found = [
            row.trigger for row in self._tables.triggers.values() if row.trigger.workspace_id == actor.workspace_id
        ]
        return [self._health(trigger) for trigger in sorted(found, key=lambda one: (one.name.casefold(), one.id))]

    def count_own(self, actor: Actor) -> int:
        return sum(is_own(actor, row.trigger) for row in self._tables.triggers.values())

    def has_untold(self, now: datetime) -> bool:
        return bool(self._with_untold(now))

    def claim_failed(self, now: datetime, *, limit: int) -> Sequence[FailedTrigger]:
        found = []
        due = self._with_untold(now)
        for row in [row for row in due if row.trigger.owner_id == due[0].trigger.owner_id][:limit]:
            untold = self._untold(row.trigger.id)
            last = max(untold, key=lambda one: (one.firing.ended_at, one.firing.id)).firing
            since = min(one.firing.ended_at for one in untold if one.firing.ended_at is not None)
            found.append(FailedTrigger(row.trigger, len(untold), last.problem, since))
            self._tables.triggers[row.trigger.id] = replace(row, told_at=aware(now))
            for one in untold:
                self._tables.firings[one.firing.id] = replace(one, is_untold=False)
        return found

    def release_failed(self, failed: FailedTrigger, now: datetime) -> None:
        row = self._tables.triggers.get(failed.trigger.id)
        if row is None:
            return
        self._tables.triggers[failed.trigger.id] = replace(row, told_at=aware(now) - TOLD_EVERY + TOLD_AGAIN)
        for one in list(self._tables.firings.values()):
            ended = one.firing.ended_at
            is_one_of_them = ended is not None and ended >= failed.since and one.firing.state.is_failure
            if one.firing.trigger_id == failed.trigger.id and is_one_of_them:
                self._tables.firings[one.firing.id] = replace(one, is_untold=True)

    def _with_untold(self, now: datetime) -> list[TriggerRow]:
        rows = sorted(self._tables.triggers.values(), key=lambda row: row.trigger.id)
        is_time = [row for row in rows if row.told_at is None or row.told_at <= now - TOLD_EVERY]
        return [row for row in is_time if self._untold(row.trigger.id)]

    def _untold(self, trigger_id: UUID) -> list[FiringRow]:
        rows = self._tables.firings.values()
        return [row for row in rows if row.is_untold and row.firing.trigger_id == trigger_id]

    def _health(self, trigger: Trigger) -> TriggerHealth:
        states = [row.firing.state for row in self._tables.firings.values() if row.firing.trigger_id == trigger.id]
        failed = sum(state in _CAME_TO_NOTHING for state in states)
        waiting = states.count(FiringState.WAITING)
        return TriggerHealth(trigger, self._tables.members[trigger.owner_id], len(states), failed, waiting)

    def _enter(self, trigger: Trigger, occasion: Occasion) -> int:
        firing_id = firing_id_of(trigger.id, occasion.subject, occasion.version)
        is_new = firing_id not in self._tables.firings
        firing = Firing(firing_id, trigger.id, occasion, due_at=occasion.at)
        self._tables.firings.setdefault(firing_id, FiringRow(firing))
        return int(is_new)


class FakeFirings:
    """Implements `ports.Firings`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def of(self, trigger_id: UUID, *, limit: int, offset: int = 0, host: UUID | None = None) -> Sequence[Firing]:
        found = self._of(trigger_id, host)
        found.sort(key=lambda one: one.id)
        found.sort(key=lambda one: (one.occasion.at, one.occasion.version), reverse=True)
        return [self._read(firing) for firing in found[offset : offset + limit]]

    def count(self, trigger_id: UUID, *, host: UUID) -> int:
        return len(self._of(trigger_id, host))

    def get(self, actor: Actor, firing_id: UUID) -> Firing:
        row = self._tables.firings.get(firing_id)
        if row is None or row.firing.occasion.workspace_id != actor.workspace_id:
            raise NotFound
        return self._read(row.firing)

    def run_again(self, firing: Firing, now: datetime) -> bool:
        row = self._tables.firings.get(firing.id)
        if row is None or (row.firing.state, row.firing.ended_at) != (firing.state, firing.ended_at):
            return False
        sent_at = None if firing.state is FiringState.UNSURE else row.firing.sent_at
        waiting = replace(row.firing, state=FiringState.WAITING, attempts=0, problem="", due_at=aware(now))
        self._put(replace(row, firing=replace(waiting, sent_at=sent_at, ended_at=None), is_untold=False))
        return True

    def is_any_due(self, now: datetime) -> bool:
        return any(_is_due(row, now) and not _is_held(row, now) for row in self._tables.firings.values())

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[FiringClaim]:
        rows = self._tables.firings.values()
        held = [row.firing for row in rows if _is_held(row, now)]
        taken = {firing.trigger_id for firing in held}
        retries = most_retries(limit) - sum(firing.attempts > 0 for firing in held)
        claims: list[FiringClaim] = []
        for row in sorted((row for row in rows if _is_due(row, now)), key=_order):
            firing = row.firing
            if firing.trigger_id in taken or len(claims) == limit or (firing.attempts and retries < 1):
                continue
            taken.add(firing.trigger_id)
            retries -= bool(firing.attempts)
            self._put(replace(row, fence=row.fence + 1, lease_until=now + FIRING_LEASE))
            trigger = self._tables.triggers[firing.trigger_id].trigger
            claims.append(FiringClaim(self._read(firing), trigger, row.fence + 1))
        return claims

    def sending(self, claim: FiringClaim, now: datetime) -> None:
        row = self._held(claim)
        firing = replace(row.firing, sent_at=row.firing.sent_at or aware(now))
        self._put(replace(row, firing=firing, lease_until=now + FIRING_LEASE))

    def retry(self, claim: FiringClaim, *, problem: str, due_at: datetime, was_sent: bool) -> None:
        row = self._held(claim)
        sent_at = row.firing.sent_at if was_sent else claim.firing.sent_at
        failed = replace(row.firing, attempts=row.firing.attempts + 1, problem=problem, due_at=aware(due_at))
        self._put(replace(row, firing=replace(failed, sent_at=sent_at), lease_until=None))

    def give_back(self, claim: FiringClaim) -> None:
        self._put(replace(self._held(claim), lease_until=None))

    def end(self, claim: FiringClaim, state: FiringState, now: datetime, *, problem: str = "") -> None:
        row = self._held(claim)
        ended = replace(row.firing, state=state, problem=problem, due_at=None, ended_at=aware(now))
        self._put(replace(row, firing=ended, lease_until=None, is_untold=state.is_failure))

    def forget_contact(self, contact_id: UUID) -> None:
        for row in list(self._tables.firings.values()):
            occasion = row.firing.occasion
            others = tuple(contact for contact in occasion.contacts if contact.id != contact_id)
            if others != occasion.contacts or occasion.subject == contact_id:
                venue = replace(occasion.venue, details="")
                left = replace(occasion, contacts=others, title="", venue=venue)
                self._put(replace(row, firing=replace(row.firing, occasion=left, problem="")))

    def _of(self, trigger_id: UUID, host: UUID | None) -> list[Firing]:
        found = [row.firing for row in self._tables.firings.values() if row.firing.trigger_id == trigger_id]
        return [firing for firing in found if host is None or host in firing.occasion.hosts]

    def _read(self, firing: Firing) -> Firing:
        """With its contacts as they are now."""
        known = self._tables.contacts
        contacts = tuple(known[contact.id] for contact in firing.occasion.contacts if contact.id in known)
        return replace(firing, occasion=replace(firing.occasion, contacts=contacts))

    def _held(self, claim: FiringClaim) -> FiringRow:
        row = self._tables.firings.get(claim.firing.id)
        if row is None or row.fence != claim.fence:
            raise LeaseLost("Another process took the firing over, or its trigger was deleted.")
        return row

    def _put(self, row: FiringRow) -> None:
        self._tables.firings[row.firing.id] = row


def _is_due(row: FiringRow, now: datetime) -> bool:
    return row.firing.due_at is not None and row.firing.due_at <= now


def _is_held(row: FiringRow, now: datetime) -> bool:
    return row.lease_until is not None and row.lease_until > now


def _order(row: FiringRow) -> tuple[object, ...]:
    firing = row.firing
    return (firing.attempts > 0, firing.due_at, firing.occasion.version, firing.id)
