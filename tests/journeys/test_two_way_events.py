"""Google's events in two-way sync with the whole bot running: shown in colour, changed from Slack, declined."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.calendars import TWO_WAY
from bot.domain.people import actor_of
from bot.sandbox.slack.person import Person
from tests.journeys.house import House

pytestmark = pytest.mark.slow

MAYA = {"email": "maya@ortiz.test", "displayName": "Maya Ortiz"}
TOMORROW = {"start": "2026-11-25T15:00", "end": "2026-11-25T16:00"}


def switched(house: House, person: Person) -> None:
    """Her linked calendar is in two-way sync from now on."""
    with house.store.writing() as work:
        workspace = work.workspaces.by_team(house.town.workspace.id)
        assert workspace is not None
        [member] = work.members.by_slack_ids(workspace.id, [person.member.id]).values()
        actor = actor_of(member, workspace)
        calendars = [replace(one, option=TWO_WAY, option_since=house.clock.now()) for one in work.calendars.of(actor)]
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
    assert "15:00-16:00 ▪ blue Demo · Maya Ortiz · not answered · Ana [Details]" in told
    assert "15:00-16:00 ▪ teal Planning · Ana [Details]" in told
    assert "Maya Ortiz" in house.types(ana, "/daybook contacts")


def test_a_client_who_declines_is_told_once_and_shown(house: House, ana: Person) -> None:
    event_id = put(house, "Offer", [MAYA])
    reads(house)
    own = {"email": house.town.ana.email, "responseStatus": "accepted"}
    house.google.change_event(house.town.ana.email, event_id, attendees=[own, MAYA | {"responseStatus": "declined"}])
    reads(house)
    reads(house)
    assert house.sees(ana).count("*Maya Ortiz* declined *Offer*") == 1
    assert "Offer · Maya Ortiz · declined · Ana" in house.types(ana, "/daybook agenda tomorrow")


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
