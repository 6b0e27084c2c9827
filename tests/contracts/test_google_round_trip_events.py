"""The round trip check and one day read live, over real HTTP against the stand-in for Google."""

from datetime import timedelta
from uuid import UUID

import pytest

from bot.clients.google.days import GoogleDays
from bot.clients.google.round_trip_events import GoogleRoundTripEvents
from bot.domain.accounts import Access
from bot.domain.calendars import ONE_WAY, AccessRole, Calendar, Role
from bot.domain.errors import AccessLost, CalendarGone, ProviderDown
from bot.domain.events import EventStatus, RemoteEvent, ShowsAs
from bot.domain.intervals import Interval
from bot.domain.round_trips import begin, check_span, is_check
from tests.builders import BERLIN, NEW_YORK, days
from tests.contracts.google_client import ANA, NOW, GoogleSetup

CALENDAR = Calendar(
    UUID(int=1),
    UUID(int=2),
    UUID(int=3),
    UUID(int=4),
    ANA,
    "Ana",
    BERLIN,
    AccessRole.OWNER,
    Role.LINKED,
    ONE_WAY,
)
EVENT = begin(UUID(int=7), CALENDAR, None, NOW).event_id
SPAN = check_span(BERLIN, NOW)


def writer(google: GoogleSetup) -> GoogleRoundTripEvents:
    return GoogleRoundTripEvents(google.service, google.tokens)


def day_of(google: GoogleSetup, account: UUID, window: Interval, calendar: str = ANA) -> list[RemoteEvent]:
    return list(GoogleDays(google.service, google.tokens).day(account, calendar, window, limit=50))


def test_the_event_of_a_check_is_private_free_and_reminds_nobody(google: GoogleSetup) -> None:
    writer(google).write(google.connect(), ANA, EVENT, SPAN, BERLIN)
    fields = google.world.calendars[ANA].events[EVENT].fields
    assert {name: fields.get(name) for name in ("summary", "transparency", "visibility", "reminders")} == {
        "summary": "Daybook check",
        "transparency": "transparent",
        "visibility": "private",
        "reminders": {"useDefault": False},
    }
    assert "attendees" not in fields
    assert google.world.mails == []
    assert fields["start"]["dateTime"] == "2026-11-25T03:00:00+01:00"
    assert fields["end"]["dateTime"] == "2026-11-25T03:01:00+01:00"


def test_the_ordinary_sync_brings_it_back_and_tells_of_its_end(google: GoogleSetup) -> None:
    account = google.connect()
    [before] = google.read(account)
    writer(google).write(account, ANA, EVENT, SPAN, BERLIN)
    [delta] = google.read(account, sync_token=before.next_sync_token)
    [event] = delta.events
    assert (event.id, event.shows_as, event.is_private, event.invitees) == (EVENT, ShowsAs.FREE, True, ())
    assert is_check(event)
    writer(google).remove(account, ANA, EVENT)
    [after] = google.read(account, sync_token=delta.next_sync_token)
    assert [(one.id, one.status) for one in after.events] == [(EVENT, EventStatus.CANCELLED)]


def test_to_write_or_to_remove_it_twice_is_a_success(google: GoogleSetup) -> None:
    account, check = google.connect(), writer(google)
    check.write(account, ANA, EVENT, SPAN, BERLIN)
    check.write(account, ANA, EVENT, SPAN, BERLIN)
    check.remove(account, ANA, EVENT)
    check.remove(account, ANA, EVENT)
    check.remove(account, ANA, "dbcheck" + "0" * 32)
    assert google.world.calendars[ANA].events[EVENT].cancelled


def test_a_calendar_that_is_gone_needs_no_cleaning(google: GoogleSetup) -> None:
    account, check = google.connect(), writer(google)
    check.remove(account, "none@group.calendar.google.com", EVENT)
    with pytest.raises(CalendarGone):
        check.write(account, "none@group.calendar.google.com", EVENT, SPAN, BERLIN)


