"""Triggers in a store: each fires once for ever, and its ledger tells what came of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.appointments import Venue, Where
from bot.domain.errors import LeaseLost, NotFound, SecretUnreadable
from bot.domain.firings import FIRING_LEASE, FiringState, firing_id_of
from bot.domain.occasions import BookedIn, What
from bot.domain.triggers import TriggerFilter
from bot.ports import Firings, Store
from storage.tables import TRIGGER_RULES
from tests.builders import span
from tests.contracts.appointment_builders import a_contact
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import a_person, all_at_once, new_id
from tests.trigger_builders import (
    AS_VIP,
    HOOK,
    LATER,
    TO_HOOK,
    a_trigger,
    an_occasion,
    firings_claimed,
    happened,
    made,
)

A_MINUTE = timedelta(minutes=1)
Write = Callable[[Firings], None]


def test_a_trigger_comes_back_as_it_went_in(store: Store) -> None:
    ana = a_person(store)
    only = TriggerFilter((ana.member_id,), new_id(), BookedIn.GOOGLE, "vip")
    trigger = made(store, a_trigger(ana, What.BOOKED, What.CANCELLED, action=AS_VIP, only=only))
    with store.reading() as work:
        assert work.triggers.get(ana, trigger.id) == trigger
        [health] = work.triggers.all(ana)
    assert (health.trigger, health.owner.slack_user_id, health.fired, health.failed) == (trigger, "U1", 0, 0)


def test_the_same_submission_makes_one_trigger(store: Store) -> None:
    ana = a_person(store)
    trigger = a_trigger(ana, action=TO_HOOK)
    with store.writing() as work:
        assert work.triggers.add(trigger, HOOK)
        assert not work.triggers.add(replace(trigger, name="Again"), replace(HOOK, secret="other"))
        assert (work.triggers.get(ana, trigger.id).name, work.triggers.webhook(trigger.id)) == ("Tell sales", HOOK)
        assert work.triggers.count_own(ana) == 1


def test_a_trigger_is_changed_paused_and_deleted(store: Store) -> None:
    ana = a_person(store)
    trigger = made(store, a_trigger(ana, action=TO_HOOK), HOOK)
    with store.writing() as work:
        work.triggers.change(replace(trigger, action=AS_VIP), None)
        work.triggers.pause(ana, trigger.id, is_paused=True)
        assert work.triggers.get(ana, trigger.id) == replace(trigger, action=AS_VIP, is_paused=True)
        with pytest.raises(NotFound):
            work.triggers.webhook(trigger.id)
        assert work.triggers.record(an_occasion(ana)) == 0
        work.triggers.delete(ana, trigger.id)
        with pytest.raises(NotFound):
            work.triggers.get(ana, trigger.id)


def test_a_trigger_that_is_changed_stays_paused_or_not_as_it_is(store: Store) -> None:
    ana = a_person(store)
    read = made(store, a_trigger(ana))
    with store.writing() as work:
        work.triggers.pause(ana, read.id, is_paused=True)
        work.triggers.change(replace(read, name="Ours"), None)
        assert work.triggers.get(ana, read.id) == replace(read, name="Ours", is_paused=True)
        work.triggers.pause(ana, read.id, is_paused=False)
        work.triggers.change(replace(read, is_paused=True), None)
        assert work.triggers.get(ana, read.id) == read


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


# fault 10
def test_another_workspaces_trigger_and_ledger_are_not_there(store: Store) -> None:
    ana, stranger = a_person(store), a_person(store, team="T2")
    trigger = made(store, a_trigger(ana))
    occasion = an_occasion(ana)
    happened(store, occasion)
    with store.writing() as work:
        for refused in (
            lambda: work.triggers.get(stranger, trigger.id),
            lambda: work.triggers.pause(stranger, trigger.id, is_paused=True),
            lambda: work.triggers.delete(stranger, trigger.id),
            lambda: work.triggers.change(replace(trigger, workspace_id=stranger.workspace_id), None),
            lambda: work.firings.get(stranger, firing_id_of(trigger.id, occasion.subject, 1)),
        ):
            with pytest.raises(NotFound):
                refused()
        assert work.triggers.all(stranger) == []
        assert work.triggers.record(an_occasion(stranger)) == 0


def test_a_trigger_fires_once_for_each_version_for_ever(store: Store) -> None:
    ana = a_person(store)
    trigger = made(store, a_trigger(ana, What.BOOKED, What.RESCHEDULED))
    booked = an_occasion(ana)
    moved = an_occasion(ana, What.RESCHEDULED, subject=booked.subject, version=2, at=LATER + A_MINUTE)
    assert [happened(store, one) for one in (booked, booked, moved, moved, booked)] == [1, 0, 1, 0, 0]
    for claim in (*firings_claimed(store, LATER + A_MINUTE), *firings_claimed(store, LATER + A_MINUTE)):
        with store.writing() as work:
            work.firings.end(claim, FiringState.DONE, LATER)
            work.commit()
    assert happened(store, booked) == 0
    with store.reading() as work:
        told = [(one.id, one.occasion.version) for one in work.firings.of(trigger.id, limit=5)]
    assert told[-1] == (firing_id_of(trigger.id, booked.subject, 1), 1)
    assert [version for _, version in told] == [2, 1]


def test_nothing_older_than_the_trigger_fires(store: Store) -> None:
    ana = a_person(store)
    made(store, a_trigger(ana, created_at=LATER))
    assert happened(store, an_occasion(ana, at=LATER - timedelta(microseconds=1))) == 0
    assert happened(store, an_occasion(ana, at=LATER)) == 1


def test_a_firing_keeps_what_happened_as_it_was_then(store: Store) -> None:
    ana = a_person(store)
    maya, lee = a_contact(store, ana), a_contact(store, ana, "lee@chen.test", "Lee Chen")
    occasion = an_occasion(
        ana,
        What.RESCHEDULED,
        contacts=[maya, lee],
        before=span("9:00-9:30"),
        calendar_id=new_id(),
        venue=Venue(Where.PHONE, "+49 30 1"),
    )
    trigger = made(store, a_trigger(ana, What.RESCHEDULED))
    happened(store, occasion)
    [claim] = firings_claimed(store)
    assert claim.firing.occasion == occasion
    assert (claim.trigger, claim.fence, claim.firing.due_at) == (trigger, 1, LATER)
    with store.reading() as work:
        assert work.firings.get(ana, claim.firing.id) == claim.firing
        assert work.firings.of(trigger.id, limit=5) == [claim.firing]


def test_a_text_that_no_database_takes_is_no_obstacle(store: Store) -> None:
    ana = a_person(store)
    made(store, a_trigger(ana, name="Tell \x00 them"))
    assert happened(store, an_occasion(ana, title="Fitting \x00 \udc00")) == 1


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


# fault 24, fault 25
def test_what_a_webhook_is_called_by_is_sealed_for_its_trigger_alone(database: Database) -> None:
    store = database.open()
    ana = a_person(store)
    one, other = made(store, a_trigger(ana, action=TO_HOOK), HOOK), made(store, a_trigger(ana, action=TO_HOOK), HOOK)
    with store.connected("writing") as connection:
        sealed = {row.id: row.sealed_webhook for row in connection.execute(select(TRIGGER_RULES))}
        assert all(b"canary" not in value for value in sealed.values())
        moved = update(TRIGGER_RULES).where(TRIGGER_RULES.c.id == one.id).values(sealed_webhook=sealed[other.id])
        connection.execute(moved)
        connection.commit()
    with store.reading() as work:
        assert work.triggers.webhook(other.id) == HOOK
        with pytest.raises(SecretUnreadable):
            work.triggers.webhook(one.id)


# fault 6, fault 56
def test_eight_who_record_the_same_at_once_make_one_firing(database: Database) -> None:
    stores = [database.open() for _ in range(8)]
    ana = a_person(stores[0])
    maya = a_contact(stores[0], ana)
    trigger = made(stores[0], a_trigger(ana))
    occasion = an_occasion(ana, contacts=[maya])
    assert sorted(all_at_once(8, lambda number: happened(stores[number], occasion))) == [0] * 7 + [1]
    with stores[0].reading() as work:
        [firing] = work.firings.of(trigger.id, limit=5)
    assert firing.occasion == occasion


# fault 56
def test_eight_who_claim_at_once_get_each_firing_once(database: Database) -> None:
    stores = [database.open() for _ in range(8)]
    ana = a_person(stores[0])
    for _ in range(4):
        made(stores[0], a_trigger(ana))
    happened(stores[0], an_occasion(ana))
    claimed = [claim.firing.id for claims in all_at_once(8, lambda n: firings_claimed(stores[n])) for claim in claims]
    assert len(claimed) == len(set(claimed)) == 4
