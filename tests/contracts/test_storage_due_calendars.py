"""When calendars are read next: the most overdue first, sooner when somebody asks, later after a failure."""

from datetime import datetime, timedelta

import pytest

from bot.ports import Store
from tests.contracts.storage_builders import (
    LEASE,
    NOW,
    a_calendar,
    a_person,
    a_synced,
    chosen,
    claimed,
    connected,
    names,
)

_MOMENT = timedelta(microseconds=1)


def test_due_calendars_are_claimed_most_overdue_first(store: Store) -> None:
    ana = a_person(store)
    account = connected(store, ana)
    chosen(
        store,
        ana,
        a_calendar(account, "1", name="Due now", next_sync_at=NOW),
        a_calendar(account, "2", name="Overdue", next_sync_at=NOW - timedelta(hours=1)),
        a_calendar(account, "3", name="Not yet", next_sync_at=NOW + _MOMENT),
        a_calendar(account, "4", name="Never", next_sync_at=None),
    )

    first = claimed(store, limit=1)
    rest = claimed(store)

    assert names(claim.calendar for claim in [*first, *rest]) == ["Overdue", "Due now"]


def test_certain_calendars_are_claimed_whether_they_are_due_or_not_unless_somebody_has_them(store: Store) -> None:
    ana = a_person(store)
    account = connected(store, ana)
    due, later, never, other = chosen(
        store,
        ana,
        a_calendar(account, "1", name="1 due", next_sync_at=NOW),
        a_calendar(account, "2", name="2 later", next_sync_at=NOW + timedelta(hours=1)),
        a_calendar(account, "3", name="3 never", next_sync_at=None),
        a_calendar(account, "4", name="4 not asked for", next_sync_at=NOW + timedelta(hours=1)),
    )
    [held] = claimed(store)
    assert held.calendar.id == due.id

    def these(now: datetime) -> list[tuple[str, int]]:
        with store.writing() as work:
            claims = work.calendars.claim_these([due.id, later.id, never.id], now, lease=LEASE)
            work.commit()
        return sorted((claim.calendar.name, claim.fence) for claim in claims)

    assert these(NOW) == [("2 later", 1), ("3 never", 1)]
    assert these(NOW) == []
    assert these(NOW + LEASE) == [("1 due", 2), ("2 later", 2), ("3 never", 2)]
    with store.reading() as work:
        assert other.next_sync_at == next(one for one in work.calendars.of(ana) if one.id == other.id).next_sync_at


def test_certain_calendars_of_an_account_that_needs_its_owner_are_not_claimed(store: Store) -> None:
    ana = a_person(store)
    account = connected(store, ana)
    [calendar] = chosen(store, ana, a_calendar(account))
    with store.writing() as work:
        work.accounts.mark_broken(account.id, NOW)
        assert work.calendars.claim_these([calendar.id], NOW, lease=LEASE) == []


# fault 35
def test_a_pause_that_the_provider_asked_for_binds_whoever_asks_for_a_sync(store: Store) -> None:
    ana = a_synced(store)
    pause, planned = NOW + timedelta(minutes=20), NOW + timedelta(minutes=21)
    with store.writing() as work:
        work.calendars.request_sync(ana.actor, NOW + _MOMENT)  # while it is being read
        work.calendars.fail(ana.claim, problem="Too many requests.", next_sync_at=planned, not_before=pause)
        work.commit()

    with store.writing() as work:
        assert work.calendars.request_sync(ana.actor, NOW + timedelta(minutes=1)) == 0
        work.commit()
    with store.reading() as work:
        [paused] = work.calendars.of(ana.actor)
    assert (paused.next_sync_at, paused.not_before) == (pause, pause)

    with store.writing() as work:
        assert work.calendars.request_sync(ana.actor, pause) == 1
        work.commit()
    [claim] = claimed(store, pause)
    with store.writing() as work:
        work.calendars.finish(claim, read_at=pause, next_sync_at=pause + timedelta(minutes=5))
        work.commit()
    with store.reading() as work:
        [read] = work.calendars.of(ana.actor)
    assert read.not_before is None


# fault 35
def test_the_other_calendars_of_an_account_that_was_postponed_are_not_asked_for_sooner(store: Store) -> None:
    ana = a_person(store)
    account = connected(store, ana)
    chosen(store, ana, a_calendar(account, "1", name="First"), a_calendar(account, "2", name="Second"))
    [first, *_] = claimed(store, limit=1)
    until = NOW + timedelta(hours=4)
    with store.writing() as work:
        work.calendars.fail(first, problem="Used up.", next_sync_at=until, not_before=until)
        work.calendars.postpone(first, problem="Used up.", until=until)
        work.commit()
    with store.writing() as work:
        assert work.calendars.request_sync(ana, NOW + timedelta(hours=1)) == 0
        work.commit()
    assert list(claimed(store, NOW + timedelta(hours=2))) == []


