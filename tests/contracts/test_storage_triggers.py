"""Triggers as they are kept: found by their workspace alone, and entered in the ledger once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.appointments import Venue, Where
from bot.domain.errors import NotFound, SecretUnreadable
from bot.domain.firings import FiringState, firing_id_of
from bot.domain.occasions import BookedIn, What
from bot.domain.triggers import TriggerFilter
from bot.ports import Store
from storage.tables import TRIGGER_RULES
from storage.vault import new_key
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
        work.triggers.pause(ana, trigger.id, LATER, is_paused=True)
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
        work.triggers.pause(ana, read.id, LATER, is_paused=True)
        work.triggers.change(replace(read, name="Ours"), None)
        assert work.triggers.get(ana, read.id) == replace(read, name="Ours", is_paused=True)
        work.triggers.pause(ana, read.id, LATER, is_paused=False)
        work.triggers.change(replace(read, is_paused=True), None)
        assert work.triggers.get(ana, read.id) == replace(read, active_since=LATER)


def test_a_trigger_that_goes_on_hears_nothing_of_what_was_made_before(store: Store) -> None:
    ana = a_person(store)
    trigger = made(store, a_trigger(ana))
    meanwhile = an_occasion(ana, at=LATER + 2 * A_MINUTE, made_at=LATER)
    with store.writing() as work:
        work.triggers.pause(ana, trigger.id, LATER, is_paused=True)
        work.triggers.pause(ana, trigger.id, LATER + A_MINUTE, is_paused=False)
        work.triggers.pause(ana, trigger.id, LATER + 9 * A_MINUTE, is_paused=False)  # the press, delivered again
        work.commit()
    assert happened(store, meanwhile) == 0
    assert happened(store, replace(meanwhile, made_at=LATER + A_MINUTE)) == 1


def test_of_two_times_since_when_a_trigger_is_active_the_later_counts(store: Store) -> None:
    ana = a_person(store)
    trigger = made(store, a_trigger(ana))
    with store.writing() as work:
        for at in (LATER + A_MINUTE, LATER, None):
            work.triggers.change(replace(trigger, active_since=at), None)
        assert work.triggers.get(ana, trigger.id).active_since == LATER + A_MINUTE


def test_for_one_address_a_contact_is_added_once(store: Store) -> None:
    ana = a_person(store)
    maya, lee = a_contact(store, ana), a_contact(store, ana, "lee@chen.test", "Lee Chen")
    made(store, a_trigger(ana, What.CONTACT_ADDED))
    added = an_occasion(ana, What.CONTACT_ADDED, contacts=[maya], subject=maya.id)
    again = replace(added, subject=new_id(), contacts=(replace(maya, id=new_id()),))
    others = replace(added, contacts=(lee,))
    assert [happened(store, one) for one in (added, again, others)] == [1, 0, 1]


# fault 25
def test_for_one_address_a_contact_is_added_once_whichever_key_comes_first(database: Database) -> None:
    store = database.open()
    ana = a_person(store)
    maya = a_contact(store, ana)
    made(store, a_trigger(ana, What.CONTACT_ADDED))
    added = an_occasion(ana, What.CONTACT_ADDED, contacts=[maya], subject=maya.id)
    assert happened(store, added) == 1
    assert happened(database.open(new_key(), database.key), added) == 0


# fault 10
def test_another_workspaces_trigger_and_ledger_are_not_there(store: Store) -> None:
    ana, stranger = a_person(store), a_person(store, team="T2")
    trigger = made(store, a_trigger(ana))
    occasion = an_occasion(ana)
    happened(store, occasion)
    with store.writing() as work:
        for refused in (
            lambda: work.triggers.get(stranger, trigger.id),
            lambda: work.triggers.pause(stranger, trigger.id, LATER, is_paused=True),
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
