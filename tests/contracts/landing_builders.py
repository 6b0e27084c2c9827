"""Overlaps of appointments with outside events in a store, and what is told of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.appointments import Appointment
from bot.domain.cards import PostedCard
from bot.domain.landings import LandingBatch
from bot.ports import Store
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.storage_builders import (
    NOW,
    Synced,
    a_calendar,
    a_synced,
    chosen,
    claimed,
    happening,
    new_id,
)
from tests.event_builders import a_meeting

CALL = replace(a_meeting("call", "2026-11-24 9:30-10:30"), title="Board call", ical_uid="call@google")
AS_INVITED = replace(CALL, id="call-as-invited")
"""The same meeting, as it stands in another calendar."""
TOLD = PostedCard("D1", "1700.1")


def noticed(store: Store, synced: Synced, *, tells: bool = True, now: datetime = NOW) -> int:
    with store.writing() as work:
        number = work.landings.notice(synced.claim.calendar, now, tells=tells)
        work.commit()
    return number


def claims(store: Store, now: datetime = NOW) -> Sequence[LandingBatch]:
    """One host's after the other, as the job does."""
    batches = list[LandingBatch]()
    while True:
        with store.writing() as work:
            batch = work.landings.claim(now, new_id, limit=50)
            work.commit()
        if batch is None:
            return batches
        batches.append(batch)


def settled(store: Store, now: datetime = NOW) -> int:
    with store.reading() as work:
        is_due = work.landings.has_due(now)
    with store.writing() as work:
        number = work.landings.settle(now)
        work.commit()
    assert is_due or not number
    return number


def told(store: Store, batch: LandingBatch) -> LandingBatch:
    """The batch once its message was posted."""
    with store.writing() as work:
        work.landings.posted(batch, TOLD)
        work.commit()
    return batch


def states(store: Store, synced: Synced, batch: LandingBatch) -> list[str]:
    with store.reading() as work:
        return [str(one.state) for one in work.landings.batch(synced.actor, batch.id).landings]


def stale(store: Store, now: datetime = NOW) -> Sequence[LandingBatch]:
    with store.writing() as work:
        found = work.landings.claim_stale(now, limit=10)
        work.commit()
    return found


def an_overlap(store: Store) -> tuple[Synced, Appointment, LandingBatch]:
    """Ana's appointment, a call that landed on it, and the message that tells her."""
    synced = a_synced(store)
    appointment = booked(store, an_appointment(synced.actor))
    happening(store, synced.claim, CALL)
    assert noticed(store, synced) == 1
    [batch] = claims(store)
    return synced, appointment, told(store, batch)


def another_calendar(store: Store, synced: Synced, name: str = "second") -> Synced:
    """One more calendar of the same person, claimed."""
    with store.reading() as work:
        before = work.calendars.of(synced.actor)
    chosen(store, synced.actor, *before, a_calendar(synced.account, name, name=name.title()))
    known = {one.id for one in before}
    own = [one for one in claimed(store) if one.calendar.member_id == synced.actor.member_id]
    [claim] = [one for one in own if one.calendar.id not in known]
    return replace(synced, claim=claim)
