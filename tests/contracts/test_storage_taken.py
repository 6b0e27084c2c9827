"""Appointments taken from Google, as they are kept and read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import LeaseLost, NotFound
from bot.domain.events import EventStatus, Guest, Occurrence, Response
from bot.domain.intervals import Interval
from bot.domain.invitee_questions import Met
from bot.domain.shades import Shade
from bot.domain.taken import Decided, Declined
from bot.domain.wall_time import DAY as DAY_SECONDS
from bot.domain.wall_time import MINUTE
from bot.ports import Store
from tests.builders import days, span
from tests.contracts.appointment_builders import a_contact
from tests.contracts.storage_builders import (
    NOW,
    Synced,
    an_occurrence,
    expanded,
    upserted,
)
from tests.contracts.taken_builders import (
    DAY,
    DEMO,
    a_linked,
    a_taken,
    claim_again,
    claim_declined,
    decided,
    of_maya,
    taken_from_google,
    told,
)
from tests.event_builders import a_meeting

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ana(store: Store) -> Synced:
    return a_linked(store)


def test_an_appointment_is_shown_with_its_contacts_and_found_by_them(store: Store, ana: Synced) -> None:
    taken = taken_from_google(store, ana)
    with store.reading() as work:
        [entry] = work.events.agenda(ana.actor, DAY)
    assert (entry.shade, entry.guests) == (Shade.BLUE, (Guest("Maya Ortiz", Response.ACCEPTED),))
    assert of_maya(store, ana) == [(taken, taken.span)]
    assert of_maya(store, ana, days("2026-11-25")) == []


def test_what_an_event_was_decided_to_be_holds_until_it_is_decided_anew(store: Store, ana: Synced) -> None:
    taken_from_google(store, ana)
    upserted(store, ana.claim, DEMO)
    expanded(store, ana.claim, "demo", an_occurrence(DEMO))
    with store.reading() as work:
        assert [entry.shade for entry in work.events.agenda(ana.actor, DAY)] == [Shade.BLUE]


def test_a_meeting_of_two_members_has_both_as_hosts(store: Store, ana: Synced) -> None:
    ben = a_linked(store, user="U2")
    taken_from_google(store, ana)
    taken_from_google(store, ben)
    [(taken, _)] = of_maya(store, ana)
    assert set(taken.hosts) == {ana.actor.member_id, ben.actor.member_id}


# fault 14
def test_another_workspace_never_sees_a_meeting(store: Store, ana: Synced) -> None:
    taken_from_google(store, ana)
    stranger = a_linked(store, team="T2")
    taken_from_google(store, stranger)
    [(hers, _)], [(theirs, _)] = of_maya(store, ana), of_maya(store, stranger)
    assert (hers.hosts, theirs.hosts) == ((ana.actor.member_id,), (stranger.actor.member_id,))
    with store.reading() as work:
        assert work.taken.invited_events(stranger.actor, ana.calendar_id, after="", limit=10) == []
    with store.writing() as work:
        with pytest.raises(NotFound):
            work.taken.forget(stranger.actor, ana.calendar_id)
        with pytest.raises(NotFound):
            work.taken.mark_all(stranger.actor, ana.calendar_id)


def test_a_meeting_that_is_none_any_more_is_dropped(store: Store, ana: Synced) -> None:
    taken_from_google(store, ana)
    decided(store, ana.claim, Decided("demo", Shade.TEAL))
    assert of_maya(store, ana) == []


def test_a_meeting_whose_event_went_waits_for_somebody_to_settle_it(store: Store, ana: Synced) -> None:
    taken = taken_from_google(store, ana)
    with store.writing() as work:
        work.events.remove(ana.claim, ["demo"])
        work.commit()

    with store.reading() as work:
        [left] = work.taken.left(ana.claim.calendar)
    assert (left.taken, left.event_id, left.is_elsewhere) == (taken, "demo", False)
    claim = claim_again(store, ana)
    assert claim.has_undecided
    with store.writing() as work:
        work.taken.settle(claim, left, replace(taken, is_cancelled=True, version=2), stays=False)
        work.commit()
    with store.reading() as work:
        assert (list(work.taken.left(ana.claim.calendar)), of_maya(store, ana)) == ([], [])
        [kept] = work.taken.by_key(taken.workspace_id, [taken.key]).values()
    assert (kept.is_cancelled, kept.version) == (True, 2)


def test_a_meeting_that_went_but_stands_elsewhere_leaves_one_calendar(store: Store, ana: Synced) -> None:
    ben = a_linked(store, user="U2")
    taken_from_google(store, ana)
    taken_from_google(store, ben)
    with store.writing() as work:
        work.events.sweep(ana.claim, generation=99)
        work.commit()
    with store.writing() as work:
        [left] = work.taken.left(ana.claim.calendar)
        work.taken.settle(ana.claim, left, None, stays=False)
        work.commit()
    assert left.is_elsewhere
    assert [taken.hosts for taken, _ in of_maya(store, ana)] == [(ben.actor.member_id,)]


def test_who_is_late_writes_nothing(store: Store, ana: Synced) -> None:
    upserted(store, ana.claim, DEMO)
    claim_again(store, ana)
    with store.writing() as work, pytest.raises(LeaseLost):
        work.taken.begin(ana.claim)
    with store.writing() as work, pytest.raises(LeaseLost):
        work.taken.save(ana.claim, [Decided("demo", Shade.TEAL)])


def test_a_calendar_that_is_forgotten_keeps_its_events_and_no_meeting(store: Store, ana: Synced) -> None:
    taken_from_google(store, ana)
    with store.writing() as work:
        work.taken.forget(ana.actor, ana.calendar_id)
        work.commit()
    with store.reading() as work:
        assert [(entry.title, entry.shade) for entry in work.events.agenda(ana.actor, DAY)] == [("Demo", None)]
    assert of_maya(store, ana) == []


def test_one_time_of_a_series_is_kept_while_another_calendar_has_it(store: Store, ana: Synced) -> None:
    ben = a_linked(store, user="U2")
    series = replace(DEMO, recurrence=("RRULE:FREQ=WEEKLY",))
    contact = a_contact(store, ana.actor)
    taken = replace(a_taken(ana, contact), repeats=True)
    for one in (ana, ben):
        upserted(store, one.claim, series)
        decided(store, one.claim, Decided("demo", Shade.BLUE, (), taken, taken.span))
    original = taken.span.start
    off = replace(
        a_meeting("demo_1"),
        status=EventStatus.CANCELLED,
        series_id="demo",
        original_start=DEMO.start,
        start=None,
        end=None,
    )
    key = taken.key._replace(original=original)
    with store.reading() as work:
        assert work.taken.is_kept(ana.claim, key)
    upserted(store, ben.claim, off)
    with store.reading() as work:
        assert not work.taken.is_kept(ana.claim, key)


def test_a_host_is_told_once_that_somebody_declined(store: Store, ana: Synced) -> None:
    taken = taken_from_google(store, ana)
    declined = Declined(
        taken.workspace_id, taken.id, ana.actor.member_id, taken.contacts[0].contact, "Demo", taken.span
    )
    assert [told(store, declined), told(store, declined)] == [True, False]
    with store.reading() as work:
        assert work.taken.has_untold(NOW)
    assert (claim_declined(store), claim_declined(store)) == ([declined], [])
    with store.writing() as work:
        work.taken.release_declined(declined, LATER, first_noted=NOW - timedelta(days=1))
        work.commit()
    with store.reading() as work:
        assert [work.taken.has_untold(now) for now in (NOW, LATER)] == [False, True]
    assert (claim_declined(store), claim_declined(store, LATER)) == ([], [declined])
    with store.writing() as work:
        work.taken.release_declined(declined, LATER, first_noted=NOW)
        work.commit()
    assert claim_declined(store, LATER) == []
    later = replace(declined, span=span("11:00-12:00"))
    assert told(store, later)


def test_a_host_who_is_told_of_a_decline_has_the_way_to_his_own_event(store: Store, ana: Synced) -> None:
    taken = taken_from_google(store, ana)
    upserted(store, ana.claim, replace(a_meeting("demo"), link="https://www.google.com/calendar/event?eid=x"))
    decided(store, ana.claim, Decided("demo", Shade.BLUE, (), taken, taken.span))
    ben = a_linked(store, user="U2")
    for one in (ana, ben):
        maya = taken.contacts[0].contact
        told(store, Declined(taken.workspace_id, taken.id, one.actor.member_id, maya, "Demo", taken.span))
    links = {one.member_id: one.link for one in claim_declined(store)}
    assert links == {ana.actor.member_id: "https://www.google.com/calendar/event?eid=x", ben.actor.member_id: ""}


def test_of_a_series_each_time_in_the_window_is_told(store: Store, ana: Synced) -> None:
    taken = taken_from_google(store, ana)
    decided(store, ana.claim, Decided("demo", Shade.BLUE, (), replace(taken, repeats=True, over_at=None), taken.span))
    starts = [taken.span.start + week * 7 * DAY_SECONDS for week in range(4)]
    times = [Occurrence(start, start + 30 * MINUTE, "demo", "demo", True) for start in starts]
    expanded(store, ana.claim, "demo", *times)
    window = Interval(taken.span.start, starts[-1])
    assert [span.start for _, span in of_maya(store, ana, window)] == starts[:3]


def test_a_host_reads_in_which_meeting_to_come_somebody_is(store: Store, ana: Synced) -> None:
    taken = taken_from_google(store, ana)
    ben = a_linked(store, user="U2")
    with store.reading() as work:

        def met(one: Synced, now: int) -> Mapping[str, Met]:
            actor = one.actor
            return work.taken.met(actor.workspace_id, actor.member_id, ["maya@ortiz.test", "lee@chen.test"], now)

        assert met(ana, taken.span.end - 1) == {"maya@ortiz.test": Met(taken.span, DEMO.title)}
        assert (met(ana, taken.span.end), met(ben, taken.span.start)) == ({}, {})
