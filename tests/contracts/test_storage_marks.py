"""Which events wait for a decision, and of whom on them anything is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendars import ONE_WAY, Role
from bot.domain.errors import LeaseLost
from bot.domain.shades import Shade
from bot.domain.taken import Decided
from bot.ports import Store
from tests.contracts.storage_builders import (
    LEASE,
    NOW,
    Synced,
    a_synced,
    chosen,
    claimed,
    upserted,
)
from tests.contracts.taken_builders import DEMO, a_linked, decided, marked, of_maya, taken_from_google, waiting
from tests.event_builders import a_meeting


@pytest.fixture
def ana(store: Store) -> Synced:
    return a_linked(store)


def test_the_people_of_a_linked_calendar_are_kept_as_they_were_told(store: Store, ana: Synced) -> None:
    upserted(store, ana.claim, DEMO)
    with store.reading() as work:
        assert work.events.get(ana.actor, ana.calendar_id, "demo") == DEMO
        assert list(work.taken.invited_events(ana.actor, ana.calendar_id, after="", limit=10)) == [DEMO]


def test_nobody_is_kept_of_a_conflict_calendar(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, DEMO)
    with store.reading() as work:
        event = work.events.get(ana.actor, ana.calendar_id, "demo")
    assert (event, marked(store, ana.claim.calendar)) == (replace(DEMO, invitees=(), created_at=None, join_url=""), [])


def test_what_is_stored_is_marked_until_it_is_decided(store: Store, ana: Synced) -> None:
    upserted(store, ana.claim, DEMO, a_meeting("alone"))
    assert marked(store, ana.claim.calendar) == ["alone", "demo"]
    decided(store, ana.claim, Decided("alone", Shade.TEAL))
    assert marked(store, ana.claim.calendar) == ["demo"]
    upserted(store, ana.claim, a_meeting("alone"))
    assert marked(store, ana.claim.calendar) == ["alone", "demo"]


def test_under_one_way_only_what_has_people_on_it_is_marked(store: Store) -> None:
    ana = a_linked(store)
    chosen(store, ana.actor, replace(ana.claim.calendar, option=ONE_WAY))
    upserted(store, ana.claim, DEMO, a_meeting("alone"))
    assert marked(store, ana.claim.calendar) == ["demo"]


def test_a_mark_that_somebody_made_outlives_what_is_read_of_the_event(store: Store, ana: Synced) -> None:
    upserted(store, ana.claim, a_meeting("alone"))
    decided(store, ana.claim, Decided("alone", Shade.TEAL))
    chosen(store, ana.actor, replace(ana.claim.calendar, option=ONE_WAY))
    with store.writing() as work:
        work.taken.mark_all(ana.actor, ana.calendar_id)
        work.commit()
    upserted(store, ana.claim, a_meeting("alone"))
    assert marked(store, ana.claim.calendar) == ["alone"]


@pytest.mark.parametrize("named", ["maya@ortiz.test", "@ortiz.test"])
def test_what_hangs_on_somebody_is_decided_anew_when_that_changes(store: Store, ana: Synced, named: str) -> None:
    taken_from_google(store, ana)
    upserted(store, ana.claim, a_meeting("alone"))
    decided(store, ana.claim, Decided("alone", Shade.TEAL, ("lee@chen.test",)))
    stranger = a_linked(store, team="T2")
    taken_from_google(store, stranger)
    with store.writing() as work:
        work.taken.mark_invited(ana.actor.workspace_id, [named])
        work.commit()
    assert (marked(store, ana.claim.calendar), marked(store, stranger.claim.calendar)) == (["demo"], [])


def test_what_waits_is_found_unless_it_is_left_alone(store: Store, ana: Synced) -> None:
    after_lease = NOW + LEASE
    upserted(store, ana.claim, DEMO)
    assert waiting(store, NOW) == []  # somebody has it
    assert waiting(store, after_lease) == [ana.calendar_id]
    with store.writing() as work:
        work.taken.leave_alone(ana.calendar_id, after_lease + timedelta(minutes=1))
        work.commit()
    assert waiting(store, after_lease) == []
    assert waiting(store, after_lease + timedelta(minutes=1)) == [ana.calendar_id]
    with store.writing() as work:
        work.taken.mark_all(ana.actor, ana.calendar_id)
        work.commit()
    assert waiting(store, after_lease) == [ana.calendar_id]


def test_a_calendar_that_is_not_linked_any_more_knows_nobody_on_its_events(store: Store, ana: Synced) -> None:
    taken_from_google(store, ana)
    chosen(store, ana.actor, replace(ana.claim.calendar, role=Role.CONFLICT))
    with store.reading() as work:
        event = work.events.get(ana.actor, ana.calendar_id, "demo")
    assert (event.invitees, event.created_at, of_maya(store, ana)) == ((), None, [])


def test_a_calendar_that_becomes_linked_is_read_anew(store: Store) -> None:
    ana = a_synced(store)
    with store.writing() as work:
        work.events.complete(ana.claim, sync_token="1", zone="Europe/Berlin")
        work.commit()
    chosen(store, ana.actor, replace(ana.claim.calendar, role=Role.LINKED))
    [claim] = claimed(store)
    assert (claim.sync_token, claim.calendar.role) == (None, Role.LINKED)
    with store.writing() as work, pytest.raises(LeaseLost):
        work.events.upsert(ana.claim, [DEMO], generation=1)
