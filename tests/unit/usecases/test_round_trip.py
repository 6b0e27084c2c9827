"""The round trip check: written, brought back by the ordinary sync, removed, and left nowhere by a kill."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest

from bot.domain.calendars import Role, SyncOutcome
from bot.domain.channels import Channel
from bot.domain.errors import AccessLost, CredentialRefused, NotAllowed, ProviderDown
from bot.domain.events import EventPage, EventStatus, RemoteEvent, ShowsAs, Timed
from bot.domain.people import Standing
from bot.domain.round_trips import CannotCheck, RoundTrip, RoundTripShown, Way
from bot.domain.wall_time import moment
from bot.usecases.check_round_trip import BeginRoundTrip, ShowRoundTrip
from bot.usecases.tidy_round_trips import TidyRoundTrips
from tests.builders import BERLIN, local
from tests.event_builders import a_meeting
from tests.fakes.calendar_gateway import ScriptedGateway
from tests.fakes.round_trips import FakeRoundTripEvents
from tests.unit.usecases.sync_house import ACCOUNT_ID, CALENDAR_ID, NOW, House, PowerCut

REMOTE = f"calendar-{CALENDAR_ID.int}"
Break = Callable[[str], None]


@dataclass
class CheckHouse:
    """Ana with a linked calendar that was just read."""

    gateway: ScriptedGateway = field(default_factory=ScriptedGateway)
    numbers: Iterator[int] = field(default_factory=lambda: count(900))

    def __post_init__(self) -> None:
        self.house = House(self.gateway)
        self.store, self.clock, self.actor = self.house.store, self.house.clock, self.house.actor
        self.link(Role.LINKED)
        self.google = FakeRoundTripEvents(before=self._nothing_is_open)
        self.begin_it = BeginRoundTrip(self.store, self.google, self.clock, lambda: UUID(int=next(self.numbers)))
        self.show_it = ShowRoundTrip(self.store, self.clock)
        self.tidy = TidyRoundTrips(self.store, self.google, self.clock)
        self.reads()

    def link(self, role: Role) -> None:
        row = self.store.tables.calendars[CALENDAR_ID]
        self.store.tables.calendars[CALENDAR_ID] = replace(row, calendar=replace(row.calendar, role=role))

    def begins(self) -> RoundTrip:
        return self.begin_it(self.actor).trip

    def reads(self, *events: RemoteEvent) -> None:
        """The ordinary sync, which is told what is there in Google, and these."""
        checks = [self.told(event_id) for _, event_id in self.google.events] if hasattr(self, "google") else []
        self.gateway.script.append([EventPage([*checks, *events], BERLIN, "token")])
        assert self.house.run() is SyncOutcome.SYNCED

    def told(self, event_id: str) -> RemoteEvent:
        """The event of a check as Google lists it."""
        start, end = self.google.events[REMOTE, event_id]
        when = (Timed(moment(start), BERLIN), Timed(moment(end), BERLIN))
        return RemoteEvent(
            event_id, EventStatus.CONFIRMED, title="Daybook check", shows_as=ShowsAs.FREE, start=when[0], end=when[1]
        )

    def shown(self) -> RoundTripShown:
        shown = self.show_it(self.actor)
        assert shown is not None
        return shown

    def trip(self) -> RoundTrip:
        return self.shown().trip

    def passes(self, **time: float) -> None:
        self.clock.time += timedelta(**time)

    def _nothing_is_open(self, _name: str) -> None:
        assert not self.store.is_open


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


def raising(error: Exception, *, on: str = "write", after: bool = False) -> Callable[[CheckHouse], None]:
    """Has Google answer a request like that."""

    def answer(name: str) -> None:
        if name == on:
            raise error

    def set_up(house: CheckHouse) -> None:
        if after:
            house.google.after = answer
        else:
            house.google.before = answer

    return set_up


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


def test_a_check_of_another_member_is_not_ones_own() -> None:
    house = CheckHouse()
    house.begins()
    assert house.show_it(replace(house.actor, workspace_id=CALENDAR_ID)) is None
