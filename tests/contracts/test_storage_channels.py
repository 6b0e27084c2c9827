"""Push channels as they are kept, and which calendars want one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Calendar
from bot.domain.channels import Channel, Listening
from bot.domain.people import Actor
from bot.ports import Store
from tests.contracts.channel_builders import LATER, SOON, WEEK, a_channel, a_read, channels_of, due, listened, opened
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import (
    LEASE,
    NOW,
    Synced,
    a_calendar,
    a_person,
    a_synced,
    all_at_once,
    chosen,
    claimed,
    connected,
    new_id,
)


def saved(store: Store, channel: Channel) -> None:
    with store.writing() as work:
        work.push_channels.save(channel)
        work.commit()


def calendar_of(store: Store, actor: Actor) -> Calendar:
    with store.reading() as work:
        [calendar] = work.calendars.of(actor)
    return calendar


def planned(store: Store, synced: Synced, minutes: int, attempts: int = 0) -> None:
    with store.writing() as work:
        assert work.push_channels.hold(synced.calendar_id)
        at = NOW + timedelta(minutes=minutes)
        work.push_channels.plan(synced.calendar_id, at, attempts=attempts, problem="No. \x00")
        work.commit()


def test_a_channel_comes_back_with_the_sync_of_its_calendar(store: Store) -> None:
    ana = a_read(store)
    channel = opened(store, ana.claim.calendar)
    assert listened(store, channel) == Listening(
        channel,
        fence=ana.claim.fence,
        is_leased=False,
        attempts=0,
        read_at=NOW,
        next_sync_at=LATER,
        not_before=None,
    )


def test_a_calendar_that_is_being_read_says_so(store: Store) -> None:
    ana = a_read(store)
    channel = opened(store, ana.claim.calendar)
    [again] = claimed(store, LATER)
    with store.reading() as work:
        leased = work.push_channels.listening(channel.id, LATER)
        over = work.push_channels.listening(channel.id, LATER + LEASE)
    assert leased is not None
    assert over is not None
    assert (leased.fence, leased.is_leased, over.is_leased) == (again.fence, True, False)


def test_a_calendar_that_fails_tells_the_pause_that_was_asked_for(store: Store) -> None:
    ana = a_synced(store)
    channel = opened(store, ana.claim.calendar)
    with store.writing() as work:
        work.calendars.fail(ana.claim, problem="Busy.", next_sync_at=SOON, not_before=SOON)
        work.commit()
    heard = listened(store, channel)
    assert heard is not None
    assert (heard.attempts, heard.read_at, heard.next_sync_at, heard.not_before) == (1, None, SOON, SOON)


# fault 51
def test_nobody_listens_to_what_is_unknown_or_of_no_use_any_more(store: Store) -> None:
    ana = a_read(store)
    channel = opened(store, ana.claim.calendar)
    assert listened(store, a_channel(ana.claim.calendar)) is None
    with store.writing() as work:
        work.accounts.mark_broken(ana.account.id, NOW)
        work.commit()
    assert listened(store, channel) is None


def test_what_became_of_a_channel_is_kept_and_nothing_else(store: Store) -> None:
    ana = a_read(store)
    channel = opened(store, ana.claim.calendar)
    changed = replace(
        channel,
        expires_at=LATER,
        resource_id="resource",
        heard_at=NOW,
        heard_fence=3,
        missed_at=SOON,
        stop_at=LATER,
    )
    saved(store, replace(changed, token_digest="another", calendar_id=None))
    kept = listened(store, channel)
    assert kept is not None
    assert kept.channel in (changed, replace(changed, token_digest="another"))
    saved(store, a_channel(ana.claim.calendar))
    assert len(channels_of(store, ana)) == 1


def test_a_calendar_is_made_due(store: Store) -> None:
    ana = a_read(store)
    with store.writing() as work:
        assert work.push_channels.hold(ana.calendar_id)
        work.push_channels.make_due(ana.calendar_id, NOW)
        work.commit()
    assert [claim.calendar.id for claim in claimed(store)] == [ana.calendar_id]


# fault 52
@pytest.mark.parametrize(
    ("changed", "is_told"),
    [({}, False), ({"heard_at": NOW}, True), ({"heard_at": NOW, "missed_at": NOW}, False)],
)
def test_a_calendar_knows_how_long_it_is_told_of(store: Store, changed: dict[str, object], is_told: bool) -> None:
    ana = a_read(store)
    saved(store, replace(opened(store, ana.claim.calendar), **changed))  # type: ignore[arg-type]  # by their names
    assert calendar_of(store, ana.actor).pushed_until == (NOW + WEEK if is_told else None)
    [claim] = claimed(store, LATER)
    assert claim.calendar.pushed_until == (NOW + WEEK if is_told else None)


def test_of_several_channels_the_longest_lived_counts(store: Store) -> None:
    ana = a_read(store)
    saved(store, replace(opened(store, ana.claim.calendar, expires_at=LATER), heard_at=NOW))
    saved(store, replace(opened(store, ana.claim.calendar), heard_at=NOW))
    opened(store, ana.claim.calendar, expires_at=NOW + 2 * WEEK)
    assert calendar_of(store, ana.actor).pushed_until == NOW + WEEK


def test_calendars_want_a_channel_once_they_were_read(store: Store) -> None:
    ben = a_read(store, user="U2")
    ana = a_synced(store)
    assert due(store) == [ben.calendar_id]
    with store.writing() as work:
        work.calendars.finish(ana.claim, read_at=NOW, next_sync_at=LATER)
        work.commit()
    assert sorted(due(store)) == sorted([ana.calendar_id, ben.calendar_id])
    assert len(due(store, limit=1)) == 1


def test_what_is_planned_for_later_waits(store: Store) -> None:
    ana, ben = a_read(store), a_read(store, user="U2")
    planned(store, ana, minutes=1)
    planned(store, ben, minutes=0)
    assert due(store) == [ben.calendar_id]
    planned(store, ana, minutes=-1)
    assert due(store) == [ana.calendar_id, ben.calendar_id]


def test_a_calendar_that_is_lost_or_of_a_broken_account_wants_none(store: Store) -> None:
    ana, ben = a_read(store), a_read(store, user="U2")
    [again] = [claim for claim in claimed(store, LATER) if claim.calendar.id == ana.calendar_id]
    with store.writing() as work:
        work.calendars.fail(again, problem="Gone.", next_sync_at=LATER, is_lost=True)
        work.accounts.mark_broken(ben.account.id, NOW)
        work.commit()
    assert due(store) == []


def test_whoever_claims_a_calendar_has_it_to_himself_for_a_while(store: Store) -> None:
    ana = a_read(store)
    planned(store, ana, minutes=0, attempts=3)
    ids = [ana.calendar_id, new_id()]
    with store.writing() as work:
        [claim] = work.push_channels.claim(ids, NOW, until=SOON)
        work.commit()
    assert (claim.calendar.id, claim.attempts) == (ana.calendar_id, 3)
    with store.writing() as work:
        assert work.push_channels.claim(ids, NOW, until=SOON) == []
        [again] = work.push_channels.claim(ids, SOON, until=LATER)
    assert again.attempts == 3


# fault 56
def test_of_all_who_claim_a_calendar_at_once_one_has_it(database: Database) -> None:
    stores = [database.open() for _ in range(4)]
    ana = a_read(stores[0])

    def claim(place: int) -> int:
        with stores[place].writing() as work:
            claims = work.push_channels.claim([ana.calendar_id], NOW, until=SOON)
            work.commit()
        return len(claims)

    assert sorted(all_at_once(4, claim)) == [0, 0, 0, 1]


# fault 22
def test_two_workspaces_that_watch_one_calendar_have_channels_of_their_own(store: Store) -> None:
    ana, stranger = a_read(store), a_read(store, team="T2")
    hers, other = opened(store, ana.claim.calendar), opened(store, stranger.claim.calendar)
    with store.reading() as work:
        assert work.push_channels.of(ana.calendar_id) == [hers]
        assert work.push_channels.of(stranger.calendar_id) == [other]


def test_a_calendar_chosen_again_wants_a_channel_anew(store: Store) -> None:
    ana = a_person(store)
    account = connected(store, ana)
    assert account.status is AccountStatus.ACTIVE
    for _ in range(2):
        [calendar] = chosen(store, ana, a_calendar(account))
        [claim] = claimed(store)
        with store.writing() as work:
            work.calendars.finish(claim, read_at=NOW, next_sync_at=LATER)
            work.commit()
        assert due(store) == [calendar.id]
        with store.writing() as work:
            assert work.push_channels.hold(calendar.id)
            work.push_channels.plan(calendar.id, LATER)
            work.commit()
        assert due(store) == []
        chosen(store, ana)
