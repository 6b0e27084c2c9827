"""Syncing calendars: on a store in memory, against providers that play scripts."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.agenda import window_of
from bot.domain.calendars import SyncOutcome
from bot.domain.intervals import merged, subtract
from tests.builders import BERLIN, LORD_HOWE, NEW_YORK
from tests.event_builders import a_day_off, a_meeting, cancelled, timed, utc_days
from tests.fakes.calendar_gateway import Asked
from tests.unit.usecases.sync_house import (
    FIVE_MINUTES,
    NOW,
    page,
    scripted,
)


def test_the_first_sync_reads_everything_from_a_little_more_than_thirty_days_back() -> None:
    house, gateway = scripted([page(a_meeting("a")), page(a_day_off("b", "2026-11-26"), token="t1")])
    assert house.sync(house.claim()) is SyncOutcome.SYNCED
    assert gateway.asked == [Asked("calendar-20", None, NOW - timedelta(days=32))]
    assert house.agenda() == ["2026-11-24T09:00+01:00 1h", "2026-11-26T00:00+01:00 24h"]
    assert house.token() == "t1"
    calendar = house.calendar()
    assert (calendar.read_at, calendar.next_sync_at) == (NOW, NOW + FIVE_MINUTES)
    assert (calendar.problem, calendar.unreadable_events) == (None, 0)


# fault 42
@pytest.mark.parametrize("zone", [LORD_HOWE, BERLIN, NEW_YORK])
def test_the_last_of_the_known_days_is_known_whole(zone: str) -> None:
    day = NOW.astimezone(ZoneInfo(zone)).date() - timedelta(days=30)
    early, late = (a_meeting(hours, f"{day} {hours}", zone) for hours in ("0:00-1:00", "23:00-23:30"))
    series = replace(a_meeting("s", f"{day} 6:00-7:00", zone), recurrence=("RRULE:FREQ=DAILY;COUNT=1",))
    house, _ = scripted([page(early, series, late, token="t1", zone=zone)])
    house.run()
    hours = [told[11:16] for told in house.agenda(window_of(day, zone), zone)]
    assert hours == ["00:00", "06:00", "23:00"]


def test_a_later_sync_asks_for_the_changes_alone() -> None:
    house, gateway = scripted(
        [page(a_meeting("a"), a_meeting("b", "2026-11-25 9:00-10:00"), token="t1")],
        [page(a_meeting("a", "2026-11-24 11:00-12:00"), cancelled("b"), token="t2")],
    )
    house.run()
    assert house.run() is SyncOutcome.SYNCED
    assert gateway.asked[1].sync_token == "t1"
    assert house.agenda() == ["2026-11-24T11:00+01:00 1h"]
    assert house.token() == "t2"


def test_an_empty_page_at_the_end_does_not_hide_the_changes_before_it() -> None:
    house, _ = scripted([page(a_meeting("a"), token="t1")], [page(cancelled("a")), page(), page(token="t2")])
    house.run()
    house.run()
    assert (house.agenda(), house.token()) == ([], "t2")


def test_an_unchanged_calendar_costs_one_request_and_one_commit() -> None:
    house, gateway = scripted([page(a_meeting(), token="t1")], [page(token="t1")], [page(token="t2")])
    house.run()
    for token in ("t1", "t2"):
        house.request()
        claim = house.claim()
        requests, commits = gateway.requests, house.store.commits
        events = house.store.tables.events
        assert house.sync(claim) is SyncOutcome.SYNCED
        assert (gateway.requests - requests, house.store.commits - commits) == (1, 1)
        assert (house.token(), house.store.tables.events) == (token, events)


# fault 44
def test_a_series_is_expanded_over_the_horizon_and_its_exceptions_are_laid_over_it() -> None:
    series = replace(a_meeting("s"), recurrence=("RRULE:FREQ=WEEKLY;COUNT=3",))
    key = timed("2026-12-01 9:00")
    moved = replace(a_meeting("s_1", "2026-12-02 9:00-10:00"), series_id="s", original_start=key)
    house, _ = scripted([page(series, token="t1")], [page(moved, token="t2")])
    house.run()
    house.run()
    assert house.agenda() == [
        "2026-11-24T09:00+01:00 1h",
        "2026-12-02T09:00+01:00 1h",
        "2026-12-08T09:00+01:00 1h",
    ]


# fault 44
def test_an_exception_that_stays_when_its_series_is_cancelled_keeps_its_time() -> None:
    series = replace(a_meeting("s"), recurrence=("RRULE:FREQ=WEEKLY;COUNT=3",))
    key = timed("2026-12-01 9:00")
    moved = replace(a_meeting("s_1", "2026-12-02 9:00-10:00"), series_id="s", original_start=key)
    house, _ = scripted(
        [page(series, moved, token="t1")],
        [page(moved, token=None), page(cancelled("s"), token="t2")],
        [page(replace(cancelled("s_1"), series_id="s", original_start=key), token="t3")],
    )
    house.run()
    house.run()
    assert house.agenda() == ["2026-12-02T09:00+01:00 1h"]
    house.run()
    assert house.agenda() == []


# fault 50
def test_events_that_name_themselves_as_their_series_keep_no_other_from_being_expanded() -> None:
    key = timed("2026-11-24 9:00")
    own = [replace(a_meeting(f"a{n:02}"), series_id=f"a{n:02}", original_start=key) for n in range(60)]
    house, _ = scripted([page(*own, a_meeting("z", "2026-11-25 9:00-10:00"), token="t1")])
    assert house.run() is SyncOutcome.SYNCED
    assert set(house.agenda()) == {"2026-11-24T09:00+01:00 1h", "2026-11-25T09:00+01:00 1h"}


# fault 50
def test_an_event_that_cannot_be_expanded_is_counted_and_still_blocks_once() -> None:
    hostile = replace(a_meeting("s"), recurrence=("RRULE:FREQ=SECONDLY",))
    house, _ = scripted([page(hostile, token="t1")])
    assert house.run() is SyncOutcome.SYNCED
    assert house.agenda() == ["2026-11-24T09:00+01:00 1h"]
    assert house.calendar().unreadable_events == 1


# fault 42
def test_a_calendar_that_changed_its_zone_has_its_days_laid_out_anew() -> None:
    house, _ = scripted([page(a_day_off(), token="t1")], [page(token="t1", zone=NEW_YORK)])
    house.run()
    house.run()
    assert house.agenda() == ["2026-11-24T06:00+01:00 24h"]
    assert house.calendar().zone == NEW_YORK


def test_a_horizon_that_came_near_is_moved_on_without_any_change() -> None:
    series = replace(a_meeting("s"), recurrence=("RRULE:FREQ=YEARLY",))
    house, _ = scripted([page(series, token="t1")], [page(token="t1")])
    house.run()
    assert len(house.busy(utc_days("2026-01-01", "2029-12-31"))) == 2
    house.clock.time = NOW + timedelta(days=365)
    house.run()
    assert house.agenda(utc_days("2027-01-01", "2029-12-31")) == [
        "2027-11-24T09:00+01:00 1h",
        "2028-11-24T09:00+01:00 1h",
    ]


def test_a_long_reading_keeps_its_lease() -> None:
    house, gateway = scripted([*[page(a_meeting(f"e{n}")) for n in range(9)], page(token="t1")])
    claim = house.claim()
    claims_of_others: list[int] = []

    def another_process_looks() -> None:
        house.clock.time += timedelta(minutes=1)
        with house.store.writing() as work:
            claims_of_others.append(len(work.calendars.claim_due(house.clock.now(), limit=10, lease=FIVE_MINUTES)))

    gateway.before_page = another_process_looks
    assert house.sync(claim) is SyncOutcome.SYNCED
    assert claims_of_others == [0] * 10


def test_a_quiet_calendar_is_read_less_often_until_something_happens() -> None:
    house, _ = scripted([page(token="t1")], [page(token="t1")], [page(token="t1")], [page(a_meeting("a"), token="t2")])
    minutes = []
    for _ in range(4):
        house.run()
        due = house.calendar().next_sync_at
        assert due is not None
        minutes.append((due - NOW) / timedelta(minutes=1))
    assert minutes == [5, 7.5, 11.25, 5]


def test_sync_now_during_a_running_sync_leads_to_one_more() -> None:
    house, gateway = scripted([page(token="t1")])
    claim = house.claim()
    house.clock.time += timedelta(seconds=1)
    gateway.before_page = house.request
    assert house.sync(claim) is SyncOutcome.SYNCED
    assert house.calendar().next_sync_at == NOW + timedelta(seconds=1)


def test_events_that_change_places_are_never_both_away() -> None:
    """More of them than go into one transaction: between any two, each place is taken."""
    meetings = [a_meeting(f"e{n:03}", f"2026-12-{n % 20 + 1:02} {n // 20 + 8}:00-{n // 20 + 9}:00") for n in range(120)]
    moved = [
        replace(one, start=other.start, end=other.end) for one, other in zip(meetings, meetings[::-1], strict=True)
    ]
    house, _ = scripted([page(*meetings, token="t1")], [page(*moved, token="t2")])
    house.run()
    before, seen = merged(house.busy()), []
    house.store.before_commit = lambda: seen.append(merged(house.busy()))
    house.run()
    assert len(seen) > 4
    assert [subtract(before, taken) for taken in seen] == [[]] * len(seen)
    assert (merged(house.busy()), len(house.busy())) == (before, 120)
