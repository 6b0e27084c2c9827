"""Events that are made and deleted at the stand-in for Google, and who may write at all."""

from typing import Any

import pytest

from tests.contracts.google_desk import EVENTS, Desk, body, insert, refusal_of

ANA = "ana@acme.test"
BEN = "ben@acme.test"
ID = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"


@pytest.fixture
def events(desk: Desk) -> Any:
    """The resource `events` of Google's client, for Ana."""
    return desk.calendar(EVENTS).events()


def test_an_insert_answers_with_all_that_google_adds(events: Any) -> None:
    made = insert(events, body(id=ID))
    varying = {name: made.pop(name) for name in ("etag", "created", "updated", "htmlLink")}
    assert made == {
        "kind": "calendar#event",
        "id": ID,
        "status": "confirmed",
        "summary": "Review",
        "creator": {"email": ANA, "self": True},
        "organizer": {"email": ANA, "self": True},
        "start": {"dateTime": "2026-12-01T10:00:00+01:00", "timeZone": "Europe/Berlin"},
        "end": {"dateTime": "2026-12-01T11:00:00+01:00", "timeZone": "Europe/Berlin"},
        "iCalUID": f"{ID}@google.com",
        "sequence": 0,
        "reminders": {"useDefault": True},
        "eventType": "default",
    }
    assert varying["etag"].startswith('"')


def test_what_was_inserted_can_be_got(events: Any) -> None:
    made = insert(events, body())
    assert events.get(calendarId="primary", eventId=made["id"]).execute() == made


@pytest.mark.parametrize(
    ("event", "refusal"),
    [
        (body(id="UPPER"), (400, "invalid")),
        (body(id="abcd"), (400, "invalid")),
        (body(id="a-b-c-d-e"), (400, "invalid")),
        (body(id="wxyzw"), (400, "invalid")),
        (body(id=ID, iCalUID="u@x.test"), (400, "invalid")),
        ({"start": {"dateTime": "2026-12-01T10:00:00Z"}}, (400, "required")),
        ({"end": {"dateTime": "2026-12-01T10:00:00Z"}}, (400, "required")),
        (body(start="2026-12-01T10:00:00"), (400, "required")),
        (body(start="tomorrow", end="later"), (400, "required")),
        (body() | {"start": {"dateTime": "noon", "timeZone": "UTC"}}, (400, "invalid")),
        (body(start="2026-12-01T12:00:00+01:00"), (400, "timeRangeEmpty")),
        (body() | {"start": {"date": "2026-12-01"}}, (400, "invalid")),
        ({"start": {"date": "2026-12-01"}, "end": {"date": "2026-12-01"}}, (400, "timeRangeEmpty")),
        (body(recurrence=["RRULE:FREQ=WEEKLY"]), (400, "required")),
        (body() | {"start": {"dateTime": "2026-12-01T10:00:00", "timeZone": "Mars/Olympus"}}, (400, "invalid")),
        (body(attendees=[{"displayName": "Nobody"}]), (400, "invalid")),
        (body(attendees=[{"email": "no address"}]), (400, "invalid")),
        (body(status="maybe"), (400, "invalid")),
        (body(colorId="12"), (400, "invalid")),
        (body(summary=7), (400, "invalid")),
        (body(extendedProperties={"private": {"k": 1}}), (400, "invalid")),
        (body(extendedProperties={"private": {"k" * 45: "v"}}), (400, "invalid")),
        (body(eventType="birthday"), (400, "invalid")),
    ],
)
def test_what_is_no_event_is_refused(events: Any, event: Any, refusal: tuple[int, str]) -> None:
    assert refusal_of(events.insert(calendarId="primary", body=event)) == refusal


# fault 50
@pytest.mark.parametrize(
    "line",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=DAILY;INTERVAL=0",
        "RRULE:FREQ=SOMETIMES",
        "DTSTART:20261201T100000Z",
        "RRULE:FREQ=DAILY;BYHOUR=" + ",".join("1" * 50) + ";BYMINUTE=" + ",".join("1" * 50),
    ],
)
def test_a_wild_rule_is_refused(events: Any, line: str) -> None:
    zoned = {"dateTime": "2026-12-01T10:00:00", "timeZone": "Europe/Berlin"}
    event = {"start": zoned, "end": zoned, "recurrence": [line]}
    assert refusal_of(events.insert(calendarId="primary", body=event)) == (400, "invalid")


def test_a_time_by_the_clock_of_a_named_zone_is_taken(events: Any) -> None:
    zone = {"timeZone": "America/New_York"}
    event = {"start": {"dateTime": "2026-12-01T10:00:00"} | zone, "end": {"dateTime": "2026-12-01T11:00:00"} | zone}
    assert insert(events, event)["start"] == {"dateTime": "2026-12-01T16:00:00+01:00", **zone}


def test_an_event_may_last_no_time(events: Any) -> None:
    assert insert(events, body(end="2026-12-01T10:00:00+01:00"))["status"] == "confirmed"


# fault 30
def test_an_id_that_is_taken_is_refused_even_when_its_event_is_deleted(events: Any) -> None:
    insert(events, body(id=ID))
    again = events.insert(calendarId="primary", body=body(id=ID))
    assert refusal_of(again) == (409, "duplicate")
    events.delete(calendarId="primary", eventId=ID).execute()
    assert refusal_of(again) == (409, "duplicate")