def test_a_failure_is_counted_and_told_until_a_success(store: Store) -> None:
    ana = a_synced(store)
    later = NOW + timedelta(minutes=1)
    with store.writing() as work:
        work.calendars.fail(ana.claim, problem="Google did not answer.", next_sync_at=later)
        work.commit()
    [second] = claimed(store, later)

    assert (second.attempts, second.calendar.problem, second.calendar.next_sync_at) == (
        1,
        "Google did not answer.",
        later,
    )

    with store.writing() as work:
        work.calendars.finish(second, read_at=later, next_sync_at=later)
        work.commit()
    [third] = claimed(store, later)
    assert (third.attempts, third.calendar.problem) == (0, None)


def test_a_calendar_without_a_next_time_waits_until_somebody_asks(store: Store) -> None:
    ana = a_synced(store)
    with store.writing() as work:
        work.calendars.fail(ana.claim, problem="It was deleted.", next_sync_at=None)
        work.commit()
    assert list(claimed(store, NOW + timedelta(days=365))) == []

    with store.writing() as work:
        work.calendars.request_sync(ana.actor, NOW)
        work.commit()

    assert len(claimed(store)) == 1


# fault 36
def test_a_calendar_of_a_broken_account_is_not_claimed(store: Store) -> None:
    ana = a_person(store)
    account = connected(store, ana)
    chosen(store, ana, a_calendar(account))
    with store.writing() as work:
        work.accounts.mark_broken(account.id, NOW)
        work.commit()

    assert list(claimed(store)) == []


def test_a_sync_that_was_asked_for_during_another_is_not_lost(store: Store) -> None:
    ana = a_synced(store)
    asked = NOW + timedelta(seconds=1)
    with store.writing() as work:
        work.calendars.request_sync(ana.actor, asked)
        work.calendars.finish(ana.claim, read_at=NOW, next_sync_at=NOW + timedelta(minutes=5))
        work.commit()
    [claim] = claimed(store, asked)
    assert claim.calendar.next_sync_at == asked


@pytest.mark.parametrize("planned", [None, NOW + timedelta(hours=1)])
def test_nor_is_it_lost_when_the_other_fails(store: Store, planned: datetime | None) -> None:
    ana = a_synced(store)
    asked = NOW + timedelta(seconds=1)
    with store.writing() as work:
        work.calendars.request_sync(ana.actor, asked)
        work.calendars.fail(ana.claim, problem="Google did not answer.", next_sync_at=planned)
        work.commit()
    assert len(claimed(store, asked)) == 1


def test_a_calendar_keeps_its_own_pace_and_says_when_it_is_lost(store: Store) -> None:
    ana = a_synced(store)
    with store.writing() as work:
        work.calendars.finish(ana.claim, read_at=NOW, next_sync_at=NOW, interval=timedelta(minutes=7.5))
        work.commit()
    [second] = claimed(store)
    with store.writing() as work:
        work.calendars.fail(second, problem="It was deleted.", next_sync_at=NOW, is_lost=True)
        work.commit()
    [third] = claimed(store)
    assert (third.calendar.interval, third.calendar.is_lost) == (timedelta(minutes=7.5), True)
    with store.writing() as work:
        work.calendars.finish(third, read_at=NOW, next_sync_at=NOW)
        work.commit()
    assert not claimed(store)[0].calendar.is_lost


# fault 35
def test_an_account_that_is_put_off_takes_its_other_calendars_along_and_nobody_elses(store: Store) -> None:
    ana = a_person(store)
    account, home = connected(store, ana), connected(store, ana, "ana@home.example.com")
    until = NOW + timedelta(hours=4)
    chosen(
        store,
        ana,
        a_calendar(account, "1", name="Asked"),
        a_calendar(account, "2", name="Due", next_sync_at=NOW + _MOMENT),
        a_calendar(account, "3", name="Later", next_sync_at=until + _MOMENT),
        a_calendar(account, "4", name="Never", next_sync_at=None),
        a_calendar(home, "5", name="Home", next_sync_at=NOW + _MOMENT),
    )
    [claim] = claimed(store)
    with store.writing() as work:
        work.calendars.postpone(claim, problem="The quota is used up.", until=until)
        work.commit()
    with store.reading() as work:
        told = {one.name: (one.next_sync_at, one.problem) for one in work.calendars.of(ana)}
    assert told == {
        "Asked": (NOW, None),
        "Due": (until, "The quota is used up."),
        "Home": (NOW + _MOMENT, None),
        "Later": (until + _MOMENT, None),
        "Never": (None, None),
    }
