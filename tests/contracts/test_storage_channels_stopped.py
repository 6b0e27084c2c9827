"""Push channels that are to be stopped, and what becomes of them."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from bot.ports import Store
from tests.contracts.channel_builders import SOON, a_read, channels_of, listened, opened
from tests.contracts.storage_builders import (
    NOW,
    a_calendar,
    chosen,
)


def stops(store: Store, *, everything: bool = False, limit: int = 10) -> list[UUID]:
    with store.writing() as work:
        claims = work.push_channels.claim_stops(NOW, until=SOON, limit=limit, everything=everything)
        work.commit()
    return [channel.id for channel in claims]


def test_what_is_to_be_stopped_is_claimed_when_its_time_has_come(store: Store) -> None:
    ana = a_read(store)
    over = opened(store, ana.claim.calendar, stop_at=NOW)
    opened(store, ana.claim.calendar, stop_at=SOON + timedelta(seconds=1))
    opened(store, ana.claim.calendar)
    assert stops(store) == [over.id]
    assert stops(store) == []


def test_the_channels_of_a_calendar_that_nobody_uses_are_to_be_stopped(store: Store) -> None:
    ana = a_read(store)
    channel = opened(store, ana.claim.calendar)
    other = a_calendar(ana.account, "other")
    chosen(store, ana.actor, other)
    assert listened(store, channel) is None
    assert channels_of(store, ana) == [replace(channel, calendar_id=None)]
    assert stops(store) == [channel.id]
    assert stops(store) == []


def test_everything_can_be_stopped(store: Store) -> None:
    ana = a_read(store)
    channels = [opened(store, ana.claim.calendar) for _ in range(3)]
    assert len(stops(store, everything=True, limit=2)) == 2
    assert len(stops(store, everything=True)) == 1
    assert stops(store, everything=True) == []
    for channel in channels:
        with store.writing() as work:
            work.push_channels.forget(channel.id)
            work.commit()
    assert channels_of(store, ana) == []


def test_what_ended_by_itself_is_forgotten(store: Store) -> None:
    ana = a_read(store)
    opened(store, ana.claim.calendar, expires_at=NOW)
    living = opened(store, ana.claim.calendar, expires_at=SOON)
    with store.writing() as work:
        assert work.push_channels.forget_expired(NOW) == 1
        work.commit()
    assert channels_of(store, ana) == [living]


def test_the_channels_of_an_account_go_with_it(store: Store) -> None:
    ana, ben = a_read(store), a_read(store, user="U2")
    opened(store, ana.claim.calendar)
    kept = opened(store, ben.claim.calendar)
    with store.writing() as work:
        assert work.accounts.erase(ana.account.id)
        work.commit()
    assert (channels_of(store, ana), channels_of(store, ben)) == ([], [kept])
    with store.writing() as work:
        assert not work.push_channels.hold(ana.calendar_id)