def test_a_deleted_event_is_still_there_and_can_be_revived(events: Any) -> None:
    insert(events, body(id=ID))
    events.delete(calendarId="primary", eventId=ID).execute()
    gone = events.get(calendarId="primary", eventId=ID).execute()
    back = events.patch(calendarId="primary", eventId=ID, body={"status": "confirmed"}).execute()
    assert [event["status"] for event in (gone, back)] == ["cancelled", "confirmed"]


def test_deleting_twice_says_that_it_is_gone(events: Any) -> None:
    insert(events, body(id=ID))
    request = events.delete(calendarId="primary", eventId=ID)
    assert request.execute() == ""
    assert refusal_of(request) == (410, "deleted")


@pytest.mark.parametrize("event_id", ["never1", f"{ID}_20261201T100000Z", f"{ID}_", "_"])
def test_an_event_that_never_was_is_not_found(events: Any, event_id: str) -> None:
    insert(events, body(id=ID))
    requests = [
        events.get(calendarId="primary", eventId=event_id),
        events.patch(calendarId="primary", eventId=event_id, body={"summary": "x"}),
        events.delete(calendarId="primary", eventId=event_id),
    ]
    assert [refusal_of(request) for request in requests] == [(404, "notFound")] * 3


@pytest.mark.parametrize(
    ("mode", "mailed"),
    [({}, None), ({"sendUpdates": "all"}, f"{BEN} x@y.test"), ({"sendUpdates": "externalOnly"}, "x@y.test")],
)
def test_the_ledger_says_who_got_mail(desk: Desk, events: Any, mode: dict[str, str], mailed: str | None) -> None:
    desk.world.add_account(BEN, "Ben", "America/New_York")
    insert(events, body(attendees=[{"email": ANA}, {"email": BEN}, {"email": "x@y.test"}]), **mode)
    assert desk.world.ledger.entries[-1].notes.get("mailed") == mailed


def test_a_meet_link_is_made_only_for_clients_that_know_of_it(events: Any) -> None:
    asked = {"createRequest": {"requestId": "r1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}
    without = insert(events, body(conferenceData=asked))
    made = insert(events, body(conferenceData=asked), conferenceDataVersion=1)
    assert "conferenceData" not in without
    assert made["conferenceData"]["entryPoints"][0]["uri"] == made["hangoutLink"]


@pytest.mark.parametrize("role", ["freeBusyReader", "reader"])
def test_a_reader_may_not_write(desk: Desk, events: Any, role: str) -> None:
    desk.world.add_account(BEN, "Ben", "America/New_York")
    desk.world.share(BEN, ANA, role)
    theirs = desk.world.put_event(BEN, start="2026-12-01T10:00", end="2026-12-01T11:00")["id"]
    requests = [
        events.insert(calendarId=BEN, body=body()),
        events.patch(calendarId=BEN, eventId=theirs, body={"summary": "x"}),
        events.delete(calendarId=BEN, eventId=theirs),
    ]
    assert [refusal_of(request) for request in requests] == [(403, "requiredAccessLevel")] * 3


def test_a_writer_without_private_access_may_not_touch_private_events(desk: Desk, events: Any) -> None:
    desk.world.add_account(BEN, "Ben", "America/New_York")
    desk.world.share(BEN, ANA, "writerWithoutPrivateAccess")
    times = {"start": "2026-12-01T10:00", "end": "2026-12-01T11:00"}
    private = desk.world.put_event(BEN, visibility="private", **times)["id"]
    public = desk.world.put_event(BEN, **times)["id"]
    assert refusal_of(events.delete(calendarId=BEN, eventId=private)) == (403, "requiredAccessLevel")
    assert events.delete(calendarId=BEN, eventId=public).execute() == ""


def test_a_guest_may_answer_but_not_move_the_event(desk: Desk, events: Any) -> None:
    invited = desk.world.put_event(
        ANA,
        start="2026-12-01T10:00",
        end="2026-12-01T11:00",
        organizer={"email": "boss@acme.test"},
        attendees=[{"email": ANA}],
    )
    assert "organizer" not in events.get(calendarId="primary", eventId=invited["id"]).execute()["attendees"][0]
    moved = {"start": {"dateTime": "2026-12-01T09:00:00+01:00"}}
    request = events.patch(calendarId="primary", eventId=invited["id"], body=moved)
    assert refusal_of(request) == (403, "forbiddenForNonOrganizer")
    answer = {"attendees": [{"email": ANA, "responseStatus": "declined"}]}
    answered = events.patch(calendarId="primary", eventId=invited["id"], body=answer).execute()
    assert answered["attendees"] == [{"email": ANA, "responseStatus": "declined", "self": True}]
    assert answered["organizer"] == {"email": "boss@acme.test"}


def test_a_body_that_is_no_json_is_refused(desk: Desk) -> None:
    bearer = {"Authorization": f"Bearer {desk.sign_in(EVENTS)['access_token']}"}
    answer = desk.http.post("/calendar/v3/calendars/primary/events", content=b"{", headers=bearer)
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (400, "parseError")


def test_a_slip_in_the_name_of_a_seeded_field_is_found(desk: Desk) -> None:
    with pytest.raises(ValueError, match="an event has no summry"):
        desk.world.put_event(ANA, summry="Review", start="2026-12-01", end="2026-12-02")
