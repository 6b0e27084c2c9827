"""The stand-in for Google lists events as Google does: windows, pages, sync tokens."""

from typing import Any

import pytest

from tests.contracts.google_desk import ANA, Desk, events_of, pages_of, put, refusal_of, sync_token, titles_of


def test_a_full_sync_gives_every_event_and_the_sync_token_on_the_last_page_only(desk: Desk) -> None:
    for number in range(5):
        put(desk, str(number))
    pages = pages_of(desk.calendar(), maxResults=2)
    assert [[event["summary"] for event in page["items"]] for page in pages] == [["0", "1"], ["2", "3"], ["4"]]
    assert ["nextPageToken" in page for page in pages] == [True, True, False]
    assert ["nextSyncToken" in page for page in pages] == [False, False, True]


def test_pages_may_be_empty_and_go_on(desk: Desk) -> None:
    for number in range(3):
        put(desk, str(number))
    desk.world.empty_pages(every=2)
    pages = pages_of(desk.calendar(), maxResults=2)
    assert [[event["summary"] for event in page["items"]] for page in pages] == [[], ["0", "1"], [], ["2"]]


def test_a_change_between_two_pages_is_in_the_next_delta(desk: Desk) -> None:
    ids = [put(desk, str(number)) for number in range(4)]
    service = desk.calendar()
    request = service.events().list(calendarId="primary", maxResults=2)
    first = request.execute()
    desk.world.delete_event(ANA, ids[0])
    last = service.events().list_next(request, first).execute()
    delta = events_of(service, syncToken=last["nextSyncToken"], maxResults=2)
    assert [event["summary"] for event in last["items"]] == ["2", "3"]
    assert [(event["id"], event["status"]) for event in delta] == [(ids[0], "cancelled")]


def test_nothing_changed_gives_an_empty_delta_and_a_token(desk: Desk) -> None:
    put(desk, "same")
    service = desk.calendar()
    pages = pages_of(service, syncToken=sync_token(service))
    assert [page["items"] for page in pages] == [[]]
    assert "nextSyncToken" in pages[0]


def test_a_delta_has_what_is_new_and_changed_and_a_tombstone_for_what_is_gone(desk: Desk) -> None:
    changed, gone = put(desk, "old title"), put(desk, "gone")
    put(desk, "same")
    service = desk.calendar()
    token = sync_token(service)
    put(desk, "new")
    desk.world.change_event(ANA, changed, summary="new title")
    desk.world.delete_event(ANA, gone)
    tombstone = {"kind": "calendar#event", "id": gone, "status": "cancelled"}
    delta = events_of(service, syncToken=token)
    assert [event.get("summary") for event in delta] == ["new title", None, "new"]
    assert {name: value for name, value in delta[1].items() if name != "etag"} == tombstone


def test_a_delta_pages_with_the_same_sync_token(desk: Desk) -> None:
    service = desk.calendar()
    token = sync_token(service, maxResults=2)
    for number in range(3):
        put(desk, str(number))
    pages = pages_of(service, syncToken=token, maxResults=2)
    assert [[event["summary"] for event in page["items"]] for page in pages] == [["0", "1"], ["2"]]
    without = service.events().list(calendarId="primary", maxResults=2, pageToken=pages[0]["nextPageToken"])
    assert refusal_of(without) == (400, "invalidParameter")


def test_a_delta_is_not_windowed(desk: Desk) -> None:
    service = desk.calendar()
    token = sync_token(service, timeMin="2026-11-01T00:00:00Z")
    put(desk, "long ago", "2020-01-01", "2020-01-02")
    assert titles_of(service, syncToken=token) == ["long ago"]


def test_an_expired_sync_token_asks_for_a_full_sync(desk: Desk) -> None:
    service = desk.calendar()
    token = sync_token(service)
    desk.world.expire_sync_tokens(ANA)
    assert refusal_of(service.events().list(calendarId="primary", syncToken=token)) == (410, "fullSyncRequired")
    assert titles_of(service, syncToken=sync_token(service)) == []


def test_a_sync_token_that_is_none_asks_for_a_full_sync(desk: Desk) -> None:
    request = desk.calendar().events().list(calendarId="primary", syncToken="made up")
    assert refusal_of(request) == (410, "fullSyncRequired")


def test_a_sync_token_of_another_calendar_asks_for_a_full_sync(desk: Desk) -> None:
    desk.world.add_calendar(ANA, "Side", "UTC", calendar_id="side@group.calendar.google.com")
    service = desk.calendar()
    request = service.events().list(calendarId="side@group.calendar.google.com", syncToken=sync_token(service))
    assert refusal_of(request) == (410, "fullSyncRequired")


def test_a_changed_role_asks_for_a_full_sync(desk: Desk) -> None:
    desk.world.add_account("ben@acme.test", "Ben", "America/New_York")
    desk.world.share("ben@acme.test", ANA, "reader")
    service = desk.calendar()
    token = service.events().list(calendarId="ben@acme.test").execute()["nextSyncToken"]
    desk.world.share("ben@acme.test", ANA, "writer")
    request = service.events().list(calendarId="ben@acme.test", syncToken=token)
    assert refusal_of(request) == (410, "fullSyncRequired")


