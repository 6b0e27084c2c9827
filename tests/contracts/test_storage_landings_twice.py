"""A meeting that stands in two calendars of a host: he is told of it once, and in its message it stays what it is."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.domain.landings import LandingState
from bot.ports import Store
from tests.builders import span
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.landing_builders import (
    AS_INVITED,
    CALL,
    an_overlap,
    another_calendar,
    claims,
    noticed,
    settled,
    stale,
    states,
)
from tests.contracts.storage_builders import Synced, a_synced, chosen, happening
from tests.event_builders import a_meeting

LATER = replace(a_meeting("call", "2026-11-24 18:00-19:00"), ical_uid=CALL.ical_uid)
LUNCH = a_meeting("lunch", "2026-11-24 9:45-10:15")


def stands_in_another(store: Store, synced: Synced, name: str = "second") -> Synced:
    """The call comes into another calendar of the same person, which is read then."""
    second = another_calendar(store, synced, name)
    happening(store, second.claim, AS_INVITED)
    assert noticed(store, second) == 1
    return second


def test_it_is_told_once(store: Store) -> None:
    synced = a_synced(store)
    second = another_calendar(store, synced)
    booked(store, an_appointment(synced.actor))
    happening(store, synced.claim, CALL)
    happening(store, second.claim, AS_INVITED)
    assert noticed(store, synced) + noticed(store, second) == 2
    [batch] = claims(store)
    assert len(batch.landings) == 1
    assert claims(store) == []


def test_it_is_told_once_where_the_other_calendar_is_read_later(store: Store) -> None:
    synced, _, batch = an_overlap(store)
    stands_in_another(store, synced)
    assert claims(store) == []
    assert states(store, synced, batch) == ["told"]


def test_what_the_host_kept_in_one_calendar_is_not_told_in_another(store: Store) -> None:
    synced, _, batch = an_overlap(store)
    with store.writing() as work:
        work.landings.end(batch.landings, LandingState.KEPT)
        work.commit()
    stands_in_another(store, synced)
    assert claims(store) == []


def test_the_repeated_one_hides_nothing_else(store: Store) -> None:
    synced, _, _ = an_overlap(store)
    second = stands_in_another(store, synced)
    happening(store, second.claim, LUNCH)
    assert noticed(store, second) == 1
    [batch] = claims(store)
    assert [one.event_id for one in batch.landings] == ["lunch"]


def test_another_host_is_told_in_the_same_tick(store: Store) -> None:
    synced, ben = a_synced(store), a_synced(store, user="U2")
    for each in (synced, ben):
        booked(store, an_appointment(each.actor))
        happening(store, each.claim, CALL)
    noticed(store, synced)
    claims(store)
    stands_in_another(store, synced)
    noticed(store, ben)
    assert [batch.member_id for batch in claims(store)] == [ben.actor.member_id]


def test_once_it_is_gone_from_the_one_it_is_news_in_another(store: Store) -> None:
    synced, _, _ = an_overlap(store)
    happening(store, synced.claim, LATER)
    assert settled(store) == 1
    second = stands_in_another(store, synced)
    [batch] = claims(store)
    assert [(one.calendar_id, one.event_id) for one in batch.landings] == [(second.calendar_id, "call-as-invited")]


@pytest.mark.parametrize("was_claimed", [True, False])
def test_where_the_told_one_goes_the_message_is_about_the_other(store: Store, was_claimed: bool) -> None:
    synced, appointment, batch = an_overlap(store)
    second = stands_in_another(store, synced)
    if was_claimed:
        assert claims(store) == []
    happening(store, synced.claim, LATER)
    assert settled(store) == 0
    [shown] = stale(store)
    assert shown.id == batch.id
    assert [
        (one.appointment_id, one.calendar_id, one.event_id, one.state, one.number, one.span) for one in shown.landings
    ] == [(appointment.id, second.calendar_id, "call-as-invited", LandingState.TOLD, 1, span("9:30-10:30"))]
    assert claims(store) == []


def test_so_it_is_where_the_calendar_of_the_told_one_is_not_used_any_more(store: Store) -> None:
    synced, _, batch = an_overlap(store)
    second = stands_in_another(store, synced)
    claims(store)
    chosen(store, synced.actor, replace(second.claim.calendar, role=synced.claim.calendar.role))
    assert settled(store) == 0
    assert states(store, synced, batch) == ["told"]


def test_the_told_one_that_comes_back_is_then_the_repeated_one(store: Store) -> None:
    synced, _, batch = an_overlap(store)
    stands_in_another(store, synced)
    claims(store)
    happening(store, synced.claim, LATER)
    settled(store)
    happening(store, synced.claim, CALL)
    assert noticed(store, synced) == 1
    assert claims(store) == []
    assert states(store, synced, batch) == ["told"]


def test_where_both_go_it_is_gone(store: Store) -> None:
    synced, _, batch = an_overlap(store)
    second = stands_in_another(store, synced)
    claims(store)
    happening(store, synced.claim, LATER)
    happening(store, second.claim, replace(LATER, id=AS_INVITED.id))
    assert settled(store) == 1
    assert states(store, synced, batch) == ["gone"]


def test_where_two_go_at_once_the_message_is_about_the_third(store: Store) -> None:
    synced, _, batch = an_overlap(store)
    second = stands_in_another(store, synced)
    happening(store, synced.claim, LATER)
    assert settled(store) == 0
    third = stands_in_another(store, synced, "third")
    assert claims(store) == []
    happening(store, synced.claim, CALL)
    assert noticed(store, synced) == 1
    happening(store, synced.claim, LATER)
    happening(store, second.claim, replace(LATER, id=AS_INVITED.id))
    assert settled(store) == 1
    with store.reading() as work:
        [shown] = work.landings.batch(synced.actor, batch.id).landings
    assert (shown.calendar_id, shown.state, shown.number) == (third.calendar_id, LandingState.TOLD, 1)
    assert claims(store) == []


def test_where_the_other_becomes_something_else_meanwhile_the_message_says_that_the_first_is_gone(store: Store) -> None:
    synced, _, batch = an_overlap(store)
    second = stands_in_another(store, synced)
    [first] = batch.landings
    other = replace(first, calendar_id=second.calendar_id, series_id=AS_INVITED.id, event_id=AS_INVITED.id)
    happening(store, synced.claim, LATER)
    with ThreadPoolExecutor(1) as threads:
        with store.writing() as work:
            work.landings.end([other], LandingState.CALLED_OFF)
            settling = threads.submit(settled, store)
            time.sleep(0.2)  # so that it has found the other, and waits for it
            work.commit()
        assert settling.result(10) == 1
    assert states(store, synced, batch) == ["gone"]
