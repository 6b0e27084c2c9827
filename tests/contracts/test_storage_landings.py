"""Outside events on appointments: whoever has to be told of one is told once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.events import Certainty, RemoteEvent
from bot.domain.landings import LandingState
from bot.ports import Store
from tests.builders import span
from tests.contracts.appointment_builders import an_appointment, booked, saved
from tests.contracts.landing_builders import CALL, an_overlap, claims, noticed, settled, states
from tests.contracts.storage_builders import (
    NOW,
    a_person,
    a_synced,
    all_at_once,
    an_occurrence,
    expanded,
    happening,
    upserted,
)
from tests.event_builders import a_meeting


def test_an_event_that_lands_on_an_appointment_is_handed_out_once(store: Store) -> None:
    synced, appointment, batch = an_overlap(store)
    [landing] = batch.landings
    assert (landing.appointment_id, landing.calendar_id, landing.event_id) == (
        appointment.id,
        synced.calendar_id,
        "call",
    )
    assert (landing.span, landing.state, landing.number) == (span("9:30-10:30"), LandingState.TOLD, 1)
    assert noticed(store, synced) == 0
    assert claims(store, NOW + timedelta(days=1)) == []


def test_of_many_claimers_one_tells(store: Store) -> None:
    synced = a_synced(store)
    booked(store, an_appointment(synced.actor))
    happening(store, synced.claim, CALL)
    noticed(store, synced)
    assert sum(len(batches) for batches in all_at_once(4, lambda _: claims(store))) == 1


def test_what_was_there_when_the_appointment_was_made_is_not_told(store: Store) -> None:
    synced = a_synced(store)
    happening(store, synced.claim, CALL)
    appointment = booked(store, an_appointment(synced.actor))
    with store.writing() as work:
        work.landings.accept(appointment)
        work.commit()
    assert noticed(store, synced) == 0
    assert claims(store) == []


@pytest.mark.parametrize(
    "event",
    [
        a_meeting("before", "2026-11-24 8:00-9:00"),
        a_meeting("after", "2026-11-24 10:00-11:00"),
        a_meeting("next day", "2026-11-25 9:00-10:00"),
    ],
    ids=lambda event: event.id,
)
def test_what_only_touches_it_is_no_overlap(store: Store, event: RemoteEvent) -> None:
    synced = a_synced(store)
    booked(store, an_appointment(synced.actor))
    happening(store, synced.claim, event)
    assert noticed(store, synced) == 0


def test_what_began_the_day_before_and_still_lasts_is_one(store: Store) -> None:
    synced = a_synced(store)
    booked(store, an_appointment(synced.actor))
    happening(store, synced.claim, a_meeting("trip", "2026-11-23 12:00-2026-11-24 9:01"))
    assert noticed(store, synced) == 1


def test_a_free_event_and_what_is_past_are_none(store: Store) -> None:
    synced = a_synced(store)
    booked(store, an_appointment(synced.actor))
    happening(store, synced.claim, CALL, blocks=False)
    assert noticed(store, synced) == 0
    happening(store, synced.claim, CALL)
    assert noticed(store, synced, now=NOW + timedelta(days=3)) == 0


def test_an_invitation_that_takes_no_time_by_its_owners_word_is_none(store: Store) -> None:
    synced = a_synced(store)
    booked(store, an_appointment(synced.actor))
    upserted(store, synced.claim, CALL)
    expanded(store, synced.claim, "call", an_occurrence(CALL)._replace(certainty=Certainty.TENTATIVE))
    with store.writing() as work:
        leave_open = lambda own: replace(own, schedule=replace(own.schedule, tentative_blocks=False))  # noqa: E731
        work.schedules.change(synced.actor, leave_open)
        work.commit()
    assert noticed(store, synced) == 0


def test_another_hosts_calendar_and_a_cancelled_appointment_are_none(store: Store) -> None:
    synced = a_synced(store)
    ben = a_person(store, user="U2")
    booked(store, an_appointment(ben))
    cancelled = booked(store, an_appointment(synced.actor))
    saved(store, cancelled.cancelled("", NOW))
    happening(store, synced.claim, CALL)
    assert noticed(store, synced) == 0


def test_ten_at_once_are_one_batch_in_their_order(store: Store) -> None:
    synced = a_synced(store)
    for day in range(10, 20):
        booked(store, an_appointment(synced.actor, f"2026-12-{day} 9:00-10:00"))
    daily = a_meeting("daily", "2026-12-10 9:30-10:00")
    upserted(store, synced.claim, daily)
    first = an_occurrence(daily)
    times = [first._replace(start=first.start + n * 86_400, end=first.end + n * 86_400) for n in range(10)]
    expanded(store, synced.claim, "daily", *times)
    assert noticed(store, synced) == 10
    [batch] = claims(store)
    assert [one.number for one in batch.landings] == list(range(1, 11))
    assert [one.span.start for one in batch.landings] == [one.start for one in times]


def test_what_was_there_at_the_first_reading_counts_as_known(store: Store) -> None:
    synced = a_synced(store)
    booked(store, an_appointment(synced.actor))
    happening(store, synced.claim, CALL)
    assert noticed(store, synced, tells=False) == 1
    assert noticed(store, synced) == 0
    assert claims(store) == []


def test_an_appointment_put_there_by_another_host_is_told_to_the_one_who_had_no_say(store: Store) -> None:
    synced = a_synced(store)
    appointment = booked(store, an_appointment(synced.actor, "2026-11-24 12:00-13:00"))
    happening(store, synced.claim, CALL)
    moved = appointment.moved(span("9:00-10:00"), NOW)
    saved(store, moved)
    with store.writing() as work:
        work.landings.accept(moved, unasked=[synced.actor.member_id])
        work.commit()
    [batch] = claims(store)
    assert [(one.span, one.version, one.state) for one in batch.landings] == [
        (span("9:30-10:30"), 2, LandingState.TOLD)
    ]
    assert noticed(store, synced) == 0


def test_of_one_that_made_way_he_is_told_anew_when_another_host_puts_it_back(store: Store) -> None:
    synced, appointment, batch = an_overlap(store)
    away = appointment.moved(span("11:00-12:00"), NOW)
    saved(store, away)
    settled(store)
    back = away.moved(span("9:00-10:00"), NOW)
    saved(store, back)
    with store.writing() as work:
        work.landings.accept(back, unasked=[synced.actor.member_id])
        work.commit()
    [anew] = claims(store)
    assert anew.id != batch.id
    assert [(one.version, one.number) for one in anew.landings] == [(3, 1)]
    assert states(store, synced, batch) == []
