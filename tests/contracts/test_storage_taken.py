"""What stores promise of the invitees of events and of appointments taken from Google."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.calendars import ONE_WAY, TWO_WAY, Calendar, Role, SyncClaim
from bot.domain.contacts import Contact
from bot.domain.errors import LeaseLost, NotFound
from bot.domain.events import EventStatus, Guest, Invitee, Response
from bot.domain.intervals import Interval
from bot.domain.shades import Shade
from bot.domain.taken import Decided, Declined, TakenAppointment, TakenContact
from bot.ports import Store
from tests.builders import days, span
from tests.contracts.appointment_builders import a_contact
from tests.contracts.storage_builders import (
    LEASE,
    NOW,
    Synced,
    a_calendar,
    a_person,
    a_synced,
    an_occurrence,
    chosen,
    claimed,
    connected,
    expanded,
    new_id,
    upserted,
)
from tests.event_builders import a_meeting

DAY = days()
MADE = NOW.replace(microsecond=0) - timedelta(days=1)
PEOPLE = (
    Invitee("ana@acme.test", "Ana", Response.ACCEPTED, is_self=True, is_organizer=True),
    Invitee("maya@ortiz.test", 'Maya "O" Ortiz\u2028', Response.DECLINED),
    Invitee("room@acme.test", "Room 7", is_room=True),
)
DEMO = replace(a_meeting("demo"), invitees=PEOPLE, created_at=MADE, ical_uid="demo@google.com", title="Demo")


@pytest.fixture
def ana(store: Store) -> Synced:
    return a_linked(store)


def a_linked(store: Store, team: str = "T1", user: str = "U1") -> Synced:
    """A person whose calendar is linked, in two-way sync, and claimed."""
    actor = a_person(store, team, user)
    account = connected(store, actor, f"{user}.{team}@example.com".lower())
    calendar = replace(a_calendar(account, role=Role.LINKED), option=TWO_WAY, option_since=MADE)
    chosen(store, actor, calendar)
    [claim] = [claim for claim in claimed(store) if claim.calendar.id == calendar.id]
    return Synced(actor, account, claim)


def a_taken(one: Synced, contact: Contact, *, original: int = 0, uid: str = "demo@google.com") -> TakenAppointment:
    when = span("9:00-10:00")
    return TakenAppointment(
        id=new_id(),
        workspace_id=one.actor.workspace_id,
        ical_uid=uid,
        original=original,
        span=when,
        title="Demo",
        repeats=False,
        hosts=(one.actor.member_id,),
        contacts=(TakenContact(contact, Response.ACCEPTED),),
        created_at=MADE,
        over_at=when.end,
    )


def decided(store: Store, claim: SyncClaim, *what: Decided) -> None:
    with store.writing() as work:
        work.taken.save(claim, what)
        work.commit()


def taken_from_google(store: Store, one: Synced, event_id: str = "demo") -> TakenAppointment:
    """An event that was decided to be an appointment with Maya."""
    event = replace(DEMO, id=event_id)
    upserted(store, one.claim, event)
    expanded(store, one.claim, event_id, an_occurrence(event))
    taken = a_taken(one, a_contact(store, one.actor))
    with store.reading() as work:
        known = work.taken.by_key(one.actor.workspace_id, [taken.key])
    if known:
        taken = replace(taken, id=known[taken.key].id)
    decided(store, one.claim, Decided(event_id, Shade.BLUE, ("maya@ortiz.test",), taken, taken.span))
    return taken


def marked(store: Store, calendar: Calendar) -> list[str]:
    with store.reading() as work:
        return [one.event.id for one in work.taken.marked(calendar, after="", limit=100)]


def of_maya(store: Store, one: Synced, window: Interval = DAY) -> list[tuple[TakenAppointment, Interval]]:
    contact = a_contact(store, one.actor)
    with store.reading() as work:
        return list(work.taken.with_contact(one.actor, contact.id, window, limit=10))


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
    assert (event, marked(store, ana.claim.calendar)) == (replace(DEMO, invitees=(), created_at=None), [])


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


def test_a_calendar_that_is_forgotten_keeps_its_events_and_no_meeting(store: Store, ana: Synced) -> None:
    taken_from_google(store, ana)
    with store.writing() as work:
        work.taken.forget(ana.actor, ana.calendar_id)
        work.commit()
    with store.reading() as work:
        assert [(entry.title, entry.shade) for entry in work.events.agenda(ana.actor, DAY)] == [("Demo", None)]
    assert of_maya(store, ana) == []


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
        assert work.taken.has_untold()
    assert (claim_declined(store), claim_declined(store)) == ([declined], [])
    with store.writing() as work:
        work.taken.release_declined(declined)
        work.commit()
    assert claim_declined(store) == [declined]
    later = replace(declined, span=span("11:00-12:00"))
    assert told(store, later)


def told(store: Store, declined: Declined) -> bool:
    with store.writing() as work:
        is_news = work.taken.decline(declined, NOW)
        work.commit()
    return is_news


def claim_declined(store: Store) -> list[Declined]:
    with store.writing() as work:
        found = work.taken.claim_declined(NOW, limit=10)
        work.commit()
    return list(found)


def claim_again(store: Store, one: Synced) -> SyncClaim:
    """Another process's claim, once the lease has run out."""
    with store.writing() as work:
        [claim] = work.calendars.claim_these([one.calendar_id], NOW + 2 * LEASE, lease=-LEASE)
        work.commit()
    return claim


def waiting(store: Store, now: datetime) -> list[object]:
    with store.reading() as work:
        return [calendar.id for calendar in work.taken.waiting(now, limit=10)]
