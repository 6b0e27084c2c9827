"""The ledger of triggers: each firing is carried out by one process, tried again, and kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.appointments import Venue, Where
from bot.domain.errors import LeaseLost
from bot.domain.firings import FIRING_LEASE, FiringState
from bot.domain.triggers import TriggerFilter
from bot.ports import Firings, Store
from tests.contracts.appointment_builders import a_contact
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import a_person, all_at_once
from tests.trigger_builders import (
    LATER,
    a_trigger,
    an_occasion,
    firings_claimed,
    happened,
    made,
)

A_MINUTE = timedelta(minutes=1)
Write = Callable[[Firings], None]


# fault 11
def test_the_ledger_tells_what_one_member_hosts(store: Store) -> None:
    ana, ben, cara = (a_person(store, user=user) for user in ("U1", "U2", "U3"))
    trigger = made(store, a_trigger(ana, only=TriggerFilter()))
    happened(store, an_occasion(ben, title="Ben's"))
    both = (ben.member_id, ana.member_id)
    happened(store, an_occasion(ben, hosts=both, title="Both's", at=LATER + A_MINUTE))
    happened(store, an_occasion(ana, title="Ana's", at=LATER + 2 * A_MINUTE))
    with store.reading() as work:
        firings = work.firings
        told = [
            [one.occasion.title for one in firings.of(trigger.id, limit=1, offset=offset, host=ana.member_id)]
            for offset in (0, 1, 2)
        ]
        counts = [firings.count(trigger.id, host=one.member_id) for one in (ana, ben, cara)]
    assert (told, counts) == ([["Ana's"], ["Both's"], []], [2, 2, 0])


# fault 56
def test_one_firing_of_a_trigger_is_under_way_at_a_time(store: Store) -> None:
    ana = a_person(store)
    first, other = made(store, a_trigger(ana)), made(store, a_trigger(ana))
    early, late = an_occasion(ana), an_occasion(ana, at=LATER + A_MINUTE)
    happened(store, late)
    happened(store, early)
    claims = firings_claimed(store, LATER + A_MINUTE)
    assert {(claim.trigger.id, claim.firing.occasion.at) for claim in claims} == {(first.id, LATER), (other.id, LATER)}
    assert firings_claimed(store, LATER + A_MINUTE) == []
    with store.reading() as work:
        assert work.firings.is_any_due(LATER + A_MINUTE)
        assert not work.firings.is_any_due(LATER - A_MINUTE)


# fault 58
def test_what_fails_waits_and_lets_others_go_first(store: Store) -> None:
    ana = a_person(store)
    trigger = made(store, a_trigger(ana))
    happened(store, an_occasion(ana))
    [claim] = firings_claimed(store)
    due_at = LATER + A_MINUTE
    with store.writing() as work:
        work.firings.sending(claim, LATER)
        work.firings.retry(claim, problem="It said no.", due_at=due_at, was_sent=False)
        work.commit()
    with store.reading() as work:
        [waiting] = work.firings.of(trigger.id, limit=5)
    assert (waiting.attempts, waiting.problem, waiting.due_at, waiting.sent_at) == (1, "It said no.", due_at, None)
    happened(store, an_occasion(ana, at=due_at))
    [fresh] = firings_claimed(store, due_at)
    assert fresh.firing.attempts == 0


# fault 58
def test_of_those_that_failed_a_quarter_is_under_way_at_most(store: Store) -> None:
    ana = a_person(store)
    for _ in range(6):
        made(store, a_trigger(ana))
    happened(store, an_occasion(ana))
    for claim in firings_claimed(store):
        with store.writing() as work:
            work.firings.retry(claim, problem="no", due_at=LATER, was_sent=False)
            work.commit()
    assert [len(firings_claimed(store, limit=8)), len(firings_claimed(store, limit=8))] == [2, 0]


# fault 56
def test_a_late_holder_writes_nothing(store: Store) -> None:
    ana = a_person(store)
    made(store, a_trigger(ana))
    happened(store, an_occasion(ana))
    [late] = firings_claimed(store)
    [now_his] = firings_claimed(store, LATER + FIRING_LEASE)
    assert now_his.fence == 2
    writes: list[Write] = [
        lambda firings: firings.sending(late, LATER),
        lambda firings: firings.retry(late, problem="", due_at=LATER, was_sent=True),
        lambda firings: firings.give_back(late),
        lambda firings: firings.end(late, FiringState.DONE, LATER),
    ]
    for write in writes:
        with store.writing() as work, pytest.raises(LeaseLost):
            write(work.firings)


def test_a_firing_of_a_deleted_trigger_is_lost_to_its_holder(store: Store) -> None:
    ana = a_person(store)
    trigger = made(store, a_trigger(ana))
    happened(store, an_occasion(ana))
    [claim] = firings_claimed(store)
    with store.writing() as work:
        work.triggers.delete(ana, trigger.id)
        work.commit()
    with store.writing() as work, pytest.raises(LeaseLost):
        work.firings.end(claim, FiringState.DONE, LATER)


# fault 34
def test_what_was_sent_is_remembered_until_it_is_known_that_it_was_not(store: Store) -> None:
    ana = a_person(store)
    made(store, a_trigger(ana))
    happened(store, an_occasion(ana))
    [claim] = firings_claimed(store)
    with store.writing() as work:
        work.firings.sending(claim, LATER)
        work.commit()
    [again] = firings_claimed(store, LATER + FIRING_LEASE)
    assert again.firing.sent_at == LATER
    with store.writing() as work:
        work.firings.sending(again, LATER + A_MINUTE)
        work.firings.retry(again, problem="no", due_at=LATER + FIRING_LEASE, was_sent=False)
        work.commit()
    [third] = firings_claimed(store, LATER + FIRING_LEASE)
    # The first try may have arrived; that the second did not says nothing of it.
    assert third.firing.sent_at == LATER


@pytest.mark.parametrize(
    ("state", "sent_at"), [(FiringState.FAILED, LATER), (FiringState.UNSURE, None), (FiringState.LEFT_OUT, LATER)]
)
def test_what_came_to_nothing_runs_again_under_its_id(
    store: Store, state: FiringState, sent_at: datetime | None
) -> None:
    ana = a_person(store)
    made(store, a_trigger(ana))
    happened(store, an_occasion(ana))
    [claim] = firings_claimed(store)
    with store.writing() as work:
        work.firings.sending(claim, LATER)
        work.firings.end(claim, state, LATER, problem="no")
        work.commit()
    later = LATER + timedelta(days=30)
    with store.writing() as work:
        ended = work.firings.get(ana, claim.firing.id)
        assert (ended.state, ended.problem, ended.due_at, ended.ended_at) == (state, "no", None, LATER)
        assert [work.firings.run_again(ended, later), work.firings.run_again(ended, later)] == [True, False]
        work.commit()
    [again] = firings_claimed(store, later)
    expected = replace(claim.firing, due_at=later, sent_at=sent_at)
    assert again.firing == expected


def test_the_ledger_counts_what_came_to_nothing(store: Store) -> None:
    ana = a_person(store)
    trigger = made(store, a_trigger(ana))
    for state in FiringState:
        happened(store, an_occasion(ana))
        [claim] = firings_claimed(store)
        with store.writing() as work:
            work.firings.end(claim, state, LATER)
            work.commit()
    with store.reading() as work:
        [health] = work.triggers.all(ana)
        pages = [work.firings.of(trigger.id, limit=2, offset=offset) for offset in (0, 2, 4)]
    assert (health.fired, health.failed) == (5, 2)
    assert len({firing.id for page in pages for firing in page}) == 5


# fault 55
def test_a_contact_that_is_forgotten_is_told_of_no_more(store: Store) -> None:
    ana = a_person(store)
    maya, lee = a_contact(store, ana), a_contact(store, ana, "lee@chen.test", "Lee Chen")
    trigger = made(store, a_trigger(ana))
    happened(store, an_occasion(ana, contacts=[maya, lee], venue=Venue(Where.PHONE, "+49 30 1")))
    happened(store, an_occasion(ana, contacts=[lee], at=LATER + A_MINUTE))
    with store.writing() as work:
        work.firings.forget_contact(maya.id)
        work.commit()
    with store.reading() as work:
        kept, forgotten = (firing.occasion for firing in work.firings.of(trigger.id, limit=5))
    assert (forgotten.contacts, forgotten.title, forgotten.venue.details) == ((lee,), "", "")
    assert (kept.contacts, kept.title) == ((lee,), "Maya Ortiz and Ana")


# fault 56
def test_eight_who_claim_at_once_get_each_firing_once(database: Database) -> None:
    stores = [database.open() for _ in range(8)]
    ana = a_person(stores[0])
    for _ in range(4):
        made(stores[0], a_trigger(ana))
    happened(stores[0], an_occasion(ana))
    claimed = [claim.firing.id for claims in all_at_once(8, lambda n: firings_claimed(stores[n])) for claim in claims]
    assert len(claimed) == len(set(claimed)) == 4
