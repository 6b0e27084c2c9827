"""The event of a round trip check is left nowhere: by no kill, no refusal and no leaving."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.errors import AccessLost, CredentialRefused, ProviderDown
from bot.domain.round_trips import CannotCheck
from tests.fakes.calendar_rows import RoundTripRow
from tests.unit.usecases.check_house import REMOTE, CheckHouse, raising
from tests.unit.usecases.sync_house import ACCOUNT_ID, NOW, PowerCut


@pytest.mark.parametrize("after_the_write", [False, True])
def test_a_kill_around_the_write_leaves_nothing_in_google(after_the_write: bool) -> None:
    house = CheckHouse()

    def dies(_name: str) -> None:
        raise PowerCut

    if after_the_write:
        house.google.after = dies
    else:
        house.google.before = dies
    with pytest.raises(PowerCut):
        house.begins()
    house.google.after = house.google.before = lambda _name: None
    assert len(house.google.events) == after_the_write
    house.clock.time = house.trip().waits_until
    assert house.tidy() == 1
    assert house.google.events == {}


def test_a_kill_after_the_removal_removes_once_more() -> None:
    house = CheckHouse()
    house.begins()
    house.reads()

    def dies(name: str) -> None:
        if name == "remove":
            raise PowerCut

    house.google.after = dies
    with pytest.raises(PowerCut):
        house.tidy()
    house.google.after = lambda _name: None
    assert house.tidy() == 0  # another process has it
    house.passes(minutes=2)
    assert house.tidy() == 1
    assert house.shown().is_over


def test_a_removal_that_google_refuses_is_tried_again_until_it_is_done() -> None:
    house = CheckHouse()
    house.begins()
    house.reads()
    raising(ProviderDown("Google did not answer."), on="remove")(house)
    assert house.tidy() == 0
    assert (house.trip().attempts, house.trip().tidy_at) == (1, house.clock.now() + timedelta(seconds=10))
    house.google.before = lambda _name: None
    assert house.tidy() == 0
    house.passes(seconds=10)
    assert house.tidy() == 1
    assert house.google.events == {}


def test_a_mistake_of_ours_keeps_no_other_event_there_and_is_not_made_at_every_tick() -> None:
    house = CheckHouse()
    house.begins()
    house.reads()
    trip = house.trip()
    other = replace(trip, member_id=UUID(int=77), id=UUID(int=78), tidy_at=house.clock.now() + timedelta(seconds=1))
    house.store.tables.round_trips[other.member_id] = RoundTripRow(other)
    house.google.events[REMOTE, other.event_id] = house.google.events[REMOTE, trip.event_id]
    house.passes(seconds=1)
    mistakes: list[Exception] = [ZeroDivisionError()]

    def is_wrong_once(_name: str) -> None:
        if mistakes:
            raise mistakes.pop()

    house.google.before = is_wrong_once
    with pytest.raises(ZeroDivisionError):
        house.tidy()
    assert list(house.google.events) == [(REMOTE, trip.event_id)]
    assert (house.trip().attempts, house.trip().tidy_at) == (1, house.clock.now() + timedelta(seconds=10))
    house.passes(seconds=10)
    assert (house.tidy(), house.google.events) == (1, {})


@pytest.mark.parametrize("error", [AccessLost("It may only be read by now."), CredentialRefused("It was revoked.")])
def test_an_event_that_google_does_not_let_us_remove_for_a_day_is_left_and_keeps_nobody_from_checking(
    error: Exception,
) -> None:
    house = CheckHouse()
    house.begins()
    house.reads()
    raising(error, on="remove")(house)
    while house.clock.time < NOW + timedelta(hours=23):
        house.tidy()
        house.passes(hours=1)
    with pytest.raises(CannotCheck, match="could not be removed from Google yet"):
        house.begins()
    house.passes(hours=1)
    assert house.tidy() == 0
    assert (house.trip().is_left, house.trip().tidy_at) == (True, None)
    house.passes(hours=1)
    assert house.tidy() == 0
    house.google.before = lambda _name: None
    assert not house.begins().is_left


def test_a_removal_that_google_does_not_answer_for_days_is_tried_on() -> None:
    house = CheckHouse()
    house.begins()
    house.reads()
    raising(ProviderDown("Google did not answer."), on="remove")(house)
    for _ in range(50):
        house.tidy()
        house.passes(hours=1)
    house.google.before = lambda _name: None
    assert (house.tidy(), house.google.events) == (1, {})


def test_an_account_that_goes_takes_the_event_along_and_nothing_keeps_it_from_going() -> None:
    house = CheckHouse()
    house.begins()
    account = house.store.tables.accounts[ACCOUNT_ID].account
    raising(ProviderDown("Google did not answer."), on="remove")(house)
    house.tidy.of_account(account)
    house.google.before = lambda _name: None
    house.tidy.of_account(account)
    assert house.google.events == {}
