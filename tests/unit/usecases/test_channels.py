"""Push channels from their opening on: renewed with overlap, mute ones replaced."""

from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.channels import GRACE, LIFE, OVERLAP, PushRefused
from bot.domain.errors import AccessLost, CredentialRefused, ProviderBusy, ProviderDown, QuotaUsedUp
from tests.event_builders import a_meeting
from tests.fakes.calendar_rows import PushPlanRow
from tests.unit.usecases.channel_house import ADDRESS, ANAS, BENS, FIVE_MINUTES, NOW, ChannelHouse

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
