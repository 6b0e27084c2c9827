"""What the calendar gateway promises, over real HTTP against the stand-in for Google."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.clients.google.gateway import MOST_INVITEES
from bot.domain.accounts import Access
from bot.domain.errors import AccessLost, CalendarGone, SyncTokenExpired
from bot.domain.events import EventPage, EventStatus, Invitee, RemoteEvent, Response, Timed
from tests.contracts.google_client import ANA, NOW, GoogleSetup

BEN = "ben@acme.test"
EVENTS = "/calendar/v3/calendars/.*/events"


def ids(pages: list[EventPage]) -> list[list[str]]:
    return [[event.id for event in page.events] for page in pages]


def token_of(pages: list[EventPage]) -> str:
    token = pages[-1].next_sync_token
    assert token is not None
    return token


def test_a_first_read_brings_the_events_and_a_token(google: GoogleSetup) -> None:
    google.world.put_event(ANA, id="standup", summary="Stand-up", start="2026-11-24T09:00", end="2026-11-24T09:15")

    (page,) = google.read(google.connect())

    (event,) = page.events
    assert page.zone == "Europe/Berlin"
    assert token_of([page])
    assert event == RemoteEvent(
        id="standup",
        status=EventStatus.CONFIRMED,
        etag=event.etag,
        ical_uid="standup@google.com",
        title="Stand-up",
        start=Timed(datetime(2026, 11, 24, 8, tzinfo=UTC), "Europe/Berlin"),
        end=Timed(datetime(2026, 11, 24, 8, 15, tzinfo=UTC), "Europe/Berlin"),
        link=event.link,
        is_own=True,
        created_at=event.created_at,
    )
    assert event.created_at is not None


def test_who_is_on_an_event_comes_with_it_unless_they_are_a_crowd(google: GoogleSetup) -> None:
    maya = {"email": "maya@ortiz.test", "displayName": "Maya Ortiz", "responseStatus": "declined"}
    crowd = [{"email": f"guest{number}@many.test"} for number in range(MOST_INVITEES)]
    own = {"email": ANA, "responseStatus": "accepted"}
    times = {"start": "2026-11-24T09:00", "end": "2026-11-24T09:15"}
    google.world.put_event(ANA, id="demo", attendees=[own, maya], **times)
    google.world.put_event(ANA, id="webinar", attendees=[own, *crowd], **times)

    (page,) = google.read(google.connect())

    herself = Invitee(ANA, "", Response.ACCEPTED, is_self=True, is_organizer=True)
    assert {event.id: event.invitees for event in page.events} == {
        "demo": (herself, Invitee("maya@ortiz.test", "Maya Ortiz", Response.DECLINED)),
        "webinar": (herself,),
    }


def test_how_a_call_is_joined_comes_with_the_event(google: GoogleSetup) -> None:
    times = {"start": "2026-11-24T09:00", "end": "2026-11-24T09:15"}
    zoom, meet = "https://acme.zoom.us/j/123456789?pwd=x1", "https://meet.google.com/abc-defg-hij"
    google.world.put_event(ANA, id="zoom", location=f"Zoom, {zoom}", **times)
    google.world.put_event(ANA, id="meet", hangoutLink=meet, location=zoom, **times)
    entry = {"entryPointType": "video", "uri": zoom}
    google.world.put_event(ANA, id="other", conferenceData={"entryPoints": [entry]}, **times)

    (page,) = google.read(google.connect())

    assert {event.id: event.join_url for event in page.events} == {"zoom": zoom, "meet": meet, "other": zoom}


def test_a_first_read_leaves_out_what_ended_before_and_a_delta_does_not(google: GoogleSetup) -> None:
    google.world.put_event(ANA, id="longpast", start="2026-09-01T09:00", end="2026-09-01T10:00")
    google.world.put_event(ANA, id="ahead", start="2026-12-01T09:00", end="2026-12-01T10:00")
    account = google.connect()

    first = google.read(account, since=NOW - timedelta(days=30))
    google.world.change_event(ANA, "longpast", summary="Minutes")
    delta = google.read(account, sync_token=token_of(first))

    assert (ids(first), ids(delta)) == ([["ahead"]], [["longpast"]])


def test_a_series_comes_as_its_master_and_its_changed_instances(google: GoogleSetup) -> None:
    google.world.put_event(
        ANA,
        id="weekly",
        start="2026-11-24T09:00",
        end="2026-11-24T10:00",
        recurrence=["RRULE:FREQ=WEEKLY"],
    )
    google.world.change_event(ANA, "weekly_20261201T080000Z", start="2026-12-01T15:00", end="2026-12-01T16:00")
    google.world.delete_event(ANA, "weekly_20261208T080000Z")

    (page,) = google.read(google.connect())

    assert [(event.id, event.status, event.series_id, event.original_start) for event in page.events] == [
        ("weekly", "confirmed", None, None),
        (
            "weekly_20261201T080000Z",
            "confirmed",
            "weekly",
            Timed(datetime(2026, 12, 1, 8, tzinfo=UTC), "Europe/Berlin"),
        ),
        (
            "weekly_20261208T080000Z",
            "cancelled",
            "weekly",
            Timed(datetime(2026, 12, 8, 8, tzinfo=UTC), "Europe/Berlin"),
        ),
    ]
    assert page.events[0].recurrence == ("RRULE:FREQ=WEEKLY",)


def test_a_delta_brings_what_was_added_changed_and_deleted(google: GoogleSetup) -> None:
    for event in ("kept", "changed", "deleted"):
        google.world.put_event(ANA, id=event, start="2026-11-24T09:00", end="2026-11-24T10:00")
    account = google.connect()
    first = google.read(account)

    google.world.put_event(ANA, id="added", start="2026-11-25T09:00", end="2026-11-25T10:00")
    google.world.change_event(ANA, "changed", summary="New title")
    google.world.delete_event(ANA, "deleted")
    delta = google.read(account, sync_token=token_of(first))

    assert {(event.id, event.status, event.problem) for event in delta[0].events} == {
        ("added", "confirmed", None),
        ("changed", "confirmed", None),
        ("deleted", "cancelled", None),
    }


def test_an_unchanged_calendar_costs_one_request(google: GoogleSetup) -> None:
    account = google.connect()
    token = token_of(google.read(account))
    before = len(google.world.ledger.entries)

    pages = google.read(account, sync_token=token)

    assert ids(pages) == [[]]
    assert len(google.world.ledger.entries) - before == 1


def test_many_events_come_in_pages_and_only_the_last_has_the_token(google: GoogleSetup) -> None:
    for number in range(501):
        google.world.put_event(ANA, id=f"event{number}", start="2026-11-24T09:00", end="2026-11-24T10:00")

    pages = google.read(google.connect())

    assert [len(page.events) for page in pages] == [500, 1]
    assert [page.next_sync_token is None for page in pages] == [True, False]


def test_an_empty_page_is_not_the_end(google: GoogleSetup) -> None:
    google.world.put_event(ANA, id="standup", start="2026-11-24T09:00", end="2026-11-24T10:00")
    google.world.empty_pages(every=2)

    assert ids(google.read(google.connect())) == [[], ["standup"]]


# fault 37
def test_an_expired_sync_token_asks_for_a_full_read(google: GoogleSetup) -> None:
    account = google.connect()
    token = token_of(google.read(account))
    google.world.expire_sync_tokens(ANA)

    with pytest.raises(SyncTokenExpired):
        google.read(account, sync_token=token)
    assert ids(google.read(account)) == [[]]


# fault 37
def test_a_damaged_sync_token_asks_for_a_full_read(google: GoogleSetup) -> None:
    with pytest.raises(SyncTokenExpired):
        google.read(google.connect(), sync_token="CPDA-damaged")


# fault 37
def test_a_bad_request_with_a_sync_token_asks_for_a_full_read(google: GoogleSetup) -> None:
    account = google.connect()
    token = token_of(google.read(account))
    google.world.faults.on(path=EVENTS).answer(400, {"error": {"code": 400, "message": "Bad Request"}})

    with pytest.raises(SyncTokenExpired):
        google.read(account, sync_token=token)


# fault 38
def test_a_deleted_calendar_is_gone(google: GoogleSetup) -> None:
    team = google.world.add_calendar(ANA, "Team", "Europe/Berlin")
    account = google.connect()
    google.world.remove_calendar(team)

    with pytest.raises(CalendarGone, match="does not exist any more, or is not shared with this account"):
        google.read(account, team)


# fault 38
def test_a_calendar_that_is_no_longer_shared_is_gone(google: GoogleSetup) -> None:
    google.world.share(BEN, ANA, "reader")
    account = google.connect()
    google.read(account, BEN)
    google.world.unshare(BEN, ANA)

    with pytest.raises(CalendarGone):
        google.read(account, BEN)


@pytest.mark.parametrize(
    ("role", "visibility", "title"),
    [
        ("reader", "default", "Raise"),
        ("reader", "private", ""),
        ("freeBusyReader", "default", ""),
    ],
)
def test_what_the_account_may_not_see_has_a_time_and_no_title(
    google: GoogleSetup, role: str, visibility: str, title: str
) -> None:
    google.world.put_event(
        BEN, summary="Raise", visibility=visibility, start="2026-11-24T09:00", end="2026-11-24T10:00"
    )
    google.world.share(BEN, ANA, role)

    (page,) = google.read(google.connect(), BEN)

    assert [(event.title, event.start, event.problem) for event in page.events] == [
        (title, Timed(datetime(2026, 11, 24, 14, tzinfo=UTC), "America/New_York"), None)
    ]


def test_read_access_alone_reads_events_with_their_titles(google: GoogleSetup) -> None:
    google.world.put_event(ANA, summary="Dentist", start="2026-11-24T09:00", end="2026-11-24T10:00")

    (page,) = google.read(google.connect(access=Access.CONFLICT_ONLY))

    assert [event.title for event in page.events] == ["Dentist"]


# fault 21
def test_a_permission_that_was_left_out_is_told_apart_from_a_lost_calendar(google: GoogleSetup) -> None:
    account = google.connect(untick=["calendar.calendarlist.readonly"])

    with pytest.raises(AccessLost, match=r"^A permission is missing: connect the account again"):
        google.calendars.calendars(account)


def test_threads_read_at_once_without_getting_into_each_others_way(google: GoogleSetup) -> None:
    for number in range(5):
        google.world.put_event(ANA, id=f"event{number}", start="2026-11-24T09:00", end="2026-11-24T10:00")
    account = google.connect()

    with ThreadPoolExecutor(8) as pool:
        reads = list(pool.map(lambda _: ids(google.read(account)), range(32)))

    assert reads == [[[f"event{number}" for number in range(5)]]] * 32
