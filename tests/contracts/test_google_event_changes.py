"""Events moved and cancelled in Google from Slack: only as they were read, and everybody on them hears of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.clients.google.writing import GoogleEvents
from bot.domain.errors import EventChanged, EventGone, ProviderDown
from bot.domain.events import EventStatus, Timed
from tests.builders import BERLIN, span
from tests.contracts.google_client import ANA, GoogleSetup, Stage, a_stage

MAYA = "maya@ortiz.test"
EVENT = "/calendar/v3/calendars/.*/events/.*"
WHEN = {"start": "2026-11-24T15:00", "end": "2026-11-24T16:00"}
DAILY = {"recurrence": ["RRULE:FREQ=DAILY"]}
THURSDAY = span("2026-11-26 9:00-10:00")


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


@pytest.fixture
def google(stage: Stage) -> GoogleSetup:
    return stage.set_up()


@pytest.fixture
def events(google: GoogleSetup) -> GoogleEvents:
    return GoogleEvents(google.service, google.tokens)


def put(google: GoogleSetup, event_id: str = "demo", **fields: Any) -> str:
    """An event of Ana's with Maya, from three to four; its etag."""
    guests = [{"email": MAYA}]
    etag: str = google.world.put_event(ANA, id=event_id, summary="Demo", attendees=guests, **WHEN, **fields)["etag"]
    return etag


def stands(google: GoogleSetup) -> dict[str, str]:
    """When each event of Ana's calendar is, on the wall in Berlin, or that it is cancelled."""
    account = google.connect()
    found = {}
    for page in google.read(account):
        for event in page.events:
            start = event.start or event.original_start
            assert isinstance(start, Timed)
            is_off = event.status is EventStatus.CANCELLED
            found[event.id] = "cancelled" if is_off else f"{start.at:%m-%dT%H:%M}"
    return found


def notes(google: GoogleSetup, method: str) -> list[tuple[int | None, bool]]:
    """How each such request was answered, and whether somebody was mailed by it."""
    asked = google.world.ledger.matching(path=EVENT)
    return [(one.status, "mailed" in one.notes) for one in asked if one.method == method]


def test_an_event_as_it_was_read_moves_and_everybody_hears_of_it(google: GoogleSetup, events: GoogleEvents) -> None:
    etag = put(google, description="Bring cake")
    before = dict(google.world.calendars[ANA].events["demo"].fields)

    events.move(google.connect(), ANA, "demo", etag=etag, span=THURSDAY, zone=BERLIN)

    after = google.world.calendars[ANA].events["demo"].fields
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed - {"etag", "updated", "sequence"} == {"start", "end"}
    assert (stands(google), notes(google, "PATCH")) == ({"demo": "11-26T08:00"}, [(200, True)])


# fault 41
def test_what_was_changed_meanwhile_is_left_alone(google: GoogleSetup, events: GoogleEvents) -> None:
    etag = put(google)
    google.world.change_event(ANA, "demo", summary="Board call")
    account = google.connect()
    with pytest.raises(EventChanged):
        events.move(account, ANA, "demo", etag=etag, span=THURSDAY, zone=BERLIN)
    with pytest.raises(EventChanged):
        events.cancel(account, ANA, "demo", etag=etag)
    assert stands(google) == {"demo": "11-24T14:00"}


# fault 30
def test_a_move_whose_answer_got_lost_is_not_made_twice(google: GoogleSetup, events: GoogleEvents) -> None:
    etag, account = put(google), google.connect()
    google.world.faults.on(path=EVENT).drop(after_commit=True)
    with pytest.raises(ProviderDown):
        events.move(account, ANA, "demo", etag=etag, span=THURSDAY, zone=BERLIN)

    events.move(account, ANA, "demo", etag=etag, span=THURSDAY, zone=BERLIN)
    assert (stands(google), [status for status, _ in notes(google, "PATCH")]) == ({"demo": "11-26T08:00"}, [None, 412])


def test_one_time_of_a_series_moves_and_another_is_cancelled(google: GoogleSetup, events: GoogleEvents) -> None:
    put(google, "daily", **DAILY)
    account = google.connect()

    events.move(account, ANA, "daily_20261126T140000Z", etag="", span=THURSDAY, zone=BERLIN)
    events.cancel(account, ANA, "daily_20261127T140000Z", etag="")

    assert stands(google) == {
        "daily": "11-24T14:00",
        "daily_20261126T140000Z": "11-26T08:00",
        "daily_20261127T140000Z": "cancelled",
    }


def test_an_event_is_cancelled_once_and_everybody_hears_of_it(google: GoogleSetup, events: GoogleEvents) -> None:
    etag, account = put(google), google.connect()
    events.cancel(account, ANA, "demo", etag=etag)
    events.cancel(account, ANA, "demo", etag=etag)
    assert (stands(google), notes(google, "DELETE")[0]) == ({}, (204, True))


def test_a_move_of_what_is_gone_is_told(google: GoogleSetup, events: GoogleEvents) -> None:
    with pytest.raises(EventGone):
        events.move(google.connect(), ANA, "nothere", etag='"1"', span=THURSDAY, zone=BERLIN)


def test_times_are_written_in_the_zone_of_the_event(google: GoogleSetup, events: GoogleEvents) -> None:
    etag = put(google)
    events.move(google.connect(), ANA, "demo", etag=etag, span=THURSDAY, zone="America/New_York")
    start = google.world.calendars[ANA].events["demo"].fields["start"]
    assert start["timeZone"] == "America/New_York"
    assert datetime.fromisoformat(start["dateTime"]).astimezone(UTC) == datetime(2026, 11, 26, 8, tzinfo=UTC)
