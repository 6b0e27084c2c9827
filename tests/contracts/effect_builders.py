"""What is to be delivered, what was, and copies in calendars, as a store keeps them."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.appointments import Appointment
from bot.domain.calendars import Calendar
from bot.domain.effects import (
    EFFECT_LEASE,
    Effect,
    EffectClaim,
    EffectKind,
    LinkState,
    RemoteLink,
    event_id_of,
    event_lane,
    uid_of,
)
from bot.ports import Store
from tests.contracts.storage_builders import NOW


def wanted(
    store: Store,
    appointment: Appointment,
    kind: EffectKind = EffectKind.EVENT,
    *,
    lane: str = "calendar:1",
    due_at: datetime = NOW,
) -> None:
    with store.writing() as work:
        work.effects.want(appointment, kind, lane=lane, due_at=due_at)
        work.commit()


def effects_claimed(store: Store, now: datetime = NOW, limit: int = 100) -> Sequence[EffectClaim]:
    with store.writing() as work:
        claims = work.effects.claim_due(now, limit=limit, lease=EFFECT_LEASE)
        work.commit()
    return claims


def claimed(store: Store, now: datetime = NOW) -> EffectClaim:
    [claim] = effects_claimed(store, now)
    return claim


def finished(store: Store, claim: EffectClaim, version: int = 1) -> None:
    with store.writing() as work:
        work.effects.done(claim, version=version)
        work.commit()


def failed(store: Store, claim: EffectClaim, due_at: datetime, now: datetime = NOW, *, counts: bool = True) -> None:
    with store.writing() as work:
        work.effects.retry(claim, problem="Google did not answer.", due_at=due_at, now=now, counts=counts)
        work.commit()


def given_up(store: Store, claim: EffectClaim, now: datetime = NOW) -> None:
    with store.writing() as work:
        work.effects.give_up(claim, problem="Google says no.", now=now)
        work.commit()


def hastened(store: Store, appointment: Appointment, now: datetime = NOW) -> None:
    with store.writing() as work:
        work.effects.hasten(appointment.id, EffectKind.EVENT, now)
        work.commit()


def effect_of(store: Store, appointment: Appointment, kind: EffectKind = EffectKind.EVENT) -> Effect:
    with store.reading() as work:
        return work.effects.of(appointment.id)[kind]


def a_copy(appointment: Appointment, calendar: Calendar, state: LinkState = LinkState.WRITTEN) -> RemoteLink:
    """What an appointment is in that calendar."""
    event_id = event_id_of(appointment.id, 0)
    return RemoteLink(
        appointment.id,
        EffectKind.EVENT,
        state,
        account_id=calendar.account_id,
        container=calendar.remote_id,
        remote_id=event_id,
        calendar_id=calendar.id,
        ical_uid=uid_of(event_id),
        etag='"1"',
    )


def copied(
    store: Store, appointment: Appointment, calendar: Calendar, state: LinkState = LinkState.WRITTEN
) -> RemoteLink:
    """Its copy in that calendar, stored and delivered."""
    link = a_copy(appointment, calendar, state)
    with store.writing() as work:
        work.remote_links.plan(link)
        work.effects.want(appointment, EffectKind.EVENT, lane=event_lane(calendar.id), due_at=NOW)
        work.commit()
    for claim in effects_claimed(store):
        with store.writing() as work:
            work.effects.done(claim, version=appointment.version)
            work.commit()
    return link
