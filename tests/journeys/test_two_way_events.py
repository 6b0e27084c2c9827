"""Google's events in two-way sync with the whole bot running: shown in colour, changed from Slack, declined."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.clients.system import new_id
from bot.domain.calendars import TWO_WAY, ContactPolicy, SyncOption
from bot.domain.occasions import What
from bot.domain.people import Actor, actor_of
from bot.domain.triggers import ActionKind, Trigger, TriggerAction, TriggerFilter
from bot.sandbox.slack.person import Person
from storage.tables import METADATA
from tests.journeys.bookings import clears_away, moved_in
from tests.journeys.house import House

pytestmark = pytest.mark.slow

MAYA = {"email": "maya@ortiz.test", "displayName": "Maya Ortiz"}
TOMORROW = {"start": "2026-11-25T15:00", "end": "2026-11-25T16:00"}


def acting(house: House, person: Person) -> Actor:
    with house.store.reading() as work:
        workspace = work.workspaces.by_team(house.town.workspace.id)
        assert workspace is not None
        [member] = work.members.by_slack_ids(workspace.id, [person.member.id]).values()
        return actor_of(member, workspace)


def switched(house: House, person: Person, option: SyncOption = TWO_WAY) -> None:
    """Her linked calendar has that option from now on."""
    actor = acting(house, person)
    with house.store.writing() as work:
        calendars = [replace(one, option=option, option_since=house.clock.now()) for one in work.calendars.of(actor)]
        work.calendars.choose(actor, calendars)
        work.taken.mark_all(actor, calendars[0].id)
        work.commit()
    house.runs("decide_events")


def put(house: House, title: str, guests: list[dict[str, Any]], **fields: Any) -> str:
    """An event of Ana's with guests; its id."""
    own = {"email": house.town.ana.email, "responseStatus": "accepted"}
    made = house.google.put_event(house.town.ana.email, summary=title, attendees=[own, *guests], **TOMORROW, **fields)
    return str(made["id"])


def reads(house: House) -> None:
    house.clock.time += timedelta(hours=1)
    house.reads()
    house.runs("decide_events")
    house.runs("tell_declines")


def fields_of(house: House, event_id: str) -> dict[str, Any]:
    return house.google.calendars[house.town.ana.email].events[event_id].fields


@pytest.fixture
def ana(house: House) -> Person:
    ana = house.sets_up(house.town.ana)
    switched(house, ana)
    return ana


def test_a_meeting_with_a_client_is_blue_and_one_with_a_colleague_teal(house: House, ana: Person) -> None:
    put(house, "Demo", [MAYA, {"email": house.town.ben.email}])
    put(house, "Planning", [{"email": house.town.ben.email}])
    reads(house)
    told = house.types(ana, "/daybook agenda tomorrow")
    assert "15:00-16:00 ▪ blue Demo · with Maya Ortiz (not answered) [Details]" in told
    assert "15:00-16:00 ▪ teal Planning [Details]" in told
    assert "Maya Ortiz" in house.types(ana, "/daybook contacts")


def test_a_client_who_declines_is_told_once_and_shown(house: House, ana: Person) -> None:
    event_id = put(house, "Offer", [MAYA])
    reads(house)
    own = {"email": house.town.ana.email, "responseStatus": "accepted"}
    house.google.change_event(house.town.ana.email, event_id, attendees=[own, MAYA | {"responseStatus": "declined"}])
    reads(house)
    reads(house)
    assert house.sees(ana).count("*Maya Ortiz* declined *Offer*") == 1
    assert "Offer · with Maya Ortiz (declined)" in house.types(ana, "/daybook agenda tomorrow")


def test_an_event_is_moved_and_cancelled_from_slack(house: House, ana: Person) -> None:
    event_id = put(house, "Visit", [MAYA])
    reads(house)
    house.types(ana, "/daybook agenda tomorrow")
    assert "Maya Ortiz · not answered [Move] [Cancel event]" in house.clicks(ana, "Details", near="Visit")

    house.clicks(ana, "Move")
    ana.fills("Time", "17:00")
    assert "*Visit* is at Wed 25 Nov, 17:00-18:00 in Google now." in house.submits(ana)
    assert fields_of(house, event_id)["start"]["dateTime"].startswith("2026-11-25T17:00")
    ana.closes(all_of_them=True)
    reads(house)

    assert "17:00-18:00 ▪ blue Visit" in house.types(ana, "/daybook agenda tomorrow")
    house.clicks(ana, "Details", near="Visit")
    assert "*Visit* is cancelled in Google." in house.clicks(ana, "Cancel event")
    assert fields_of(house, event_id)["status"] == "cancelled"
    ana.closes(all_of_them=True)
    reads(house)
    assert "Visit" not in house.types(ana, "/daybook agenda tomorrow")


