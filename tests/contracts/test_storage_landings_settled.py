"""What became of an outside event on an appointment, and the messages that have to show it."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.errors import NotFound
from bot.domain.landings import Landing, LandingState
from bot.ports import Store
from tests.builders import span
from tests.contracts.appointment_builders import an_appointment, booked, saved
from tests.contracts.landing_builders import CALL, TOLD, an_overlap, claims, noticed, settled, stale, states
from tests.contracts.storage_builders import (
    NOW,
    a_person,
    a_synced,
    happening,
)
from tests.event_builders import a_meeting


def test_an_appointment_that_moved_away_ends_it_and_its_message_is_stale(store: Store) -> None:
    synced, appointment, batch = an_overlap(store)
    assert stale(store) == []
    saved(store, appointment.moved(span("11:00-12:00"), NOW))
    assert settled(store) == 1
    assert states(store, synced, batch) == ["moved"]
    [waiting] = stale(store)
    assert (waiting.id, waiting.posted) == (batch.id, TOLD)
    assert stale(store) == []  # somebody has it in hand
    with store.writing() as work:
        work.landings.shown(waiting)
        work.commit()
    assert stale(store, NOW + timedelta(days=1)) == []
    with store.reading() as work:
        assert not work.landings.has_due(NOW)


def test_an_event_that_moved_or_went_ends_it(store: Store) -> None:
    synced, _, batch = an_overlap(store)
    happening(store, synced.claim, replace(a_meeting("call", "2026-11-24 16:00-17:00"), title="Board call"))
    assert settled(store) == 1
    assert states(store, synced, batch) == ["gone"]


def test_an_event_that_comes_back_opens_the_same_message_again(store: Store) -> None:
    synced, _, batch = an_overlap(store)
    happening(store, synced.claim, replace(CALL, start=a_meeting("x", "2026-11-24 16:00-17:00").start))
    happening(store, synced.claim, a_meeting("call", "2026-11-24 16:00-17:00"))
    assert settled(store) == 1
    happening(store, synced.claim, CALL)
    assert noticed(store, synced) == 0
    assert states(store, synced, batch) == ["told"]
    assert [one.id for one in stale(store)] == [batch.id]
    assert claims(store) == []


def test_an_event_that_grows_onto_one_that_made_way_is_handed_out_anew(store: Store) -> None:
    synced, appointment, batch = an_overlap(store)
    saved(store, appointment.moved(span("10:30-11:30"), NOW))
    assert settled(store) == 1
    assert noticed(store, synced) == 0
    happening(store, synced.claim, replace(CALL, end=a_meeting("x", "2026-11-24 9:30-11:00").end))
    assert [noticed(store, synced), noticed(store, synced)] == [1, 0]
    [anew] = claims(store)
    assert anew.id != batch.id
    assert [(one.span, one.version, one.number) for one in anew.landings] == [(span("9:30-11:00"), 2, 1)]
    assert states(store, synced, batch) == []


def test_where_the_appointment_is_put_onto_what_grew_both_are_kept(store: Store) -> None:
    synced, appointment, batch = an_overlap(store)
    happening(store, synced.claim, replace(CALL, end=a_meeting("x", "2026-11-24 9:30-12:00").end))
    assert noticed(store, synced) == 0
    moved = appointment.moved(span("11:00-12:00"), NOW)
    saved(store, moved)
    with store.writing() as work:
        work.landings.accept(moved)
        work.commit()
    assert [settled(store), noticed(store, synced)] == [0, 0]
    assert states(store, synced, batch) == ["kept"]
    assert [one.id for one in stale(store)] == [batch.id]


def test_one_that_moves_away_and_is_put_back_by_choice_is_kept(store: Store) -> None:
    synced, appointment, batch = an_overlap(store)
    away = appointment.moved(span("11:00-12:00"), NOW)
    saved(store, away)
    settled(store)
    back = away.moved(span("9:00-10:00"), NOW)
    saved(store, back)
    with store.writing() as work:
        work.landings.accept(back)
        work.commit()
    assert states(store, synced, batch) == ["kept"]
    assert [one.id for one in stale(store)] == [batch.id]


def test_an_open_one_whose_appointment_moves_within_it_is_shown_anew(store: Store) -> None:
    synced, appointment, batch = an_overlap(store)
    later = appointment.moved(span("10:00-11:00"), NOW)
    saved(store, later)
    with store.writing() as work:
        work.landings.accept(later)
        work.commit()
    assert states(store, synced, batch) == ["told"]
    assert [one.id for one in stale(store)] == [batch.id]


def test_what_is_long_over_is_forgotten_with_its_message(store: Store) -> None:
    synced, appointment, batch = an_overlap(store)
    for before, forgotten in ((appointment.ends_at, 0), (appointment.ends_at + timedelta(seconds=1), 1)):
        with store.writing() as work:
            assert work.landings.forget(before) == forgotten
            work.commit()
    with store.reading() as work, pytest.raises(NotFound):
        work.landings.batch(synced.actor, batch.id)


def test_all_are_kept_in_the_order_in_which_others_settle_them(store: Store) -> None:
    synced = a_synced(store)
    late, early = (
        booked(store, replace(an_appointment(synced.actor, when), id=UUID(int=number)))
        for when, number in (("13:00-14:00", 1), ("9:00-10:00", 2))
    )
    happening(store, synced.claim, CALL)
    happening(store, synced.claim, replace(a_meeting("two", "2026-11-24 13:00-14:00"), ical_uid="two@google"))
    noticed(store, synced)
    [batch] = claims(store)
    assert [one.appointment_id for one in batch.landings] == [early.id, late.id]
    of_early, of_late = batch.landings

    def keep_all() -> None:
        with store.writing() as work:
            work.landings.end(batch.landings, LandingState.KEPT)
            work.commit()

    with ThreadPoolExecutor(1) as threads:
        with store.writing() as work:
            work.landings.end([of_late], LandingState.GONE)
            keeping = threads.submit(keep_all)
            time.sleep(0.2)  # so that it waits for the one, and must not hold the other yet
            work.landings.end([of_early], LandingState.GONE)
            work.commit()
        keeping.result()
    assert states(store, synced, batch) == ["gone", "gone"]


@pytest.mark.parametrize("is_claimed", [False, True])
def test_they_are_claimed_and_released_in_that_order_too(store: Store, is_claimed: bool) -> None:
    synced = a_synced(store)
    appointment = booked(store, an_appointment(synced.actor))
    happening(store, synced.claim, a_meeting("a", "2026-11-24 9:45-10:30"), a_meeting("b", "2026-11-24 9:30-10:30"))
    noticed(store, synced)
    batches = claims(store) if is_claimed else []
    me, calendar_id = synced.actor, synced.calendar_id
    of_a, of_b = (
        Landing(appointment.id, me.workspace_id, me.member_id, calendar_id, one, one, span(times), version=1)
        for one, times in (("a", "9:45-10:30"), ("b", "9:30-10:30"))
    )

    def claim_or_release() -> None:
        for batch in batches:
            with store.writing() as work:
                work.landings.release(batch, NOW)
                work.commit()
        assert claims(store) == []

    with ThreadPoolExecutor(1) as threads:
        with store.writing() as work:
            work.landings.end([of_a], LandingState.KEPT)
            claiming = threads.submit(claim_or_release)
            time.sleep(0.2)  # so that it waits for the one, and must not hold the other yet
            work.landings.end([of_b], LandingState.KEPT)
            work.commit()
        claiming.result()


def test_one_that_went_before_anybody_was_told_leaves_nothing(store: Store) -> None:
    synced = a_synced(store)
    appointment = booked(store, an_appointment(synced.actor))
    happening(store, synced.claim, CALL)
    noticed(store, synced)
    saved(store, appointment.cancelled("", NOW))
    assert settled(store) == 1
    assert claims(store) == []


def test_what_is_over_ends(store: Store) -> None:
    synced, _, batch = an_overlap(store)
    assert settled(store, NOW + timedelta(days=3)) == 1
    assert states(store, synced, batch) == ["over"]


def test_what_the_host_keeps_stays_kept(store: Store) -> None:
    synced, appointment, batch = an_overlap(store)
    with store.writing() as work:
        work.landings.end(batch.landings, LandingState.KEPT)
        work.commit()
    saved(store, appointment.moved(span("11:00-12:00"), NOW))
    assert settled(store) == 0
    assert states(store, synced, batch) == ["kept"]
    assert noticed(store, synced) == 0


def test_one_that_was_kept_and_moves_later_is_told_anew_in_its_message(store: Store) -> None:
    _, appointment, batch = an_overlap(store)
    with store.writing() as work:
        work.landings.end(batch.landings, LandingState.KEPT)
        [kept] = work.landings.claim_stale(NOW, limit=10)
        work.landings.shown(kept)
        work.commit()
    later = appointment.moved(span("16:00-16:30"), NOW)
    saved(store, later)
    with store.writing() as work:
        work.landings.accept(later)
        work.commit()
    assert [one.id for one in stale(store)] == [batch.id]


def test_a_refused_message_is_handed_out_again_later(store: Store) -> None:
    synced = a_synced(store)
    booked(store, an_appointment(synced.actor))
    happening(store, synced.claim, CALL)
    noticed(store, synced)
    [batch] = claims(store)
    with store.writing() as work:
        work.landings.release(batch, NOW + timedelta(minutes=5))
        work.commit()
    assert claims(store, NOW + timedelta(minutes=4)) == []
    [again] = claims(store, NOW + timedelta(minutes=5))
    assert len(again.landings) == 1
    with store.reading() as work, pytest.raises(NotFound):
        work.landings.batch(synced.actor, batch.id)


# faults 10 and 11
def test_nobody_else_finds_it(store: Store) -> None:
    _, _, batch = an_overlap(store)
    for stranger in (a_person(store, user="U2"), a_person(store, team="T2")):
        with store.reading() as work, pytest.raises(NotFound):
            work.landings.batch(stranger, batch.id)


def test_a_message_that_is_not_there_any_more_is_not_updated_again(store: Store) -> None:
    _, appointment, _ = an_overlap(store)
    saved(store, appointment.cancelled("", NOW))
    settled(store)
    [waiting] = stale(store)
    with store.writing() as work:
        work.landings.give_up(waiting)
        work.commit()
    assert stale(store, NOW + timedelta(days=1)) == []