def test_a_calendar_that_may_only_be_read_refuses_the_check(google: GoogleSetup) -> None:
    team = google.world.add_calendar("ben@acme.test", "Team", NEW_YORK, calendar_id="team@group.calendar.google.com")
    google.world.share(team, ANA, "reader")
    with pytest.raises(AccessLost):
        writer(google).write(google.connect(), team, EVENT, SPAN, BERLIN)
    reads_alone = google.connect("ben@acme.test", Access.CONFLICT_ONLY)
    with pytest.raises(AccessLost, match="A permission is missing"):
        writer(google).write(reads_alone, "ben@acme.test", EVENT, SPAN, BERLIN)


# fault 30
def test_a_check_whose_answer_is_lost_is_there_once_and_can_be_removed(google: GoogleSetup) -> None:
    account, check = google.connect(), writer(google)
    google.world.faults.on("POST").drop(after_commit=True)
    with pytest.raises(ProviderDown):
        check.write(account, ANA, EVENT, SPAN, BERLIN)
    assert not google.world.calendars[ANA].events[EVENT].cancelled
    check.remove(account, ANA, EVENT)
    assert google.world.calendars[ANA].events[EVENT].cancelled


def test_a_day_holds_every_time_of_a_series_and_what_was_cancelled(google: GoogleSetup) -> None:
    world, account = google.world, google.connect()
    world.put_event(ANA, summary="Lunch", start="2026-11-24T12:00", end="2026-11-24T13:00")
    world.put_event(
        ANA,
        summary="Daily",
        start="2026-11-20T09:00",
        end="2026-11-20T09:30",
        recurrence=["RRULE:FREQ=DAILY"],
    )
    gone = world.put_event(ANA, summary="Gone", start="2026-11-24T15:00", end="2026-11-24T16:00")
    world.put_event(ANA, summary="Tomorrow", start="2026-11-25T09:00", end="2026-11-25T10:00")
    world.put_event(ANA, summary="Off", start="2026-11-24", end="2026-11-25")
    world.delete_event(ANA, gone["id"])
    told = {(one.title, one.status.value): one for one in day_of(google, account, days())}
    assert sorted(told) == [
        ("Daily", "confirmed"),
        ("Gone", "cancelled"),
        ("Lunch", "confirmed"),
        ("Off", "confirmed"),
    ]
    daily = told["Daily", "confirmed"]
    assert (daily.recurrence, daily.series_id is not None, daily.original_start) == ((), True, daily.start)


@pytest.mark.parametrize(("day", "titles"), [("2026-03-29", ["First"]), ("2026-03-30", ["Next"])])
def test_a_day_on_which_the_clocks_jump_ends_where_the_wall_says(
    google: GoogleSetup, day: str, titles: list[str]
) -> None:
    world, account = google.world, google.connect()
    google.clock.pass_by(-timedelta(days=240))
    world.put_event(ANA, summary="First", start="2026-03-29T23:00", end="2026-03-29T23:59")
    world.put_event(ANA, summary="Next", start="2026-03-30T00:00", end="2026-03-30T01:00")
    assert [one.title for one in day_of(google, account, days(day))] == titles


def test_a_day_of_a_calendar_that_is_not_shared_any_more_says_so(google: GoogleSetup) -> None:
    with pytest.raises(CalendarGone):
        day_of(google, google.connect(), days(), "none@group.calendar.google.com")


def test_a_day_of_more_events_than_are_looked_at_is_cut_after_them(google: GoogleSetup) -> None:
    account = google.connect()
    for number in range(5):
        google.world.put_event(ANA, summary=f"E{number}", start=f"2026-11-24T0{number}:00", end="2026-11-24T09:00")
    days_read = GoogleDays(google.service, google.tokens).day(account, ANA, days(), limit=3)
    assert [one.title for one in days_read] == ["E0", "E1", "E2"]