@pytest.mark.parametrize(
    "beside",
    [
        {"timeMin": "2026-11-01T00:00:00Z"},
        {"timeMax": "2026-11-01T00:00:00Z"},
        {"updatedMin": "2026-11-01T00:00:00Z"},
        {"q": "x"},
        {"iCalUID": "x"},
        {"orderBy": "updated"},
        {"privateExtendedProperty": "a=b"},
        {"sharedExtendedProperty": "a=b"},
        {"showDeleted": False},
    ],
)
def test_a_sync_token_does_not_go_with_filters(desk: Desk, beside: dict[str, Any]) -> None:
    service = desk.calendar()
    request = service.events().list(calendarId="primary", syncToken=sync_token(service), **beside)
    assert refusal_of(request) == (400, "invalid")


def test_a_sync_token_keeps_the_parameters_of_its_full_sync(desk: Desk) -> None:
    service = desk.calendar()
    request = service.events().list(calendarId="primary", syncToken=sync_token(service), singleEvents=True)
    assert refusal_of(request) == (400, "invalid")


def test_an_ordered_listing_has_no_sync_token(desk: Desk) -> None:
    assert "nextSyncToken" not in pages_of(desk.calendar(), orderBy="updated")[-1]


def test_a_deleted_event_is_left_out_unless_asked_for(desk: Desk) -> None:
    desk.world.delete_event(ANA, put(desk, "gone"))
    service = desk.calendar()
    assert titles_of(service) == []
    assert [(event["summary"], event["status"]) for event in events_of(service, showDeleted=True)] == [
        ("gone", "cancelled")
    ]


def test_time_min_is_about_the_end_and_time_max_about_the_start_both_exclusive(desk: Desk) -> None:
    put(desk, "ends at the bound", "2026-12-01T09:00", "2026-12-01T10:00")
    put(desk, "reaches in", "2026-12-01T09:00", "2026-12-01T10:01")
    put(desk, "reaches out", "2026-12-01T11:59", "2026-12-01T13:00")
    put(desk, "starts at the bound", "2026-12-01T12:00", "2026-12-01T13:00")
    window = {"timeMin": "2026-12-01T10:00:00+01:00", "timeMax": "2026-12-01T11:00:00Z"}
    assert titles_of(desk.calendar(), **window) == ["reaches in", "reaches out"]


def test_a_day_is_a_day_of_the_calendars_zone(desk: Desk) -> None:
    put(desk, "St Nicholas", "2026-12-06", "2026-12-07")
    service = desk.calendar()
    assert titles_of(service, timeMin="2026-12-06T22:59:00Z") == ["St Nicholas"]
    assert titles_of(service, timeMin="2026-12-06T23:00:00Z") == []


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"timeMin": "2026-12-01T10:00:00"}, (400, "badRequest")),
        ({"timeMax": "2026-12-01"}, (400, "badRequest")),
        ({"timeMin": "2026-12-02T00:00:00Z", "timeMax": "2026-12-01T00:00:00Z"}, (400, "timeRangeEmpty")),
        ({"maxResults": 0}, (400, "invalidParameter")),
        ({"orderBy": "startTime"}, (400, "badRequest")),
        ({"pageToken": "made up"}, (400, "invalidParameter")),
        ({"timeZone": "Mars/Olympus"}, (400, "invalid")),
        ({"privateExtendedProperty": "no equals sign"}, (400, "badRequest")),
    ],
)
def test_a_parameter_that_cannot_be_read_is_refused(
    desk: Desk, parameters: dict[str, Any], refusal: tuple[int, str]
) -> None:
    assert refusal_of(desk.calendar().events().list(calendarId="primary", **parameters)) == refusal


@pytest.mark.slow
def test_a_larger_page_than_there_is_gives_the_largest(desk: Desk) -> None:
    for number in range(2501):
        put(desk, str(number))
    page = desk.calendar().events().list(calendarId="primary", maxResults=9999, fields="items/id").execute()
    assert len(page["items"]) == 2500


def test_times_have_the_offset_of_the_calendars_zone_or_of_the_one_asked_for(desk: Desk) -> None:
    put(desk, "across", "2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z")
    service = desk.calendar()
    starts = [events_of(service, **asked)[0]["start"]["dateTime"] for asked in ({}, {"timeZone": "America/New_York"})]
    assert starts == ["2026-12-01T11:00:00+01:00", "2026-12-01T05:00:00-05:00"]


def test_events_are_found_by_property_uid_type_and_words(desk: Desk) -> None:
    put(desk, "Ours", extendedProperties={"private": {"daybook": "a1"}}, location="Room 3")
    put(desk, "Theirs", iCalUID="uid-1@elsewhere.test")
    put(desk, "Focus", eventType="focusTime")
    service = desk.calendar()
    found = [
        titles_of(service, **asked)
        for asked in (
            {"privateExtendedProperty": "daybook=a1"},
            {"iCalUID": "uid-1@elsewhere.test"},
            {"eventTypes": ["focusTime"]},
            {"q": "room OURS"},
        )
    ]
    assert found == [["Ours"], ["Theirs"], ["Focus"], ["Ours"]]


def test_with_fewer_attendees_allowed_only_the_reader_is_listed(desk: Desk) -> None:
    put(desk, "Crowd", attendees=[{"email": ANA, "responseStatus": "declined"}, {"email": "x@y.test"}])
    event = events_of(desk.calendar(), maxAttendees=1)[0]
    assert (event["attendees"], event["attendeesOmitted"]) == (
        [{"email": ANA, "responseStatus": "declined", "organizer": True, "self": True}],
        True,
    )


def test_only_the_fields_that_were_asked_for_come(desk: Desk) -> None:
    put(desk, "Short")
    answer = desk.calendar().events().list(calendarId="primary", fields="items(summary,start/dateTime)").execute()
    assert answer == {"items": [{"summary": "Short", "start": {"dateTime": "2026-12-01T10:00:00+01:00"}}]}
