"""The round trip check: written, brought back by the ordinary sync, and removed."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.calendars import Role
from bot.domain.channels import Channel
from bot.domain.errors import AccessLost, CredentialRefused, NotAllowed, ProviderDown
from bot.domain.people import Standing
from bot.domain.round_trips import CannotCheck, Way
from tests.builders import local
from tests.event_builders import a_meeting
from tests.unit.usecases.check_house import REMOTE, CheckHouse, raising
from tests.unit.usecases.sync_house import ACCOUNT_ID, CALENDAR_ID, NOW


def test_a_check_comes_back_by_a_reading_and_is_removed() -> None:
    house = CheckHouse()
    trip = house.begins()
    [(calendar, event_id)] = house.google.events
    assert (calendar, event_id) == (REMOTE, trip.event_id)
    assert local([house.google.events[REMOTE, event_id].start]) == ["2026-11-25T03:00+01:00"]
    assert not house.shown().has_answer
    house.passes(seconds=42)
    house.reads()
    assert (house.trip().lag, house.trip().way) == (timedelta(seconds=42), Way.POLL)
    assert house.shown().has_answer
    assert not house.shown().is_over
    assert house.tidy() == 1
    assert house.google.events == {}
    assert house.shown().is_over
    assert house.tidy() == 0


def test_the_event_never_becomes_anything_here() -> None:
    house = CheckHouse()
    house.begins()
    house.reads(a_meeting("m", "2026-11-25 9:00-10:00"))
    assert list(house.store.tables.events[CALENDAR_ID]) == ["m"]
    assert house.house.agenda() == ["2026-11-25T09:00+01:00 1h"]
    house.tidy()
    house.reads()
    assert house.house.agenda() == ["2026-11-25T09:00+01:00 1h"]


def test_a_forged_event_with_such_an_id_still_takes_its_time() -> None:
    house = CheckHouse()
    forged = a_meeting(house.begins().event_id, "2026-11-25 9:00-10:00")
    house.google.events.clear()
    house.reads(forged)
    assert not house.shown().has_answer
    assert len(house.house.busy()) == 1


def test_what_google_told_of_by_itself_is_said_to_be() -> None:
    house = CheckHouse()
    house.begins()
    house.passes(seconds=3)
    channel = Channel(
        CALENDAR_ID, ACCOUNT_ID, CALENDAR_ID, "digest", NOW, NOW + timedelta(days=7), heard_at=house.clock.now()
    )
    house.store.tables.channels[channel.id] = channel
    house.reads()
    assert (house.trip().lag, house.trip().way) == (timedelta(seconds=3), Way.PUSH)


@pytest.mark.parametrize("role", [Role.CONFLICT, None])
def test_without_a_calendar_to_write_to_nothing_is_written(role: Role | None) -> None:
    house = CheckHouse()
    if role is None:
        house.store.tables.calendars.clear()
    else:
        house.link(role)
    with pytest.raises(CannotCheck):
        house.begins()
    assert (house.google.events, house.show_it(house.actor)) == ({}, None)


def test_a_second_check_waits_for_the_first() -> None:
    house = CheckHouse()
    house.begins()
    with pytest.raises(CannotCheck, match="running already"):
        house.begins()
    house.reads()
    with pytest.raises(CannotCheck, match="still being cleaned up"):
        house.begins()
    house.tidy()
    with pytest.raises(CannotCheck, match="less than a minute ago"):
        house.begins()
    house.passes(minutes=1)
    assert house.begins().id == UUID(int=904)
    assert len(house.google.events) == 1


def test_guests_cannot_check() -> None:
    house = CheckHouse()
    with pytest.raises(NotAllowed):
        house.begin_it(replace(house.actor, standing=Standing.GUEST))


@pytest.mark.parametrize(
    "error",
    [
        AccessLost("This account may no longer do that with the calendar."),
        CredentialRefused("Google no longer accepts Daybook's access to this account."),
    ],
)
def test_a_write_that_google_refuses_is_told_and_leaves_nothing_to_clean_up(error: Exception) -> None:
    house = CheckHouse()
    raising(error)(house)
    house.begins()
    assert house.trip().problem == str(error)
    assert house.shown().is_over


@pytest.mark.parametrize("is_written", [False, True])
def test_a_write_of_which_nothing_was_heard_is_removed_after_a_minute(is_written: bool) -> None:
    house = CheckHouse()
    raising(ProviderDown("Google did not answer.", is_silent=True), after=is_written)(house)
    assert house.begins().problem == "Google did not answer."
    assert len(house.google.events) == is_written
    assert house.tidy() == 0
    house.passes(minutes=1)
    assert house.tidy() == 1
    assert house.google.events == {}
    assert house.shown().is_over


def test_a_check_that_never_comes_back_is_given_up_and_removed() -> None:
    house = CheckHouse()
    trip = house.begins()
    house.passes(minutes=9)
    assert house.tidy() == 0
    house.clock.time = trip.waits_until
    assert house.shown().has_answer
    assert house.tidy() == 1
    assert (house.google.events, house.trip().lag) == ({}, None)


def test_a_check_of_another_member_is_not_ones_own() -> None:
    house = CheckHouse()
    house.begins()
    assert house.show_it(replace(house.actor, workspace_id=CALENDAR_ID)) is None
