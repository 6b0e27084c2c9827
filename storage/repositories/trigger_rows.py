"""How a trigger, and a firing of it, is kept in columns and read from them."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from bot.domain.appointments import Venue
from bot.domain.contacts import Contact
from bot.domain.firings import Firing, FiringState, firing_id_of
from bot.domain.intervals import Interval
from bot.domain.occasions import Occasion, What
from bot.domain.triggers import Trigger, TriggerAction, TriggerFilter
from bot.domain.webhooks import Webhook
from storage.text import storable
from storage.vault import Vault


def trigger_columns(trigger: Trigger) -> dict[str, object]:
    """The columns of a trigger besides what is sealed."""
    return {
        "id": trigger.id,
        "workspace_id": trigger.workspace_id,
        "owner_id": trigger.owner_id,
        "name": storable(trigger.name),
        "whens": json.dumps(sorted(trigger.when)),
        "hosts": _ids(trigger.only.hosts),
        "calendar_id": trigger.only.calendar_id,
        "booked_in": trigger.only.booked_in,
        "only_tag": storable(trigger.only.tag),
        "action": trigger.action.kind,
        "channel_id": trigger.action.channel_id,
        "channel_name": storable(trigger.action.channel_name),
        "says": storable(trigger.action.text),
        "webhook_host": trigger.action.webhook_host,
        "tag": storable(trigger.action.tag),
        "created_at": trigger.created_at,
        "is_paused": trigger.is_paused,
        "active_since": trigger.active_since,
    }


def trigger_from(row: Row[Any]) -> Trigger:
    """The trigger of a row of its table."""
    return Trigger(
        id=row.id,
        workspace_id=row.workspace_id,
        owner_id=row.owner_id,
        name=row.name,
        when=frozenset(What(what) for what in json.loads(row.whens)),
        only=TriggerFilter(_ids_in(row.hosts), row.calendar_id, row.booked_in, row.only_tag),
        action=TriggerAction(row.action, row.channel_id, row.channel_name, row.says, row.webhook_host, row.tag),
        created_at=row.created_at,
        is_paused=row.is_paused,
        active_since=row.active_since,
    )


def new_firing_columns(trigger: Trigger, occasion: Occasion) -> dict[str, object]:
    """All columns of a firing that is not stored yet."""
    span, before = occasion.span, occasion.before
    return {
        "id": firing_id_of(trigger.id, occasion.subject, occasion.version),
        "trigger_id": trigger.id,
        "subject": occasion.subject,
        "version": occasion.version,
        "what": occasion.what,
        "at": occasion.at,
        "booked_in": occasion.booked_in,
        "calendar_id": occasion.calendar_id,
        "hosts": _ids(occasion.hosts),
        "title": storable(occasion.title),
        "start_at": span.start if span else None,
        "end_at": span.end if span else None,
        "before_start_at": before.start if before else None,
        "before_end_at": before.end if before else None,
        "zone": occasion.zone,
        "venue": occasion.venue.where,
        "venue_details": storable(occasion.venue.details),
        "state": FiringState.WAITING,
        "attempts": 0,
        "problem": "",
        "due_at": occasion.at,
        "sent_at": None,
        "ended_at": None,
        "fence": 0,
        "lease_until": None,
    }


def firing_from(row: Row[Any], workspace_id: UUID, contacts: Sequence[Contact]) -> Firing:
    """The firing of a row of its table."""
    occasion = Occasion(
        workspace_id=workspace_id,
        what=row.what,
        subject=row.subject,
        version=row.version,
        at=row.at,
        booked_in=row.booked_in,
        calendar_id=row.calendar_id,
        hosts=_ids_in(row.hosts),
        contacts=tuple(contacts),
        title=row.title,
        span=_interval(row.start_at, row.end_at),
        before=_interval(row.before_start_at, row.before_end_at),
        zone=row.zone,
        venue=Venue(row.venue, row.venue_details),
    )
    return Firing(
        id=row.id,
        trigger_id=row.trigger_id,
        occasion=occasion,
        state=row.state,
        attempts=row.attempts,
        problem=row.problem,
        due_at=row.due_at,
        sent_at=row.sent_at,
        ended_at=row.ended_at,
    )


def seal_webhook(vault: Vault, trigger_id: UUID, webhook: Webhook) -> bytes:
    """`webhook` sealed so that it opens in the row of `trigger_id` alone."""
    plain = json.dumps({"url": webhook.url, "secret": webhook.secret})
    return vault.seal_bytes(plain.encode(), identity=_identity(trigger_id))


def open_webhook(vault: Vault, trigger_id: UUID, sealed: bytes) -> Webhook:
    """The webhook of that trigger; raises `SecretUnreadable`."""
    plain = json.loads(vault.open_bytes(sealed, identity=_identity(trigger_id)))
    return Webhook(plain["url"], plain["secret"])


def _identity(trigger_id: UUID) -> bytes:
    return f"trigger_rule:{trigger_id}:webhook".encode()


def _ids(ids: Sequence[UUID]) -> str:
    return json.dumps([str(one) for one in ids])


def _ids_in(text: str) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in json.loads(text))


def _interval(start: int | None, end: int | None) -> Interval | None:
    return None if start is None or end is None else Interval(start, end)
