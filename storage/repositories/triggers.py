"""Triggers, and the entering of what they fire for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Connection, bindparam, case, delete, func, literal, select, update

from bot.domain.errors import NotFound
from bot.domain.firings import FiringState, TriggerHealth
from bot.domain.occasions import Occasion, What
from bot.domain.people import Actor
from bot.domain.triggers import Trigger, waits_for
from bot.domain.webhooks import Webhook
from storage.repositories.failed_triggers import FailedTriggers
from storage.repositories.members import SqlMembers
from storage.repositories.trigger_rows import (
    new_firing_columns,
    open_webhook,
    seal_webhook,
    trigger_columns,
    trigger_from,
)
from storage.repositories.upserts import insert
from storage.tables import FIRING_CONTACTS, FIRINGS, TRIGGER_RULES
from storage.vault import Vault

_WAITING = (
    select(TRIGGER_RULES)
    .where(TRIGGER_RULES.c.workspace_id == bindparam("workspace"), ~TRIGGER_RULES.c.is_paused)
    # In one order, whoever else enters the same at the same moment.
    .order_by(TRIGGER_RULES.c.id)
    .with_for_update(read=True, key_share=True)
)


class SqlTriggers(FailedTriggers):
    """Implements `ports.Triggers`; which of them came to nothing is in the parent."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def record(self, occasion: Occasion) -> int:
        """Enter a firing for every trigger that waits for the occasion; each once, for ever."""
        subjects = self._subjects(occasion)
        occasion = replace(occasion, subject=subjects[0])
        rows = self._connection.execute(_WAITING, {"workspace": occasion.workspace_id}).all()
        return sum(
            self._enter(trigger, occasion, subjects[1:])
            for trigger in map(trigger_from, rows)
            if waits_for(trigger, occasion)
        )

    def add(self, trigger: Trigger, webhook: Webhook | None) -> bool:
        """Store a new one; False where it is there already, which stays as it is."""
        added = self._connection.execute(
            insert(self._connection.dialect.name, TRIGGER_RULES)
            .values(trigger_columns(trigger) | {"sealed_webhook": self._sealed(trigger.id, webhook)})
            .on_conflict_do_nothing(index_elements=["id"])
            .returning(TRIGGER_RULES.c.id)
        )
        return added.first() is not None

    def change(self, trigger: Trigger, webhook: Webhook | None) -> None:
        """Store it as it is now, but for whether it is paused; raises `NotFound`."""
        which = (TRIGGER_RULES.c.id == trigger.id, TRIGGER_RULES.c.workspace_id == trigger.workspace_id)
        values = trigger_columns(trigger) | {"sealed_webhook": self._sealed(trigger.id, webhook)}
        # Somebody may have paused it since it was read, or had it go on.
        del values["is_paused"], values["active_since"]
        if trigger.active_since is not None:
            values["active_since"] = _later(trigger.active_since)
        _require(self._connection.execute(update(TRIGGER_RULES).where(*which).values(values)).rowcount)

    def pause(self, actor: Actor, trigger_id: UUID, now: datetime, *, is_paused: bool) -> None:
        """Have one of the actor's workspace wait for nothing, or again from now on; raises `NotFound`."""
        which = (TRIGGER_RULES.c.id == trigger_id, TRIGGER_RULES.c.workspace_id == actor.workspace_id)
        if not is_paused:
            was_paused = update(TRIGGER_RULES).where(*which, TRIGGER_RULES.c.is_paused)
            self._connection.execute(was_paused.values(active_since=_later(now)))
        _require(self._connection.execute(update(TRIGGER_RULES).where(*which).values(is_paused=is_paused)).rowcount)

    def delete(self, actor: Actor, trigger_id: UUID) -> None:
        """Remove one of the actor's workspace with its ledger; raises `NotFound`."""
        which = (TRIGGER_RULES.c.id == trigger_id, TRIGGER_RULES.c.workspace_id == actor.workspace_id)
        _require(self._connection.execute(delete(TRIGGER_RULES).where(*which)).rowcount)

    def get(self, actor: Actor, trigger_id: UUID) -> Trigger:
        """One of the actor's workspace; raises `NotFound`."""
        which = (TRIGGER_RULES.c.id == trigger_id, TRIGGER_RULES.c.workspace_id == actor.workspace_id)
        row = self._connection.execute(select(TRIGGER_RULES).where(*which)).one_or_none()
        if row is None:
            raise NotFound
        return trigger_from(row)

    def webhook(self, trigger_id: UUID) -> Webhook:
        """What it calls; raises `NotFound`, and `SecretUnreadable` where that does not open."""
        sealed = self._connection.scalar(select(TRIGGER_RULES.c.sealed_webhook).where(TRIGGER_RULES.c.id == trigger_id))
        if sealed is None:
            raise NotFound
        return open_webhook(self._vault, trigger_id, sealed)

    def all(self, actor: Actor) -> Sequence[TriggerHealth]:
        """Those of the actor's workspace, by name."""
        rules = self._connection.execute(
            select(TRIGGER_RULES).where(TRIGGER_RULES.c.workspace_id == actor.workspace_id)
        ).all()
        triggers = sorted(map(trigger_from, rules), key=lambda one: (one.name.casefold(), one.id))
        members = SqlMembers(self._connection)
        known = {one: members.get(actor.workspace_id, one) for one in {trigger.owner_id for trigger in triggers}}
        came_to_nothing = case((FIRINGS.c.state.in_([FiringState.FAILED, FiringState.UNSURE]), 1), else_=0)
        waits = case((FIRINGS.c.state == FiringState.WAITING, 1), else_=0)
        counted = self._connection.execute(
            select(FIRINGS.c.trigger_id, func.count(), func.sum(came_to_nothing), func.sum(waits))
            .where(FIRINGS.c.trigger_id.in_([trigger.id for trigger in triggers]))
            .group_by(FIRINGS.c.trigger_id)
        )
        numbers = {trigger_id: tuple(map(int, each)) for trigger_id, *each in counted}
        return [TriggerHealth(one, known[one.owner_id], *numbers.get(one.id, ())) for one in triggers]

    def count_own(self, actor: Actor) -> int:
        """How many are the actor's own."""
        own = TRIGGER_RULES.c.workspace_id == actor.workspace_id, TRIGGER_RULES.c.owner_id == actor.member_id
        return self._connection.scalar(select(func.count()).select_from(TRIGGER_RULES).where(*own)) or 0

    def _subjects(self, occasion: Occasion) -> list[UUID]:
        """What the ledger knows it by, and knew it by with other keys.

        Somebody is known by his address, because he has another id when he is added again.
        """
        if occasion.what is not What.CONTACT_ADDED:
            return [occasion.subject]
        [contact] = occasion.contacts
        digests = self._vault.digests(contact.email, purpose=f"added:{occasion.workspace_id}")
        return [uuid5(occasion.workspace_id, digest) for digest in digests]

    def _enter(self, trigger: Trigger, occasion: Occasion, others: Sequence[UUID]) -> int:
        """Unless it is there already, by any of its subjects."""
        if others and self._connection.scalar(
            select(FIRINGS.c.id).where(FIRINGS.c.trigger_id == trigger.id, FIRINGS.c.subject.in_(others))
        ):
            return 0
        dialect, firing = self._connection.dialect.name, new_firing_columns(trigger, occasion)
        entered = self._connection.execute(
            insert(dialect, FIRINGS)
            .values(firing)
            .on_conflict_do_nothing(index_elements=["trigger_id", "subject", "version"])
            .returning(FIRINGS.c.id)
        ).first()
        if entered is None:
            return 0
        contacts = [
            {"firing_id": firing["id"], "contact_id": contact.id, "place": place}
            for place, contact in enumerate(occasion.contacts)
        ]
        if contacts:
            self._connection.execute(insert(dialect, FIRING_CONTACTS).on_conflict_do_nothing(), contacts)
        return 1

    def _sealed(self, trigger_id: UUID, webhook: Webhook | None) -> bytes | None:
        return None if webhook is None else seal_webhook(self._vault, trigger_id, webhook)


def _later(since: datetime) -> ColumnElement[datetime]:
    """That, or what is stored where it is later."""
    stored = TRIGGER_RULES.c.active_since
    return case((stored > since, stored), else_=literal(since, stored.type))


def _require(changed: int) -> None:
    if not changed:
        raise NotFound
