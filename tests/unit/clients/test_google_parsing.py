"""Google's JSON of events, whole, hidden, cancelled and broken, and the values it becomes."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.clients.google.parsing import event_page, next_page, remote_event
from bot.domain.errors import ProviderDown, ProviderError
from bot.domain.events import (
    AllDay,
    EventKind,
    EventPage,
    EventStatus,
    Invitee,
    RemoteEvent,
    Response,
    ShowsAs,
    Timed,
)

NINE = {"dateTime": "2026-11-24T09:00:00+01:00", "timeZone": "Europe/Berlin"}
TEN = {"dateTime": "2026-11-24T10:00:00+01:00", "timeZone": "Europe/Berlin"}


def an_event(**fields: Any) -> dict[str, Any]:
    """As Google tells one; None takes a field away."""
    event = {"id": "standup", "status": "confirmed", "start": NINE, "end": TEN} | fields
    return {name: value for name, value in event.items() if value is not None}


def parsed(**fields: Any) -> RemoteEvent:
    event = remote_event(an_event(**fields))
    assert event is not None
    return event


def test_an_event_with_everything_is_read_whole() -> None:
    event = remote_event(
        {
            "kind": "calendar#event",
            "id": "standup",
            "status": "tentative",
            "etag": '"3541"',
            "iCalUID": "standup@google.com",
            "eventType": "focusTime",
            "transparency": "transparent",
            "visibility": "private",
            "summary": "Stand-up",
            "start": NINE,
            "end": TEN,
            "recurrence": ["RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Berlin:20261201T090000"],
            "htmlLink": "https://www.google.com/calendar/event?eid=c3Q",
            "organizer": {"email": "ana@acme.test", "self": True},
            "created": "2026-11-20T08:30:00.000Z",
            "attendees": [
                {"email": "ben@acme.test", "displayName": "Ben", "responseStatus": "declined"},
                {"email": "ana@acme.test", "responseStatus": "accepted", "self": True},
            ],
        }
    )

    assert event == RemoteEvent(
        id="standup",
        status=EventStatus.TENTATIVE,
        etag='"3541"',
        ical_uid="standup@google.com",
        kind=EventKind.FOCUS_TIME,
        shows_as=ShowsAs.FREE,
        response=Response.ACCEPTED,
        is_private=True,
        title="Stand-up",
        start=Timed(datetime(2026, 11, 24, 8, tzinfo=UTC), "Europe/Berlin"),
        end=Timed(datetime(2026, 11, 24, 9, tzinfo=UTC), "Europe/Berlin"),
        recurrence=("RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Berlin:20261201T090000"),
        link="https://www.google.com/calendar/event?eid=c3Q",
        is_own=True,
        invitees=(
            Invitee("ben@acme.test", "Ben", Response.DECLINED),
            Invitee("ana@acme.test", "", Response.ACCEPTED, is_self=True),
        ),
        created_at=datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"hangoutLink": 5},
        {"hangoutLink": "https://meet.google.com.evil.test/abc-defg-hij"},
        {"location": ["https://acme.zoom.us/j/123456789"]},
        {"conferenceData": "none"},
        {"conferenceData": {"entryPoints": [None, {"uri": ["x"]}, {"uri": "https://evil.test/join"}]}},
    ],
)
def test_what_is_no_address_of_a_call_is_none(fields: dict[str, object]) -> None:
    event = parsed(**fields)
    assert (event.join_url, event.problem) == ("", None)


def test_an_event_without_details_blocks_and_has_no_title() -> None:
    assert parsed() == RemoteEvent(
        id="standup",
        status=EventStatus.CONFIRMED,
        start=Timed(datetime(2026, 11, 24, 8, tzinfo=UTC), "Europe/Berlin"),
        end=Timed(datetime(2026, 11, 24, 9, tzinfo=UTC), "Europe/Berlin"),
    )


def test_a_whole_day_stays_a_day() -> None:
    event = parsed(start={"date": "2026-11-24"}, end={"date": "2026-11-25"})
    assert (event.start, event.end) == (AllDay(date(2026, 11, 24)), AllDay(date(2026, 11, 25)))


def test_a_cancelled_event_needs_nothing_but_its_id() -> None:
    stub = remote_event({"id": "standup", "status": "cancelled"})
    assert stub == RemoteEvent("standup", EventStatus.CANCELLED)


def test_a_cancelled_instance_says_which_of_its_series_it_was() -> None:
    stub = remote_event(
        {
            "id": "standup_20261124T080000Z",
            "status": "cancelled",
            "recurringEventId": "standup",
            "originalStartTime": NINE,
        }
    )
    assert stub == RemoteEvent(
        "standup_20261124T080000Z",
        EventStatus.CANCELLED,
        series_id="standup",
        original_start=Timed(datetime(2026, 11, 24, 8, tzinfo=UTC), "Europe/Berlin"),
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"eventType": "somethingNew"}, EventKind.DEFAULT),
        ({"eventType": "workingLocation"}, EventKind.WORKING_LOCATION),
        ({}, EventKind.DEFAULT),
    ],
)
def test_a_kind_that_is_not_known_yet_is_read_as_an_ordinary_event(fields: dict[str, str], expected: EventKind) -> None:
    assert parsed(**fields).kind is expected


@pytest.mark.parametrize(
    ("organizer", "is_own"),
    [
        (None, True),
        ({"email": "ana@acme.test", "self": True}, True),
        ({"email": "ben@acme.test"}, False),
        ({"email": "ben@acme.test", "self": False}, False),
    ],
)
def test_an_event_is_own_unless_somebody_else_organises_it(organizer: dict[str, Any] | None, is_own: bool) -> None:
    assert parsed(organizer=organizer).is_own is is_own


@pytest.mark.parametrize(
    ("attendees", "response"),
    [
        ([{"self": True, "responseStatus": "declined"}], Response.DECLINED),
        ([{"self": True, "responseStatus": "later"}], None),
        ([{"responseStatus": "declined"}], None),
        ([], None),
    ],
)
def test_only_the_owners_own_answer_counts(attendees: list[dict[str, Any]], response: Response | None) -> None:
    assert parsed(attendees=attendees).response is response


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"start": None}, "Its start cannot be read."),
        ({"start": {}}, "Its start cannot be read."),
        ({"start": {"dateTime": "2026-11-24T09:00:00"}}, "Its start cannot be read."),
        ({"start": {"dateTime": "0001-01-01T00:00:00+14:00"}}, "Its start cannot be read."),
        ({"start": {"dateTime": 1_795_500_000}}, "Its start cannot be read."),
        ({"start": "2026-11-24"}, "Its start cannot be read."),
        ({"end": None}, "Its end cannot be read."),
        ({"end": {"date": "2026-11-31"}}, "Its end cannot be read."),
        ({"start": {"date": "2026-11-24"}}, "Its start is a whole day and its end is not, or the reverse."),
        ({"start": TEN, "end": NINE}, "It ends before it starts."),
        ({"recurringEventId": "standup"}, "Which date of its series it replaces cannot be read."),
        ({"recurrence": "RRULE:FREQ=DAILY"}, "Google describes it in an unknown way."),
        ({"recurrence": ["RRULE:FREQ=DAILY", 7]}, "Google describes it in an unknown way."),
        ({"attendees": {"self": True}}, "Google describes it in an unknown way."),
        ({"organizer": ["ana@acme.test"]}, "Google describes it in an unknown way."),
        ({"status": ["confirmed"]}, "Google describes it in an unknown way."),
    ],
)
def test_a_broken_event_is_kept_with_what_is_wrong_with_it(fields: dict[str, Any], problem: str) -> None:
    assert parsed(**fields).problem == problem


@pytest.mark.parametrize(
    "odd",
    [
        {"attendees": [None]},
        {"attendees": ["ana@acme.test"]},
        {"attendees": [{"self": True, "responseStatus": ["declined"]}]},
        {"organizer": "ana@acme.test"},
        {"recurrence": "RRULE:FREQ=DAILY"},
        {"recurrence": ["RRULE:FREQ=DAILY", None]},
        {"status": ["cancelled"]},
        {"eventType": {}},
    ],
)
def test_one_field_that_cannot_be_read_leaves_the_event_its_time_and_title(odd: dict[str, Any]) -> None:
    assert parsed(summary="Stand-up", **odd) == replace(
        parsed(summary="Stand-up"), problem="Google describes it in an unknown way."
    )


def test_of_an_event_with_an_odd_field_the_others_are_read_as_ever() -> None:
    fields = {"recurringEventId": "series", "originalStartTime": NINE, "transparency": "transparent"}
    told = parsed(**fields, attendees=[None, {"self": True, "responseStatus": "declined"}])
    assert told == replace(
        parsed(**fields), response=Response.DECLINED, problem="Google describes it in an unknown way."
    )


def test_an_odd_visibility_hides_the_event() -> None:
    assert parsed(visibility=["private"]).is_private


# fault 50
def test_an_event_that_names_itself_as_its_series_stands_alone() -> None:
    told = parsed(recurringEventId="standup", originalStartTime=NINE)
    assert told == replace(parsed(), problem="It names itself as its series.")


def test_a_broken_event_spoils_no_other_on_its_page(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING")
    page = event_page(
        {
            "timeZone": "Europe/Berlin",
            "items": [None, 7, {}, {"id": ["x"]}, an_event(start="never"), an_event(id="review")],
            "nextSyncToken": "CPDAlvWDx70CEPDAlvWDx70CGAU=",
        }
    )

    assert [(event.id, event.problem) for event in page.events] == [
        ("standup", "Its start cannot be read."),
        ("review", None),
        ("(without an id)", "Google lists events without an id; when they are is not known."),
    ]
    assert caplog.messages == ["Google listed 4 events without an id; their time is not known"]


# fault 46
@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<!channel> *now* <https://evil.test|bank>", "<!channel> *now* <https://evil.test|bank>"),
        ("Kick\x00-off", "Kick-off"),
        ("half a face \ud83d", "half a face ?"),
        ("Größe 😀", "Größe 😀"),
        ("x" * 10_000, "x" * 1024),
        (42, ""),
    ],
)
def test_a_title_is_kept_as_written_but_can_be_stored(written: Any, kept: str) -> None:
    assert parsed(summary=written).title == kept


def test_a_page_without_events_is_a_page() -> None:
    answer = {"timeZone": "Asia/Kathmandu", "nextPageToken": "p2"}
    assert event_page(answer) == EventPage(events=[], zone="Asia/Kathmandu", next_sync_token=None)
    assert next_page(answer) == "p2"


@pytest.mark.parametrize("answer", [{}, {"timeZone": "UTC", "items": "none"}, {"items": []}])
def test_a_page_that_is_none_is_refused(answer: dict[str, Any]) -> None:
    with pytest.raises(ProviderDown, match=r"^Google's answer could not be read\.$"):
        event_page(answer)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe"])
def test_a_zone_that_is_not_known_stops_the_calendar_rather_than_misplace_its_days(zone: str) -> None:
    with pytest.raises(ProviderError, match="time zone is one that Daybook does not know"):
        event_page({"timeZone": zone, "items": []})
