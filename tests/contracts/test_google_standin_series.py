"""The stand-in for Google lists series as Google does: masters, instances, exceptions, tombstones."""

from typing import Any

import pytest

from tests.contracts.google_desk import ANA, Desk, events_of, put, sync_token, titles_of


def put_weekly(desk: Desk, title: str = "Weekly", **more: Any) -> str:
    """Four Tuesdays at ten in Berlin, from 1 December on."""
    return put(desk, title, recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"], **more)


def test_a_series_is_one_event_in_the_listing(desk: Desk) -> None:
    master = put_weekly(desk)
    assert [(event["id"], event["recurrence"]) for event in events_of(desk.calendar())] == [
        (master, ["RRULE:FREQ=WEEKLY;COUNT=4"])
    ]


def test_a_series_is_listed_while_an_instance_falls_into_the_window(desk: Desk) -> None:
    put_weekly(desk)
    service = desk.calendar()
    assert titles_of(service, timeMin="2026-12-22T09:59:59Z") == ["Weekly"]
    assert titles_of(service, timeMin="2026-12-22T10:00:00Z") == []
    assert titles_of(service, timeMin="2026-12-02T00:00:00Z", timeMax="2026-12-08T09:00:00Z") == []


# fault 44
def test_instances_keep_the_wall_clock_across_a_dst_change(desk: Desk) -> None:
    put(desk, "Weekly", "2026-10-20T10:00", "2026-10-20T11:00", recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"])
    instances = events_of(desk.calendar(), singleEvents=True)
    assert [event["start"]["dateTime"] for event in instances] == [
        "2026-10-20T10:00:00+02:00",
        "2026-10-27T10:00:00+01:00",
    ]


# fault 44
def test_single_events_show_the_instances_with_what_was_changed_about_them(desk: Desk) -> None:
    master = put_weekly(desk)
    moved, cancelled = f"{master}_20261208T090000Z", f"{master}_20261215T090000Z"
    desk.world.change_event(ANA, moved, start="2026-12-09T15:00", end="2026-12-09T16:00")
    desk.world.delete_event(ANA, cancelled)
    instances = events_of(desk.calendar(), singleEvents=True, orderBy="startTime")
    assert [(event["id"], event["start"]["dateTime"]) for event in instances] == [
        (f"{master}_20261201T090000Z", "2026-12-01T10:00:00+01:00"),
        (moved, "2026-12-09T15:00:00+01:00"),
        (f"{master}_20261222T090000Z", "2026-12-22T10:00:00+01:00"),
    ]


# fault 44
def test_a_listing_of_series_shows_cancelled_instances_too(desk: Desk) -> None:
    master = put_weekly(desk)
    cancelled = f"{master}_20261208T090000Z"
    desk.world.delete_event(ANA, cancelled)
    shown = events_of(desk.calendar())
    assert {name: value for name, value in shown[1].items() if name != "etag"} == {
        "kind": "calendar#event",
        "id": cancelled,
        "status": "cancelled",
        "recurringEventId": master,
        "originalStartTime": {"dateTime": "2026-12-08T10:00:00+01:00", "timeZone": "Europe/Berlin"},
    }


def test_an_exception_is_in_the_delta_without_its_master(desk: Desk) -> None:
    master = put_weekly(desk)
    service = desk.calendar()
    token = sync_token(service)
    desk.world.change_event(ANA, f"{master}_20261208T090000Z", summary="Guest talk")
    delta = events_of(service, syncToken=token)
    assert [(event["summary"], event["recurringEventId"]) for event in delta] == [("Guest talk", master)]


def test_deleting_a_series_leaves_tombstones_of_it_and_of_its_exceptions(desk: Desk) -> None:
    master = put_weekly(desk)
    exception = f"{master}_20261208T090000Z"
    desk.world.change_event(ANA, exception, summary="Guest talk")
    service = desk.calendar()
    token = sync_token(service)
    desk.world.delete_event(ANA, master)
    delta = events_of(service, syncToken=token)
    assert [(event["id"], event["status"]) for event in delta] == [(master, "cancelled"), (exception, "cancelled")]
    assert events_of(service) == []


def test_a_series_that_moves_loses_the_exceptions_that_it_does_not_have_any_more(desk: Desk) -> None:
    master = put_weekly(desk)
    desk.world.change_event(ANA, f"{master}_20261208T090000Z", summary="Guest talk")
    desk.world.change_event(ANA, master, start="2026-12-02T10:00", end="2026-12-02T11:00")
    found = {event["id"]: event["status"] for event in events_of(desk.calendar())}
    assert found == {master: "confirmed", f"{master}_20261208T090000Z": "cancelled"}


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["RRULE:FREQ=DAILY;UNTIL=20261203T090000Z"], ["01", "02", "03"]),
        (["RRULE:FREQ=DAILY;UNTIL=20261203"], ["01", "02", "03"]),
        (["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20261202T100000"], ["01", "03"]),
        (["RRULE:FREQ=DAILY;COUNT=2", "RDATE:20261205T090000Z"], ["01", "02", "05"]),
        (["RDATE;TZID=Europe/Berlin:20261205T100000"], ["01", "05"]),
        (["RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3"], ["01", "03", "08"]),
        (["RRULE:FREQ=MONTHLY;BYDAY=TU,1TH;COUNT=4"], ["01", "03", "08", "15"]),
    ],
)
def test_rules_and_dates_make_instances(desk: Desk, lines: list[str], days: list[str]) -> None:
    put(desk, "Series", recurrence=lines)
    instances = events_of(desk.calendar(), singleEvents=True)
    assert [event["start"]["dateTime"][8:10] for event in instances] == days


def test_an_all_day_series_has_days_for_ids(desk: Desk) -> None:
    master = put(desk, "Bins", "2026-12-01", "2026-12-02", recurrence=["RRULE:FREQ=DAILY;COUNT=2"])
    instances = events_of(desk.calendar(), singleEvents=True)
    assert [(event["id"], event["end"]) for event in instances] == [
        (f"{master}_20261201", {"date": "2026-12-02"}),
        (f"{master}_20261202", {"date": "2026-12-03"}),
    ]


# fault 50
@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=MINUTELY;COUNT=9"])
def test_a_wild_rule_that_got_in_is_listed_but_not_expanded(desk: Desk, rule: str) -> None:
    put(desk, "Wild", recurrence=[f"RRULE:{rule}"])
    service = desk.calendar()
    assert titles_of(service, timeMin="2026-12-01T00:00:00Z") == ["Wild"]
    assert titles_of(service, singleEvents=True) == []


def test_an_endless_series_is_expanded_to_some_horizon(desk: Desk) -> None:
    put(desk, "Daily", recurrence=["RRULE:FREQ=DAILY"])
    assert len(events_of(desk.calendar(), singleEvents=True)) == 730
