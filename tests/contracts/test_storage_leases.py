"""A calendar is read by one at a time: who holds it, and that nobody writes who holds it no more."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
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
    upserted,
    waiting,
)
from tests.event_builders import a_meeting

_MOMENT = timedelta(microseconds=1)


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
