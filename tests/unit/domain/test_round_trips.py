"""The round trip check: when one may begin, where its event stands, and what is told of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import AccessRole, Calendar, Role
from bot.domain.events import EventStatus, RemoteEvent, ShowsAs
from bot.domain.round_trips import (
    CannotCheck,
    RoundTrip,
    Way,
    begin,
    came_back,
    check_span,
    checked_calendar,
    is_check,
    refused,
    set_apart,
    tidy_pause,
)
from tests.builders import ANA, BERLIN, NEW_YORK, at, local
from tests.unit.rendering.connections import HOME, WORK, a_linked_calendar

NOW = at("12:00")
LINKED = a_linked_calendar(next_sync_at=at("12:03"))


def a_trip(previous: RoundTrip | None = None, now: datetime = NOW, number: int = 7) -> RoundTrip:
    return begin(UUID(int=number), LINKED, previous, now)


def an_event(event_id: str, shows_as: ShowsAs = ShowsAs.FREE) -> RemoteEvent:
    return RemoteEvent(event_id, EventStatus.CONFIRMED, shows_as=shows_as)


@pytest.mark.parametrize(
    ("now", "zone", "start"),
    [
        ("2026-11-24 12:00", BERLIN, "2026-11-25T03:00+01:00"),
        ("2026-03-28 12:00", BERLIN, "2026-03-29T03:00+02:00"),  # the hour before is skipped that day
        ("2026-10-24 12:00", BERLIN, "2026-10-25T03:00+01:00"),  # and is shown twice that day
        ("2026-03-07 12:00", NEW_YORK, "2026-03-08T03:00-04:00"),
        ("2026-10-31 12:00", NEW_YORK, "2026-11-01T03:00-05:00"),
        ("2026-11-24 20:00", "Pacific/Auckland", "2026-11-26T03:00+13:00"),  # there it is tomorrow already
    ],
)
def test_the_event_is_a_minute_at_three_tomorrow_by_the_calendars_clock(now: str, zone: str, start: str) -> None:
    span = check_span(zone, at(now))
    assert local([span.start], zone) == [start]
    assert span.end - span.start == 60


def test_a_first_check_waits_beyond_the_next_reading_and_is_cleaned_up_whatever_happens() -> None:
    trip = a_trip()
    assert (trip.member_id, trip.began_at) == (ANA, NOW)
    assert trip.waits_until == trip.tidy_at == at("12:10")
    quiet = replace(LINKED, next_sync_at=at("12:20"))
    assert begin(UUID(int=7), quiet, None, NOW).waits_until == at("12:25")
    assert begin(UUID(int=7), replace(LINKED, next_sync_at=at("20:00")), None, NOW).waits_until == at("13:30")


def test_each_check_has_an_event_of_its_own_which_is_the_same_on_every_try() -> None:
    first = a_trip()
    over = replace(came_back(first, Way.POLL, NOW), tidy_at=None)
    second = a_trip(over, NOW + timedelta(minutes=2), number=8)
    assert first.event_id == a_trip().event_id
    assert second.event_id != first.event_id
    assert is_check(an_event(second.event_id))


@pytest.mark.parametrize(
    ("previous", "now", "sentence"),
    [
        (a_trip(), "12:01", "A round trip check is running already. Its result shows here by itself."),
        (
            came_back(a_trip(), Way.PUSH, at("12:00")),
            "12:05",
            "The last check is still being cleaned up in Google. Try again in a minute.",
        ),
        (
            replace(a_trip(now=at("12:04")), problem="no", tidy_at=None),
            "12:04",
            "The last check was less than a minute ago. Try again in a minute.",
        ),
    ],
)
def test_a_check_that_cannot_begin_says_why(previous: RoundTrip, now: str, sentence: str) -> None:
    with pytest.raises(CannotCheck) as refusal:
        a_trip(previous, at(now))
    assert str(refusal.value) == sentence


def test_a_check_that_was_waited_for_in_vain_is_over() -> None:
    given_up = replace(a_trip(), tidy_at=None)
    assert not given_up.is_over(at("12:09"))
    assert given_up.is_over(at("12:10"))
    assert a_trip(given_up, at("12:10"), number=8).id == UUID(int=8)


def test_the_lag_is_from_the_write_to_the_reading_and_the_first_reading_counts() -> None:
    trip = came_back(a_trip(), Way.PUSH, NOW + timedelta(seconds=4))
    assert (trip.lag, trip.way, trip.tidy_at) == (timedelta(seconds=4), Way.PUSH, NOW + timedelta(seconds=4))
    assert came_back(trip, Way.POLL, at("12:05")) is trip


def test_a_write_that_may_have_arrived_is_cleaned_up_after_a_minute() -> None:
    assert refused(a_trip(), "No answer.", NOW, may_be_there=True).tidy_at == at("12:01")
    assert refused(a_trip(), "Not yours.", NOW, may_be_there=False).tidy_at is None


@pytest.mark.parametrize(
    "calendar",
    [
        replace(LINKED, role=Role.CONFLICT),
        replace(LINKED, access_role=AccessRole.READER),
        replace(LINKED, access_role=AccessRole.WRITER_WITHOUT_PRIVATE_ACCESS),
        replace(LINKED, is_lost=True),
        replace(LINKED, account_id=HOME.id),
    ],
)
def test_only_a_linked_calendar_that_can_be_written_to_is_checked(calendar: Calendar) -> None:
    assert checked_calendar([LINKED], [WORK, HOME]) == LINKED
    with pytest.raises(CannotCheck, match="First choose a linked calendar that you can edit"):
        checked_calendar([calendar], [WORK, HOME])


def test_a_calendar_of_an_account_that_needs_its_owner_is_not_checked() -> None:
    with pytest.raises(CannotCheck):
        checked_calendar([LINKED], [replace(WORK, status=AccountStatus.NEEDS_RECONNECT)])


def test_the_events_of_checks_are_told_as_gone_and_everything_else_as_it_is() -> None:
    check, meeting = an_event(a_trip().event_id), an_event("meeting", ShowsAs.BUSY)
    deleted = replace(check, id=a_trip(number=9).event_id, status=EventStatus.CANCELLED)
    told, met = set_apart([meeting, check, deleted])
    assert met == (check.id,)
    assert told == [meeting, replace(check, status=EventStatus.CANCELLED), deleted]
    alone = [meeting]
    assert set_apart(alone) == (alone, ())


def test_an_invitation_with_such_an_id_that_takes_time_is_no_check() -> None:
    forged = an_event(a_trip().event_id, ShowsAs.BUSY)
    assert not is_check(forged)
    assert set_apart([forged]) == ([forged], ())
    assert not is_check(an_event("dbcheck123"))


def test_removing_is_tried_after_ten_seconds_and_then_ever_later_up_to_an_hour() -> None:
    pauses = [tidy_pause(attempts).total_seconds() for attempts in (0, 1, 5, 9, 1000)]
    assert pauses == [10, 20, 320, 3600, 3600]
