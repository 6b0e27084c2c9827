"""Calendars read anew before a decision: side by side, for so long, and never failing it."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Event
from time import monotonic
from uuid import UUID

import pytest

from bot.domain.calendars import SyncClaim, SyncOutcome
from bot.domain.errors import LeaseLost, Overloaded
from bot.domain.polling import LEASE
from bot.queue.threads import ThreadQueue
from bot.usecases.read_live import ReadLive
from tests.fakes.work_queue import HandQueue, ThreadlessQueue
from tests.patience import PATIENCE, in_time
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.rendering.answers import actor, ana, ben

SOON = timedelta(seconds=0.2)
NOT_MUCH_LATER = 2.0
LONG = timedelta(seconds=PATIENCE)
LATER = NOW + timedelta(minutes=1)


def finish(acme: Acme) -> Callable[[SyncClaim], SyncOutcome]:
    """A sync that goes well."""

    def sync(claim: SyncClaim) -> SyncOutcome:
        with acme.store.writing() as work:
            work.calendars.finish(claim, read_at=acme.clock.now(), next_sync_at=LATER)
            work.commit()
        return SyncOutcome.SYNCED

    return sync


def read_at(acme: Acme) -> list[object]:
    return [acme.store.tables.calendars[one.id].calendar.read_at for one in acme.calendars.values()]


def claimed(acme: Acme) -> list[SyncClaim]:
    """Every calendar that nobody holds."""
    ids = [one.id for one in acme.calendars.values()]
    with acme.store.writing() as work:
        claims = list(work.calendars.claim_these(ids, acme.clock.now(), lease=LEASE))
        work.commit()
    return claims


def test_calendars_are_read_although_they_are_not_due() -> None:
    acme = Acme()
    acme.clock.time = LATER
    ReadLive(acme.store, finish(acme), ThreadlessQueue(), acme.clock)(actor(), [ana.id, ben.id])
    assert read_at(acme) == [LATER, LATER]


def test_only_the_calendars_of_those_named_are_read() -> None:
    acme = Acme()
    acme.clock.time = LATER
    ReadLive(acme.store, finish(acme), ThreadlessQueue(), acme.clock)(actor(), [ben.id])
    assert read_at(acme) == [NOW, LATER]


def test_they_are_read_side_by_side() -> None:
    acme, queue = Acme(), ThreadQueue(threads=2, waiting=0)
    together = Barrier(2)

    def sync(claim: SyncClaim) -> SyncOutcome:
        together.wait(timeout=PATIENCE)
        return finish(acme)(claim)

    acme.clock.time = LATER
    ReadLive(acme.store, sync, queue, acme.clock, within=LONG)(actor(), [ana.id, ben.id])
    queue.close()
    assert read_at(acme) == [LATER, LATER]


def test_nobody_waits_longer_than_he_said() -> None:
    def waits() -> float:
        acme, queue = Acme(), ThreadQueue(threads=2, waiting=0)
        is_over, ended = Event(), list[SyncClaim]()
        started = monotonic()

        def sync(claim: SyncClaim) -> SyncOutcome:
            is_over.wait(PATIENCE)
            ended.append(claim)
            return SyncOutcome.SYNCED

        missed = ReadLive(acme.store, sync, queue, acme.clock, within=SOON)(actor(), [ana.id])
        waited = monotonic() - started
        assert ended == []
        is_over.set()
        queue.close()
        assert missed == {acme.calendars[ana.id].id}
        assert waited >= SOON.total_seconds()
        return waited

    assert in_time(NOT_MUCH_LATER, waits)


def test_a_reading_that_is_going_on_elsewhere_is_waited_for() -> None:
    acme, queue = Acme(), ThreadQueue(threads=1, waiting=0)
    acme.clock.time = LATER
    [of_ana, _] = claimed(acme)
    has_begun = Event()

    def elsewhere() -> None:
        has_begun.wait(PATIENCE)
        finish(acme)(of_ana)

    queue.submit(elsewhere)
    has_begun.set()
    missed = ReadLive(acme.store, finish(acme), ThreadlessQueue(), acme.clock, within=LONG)(actor(), [ana.id])
    queue.close()
    assert (read_at(acme)[0], missed) == (LATER, frozenset())


def test_a_reading_elsewhere_that_does_not_end_is_not_waited_for_for_ever() -> None:
    def waits() -> float:
        acme = Acme()
        claimed(acme)
        started = monotonic()
        missed = ReadLive(acme.store, finish(acme), ThreadlessQueue(), acme.clock, within=SOON)(actor(), [ana.id])
        assert missed == {acme.calendars[ana.id].id}
        return monotonic() - started

    assert in_time(NOT_MUCH_LATER, waits)


def test_what_the_queue_has_no_room_for_stays_to_be_read_by_others() -> None:
    acme = Acme()
    ReadLive(acme.store, finish(acme), HandQueue(room=0), acme.clock, within=SOON)(actor(), [ana.id, ben.id])
    assert len(claimed(acme)) == 2
    with pytest.raises(Overloaded):
        HandQueue(room=0).submit(print)


def test_a_reading_that_fails_by_our_own_mistake_ends_the_waiting_too() -> None:
    acme, queue = Acme(), ThreadQueue(threads=1, waiting=0)

    def sync(claim: SyncClaim) -> SyncOutcome:
        raise LeaseLost(claim.calendar.name)

    started = monotonic()
    missed = ReadLive(acme.store, sync, queue, acme.clock, within=LONG)(actor(), [ana.id])
    queue.close()
    assert monotonic() - started < PATIENCE
    assert missed == {acme.calendars[ana.id].id}


@pytest.mark.parametrize(
    ("outcome", "is_read"),
    [
        (SyncOutcome.SYNCED, True),
        (SyncOutcome.HELD, True),
        (SyncOutcome.FAILED, False),
        (SyncOutcome.LEFT, False),
    ],
)
def test_what_the_provider_did_not_answer_about_is_given_back(outcome: SyncOutcome, *, is_read: bool) -> None:
    acme = Acme()
    missed = ReadLive(acme.store, lambda _claim: outcome, ThreadlessQueue(), acme.clock)(actor(), [ana.id])
    assert missed == (frozenset() if is_read else {acme.calendars[ana.id].id})


def test_a_calendar_that_needs_its_owner_is_not_waited_for() -> None:
    acme = Acme()
    acme.clock.time = LATER
    with acme.store.writing() as work:
        work.accounts.mark_broken(acme.calendars[ana.id].account_id, NOW)
        work.commit()
    started = monotonic()
    ReadLive(acme.store, finish(acme), ThreadlessQueue(), acme.clock, within=LONG)(actor(), [ana.id])
    assert (read_at(acme)[0], monotonic() - started < PATIENCE) == (NOW, True)


# fault 11
def test_another_workspaces_calendars_are_not_read() -> None:
    acme = Acme()
    acme.clock.time = LATER
    stranger = replace(actor(), workspace_id=UUID(int=9))
    ReadLive(acme.store, finish(acme), ThreadlessQueue(), acme.clock)(stranger, [ana.id])
    assert read_at(acme) == [NOW, NOW]


def test_appointments_follow_at_once_what_was_noticed_of_their_copies() -> None:
    acme = Acme()
    followed: list[UUID] = []

    def follow(calendar_ids: Collection[UUID], seconds: float) -> frozenset[UUID]:
        assert 0 < seconds <= PATIENCE
        followed.extend(calendar_ids)
        return frozenset()

    read = ReadLive(acme.store, finish(acme), ThreadlessQueue(), acme.clock, follow, within=LONG)
    assert read(actor(), [ana.id]) == frozenset()
    assert followed == [acme.calendars[ana.id].id]


def test_a_calendar_whose_appointments_could_not_follow_counts_as_unanswered() -> None:
    acme = Acme()
    moved = frozenset([acme.calendars[ana.id].id])
    read = ReadLive(acme.store, finish(acme), ThreadlessQueue(), acme.clock, lambda _ids, _seconds: moved)
    assert read(actor(), [ana.id, ben.id]) == moved


def test_after_the_deadline_it_is_asked_without_waiting_what_did_not_follow() -> None:
    acme = Acme()
    waited: list[float] = []

    def follow(_calendar_ids: Collection[UUID], seconds: float) -> frozenset[UUID]:
        waited.append(seconds)
        return frozenset()

    ReadLive(acme.store, finish(acme), ThreadlessQueue(), acme.clock, follow, within=timedelta())(actor(), [ana.id])
    assert waited == [0.0]
