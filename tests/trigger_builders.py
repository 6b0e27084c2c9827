"""Triggers and occasions for tests, each made with one visible difference."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from bot.domain.contacts import Contact
from bot.domain.firings import FiringClaim
from bot.domain.occasions import BookedIn, Occasion, What
from bot.domain.people import Actor
from bot.domain.triggers import ActionKind, Trigger, TriggerAction, TriggerFilter
from bot.domain.webhooks import Webhook
from bot.ports import Store
from tests.builders import BERLIN, span

MADE = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
"""When the triggers here were made."""

LATER = MADE + timedelta(hours=1)
"""When something happens."""

HOOK = Webhook("https://hooks.example.com/T0/canary-path", "canary-secret")
TO_SALES = TriggerAction(ActionKind.POST, "C0SALES", "sales")
TO_HOST = TriggerAction(ActionKind.MESSAGE)
TO_HOOK = TriggerAction(ActionKind.WEBHOOK, webhook_host="hooks.example.com")
AS_VIP = TriggerAction(ActionKind.TAG, tag="vip")
_ids = count(70_000)


def a_trigger(
    owner: Actor,
    *when: What,
    action: TriggerAction = TO_SALES,
    only: TriggerFilter | None = None,
    name: str = "Tell sales",
    created_at: datetime = MADE,
) -> Trigger:
    """A member's trigger for what he hosts, on bookings unless told otherwise."""
    return Trigger(
        id=UUID(int=next(_ids)),
        workspace_id=owner.workspace_id,
        owner_id=owner.member_id,
        name=name,
        when=frozenset(when or {What.BOOKED}),
        only=only if only is not None else TriggerFilter(hosts=(owner.member_id,)),
        action=action,
        created_at=created_at,
    )


def an_occasion(
    host: Actor,
    what: What = What.BOOKED,
    *,
    contacts: Sequence[Contact] = (),
    subject: UUID | None = None,
    version: int = 1,
    at: datetime = LATER,
    **fields: Any,
) -> Occasion:
    """Something that happened to an appointment of the host's, on Tuesday 24 November at 15:00 in Berlin."""
    occasion = Occasion(
        workspace_id=host.workspace_id,
        what=what,
        subject=subject or UUID(int=next(_ids)),
        version=version,
        at=at,
        booked_in=BookedIn.DAYBOOK,
        hosts=(host.member_id,),
        contacts=tuple(contacts),
        title="Maya Ortiz and Ana",
        span=span("15:00-15:30"),
        zone=BERLIN,
    )
    return replace(occasion, **fields)


def made(store: Store, trigger: Trigger, webhook: Webhook | None = None) -> Trigger:
    """The trigger, stored."""
    with store.writing() as work:
        work.triggers.add(trigger, webhook)
        work.commit()
    return trigger


def happened(store: Store, occasion: Occasion) -> int:
    """How many triggers fire for it."""
    with store.writing() as work:
        fired = work.triggers.record(occasion)
        work.commit()
    return fired


def firings_claimed(store: Store, now: datetime = LATER, limit: int = 8) -> Sequence[FiringClaim]:
    with store.writing() as work:
        claims = work.firings.claim_due(now, limit=limit)
        work.commit()
    return claims
