"""Due calendars: each is claimed once, and a late holder of a claim writes nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.calendars import AccessRole, SyncClaim
from bot.domain.errors import LeaseLost
from bot.domain.fuse import Fuse
from bot.ports import Store, UnitOfWork
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import (
    LEASE,
    NOW,
    a_calendar,
    a_person,
    a_synced,
    all_at_once,
    an_occurrence,
    chosen,
    claimed,
    connected,
    expanded,
    names,
    upserted,
    waiting,
)
from tests.event_builders import a_meeting

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


def test_a_first_claim_knows_of_nothing_read(store: Store) -> None:
    ana = a_person(store)
    [calendar] = chosen(store, ana, a_calendar(connected(store, ana)))

    assert list(claimed(store)) == [SyncClaim(calendar, 1, None, generation=0, attempts=0, expanded_until=None)]


def test_a_later_claim_knows_where_the_last_one_ended(store: Store) -> None:
    ana = a_synced(store)
    horizon = NOW + timedelta(days=400)
    with store.writing() as work:
        assert work.events.begin_full(ana.claim) == 1
        work.events.complete(ana.claim, sync_token="token", zone="Europe/Berlin")
        work.events.roll(ana.claim, horizon)
        work.calendars.finish(ana.claim, read_at=NOW, next_sync_at=NOW + timedelta(minutes=5))
        work.commit()

    [claim] = claimed(store, NOW + timedelta(minutes=5))

    due = NOW + timedelta(minutes=5)
    calendar = replace(ana.claim.calendar, read_at=NOW, next_sync_at=due, expanded_until=horizon)
    assert claim == SyncClaim(calendar, 2, "token", generation=1, attempts=0, expanded_until=horizon)


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


# fault 56
def test_a_held_calendar_is_not_claimed_before_its_lease_is_over(store: Store) -> None:
    ana = a_synced(store)

    assert list(claimed(store, NOW + LEASE - _MOMENT)) == []
    assert [claim.fence for claim in claimed(store, NOW + LEASE)] == [ana.claim.fence + 1]


# fault 56
def test_a_lease_that_is_kept_up_holds_on(store: Store) -> None:
    ana = a_synced(store)
    with store.writing() as work:
        work.calendars.keep(ana.claim, NOW + 2 * LEASE)
        work.commit()

    assert list(claimed(store, NOW + LEASE)) == []
    assert len(claimed(store, NOW + 2 * LEASE)) == 1


# fault 56
def test_three_schedulers_at_once_are_handed_each_calendar_once(store: Store) -> None:
    due = _thirty_due(store)

    def tick(_scheduler: int) -> list[UUID]:
        return [claim.calendar.id for _ in range(4) for claim in claimed(store, limit=5)]

    assert Counter(claim for claims in all_at_once(3, tick) for claim in claims) == Counter(due)


# fault 56
def test_three_processes_at_once_are_handed_each_calendar_once(database: Database) -> None:
    stores = [database.open() for _ in range(3)]
    due = _thirty_due(stores[0])

    def tick(process: int) -> list[UUID]:
        return [claim.calendar.id for _ in range(6) for claim in claimed(stores[process], limit=5)]

    assert Counter(claim for claims in all_at_once(3, tick) for claim in claims) == Counter(due)


_WRITES: dict[str, Callable[[UnitOfWork, SyncClaim], object]] = {
    "keep": lambda work, claim: work.calendars.keep(claim, NOW + LEASE),
    "finish": lambda work, claim: work.calendars.finish(claim, read_at=NOW, next_sync_at=NOW),
    "fail": lambda work, claim: work.calendars.fail(claim, problem="late", next_sync_at=None),
    "upsert": lambda work, claim: work.events.upsert(claim, [a_meeting("late")], generation=0),
    "remove": lambda work, claim: work.events.remove(claim, ["m"]),
    "sweep": lambda work, claim: work.events.sweep(claim, generation=9),
    "begin_full": lambda work, claim: work.events.begin_full(claim),
    "complete": lambda work, claim: work.events.complete(claim, sync_token="late", zone="UTC"),
    "describe": lambda work, claim: work.calendars.describe(claim, name="late", access_role=AccessRole.OWNER),
    "hold_back": lambda work, claim: work.calendars.hold_back(claim, Fuse(1, 6, 8), read_at=NOW, next_sync_at=NOW),
    "widen": lambda work, claim: work.events.widen(claim, []),
    "expand": lambda work, claim: work.events.expand(claim, []),
    "roll": lambda work, claim: work.events.roll(claim, NOW),
}


# fault 56
@pytest.mark.parametrize("write", _WRITES.values(), ids=_WRITES)
def test_a_late_holder_writes_nothing(store: Store, write: Callable[[UnitOfWork, SyncClaim], object]) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_meeting())
    [taken_over] = claimed(store, NOW + LEASE)

    with store.writing() as work, pytest.raises(LeaseLost):
        write(work, ana.claim)

    assert waiting(store, taken_over) == ["m"]


@pytest.mark.parametrize("write", _WRITES.values(), ids=_WRITES)
def test_nothing_is_written_to_a_calendar_that_was_removed(
    store: Store, write: Callable[[UnitOfWork, SyncClaim], object]
) -> None:
    ana = a_synced(store)
    chosen(store, ana.actor)

    with store.writing() as work, pytest.raises(LeaseLost):
        write(work, ana.claim)


def test_a_claim_tells_whether_events_wait_for_expansion(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_meeting())
    [interrupted] = claimed(store, NOW + LEASE)
    expanded(store, interrupted, a_meeting().id, an_occurrence(a_meeting()))
    [after_that] = claimed(store, NOW + 2 * LEASE)

    assert [claim.has_marked for claim in (ana.claim, interrupted, after_that)] == [False, True, False]


def test_a_holder_who_wrote_before_is_found_late_in_his_next_transaction(store: Store) -> None:
    ana = a_synced(store)
    with store.writing() as work:
        work.events.upsert(ana.claim, [a_meeting()], generation=0)
        work.commit()
        work.calendars.claim_due(NOW + LEASE, limit=1, lease=LEASE)
        work.commit()

        with pytest.raises(LeaseLost):
            work.events.upsert(ana.claim, [a_meeting()], generation=0)


def _thirty_due(store: Store) -> list[UUID]:
    ana = a_person(store)
    account = connected(store, ana)
    calendars = [a_calendar(account, str(number)) for number in range(30)]
    return [calendar.id for calendar in chosen(store, ana, *calendars)]


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
