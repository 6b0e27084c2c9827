"""Push channels from their opening to their end: renewed with overlap, mute ones replaced, none left behind."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.channels import GRACE, LIFE, OPENING_LEASE, OVERLAP, PushRefused
from bot.domain.connections import Revocation
from bot.domain.errors import AccessLost, CredentialRefused, ProviderBusy, ProviderDown, QuotaUsedUp
from tests.event_builders import a_meeting
from tests.fakes.tables import PushPlanRow
from tests.unit.usecases.channel_house import ADDRESS, ANAS, BENS, FIVE_MINUTES, NOW, ChannelHouse
from tests.unit.usecases.sync_house import PowerCut

RENEWAL = 0.8 * LIFE
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
CALENDAR = "team@group.calendar.google.com"
ANAS_ACCOUNT = UUID(int=10)


@pytest.fixture
def house() -> ChannelHouse:
    return ChannelHouse()


# --- Opening


# fault 22
def test_each_workspace_has_a_channel_of_its_own_to_the_same_calendar(house: ChannelHouse) -> None:
    assert house.tick() == 2
    [hers], [his] = house.channels(ANAS), house.channels(BENS)
    assert sorted(house.google.opened) == sorted([(hers.id, CALENDAR, ADDRESS), (his.id, CALENDAR, ADDRESS)])
    assert (hers.resource_id, hers.created_at, hers.expires_at) == (his.resource_id, NOW, NOW + LIFE)
    assert house.tick() == 0

    house.passes(HOUR)
    assert house.speaks(hers)
    assert not house.speaks(hers, token=house.token_of(his))
    assert (house.due(ANAS), house.due(BENS)) == (NOW + FIVE_MINUTES, NOW + FIVE_MINUTES)


def test_only_a_digest_of_the_secret_is_kept(house: ChannelHouse) -> None:
    channel = house.opens()
    assert house.token_of(channel) not in repr(house.store.tables)
    assert len(channel.token_digest) == 64


def test_a_channel_counts_from_its_first_message(house: ChannelHouse) -> None:
    house.tick()
    assert house.calendar().pushed_until is None
    [channel] = house.channels()
    assert house.speaks(channel, is_first=True)
    assert house.calendar().pushed_until == NOW + LIFE
    assert house.due() == NOW + FIVE_MINUTES  # the first message tells of no change
    assert house.plan() == PushPlanRow(NOW + RENEWAL)


def test_a_message_may_come_before_the_answer(house: ChannelHouse) -> None:
    def speaks(channel_id: UUID) -> None:
        assert house.speaks(house.channel(channel_id), is_first=True, resource="resource-early")

    house.google.after = speaks
    house.tick()
    [channel] = house.channels()
    assert (channel.heard_at, channel.resource_id) == (NOW, f"resource-{CALENDAR}")
    assert house.plan() == PushPlanRow(NOW + RENEWAL)


def test_what_the_queue_has_no_room_for_is_left_to_the_next_tick() -> None:
    house = ChannelHouse(room=1)
    assert (house.tick(), house.tick(), house.tick()) == (1, 1, 0)
    assert len(house.google.opened) == 2


def test_a_calendar_that_is_dropped_meanwhile_has_its_channel_stopped(house: ChannelHouse) -> None:
    house.google.after = lambda _channel_id: house.drops(house.ana)
    house.tick()
    (orphan,) = [one for one in house.store.tables.channels.values() if one.calendar_id is None]
    house.tick()
    assert house.google.stopped == [(orphan.id, f"resource-{CALENDAR}")]
    assert orphan.id not in house.store.tables.channels


# --- Refused


@pytest.mark.parametrize(
    ("refusal", "pause"),
    [
        (PushRefused("Google does not tell of changes of this calendar."), timedelta(days=7)),
        (AccessLost("No."), timedelta(days=1)),
        (QuotaUsedUp("Used up.", 4 * 3600), timedelta(hours=4)),
        (ProviderBusy("Slowly.", 120), timedelta(minutes=2)),
        (ProviderDown("Nothing was heard."), timedelta(seconds=30)),
        (CredentialRefused("No."), timedelta(seconds=30)),
    ],
)
def test_a_refusal_is_remembered_and_polling_goes_on(house: ChannelHouse, refusal: Exception, pause: timedelta) -> None:
    house.drops(house.ben)
    house.google.refusals = [refusal]
    house.tick()
    assert house.plan() == PushPlanRow(NOW + pause, 1, str(refusal))
    assert (house.calendar().pushed_until, house.due()) == (None, NOW + FIVE_MINUTES)
    house.passes(pause - SECOND)
    assert house.tick() == 0
    house.passes(SECOND)
    assert house.tick() == 1
    assert len(house.google.opened) == 1


def test_a_refused_channel_is_forgotten(house: ChannelHouse) -> None:
    house.google.refusals = [PushRefused("No."), PushRefused("No.")]
    house.tick()
    assert house.store.tables.channels == {}


def test_a_channel_whose_answer_was_lost_is_stopped_if_it_speaks(house: ChannelHouse) -> None:
    house.drops(house.ben)

    def is_lost(channel_id: UUID) -> None:
        assert house.speaks(house.channel(channel_id), is_first=True, resource="resource-of-it")
        raise ProviderDown("Nothing was heard.")

    house.google.after = is_lost
    house.tick()
    (lost,) = house.channels()
    house.google.after = lambda _channel_id: None
    house.passes(GRACE)
    house.tick()
    assert house.google.stopped == [(lost.id, "resource-of-it")]
    assert [channel.id for channel in house.channels()] == [house.google.opened[-1][0]]


def test_a_broken_account_asks_for_nothing(house: ChannelHouse) -> None:
    with house.store.writing() as work:
        work.accounts.mark_broken(ANAS_ACCOUNT, NOW)
        work.commit()
    assert house.tick() == 1
    assert house.channels(ANAS) == []


# --- Renewed


# fault 52
def test_a_channel_is_renewed_at_four_fifths_of_its_life_and_stopped_once_the_new_one_speaks(
    house: ChannelHouse,
) -> None:
    old = house.opens()
    house.drops(house.ben)
    house.tick()
    house.passes(RENEWAL - SECOND)
    assert house.tick() == 0
    house.passes(SECOND)
    assert house.tick() == 1
    kept, new = house.channels()
    assert (kept.id, kept.stop_at, new.heard_at) == (old.id, None, None)
    house.passes(HOUR)
    house.tick()
    assert house.speaks(old), "until the new one has spoken, the old one is listened to"

    assert house.speaks(new, is_first=True)
    house.passes(OVERLAP - SECOND)
    house.tick()
    assert house.speaks(old)
    house.passes(SECOND)
    house.google.stopped.clear()
    house.tick()
    assert house.google.stopped == [(old.id, old.resource_id)]
    # fault 51
    assert not house.speaks(old)
    assert house.speaks(new)
    assert [channel.id for channel in house.channels()] == [new.id]


# fault 52
def test_a_jump_past_the_end_finds_a_new_channel_and_no_promise_in_between(house: ChannelHouse) -> None:
    old = house.opens()
    house.passes(2 * LIFE)
    assert house.calendar().told_for(house.clock.time) == timedelta()
    assert not house.speaks(old)
    house.tick()
    [new] = house.channels()
    assert (new.id != old.id, new.expires_at) == (True, NOW + 3 * LIFE)
    assert (old.id, old.resource_id) not in house.google.stopped


# fault 52
def test_a_channel_that_never_speaks_is_made_anew_after_hours(house: ChannelHouse) -> None:
    house.drops(house.ben)
    house.tick()
    [mute] = house.channels()
    house.passes(timedelta(hours=6) - SECOND)
    assert house.tick() == 0
    house.passes(SECOND)
    assert house.tick() == 1
    house.tick()
    assert mute.id in [channel_id for channel_id, _ in house.google.stopped]
    assert len(house.channels()) == 1


def test_a_short_life_given_by_the_provider_is_renewed_in_time(house: ChannelHouse) -> None:
    house.google.life = HOUR
    house.opens()
    assert house.plan() == PushPlanRow(NOW + 0.8 * HOUR)


# --- Silent


# fault 52
def test_a_channel_that_kept_a_change_to_itself_is_made_anew_and_polling_is_as_before(house: ChannelHouse) -> None:
    channel = house.opens()
    house.passes(HOUR)
    assert house.reads().interval == 22.5 * timedelta(minutes=1), "told of: a third as often"
    house.passes(HOUR)
    calendar = house.reads(ANAS, a_meeting())
    assert (calendar.pushed_until, calendar.interval) == (None, FIVE_MINUTES)
    assert house.plan() == PushPlanRow(house.clock.time + GRACE)

    house.passes(GRACE)
    house.tick()
    newest = house.channels()[-1]
    assert newest.id != channel.id
    house.tick()
    assert (channel.id, channel.resource_id) in house.google.stopped
    assert house.speaks(newest, is_first=True)
    assert house.calendar().pushed_until == house.clock.time + LIFE


# fault 52
def test_a_message_that_was_merely_late_sets_it_right(house: ChannelHouse) -> None:
    channel = house.opens()
    house.passes(HOUR)
    house.reads(ANAS, a_meeting())
    house.passes(SECOND)
    assert house.speaks(channel)
    assert house.calendar().pushed_until == NOW + LIFE
    assert house.plan() == PushPlanRow(NOW + RENEWAL)


def test_a_change_that_was_told_of_is_no_silence(house: ChannelHouse) -> None:
    channel = house.opens()
    house.passes(HOUR)
    assert house.speaks(channel)
    assert house.reads(ANAS, a_meeting()).pushed_until == NOW + LIFE
    house.passes(HOUR)
    claim = house.claims()
    assert house.speaks(channel), "told of while it is being read"
    assert house.reads(ANAS, a_meeting(), claim=claim).pushed_until == NOW + LIFE


def test_nothing_new_is_no_silence(house: ChannelHouse) -> None:
    house.opens()
    house.passes(HOUR)
    assert house.reads().pushed_until == NOW + LIFE


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