def test_somebody_elses_invitation_says_why_it_stays_as_it_is(house: House, ana: Person) -> None:
    put(house, "Review", [MAYA], organizer={"email": "maya@ortiz.test"})
    reads(house)
    house.types(ana, "/daybook agenda tomorrow")
    told = house.clicks(ana, "Details", near="Review")
    assert "Somebody else organises it" in told
    assert "[Cancel event]" not in told


@pytest.fixture
def trigger(house: House, ana: Person) -> Iterator[Trigger]:
    """One of Ana's that hears of everything, since long ago; nobody was asked about anybody."""
    owner = acting(house, ana)
    trigger = Trigger(
        id=new_id(),
        workspace_id=owner.workspace_id,
        owner_id=owner.member_id,
        name="All",
        when=frozenset(What),
        only=TriggerFilter((owner.member_id,)),
        action=TriggerAction(ActionKind.MESSAGE, text="heard"),
        created_at=house.clock.now() - timedelta(days=300),
    )
    with house.store.writing() as work:
        work.triggers.add(trigger, None)
        work.commit()
    yield trigger
    with house.store.connected("writing") as connection:
        for table in ("trigger_rule", "invitee_question", "blocked_address"):
            connection.execute(METADATA.tables[table].delete())
        connection.commit()


def test_strangers_are_asked_about_and_who_is_added_has_an_appointment(
    house: House, ana: Person, trigger: Trigger
) -> None:
    put(house, "Intro", [{"email": "sue@firm.test", "displayName": "Sue Park"}])
    put(house, "Spam", [{"email": "joe@junk.test", "displayName": "Joe"}, {"email": "jim@junk.test"}])
    house.clock.time += timedelta(minutes=1)
    switched(house, ana, replace(TWO_WAY, contact_policy=ContactPolicy.ASK))
    reads(house)
    house.clock.time += timedelta(minutes=2)
    house.runs("ask_about_invitees")
    assert "*3 invitees in your Google calendar are no contacts yet.*" in ana.reads(ana.messages[-1])
    assert "15:00-16:00 ▪ teal Intro" in house.types(ana, "/daybook agenda tomorrow")

    house.clicks(ana, "Add", near="sue@firm.test")
    house.clicks(ana, "Never for junk.test", near="joe@junk.test")
    house.is_settled()
    reads(house)
    told = ana.reads(ana.messages[-1])
    assert "Sue Park (sue@firm.test): added" in told
    assert "Joe (joe@junk.test): never anybody at junk.test" in told
    day = house.types(ana, "/daybook agenda tomorrow")
    assert "15:00-16:00 ▪ blue Intro · with Sue Park (not answered)" in day
    assert "15:00-16:00 ▪ teal Spam" in day
    listed = house.types(ana, "/daybook contacts")
    assert "Sue Park" in listed
    assert "junk.test" not in listed
    with house.store.reading() as work:
        assert work.firings.of(trigger.id, limit=9) == []


def test_what_a_contact_answers_to_a_booking_stands_beside_it(house: House) -> None:
    clears_away(house)
    booking = moved_in(house)
    booking.has_booked(booking.ben, "2026-11-25 10:00", contact="maya@ortiz.test", name_of_the_new_contact="Maya Ortiz")
    event = booking.event("Maya Ortiz and Ana")
    answered = [{"email": "maya@ortiz.test", "responseStatus": "accepted"}]
    house.google.change_event(house.town.ana.email, event["id"], attendees=answered)
    house.clock.time += timedelta(minutes=10)
    house.reads()
    assert "16:00-16:30 ▪ orange Maya Ortiz (accepted) · Zoom" in house.types(booking.ana, "/daybook agenda tomorrow")
