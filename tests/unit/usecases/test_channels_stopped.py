"""Push channels at their end, killed half-way, and what becomes of what they tell: none is left behind."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.channels import LIFE, OPENING_LEASE
from bot.domain.connections import Revocation
from bot.domain.errors import CredentialRefused, ProviderDown
from tests.event_builders import a_meeting
from tests.unit.usecases.channel_house import ANAS, BENS, FIVE_MINUTES, NOW, ChannelHouse
from tests.unit.usecases.sync_house import PowerCut

RENEWAL = 0.8 * LIFE
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
CALENDAR = "team@group.calendar.google.com"
ANAS_ACCOUNT = UUID(int=10)


@pytest.fixture
def house() -> ChannelHouse:
    return ChannelHouse()


# --- Stopped


def test_a_calendar_that_nobody_uses_any_more_has_its_channels_stopped(house: ChannelHouse) -> None:
    channel = house.opens()
    house.drops(house.ana)
    assert not house.speaks(channel)
    house.tick()
    assert house.google.stopped == [(channel.id, channel.resource_id)]
    assert channel.id not in house.store.tables.channels


def test_leaving_stops_the_channels_before_the_permission_is_given_back(house: ChannelHouse) -> None:
    channel = house.opens()
    other = house.channels(BENS)
    order: list[str] = []
    house.google.before = lambda: order.append("stop")
    house.consent.before_revoke = lambda: order.append("revoke")
    assert house.leaves(ANAS_ACCOUNT).revocation is Revocation.DONE
    assert order == ["stop", "revoke"]
    assert house.google.stopped == [(channel.id, channel.resource_id)]
    assert not house.speaks(channel)
    assert house.channels(BENS) == other


@pytest.mark.parametrize("refusal", [ProviderDown("Nothing was heard."), CredentialRefused("No.")])
def test_nobody_is_kept_from_leaving_by_a_channel(house: ChannelHouse, refusal: Exception) -> None:
    channel = house.opens()
    house.google.refusals = [refusal]
    assert house.leaves(ANAS_ACCOUNT).revocation is Revocation.DONE
    assert not house.speaks(channel)


def test_what_could_not_be_stopped_is_tried_again_until_it_ends_by_itself(house: ChannelHouse) -> None:
    channel = house.opens()
    house.drops(house.ana)
    house.google.refusals = [ProviderDown("Nothing was heard."), ProviderDown("Nothing was heard.")]
    for _ in range(3):
        house.tick()
        house.passes(OPENING_LEASE)
    assert house.google.stopped == [(channel.id, channel.resource_id)]


def test_what_may_not_be_stopped_is_given_up(house: ChannelHouse) -> None:
    channel = house.opens()
    house.drops(house.ana)
    house.google.refusals = [CredentialRefused("No.")]
    house.tick()
    assert channel.id not in house.store.tables.channels
    assert house.google.stopped == []


def test_a_start_without_an_address_stops_what_an_earlier_one_opened(house: ChannelHouse) -> None:
    house.tick()
    assert house.tick(address="") == 0
    assert len(house.google.stopped) == 2
    assert house.store.tables.channels == {}
    assert house.calendar().pushed_until is None


# --- Killed


# fault 59
def test_a_kill_between_the_request_and_its_record_leaves_a_channel_that_is_replaced(house: ChannelHouse) -> None:
    house.drops(house.ben)

    def power_fails(_channel_id: UUID) -> None:
        raise PowerCut

    house.google.after = power_fails
    with pytest.raises(PowerCut):
        house.tick()
    [orphan] = house.channels()
    house.google.after = lambda _channel_id: None
    assert (orphan.resource_id, house.calendar().pushed_until) == ("", None)
    assert house.tick() == 0

    house.passes(OPENING_LEASE)
    assert house.tick() == 1
    house.tick()
    assert [channel.id for channel in house.channels()] == [house.google.opened[-1][0]]
    assert not house.speaks(orphan, token=house.token_of(orphan), resource="resource")


# fault 59
def test_a_channel_that_speaks_although_its_record_was_lost_serves_as_any(house: ChannelHouse) -> None:
    house.drops(house.ben)

    def power_fails(channel_id: UUID) -> None:
        assert house.speaks(house.channel(channel_id), is_first=True, resource="resource-of-it")
        raise PowerCut

    house.google.after = power_fails
    with pytest.raises(PowerCut):
        house.tick()
    house.google.after = lambda _channel_id: None
    house.passes(OPENING_LEASE)
    assert house.tick() == 0
    [channel] = house.channels()
    assert channel.resource_id == "resource-of-it"
    assert house.calendar().pushed_until == NOW + LIFE


# fault 59
@pytest.mark.parametrize("commit", range(1, 5))
def test_a_kill_at_any_commit_of_leaving_leaves_nothing_that_cannot_be_left_again(
    house: ChannelHouse, commit: int
) -> None:
    channel = house.opens()
    house.dies_at(commit)
    try:
        house.leaves(ANAS_ACCOUNT)
    except PowerCut:
        house.store.before_commit = lambda: None
        house.leaves(ANAS_ACCOUNT)
    house.store.before_commit = lambda: None
    assert ANAS_ACCOUNT not in house.store.tables.accounts
    assert set(house.google.stopped) == {(channel.id, channel.resource_id)}
    assert not house.speaks(channel)


# --- Told


# fault 51
def test_a_burst_becomes_one_reading_or_two(house: ChannelHouse) -> None:
    channel = house.opens()
    house.passes(HOUR)
    before = house.store.commits
    for _ in range(500):
        assert house.speaks(channel)
    assert (house.store.commits - before, house.due()) == (1, NOW + FIVE_MINUTES)
    claim = house.claims()
    for _ in range(500):
        assert house.speaks(channel)
    house.reads(ANAS, a_meeting(), claim=claim)
    assert house.due() == house.clock.time, "what changed while it was read may have come too late for it"
    house.passes(SECOND)
    calendar = house.reads()
    assert calendar.next_sync_at is not None
    assert calendar.next_sync_at > house.clock.time


# fault 51
@pytest.mark.parametrize("wrong", ["token", "resource", "unknown", "ended", "of a broken account"])
def test_a_message_that_is_not_of_ours_is_no_message(house: ChannelHouse, wrong: str) -> None:
    channel = house.opens()
    house.passes(HOUR)
    told = channel
    if wrong == "unknown":
        told = replace(channel, id=UUID(int=1))
    elif wrong == "ended":
        house.passes(LIFE)
    elif wrong == "of a broken account":
        with house.store.writing() as work:
            work.accounts.mark_broken(ANAS_ACCOUNT, NOW)
            work.commit()
        assert house.store.tables.accounts[ANAS_ACCOUNT].account.status is AccountStatus.NEEDS_RECONNECT
    before = house.store.tables.snapshot()
    token = "forged" if wrong == "token" else house.token_of(channel)
    assert not house.speaks(told, token, resource="another" if wrong == "resource" else channel.resource_id)
    assert house.store.tables.snapshot() == before


# fault 35, fault 51
def test_a_message_does_not_end_the_pause_that_google_asked_for(house: ChannelHouse) -> None:
    channel = house.opens()
    claim = house.claims()
    until = NOW + HOUR
    with house.store.writing() as work:
        work.calendars.fail(claim, problem="Busy.", next_sync_at=until, not_before=until)
        work.commit()
    house.passes(SECOND)
    assert house.speaks(channel)
    assert house.due() == until
