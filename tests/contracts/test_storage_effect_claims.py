"""Who delivers: one at a time in each lane, the most overdue first, and nobody who is late."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment
from bot.domain.effects import EFFECT_LEASE, EffectClaim, EffectKind, LinkState, RemoteLink, most_retries
from bot.domain.errors import LeaseLost
from bot.domain.intervals import Interval
from bot.ports import Store, UnitOfWork
from tests.contracts.appointment_builders import an_appointment, booked, several
from tests.contracts.conftest import Database
from tests.contracts.effect_builders import claimed, effect_of, effects_claimed, failed, finished, wanted
from tests.contracts.storage_builders import NOW, a_person, all_at_once

EVENT = EffectKind.EVENT
SOON, LATER = NOW + timedelta(seconds=10), NOW + timedelta(minutes=5)
_MOMENT = timedelta(microseconds=1)

_WRITES: list[Callable[[UnitOfWork, EffectClaim], None]] = [
    lambda work, claim: work.effects.done(claim, version=1),
    lambda work, claim: work.effects.retry(claim, problem="x", due_at=LATER, now=NOW),
    lambda work, claim: work.effects.give_up(claim, problem="x", now=NOW),
    lambda work, claim: work.remote_links.keep(claim, RemoteLink(claim.effect.appointment_id, EVENT)),
    lambda work, claim: work.appointments.tell(claim, 1),
]


@pytest.fixture
def appointment(store: Store) -> Appointment:
    return booked(store, an_appointment(a_person(store)))


def test_the_most_overdue_come_first_and_one_of_each_lane(store: Store) -> None:
    first, second, third, fourth = several(store, 4)
    wanted(store, first, lane="calendar:1", due_at=NOW - timedelta(seconds=1))
    wanted(store, second, lane="calendar:1", due_at=NOW - timedelta(seconds=2))
    wanted(store, third, lane="calendar:2", due_at=NOW - timedelta(seconds=3))
    wanted(store, fourth, lane="calendar:3", due_at=NOW)

    claims = effects_claimed(store, limit=2)

    assert [claim.effect.appointment_id for claim in claims] == [third.id, second.id]
    assert [claim.effect.appointment_id for claim in effects_claimed(store)] == [fourth.id]
    finished(store, claims[1])
    assert [claim.effect.appointment_id for claim in effects_claimed(store)] == [first.id]


# fault 56
def test_a_lane_is_held_until_the_lease_is_over(store: Store) -> None:
    first, second = several(store, 2)
    wanted(store, first, due_at=NOW)
    claim = claimed(store)
    wanted(store, second, due_at=NOW)

    assert list(effects_claimed(store, NOW + EFFECT_LEASE - _MOMENT)) == []
    again = claimed(store, NOW + EFFECT_LEASE)

    assert (again.effect.appointment_id, again.fence) == (first.id, claim.fence + 1)


# fault 56
def test_a_late_holder_of_a_claim_writes_nothing(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment)
    late = claimed(store)
    claimed(store, NOW + EFFECT_LEASE)
    before = effect_of(store, appointment)

    for write in _WRITES:
        with pytest.raises(LeaseLost), store.writing() as work:
            write(work, late)

    assert effect_of(store, appointment) == before
    with store.reading() as work:
        assert work.remote_links.of(appointment.id) == {}


# fault 56
def test_eight_workers_that_claim_at_once_share_the_lanes(store: Store) -> None:
    appointments = several(store, 12)
    for number, appointment in enumerate(appointments):
        wanted(store, appointment, lane=f"calendar:{number % 4}", due_at=NOW - timedelta(seconds=number))

    claims = [claim for share in all_at_once(8, lambda _worker: effects_claimed(store)) for claim in share]

    assert Counter(claim.effect.lane for claim in claims) == {f"calendar:{number}": 1 for number in range(4)}
    assert {claim.fence for claim in claims} == {1}


@pytest.mark.slow
def test_changes_and_deliveries_at_once_lose_nothing_and_wait_for_nobody_for_ever(database: Database) -> None:
    """Half of the threads change an appointment, the others deliver it; whoever comes last, its last version is out."""
    store = database.open()
    appointment = booked(store, an_appointment(a_person(store)))

    def change() -> None:
        for _ in range(25):
            with store.writing() as work:
                work.appointments.lock_hosts(appointment.hosts)
                current = work.appointments.known(appointment.id)
                assert current is not None
                work.appointments.save(moved_on(current))
                work.appointments.write_log(appointment.id, LogEntry(NOW, Deed.MOVED))
                work.effects.want(moved_on(current), EVENT, lane="calendar:1", due_at=NOW)
                work.commit()

    def deliver() -> int:
        delivered = 0
        for _ in range(60):
            for claim in effects_claimed(store):
                with store.writing() as work:
                    current = work.appointments.known(appointment.id)
                    assert current is not None
                    work.remote_links.keep(claim, RemoteLink(appointment.id, EVENT, LinkState.WRITTEN))
                    work.appointments.write_log(appointment.id, LogEntry(NOW, Deed.LINK_CHECKED))
                    work.effects.done(claim, version=current.version)
                    work.commit()
                delivered += 1
        return delivered

    done = all_at_once(4, lambda thread: change() if thread % 2 else deliver())
    for claim in effects_claimed(store):
        finished(store, claim, version=51)

    effect = effect_of(store, appointment)
    assert (effect.wanted, effect.delivered, effect.due_at) == (51, 51, None)
    with store.reading() as work:
        lines = Counter(line.deed for line in work.appointments.log(appointment.id))
    assert lines == {Deed.MOVED: 50, Deed.LINK_CHECKED: sum(number or 0 for number in done)}


def moved_on(appointment: Appointment) -> Appointment:
    """A minute later."""
    start, end = appointment.span
    return appointment.moved(Interval(start + 60, end + 60), NOW)


def test_a_lane_is_worth_claiming_in_from_the_moment_that_something_of_it_is_due(store: Store) -> None:
    [appointment] = several(store, 1)
    wanted(store, appointment, EVENT, lane="one", due_at=SOON)

    with store.reading() as work:
        found = [
            work.effects.is_lane_due(lane, at) for lane, at in (("one", SOON - _MOMENT), ("one", SOON), ("two", SOON))
        ]
    assert found == [False, True, False]


def test_what_failed_before_comes_after_what_did_not_in_its_lane_and_among_the_lanes(store: Store) -> None:
    first, second, third = several(store, 3)
    wanted(store, first, EVENT, lane="one", due_at=NOW)
    failed(store, claimed(store), NOW)
    wanted(store, second, EVENT, lane="one", due_at=SOON)
    wanted(store, third, EVENT, lane="two", due_at=SOON)

    assert [claim.effect.appointment_id for claim in effects_claimed(store, LATER)] == [second.id, third.id]


def test_what_fails_again_and_again_leaves_room_for_the_rest(store: Store) -> None:
    *hanging, healthy = several(store, 8)
    for number, each in enumerate(hanging):
        wanted(store, each, EVENT, lane=f"hanging {number}", due_at=NOW)
    for claim in effects_claimed(store):
        failed(store, claim, NOW)

    retried = effects_claimed(store, SOON, limit=8)
    assert len(retried) == most_retries(8) == 2
    # Whoever claims next counts those as well.
    wanted(store, healthy, EVENT, lane="healthy", due_at=SOON)
    assert [claim.effect.lane for claim in effects_claimed(store, SOON, limit=8)] == ["healthy"]


def test_the_next_of_a_lane_is_claimed_by_its_name(store: Store) -> None:
    first, second, third = several(store, 3)
    for each in (first, second):
        wanted(store, each, EVENT, lane="one", due_at=NOW)
    wanted(store, third, EVENT, lane="two", due_at=NOW)

    def in_lane() -> list[str]:
        with store.writing() as work:
            claims = work.effects.claim_due(NOW, limit=1, lease=EFFECT_LEASE, lane="one")
            work.commit()
        return [claim.effect.lane for claim in claims]

    assert (in_lane(), in_lane()) == (["one"], [])


def test_a_renewed_claim_is_held_for_longer(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment, EVENT)
    claim = claimed(store)
    with store.writing() as work:
        work.effects.renew(claim, LATER + EFFECT_LEASE)
        work.commit()

    assert effects_claimed(store, LATER) == []
    [taken] = effects_claimed(store, LATER + EFFECT_LEASE)
    with store.writing() as work, pytest.raises(LeaseLost):
        work.effects.renew(claim, LATER)
    assert taken.fence == claim.fence + 1
