"""Events that are changed at the stand-in for Google: patched, replaced, one instance at a time."""

from typing import Any

import pytest

from tests.contracts.google_desk import EVENTS, Desk, body, insert, refusal_of

ID = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"


@pytest.fixture
def events(desk: Desk) -> Any:
    """The resource `events` of Google's client, for Ana."""
    return desk.calendar(EVENTS).events()


def with_match(request: Any, etag: str) -> Any:
    request.headers["If-Match"] = etag
    return request


def test_a_patch_changes_what_it_names_and_gives_a_new_etag(events: Any) -> None:
    made = insert(events, body(location="Room 3"))
    patched = events.patch(calendarId="primary", eventId=made["id"], body={"summary": "Retro"}).execute()
    changed = {name for name in made if patched[name] != made[name]}
    assert changed - {"updated"} == {"summary", "etag"}
    assert patched["location"] == "Room 3"


def test_a_patch_deletes_with_null_merges_objects_and_replaces_lists(events: Any) -> None:
    made = insert(
        events,
        body(
            location="Room 3",
            extendedProperties={"private": {"kept": "1", "gone": "2"}},
            attendees=[{"email": "a@x.test"}, {"email": "b@x.test"}],
        ),
    )
    change = {
        "location": None,
        "extendedProperties": {"private": {"gone": None, "new": "3"}},
        "attendees": [{"email": "c@x.test", "responseStatus": "accepted"}],
    }
    patched = events.patch(calendarId="primary", eventId=made["id"], body=change).execute()
    assert "location" not in patched
    assert patched["extendedProperties"] == {"private": {"kept": "1", "new": "3"}}
    assert patched["attendees"] == [{"email": "c@x.test", "responseStatus": "accepted"}]


def test_a_patch_from_times_to_days_has_to_clear_the_times(events: Any) -> None:
    insert(events, body(id=ID))
    days = {"start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}}
    assert refusal_of(events.patch(calendarId="primary", eventId=ID, body=days)) == (400, "invalid")
    cleared = {name: {**day, "dateTime": None, "timeZone": None} for name, day in days.items()}
    patched = events.patch(calendarId="primary", eventId=ID, body=cleared).execute()
    assert (patched["start"], patched["end"]) == (days["start"], days["end"])


def test_a_moved_event_has_a_higher_sequence_and_a_renamed_one_the_same(events: Any) -> None:
    insert(events, body(id=ID))
    sequences = [
        events.patch(calendarId="primary", eventId=ID, body=change).execute()["sequence"]
        for change in ({"summary": "Retro"}, {"end": {"dateTime": "2026-12-01T12:00:00+01:00"}})
    ]
    assert sequences == [0, 1]


def test_an_update_replaces_everything(events: Any) -> None:
    insert(events, body(id=ID, location="Room 3"))
    updated = events.update(calendarId="primary", eventId=ID, body=body(summary="Retro")).execute()
    assert ("location" in updated, updated["summary"], updated["iCalUID"]) == (False, "Retro", f"{ID}@google.com")


# fault 41
@pytest.mark.parametrize("verb", ["patch", "update", "delete"])
def test_an_etag_that_is_not_current_is_refused(events: Any, verb: str) -> None:
    stale = insert(events, body(id=ID))["etag"]
    current = events.patch(calendarId="primary", eventId=ID, body={"summary": "Retro"}).execute()["etag"]
    arguments: dict[str, Any] = {"calendarId": "primary", "eventId": ID}
    if verb != "delete":
        arguments["body"] = body()
    request = getattr(events, verb)(**arguments)
    assert refusal_of(with_match(request, stale)) == (412, "conditionNotMet")
    with_match(request, current).execute()


def test_changing_an_instance_makes_an_exception(events: Any) -> None:
    zone = {"timeZone": "Europe/Berlin"}
    series = {
        "id": ID,
        "start": {"dateTime": "2026-12-01T10:00:00"} | zone,
        "end": {"dateTime": "2026-12-01T11:00:00"} | zone,
        "recurrence": ["RRULE:FREQ=DAILY"],
    }
    insert(events, series)
    instance = f"{ID}_20261203T090000Z"
    before = events.get(calendarId="primary", eventId=instance).execute()
    assert "recurrence" not in before
    moved = {"start": {"dateTime": "2026-12-03T15:00:00+01:00"}, "end": {"dateTime": "2026-12-03T16:00:00+01:00"}}
    after = events.patch(calendarId="primary", eventId=instance, body=moved).execute()
    assert (after["recurringEventId"], after["iCalUID"]) == (ID, f"{ID}@google.com")
    assert after["originalStartTime"] == {"dateTime": "2026-12-03T10:00:00+01:00"} | zone
    assert after["start"] == {"dateTime": "2026-12-03T15:00:00+01:00"} | zone


def test_deleting_an_instance_leaves_a_cancelled_exception(events: Any) -> None:
    days = {"start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}, "recurrence": ["RRULE:FREQ=DAILY"]}
    insert(events, {"id": ID, **days})
    request = events.delete(calendarId="primary", eventId=f"{ID}_20261203")
    request.execute()
    assert refusal_of(request) == (410, "deleted")
    assert events.get(calendarId="primary", eventId=f"{ID}_20261203").execute()["status"] == "cancelled"
