"""Every kind of answer of the stand-in for Google is what Google's discovery document says it is."""

from typing import Any

import jsonschema
import pytest

from tests.contracts.google_desk import ALL, AUTH, Desk
from tests.contracts.google_schema import check_answer

ANA = "ana@acme.test"


@pytest.fixture
def service(desk: Desk) -> Any:
    return desk.calendar(*ALL, f"{AUTH}calendar.calendars.readonly")


def fill(desk: Desk) -> str:
    """One of everything; returns the id of a series."""
    world = desk.world
    times = {"start": "2026-12-01T10:00", "end": "2026-12-01T11:00"}
    world.put_event(ANA, start="2026-12-24", end="2026-12-27", transparency="transparent", summary="Away")
    world.put_event(ANA, visibility="private", colorId="3", description="<b>x</b>", **times)
    world.put_event(ANA, eventType="outOfOffice", outOfOfficeProperties={"declineMessage": "Away"}, **times)
    world.put_event(ANA, eventType="workingLocation", workingLocationProperties={"type": "homeOffice"}, **times)
    guests = [{"email": ANA, "responseStatus": "accepted"}, {"email": "room@acme.test", "resource": True}]
    world.put_event(ANA, attendees=guests, extendedProperties={"private": {"a": "b"}, "shared": {"c": "d"}}, **times)
    series = str(world.put_event(ANA, recurrence=["RRULE:FREQ=WEEKLY;COUNT=3"], **times)["id"])
    world.change_event(ANA, f"{series}_20261208T090000Z", summary="Moved", end="2026-12-08T12:00")
    world.delete_event(ANA, f"{series}_20261215T090000Z")
    return series


@pytest.mark.parametrize("asked", [{}, {"singleEvents": True}, {"showDeleted": True}, {"maxResults": 2}])
def test_a_full_listing_is_valid(desk: Desk, service: Any, asked: dict[str, Any]) -> None:
    fill(desk)
    check_answer(service.events().list(calendarId="primary", **asked).execute(), "Events")


def test_a_delta_is_valid(desk: Desk, service: Any) -> None:
    token = service.events().list(calendarId="primary").execute()["nextSyncToken"]
    desk.world.delete_event(ANA, fill(desk))
    answer = service.events().list(calendarId="primary", syncToken=token).execute()
    check_answer(answer, "Events")
    assert len(answer["items"]) == 8


def test_a_listing_without_details_is_valid(desk: Desk) -> None:
    fill(desk)
    free_busy_only = desk.calendar(f"{AUTH}calendar.events.freebusy")
    check_answer(free_busy_only.events().list(calendarId="primary").execute(), "Events")


@pytest.mark.slow
def test_single_events_are_valid(desk: Desk, service: Any) -> None:
    series = fill(desk)
    asked = {"createRequest": {"requestId": "r1"}}
    body = {"start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}, "conferenceData": asked}
    made = service.events().insert(calendarId="primary", body=body, conferenceDataVersion=1).execute()
    patch = service.events().patch(calendarId="primary", eventId=made["id"], body={"summary": "x"})
    instance = service.events().get(calendarId="primary", eventId=f"{series}_20261201T090000Z")
    for event in (made, patch.execute(), instance.execute()):
        check_answer(event, "Event")


@pytest.mark.slow
def test_calendars_are_valid(desk: Desk, service: Any) -> None:
    side = desk.world.add_calendar(ANA, "Side", "UTC")
    desk.world.list_as(ANA, side, hidden=True, summary_override="S")
    listing = service.calendarList().list(showHidden=True).execute()
    desk.world.remove_calendar(side)
    check_answer(listing, "CalendarList")
    check_answer(service.calendarList().list(syncToken="").execute(), "CalendarList")
    check_answer(service.calendarList().get(calendarId="primary").execute(), "CalendarListEntry")
    check_answer(service.calendars().get(calendarId="primary").execute(), "Calendar")
    check_answer(service.colors().get().execute(), "Colors")


def test_free_busy_answers_are_valid(desk: Desk, service: Any) -> None:
    fill(desk)
    items = [{"id": ANA}, {"id": "nobody@acme.test"}]
    body = {"timeMin": "2026-12-01T00:00:00Z", "timeMax": "2026-12-31T00:00:00Z", "items": items}
    check_answer(service.freebusy().query(body=body).execute(), "FreeBusyResponse")


@pytest.mark.parametrize(
    "wrong", [{"summry": "a slip"}, {"sequence": "0"}, {"start": {"at": "10:00"}}, {"recurrence": "RRULE:FREQ=DAILY"}]
)
def test_an_answer_that_google_would_not_give_is_found_out(wrong: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check_answer(wrong, "Event")
