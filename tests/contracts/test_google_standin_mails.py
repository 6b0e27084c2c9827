"""What the stand-in for Google does about events with guests: the mails, moves to other calendars, taken ids."""

from typing import Any

import pytest

from tests.contracts.google_desk import EVENTS, Desk, refusal_of

ANA = "ana@acme.test"
ID = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
GUESTS = [{"email": ANA}, {"email": "maya@ortiz.test"}, {"email": "lee@chen.test"}]
BODY = {
    "id": ID,
    "summary": "Review",
    "start": {"dateTime": "2026-12-01T10:00:00+01:00"},
    "end": {"dateTime": "2026-12-01T11:00:00+01:00"},
    "attendees": GUESTS,
}


@pytest.fixture
def events(desk: Desk) -> Any:
    return desk.calendar(EVENTS).events()


def mails(desk: Desk) -> list[tuple[str, str]]:
    return [(mail.kind, mail.to) for mail in desk.world.mails]


def test_all_guests_but_the_organiser_are_mailed_where_that_is_asked_for(desk: Desk, events: Any) -> None:
    events.insert(calendarId=ANA, body=BODY, sendUpdates="all").execute()
    assert mails(desk) == [("invitation", "maya@ortiz.test"), ("invitation", "lee@chen.test")]


def test_nobody_is_mailed_unless_that_is_asked_for(desk: Desk, events: Any) -> None:
    events.insert(calendarId=ANA, body=BODY).execute()
    events.patch(calendarId=ANA, eventId=ID, body={"summary": "x"}, sendUpdates="none").execute()
    events.delete(calendarId=ANA, eventId=ID).execute()
    assert mails(desk) == []


def test_whoever_comes_is_invited_and_whoever_goes_is_told(desk: Desk, events: Any) -> None:
    events.insert(calendarId=ANA, body=BODY).execute()
    changed = [{"email": "maya@ortiz.test"}, {"email": "kim@park.test"}]
    events.patch(calendarId=ANA, eventId=ID, body={"attendees": changed}, sendUpdates="all").execute()
    assert mails(desk) == [
        ("update", "maya@ortiz.test"),
        ("invitation", "kim@park.test"),
        ("cancellation", "lee@chen.test"),
    ]


def test_a_deletion_tells_the_guests_once(desk: Desk, events: Any) -> None:
    events.insert(calendarId=ANA, body=BODY).execute()
    events.delete(calendarId=ANA, eventId=ID, sendUpdates="all").execute()
    assert refusal_of(events.delete(calendarId=ANA, eventId=ID, sendUpdates="all")) == (410, "deleted")
    assert mails(desk) == [("cancellation", "maya@ortiz.test"), ("cancellation", "lee@chen.test")]


def test_an_event_keeps_its_id_and_uid_in_another_calendar(desk: Desk, events: Any) -> None:
    side = desk.world.add_calendar(ANA, "Side", "UTC")
    made = events.insert(calendarId=ANA, body=BODY).execute()
    desk.world.move_event(ANA, ID, side)
    moved = events.get(calendarId=side, eventId=ID).execute()

    assert (moved["id"], moved["iCalUID"]) == (made["id"], made["iCalUID"])
    assert moved["organizer"]["email"] == side
    assert events.get(calendarId=ANA, eventId=ID).execute()["status"] == "cancelled"
    assert [each["id"] for each in events.list(calendarId=side, iCalUID=made["iCalUID"]).execute()["items"]] == [ID]


# fault 31
def test_a_taken_id_goes_unnoticed_as_often_as_it_is_told_to(desk: Desk, events: Any) -> None:
    events.insert(calendarId=ANA, body=BODY, sendUpdates="all").execute()
    desk.world.accept_duplicates(1)
    events.insert(calendarId=ANA, body=BODY, sendUpdates="all").execute()

    assert refusal_of(events.insert(calendarId=ANA, body=BODY)) == (409, "duplicate")
    assert mails(desk).count(("invitation", "maya@ortiz.test")) == 2


def test_a_video_call_goes_with_its_link(desk: Desk, events: Any) -> None:
    asked = {"createRequest": {"requestId": "r1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}
    body = BODY | {"conferenceData": asked}
    made = events.insert(calendarId=ANA, body=body, conferenceDataVersion=1).execute()
    gone = events.patch(calendarId=ANA, eventId=ID, body={"conferenceData": None}, conferenceDataVersion=1).execute()

    assert made["hangoutLink"].startswith("https://meet.google.com/")
    assert ("hangoutLink" in gone, "conferenceData" in gone) == (False, False)
