"""Round trip checks: one for each member, one claim to remove, and gone with the account."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.round_trips import ROUND_TRIP_LEASE, CannotCheck, RoundTrip, Way
from bot.ports import Store
from tests.contracts.storage_builders import NOW, Synced, a_person, a_synced, all_at_once, new_id

MINUTE = timedelta(minutes=1)


def begun(store: Store, synced: Synced) -> RoundTrip:
    with store.writing() as work:
        trip = work.round_trips.begin(synced.actor, synced.claim.calendar, NOW, new_id=new_id())
        work.commit()
    return trip


def of(store: Store, actor: Actor) -> RoundTrip | None:
    with store.reading() as work:
        return work.round_trips.of(actor)


def back(store: Store, synced: Synced, *event_ids: str) -> None:
    with store.writing() as work:
        work.round_trips.came_back(synced.claim, event_ids, Way.PUSH, NOW + MINUTE)
        work.commit()


def claimed(store: Store, at: timedelta) -> list[RoundTrip]:
    with store.writing() as work:
        is_due = work.round_trips.is_any_due(NOW + at)
        claims = list(work.round_trips.claim_due(NOW + at, limit=10))
        work.commit()
    assert is_due == bool(claims)
    return claims


def test_a_check_is_kept_as_it_began(store: Store) -> None:
    synced = a_synced(store)
    trip = begun(store, synced)
    assert (trip.member_id, trip.remote_id, trip.tidy_at) == (synced.actor.member_id, "main", NOW + 10 * MINUTE)
    assert of(store, synced.actor) == trip
    assert of(store, a_person(store, "T1", "U2")) is None
    assert of(store, replace(synced.actor, workspace_id=new_id())) is None


def test_a_check_of_a_colleagues_calendar_cannot_begin(store: Store) -> None:
    synced, other = a_synced(store), a_person(store, "T1", "U2")
    with store.writing() as work, pytest.raises(NotFound):
        work.round_trips.begin(other, synced.claim.calendar, NOW, new_id=new_id())


def test_of_several_at_once_one_begins(store: Store) -> None:
    synced = a_synced(store)

    def begins(_which: int) -> bool:
        try:
            begun(store, synced)
        except CannotCheck:
            return False
        return True

    assert sorted(all_at_once(4, begins)) == [False, False, False, True]


def test_a_reading_answers_the_check_that_waits_for_that_event_alone(store: Store) -> None:
    anas, bens = a_synced(store), a_synced(store, "T1", "U2")
    trip, other = begun(store, anas), begun(store, bens)
    back(store, bens, trip.event_id)
    assert of(store, anas.actor) == trip
    back(store, anas, "x", trip.event_id)
    answered = replace(trip, came_back_at=NOW + MINUTE, way=Way.PUSH, tidy_at=NOW + MINUTE)
    assert of(store, anas.actor) == answered
    assert of(store, bens.actor) == other


def test_a_check_that_came_back_is_claimed_once_and_then_done(store: Store) -> None:
    synced = a_synced(store)
    back(store, synced, begun(store, synced).event_id)
    assert claimed(store, timedelta()) == []
    [trip] = claimed(store, MINUTE)
    assert trip.fence == 1
    assert claimed(store, MINUTE) == []
    with store.writing() as work:
        work.round_trips.tidied(trip)
        work.commit()
    assert claimed(store, 100 * MINUTE) == []
    done = of(store, synced.actor)
    assert done is not None
    assert (done.tidy_at, done.came_back_at) == (None, NOW + MINUTE)


def test_a_claim_that_was_lost_is_taken_over_and_ends_nothing(store: Store) -> None:
    synced = a_synced(store)
    begun(store, synced)
    [late] = claimed(store, 10 * MINUTE)
    [trip] = claimed(store, 10 * MINUTE + ROUND_TRIP_LEASE)
    with store.writing() as work:
        work.round_trips.tidied(late)
        work.commit()
    left = of(store, synced.actor)
    assert left is not None
    assert (left.fence, left.tidy_at) == (trip.fence, NOW + 10 * MINUTE)


def test_a_failed_removal_is_counted_and_due_again(store: Store) -> None:
    synced = a_synced(store)
    begun(store, synced)
    [trip] = claimed(store, 10 * MINUTE)
    with store.writing() as work:
        work.round_trips.retry(trip, NOW + 12 * MINUTE)
        work.commit()
    assert claimed(store, 11 * MINUTE) == []
    [again] = claimed(store, 12 * MINUTE)
    assert (again.attempts, again.fence) == (1, 2)


def test_an_event_that_cannot_be_removed_is_left_by_whoever_holds_it(store: Store) -> None:
    synced = a_synced(store)
    begun(store, synced)
    [late] = claimed(store, 10 * MINUTE)
    [trip] = claimed(store, 10 * MINUTE + ROUND_TRIP_LEASE)
    for holder, is_left in ((late, False), (trip, True)):
        with store.writing() as work:
            work.round_trips.leave(holder)
            work.commit()
        found = of(store, synced.actor)
        assert found is not None
        assert (found.is_left, found.tidy_at is None) == (is_left, is_left)
    assert claimed(store, 1000 * MINUTE) == []
    with store.writing() as work:
        again = work.round_trips.begin(synced.actor, synced.claim.calendar, NOW + 60 * MINUTE, new_id=new_id())
    assert not again.is_left


def test_a_refusal_is_kept_unless_the_event_came_back_all_the_same(store: Store) -> None:
    anas, bens = a_synced(store), a_synced(store, "T1", "U2")
    trips = [begun(store, anas), begun(store, bens)]
    back(store, bens, trips[1].event_id)
    with store.writing() as work:
        for trip in trips:
            work.round_trips.refuse(replace(trip, problem="Google did not answer.", tidy_at=None))
        work.commit()
    hers, his = of(store, anas.actor), of(store, bens.actor)
    assert hers is not None
    assert his is not None
    assert (hers.problem, hers.tidy_at) == ("Google did not answer.", None)
    assert (his.problem, his.tidy_at) == ("", NOW + MINUTE)


def test_a_check_outlives_its_calendar_and_goes_with_its_account(store: Store) -> None:
    synced = a_synced(store)
    trip = begun(store, synced)
    with store.writing() as work:
        work.calendars.choose(synced.actor, [])
        work.commit()
    with store.reading() as work:
        assert list(work.round_trips.untidied(synced.account.id)) == [trip]
    with store.writing() as work:
        work.accounts.erase(synced.account.id)
        work.commit()
    assert of(store, synced.actor) is None


def test_why_a_calendar_has_no_channel_is_told_to_its_owner(store: Store) -> None:
    anas, bens = a_synced(store), a_synced(store, "T1", "U2")
    with store.writing() as work:
        for synced, problem in ((anas, "Google does not tell of changes of this calendar."), (bens, None)):
            assert work.push_channels.hold(synced.calendar_id)
            work.push_channels.plan(synced.calendar_id, NOW, problem=problem)
        work.commit()
    with store.reading() as work:
        assert work.push_channels.refusals(anas.actor) == {
            anas.calendar_id: "Google does not tell of changes of this calendar."
        }
        assert work.push_channels.refusals(bens.actor) == {}
