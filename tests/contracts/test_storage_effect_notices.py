"""Copies that changed in Google are looked at, once for each change."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.appointments import Appointment
from bot.domain.calendars import Calendar, SyncClaim
from bot.domain.effects import EFFECT_LEASE, LinkState, RemoteLink
from bot.domain.errors import LeaseLost
from bot.ports import Store
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.effect_builders import claimed, copied, effect_of, failed, finished, given_up, wanted
from tests.contracts.storage_builders import NOW, a_person, a_synced

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def appointment(store: Store) -> Appointment:
    return booked(store, an_appointment(a_person(store)))


def noticed(store: Store, claim: SyncClaim, link: RemoteLink, now: datetime = LATER) -> None:
    with store.writing() as work:
        work.effects.notice(claim, [link.remote_id], now)
        work.commit()


def test_a_copy_that_changed_in_google_is_looked_at(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar)

    with store.writing() as work:
        assert work.effects.notice(ana.claim, [link.remote_id, "another"], LATER) == 1
        assert work.effects.notice(ana.claim, [], LATER) == 0
        work.commit()

    effect = effect_of(store, appointment)
    assert (effect.is_noticed, effect.due_at, effect.wanted, effect.delivered) == (True, LATER, 1, 1)
    finished(store, claimed(store, LATER))
    effect = effect_of(store, appointment)
    assert (effect.is_noticed, effect.due_at) == (False, None)


def test_a_change_that_is_noticed_while_the_last_is_looked_at_is_looked_at_too(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar)
    noticed(store, ana.claim, link)
    looking = claimed(store, LATER)
    noticed(store, ana.claim, link)
    finished(store, looking)

    again = claimed(store, LATER)

    assert again.effect.is_noticed
    finished(store, again)
    assert not effect_of(store, appointment).is_noticed


def test_a_notice_outlives_a_failure_and_a_worker_that_died(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    noticed(store, ana.claim, copied(store, appointment, ana.claim.calendar))
    failed(store, claimed(store, LATER), LATER)
    claimed(store, LATER)  # and is never heard of again

    again = claimed(store, LATER + EFFECT_LEASE)

    assert again.effect.is_noticed
    finished(store, again)
    assert not effect_of(store, appointment).is_noticed


def test_what_we_took_away_ourselves_is_not_noticed(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar, LinkState.REMOVED)

    with store.writing() as work:
        assert work.effects.notice(ana.claim, [link.remote_id], LATER) == 0


# fault 10
def test_another_calendars_event_of_the_same_id_is_not_ours(store: Store) -> None:
    ana, ben = a_synced(store), a_synced(store, "T2", "U2")
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar)

    with store.writing() as work:
        assert work.effects.notice(ben.claim, [link.remote_id], LATER) == 0


# fault 56
def test_a_sync_that_was_taken_over_notices_nothing(store: Store) -> None:
    ana = a_synced(store)
    link = copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar)

    with pytest.raises(LeaseLost), store.writing() as work:
        work.effects.notice(replace(ana.claim, fence=ana.claim.fence - 1), [link.remote_id], LATER)


def unfollowed(store: Store, *calendars: Calendar) -> frozenset[UUID]:
    with store.reading() as work:
        return work.effects.unfollowed([one.id for one in calendars])


def test_a_change_that_nobody_has_looked_at_is_told_of_its_calendar_until_then(store: Store) -> None:
    ana, ben = a_synced(store), a_synced(store, user="U2")
    both = (ana.claim.calendar, ben.claim.calendar)
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar)
    assert unfollowed(store, *both) == frozenset()

    noticed(store, ana.claim, link)
    assert unfollowed(store, *both) == {ana.calendar_id}
    assert unfollowed(store, ben.claim.calendar) == frozenset()
    looking = claimed(store, LATER)
    assert unfollowed(store, *both) == {ana.calendar_id}
    failed(store, looking, LATER + timedelta(minutes=1))
    assert unfollowed(store, *both) == {ana.calendar_id}

    finished(store, claimed(store, LATER + timedelta(minutes=1)))
    assert unfollowed(store, *both) == frozenset()


def test_a_change_whose_look_was_given_up_is_not_waited_for(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    noticed(store, ana.claim, copied(store, appointment, ana.claim.calendar))
    given_up(store, claimed(store, LATER))
    assert unfollowed(store, ana.claim.calendar) == frozenset()


def test_what_is_only_to_be_written_is_no_change_in_google(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    copied(store, appointment, ana.claim.calendar)
    wanted(store, appointment)
    assert unfollowed(store, ana.claim.calendar) == frozenset()
