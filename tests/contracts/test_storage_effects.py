"""The outbox: what is wanted is delivered once, one at a time in each lane, and is never forgotten."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment
from bot.domain.calendars import SyncClaim
from bot.domain.effects import EFFECT_LEASE, Effect, EffectClaim, EffectKind, LinkState, RemoteLink, most_retries
from bot.domain.errors import LeaseLost
from bot.domain.intervals import Interval
from bot.ports import Store, UnitOfWork
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import (
    NOW,
    a_person,
    a_synced,
    all_at_once,
    an_appointment,
    booked,
    connected,
    copied,
    effect_of,
    effects_claimed,
    new_id,
    saved,
    wanted,
)

EVENT, MEETING, CARD = EffectKind.EVENT, EffectKind.MEETING, EffectKind.CARD
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


def several(store: Store, number: int) -> list[Appointment]:
    """Appointments of one host, an hour after the other."""
    ana = a_person(store)
    return [booked(store, an_appointment(ana, f"{hour}:00-{hour + 1}:00")) for hour in range(8, 8 + number)]


def claimed(store: Store, now: datetime = NOW) -> EffectClaim:
    [claim] = effects_claimed(store, now)
    return claim


def finished(store: Store, claim: EffectClaim, version: int = 1) -> None:
    with store.writing() as work:
        work.effects.done(claim, version=version)
        work.commit()


def failed(store: Store, claim: EffectClaim, due_at: datetime, now: datetime = NOW, *, counts: bool = True) -> None:
    with store.writing() as work:
        work.effects.retry(claim, problem="Google did not answer.", due_at=due_at, now=now, counts=counts)
        work.commit()


def given_up(store: Store, claim: EffectClaim, now: datetime = NOW) -> None:
    with store.writing() as work:
        work.effects.give_up(claim, problem="Google says no.", now=now)
        work.commit()


def noticed(store: Store, claim: SyncClaim, link: RemoteLink, now: datetime = LATER) -> None:
    with store.writing() as work:
        work.effects.notice(claim, [link.remote_id], now)
        work.commit()


def hastened(store: Store, appointment: Appointment, now: datetime = NOW) -> None:
    with store.writing() as work:
        work.effects.hasten(appointment.id, EVENT, now)
        work.commit()


def test_what_is_wanted_waits_for_its_time(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment, due_at=SOON)

    assert effect_of(store, appointment) == Effect(appointment.id, EVENT, "calendar:1", wanted=1, due_at=SOON)
    assert list(effects_claimed(store, SOON - _MOMENT)) == []
    assert claimed(store, SOON) == EffectClaim(effect_of(store, appointment), fence=1)


def test_what_waits_takes_the_later_version_along_at_the_earlier_time(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment, due_at=SOON)
    second = saved(store, appointment.renamed("Review", NOW))
    wanted(store, second, lane="calendar:2", due_at=LATER)
    third = saved(store, second.renamed("Retro", NOW))
    wanted(store, third, lane="calendar:2", due_at=NOW)

    assert effect_of(store, appointment) == Effect(appointment.id, EVENT, "calendar:2", wanted=3, due_at=NOW)


def test_what_was_delivered_waits_no_longer(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment)
    finished(store, claimed(store))

    assert effect_of(store, appointment) == Effect(appointment.id, EVENT, "calendar:1", wanted=1, delivered=1)
    assert list(effects_claimed(store, LATER)) == []


def test_a_version_that_came_during_the_delivery_is_due_at_once(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment)
    claim = claimed(store)
    second = saved(store, appointment.renamed("Review", NOW))
    wanted(store, second, due_at=LATER)
    finished(store, claim, version=1)

    again = claimed(store)

    assert (again.effect.wanted, again.effect.delivered, again.fence) == (2, 1, 2)


def test_a_version_that_the_delivery_took_along_is_not_delivered_again(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment)
    claim = claimed(store)
    wanted(store, saved(store, appointment.renamed("Review", NOW)))
    finished(store, claim, version=2)

    assert list(effects_claimed(store, LATER)) == []


def test_a_delivery_that_made_a_version_itself_has_delivered_it(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment)
    finished(store, claimed(store), version=2)

    assert effect_of(store, appointment) == Effect(appointment.id, EVENT, "calendar:1", wanted=2, delivered=2)


def test_the_same_version_that_is_asked_for_during_its_delivery_is_delivered_again(
    store: Store, appointment: Appointment
) -> None:
    """As the card is, when the link came while it was being posted."""
    wanted(store, appointment)
    claim = claimed(store)
    wanted(store, appointment, due_at=LATER)
    finished(store, claim)
    finished(store, claimed(store))

    assert list(effects_claimed(store, LATER)) == []


def test_the_kinds_of_an_appointment_are_effects_of_their_own(store: Store, appointment: Appointment) -> None:
    for kind in EffectKind:
        wanted(store, appointment, kind, lane=f"{kind}:1")

    claims = effects_claimed(store)
    for claim in claims:
        finished(store, claim)

    assert {claim.effect.kind for claim in claims} == {EVENT, MEETING, CARD}
    with store.reading() as work:
        assert {kind: effect.delivered for kind, effect in work.effects.of(appointment.id).items()} == {
            EVENT: 1,
            MEETING: 1,
            CARD: 1,
        }
        assert work.effects.of(new_id()) == {}


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


def test_failures_are_counted_from_the_first_and_forgotten_with_a_success(
    store: Store, appointment: Appointment
) -> None:
    wanted(store, appointment)
    failed(store, claimed(store), SOON)
    failed(store, claimed(store, SOON), LATER, now=SOON)

    assert effect_of(store, appointment) == Effect(
        appointment.id,
        EVENT,
        "calendar:1",
        wanted=1,
        attempts=2,
        first_failed_at=NOW,
        problem="Google did not answer.",
        due_at=LATER,
    )
    finished(store, claimed(store, LATER))
    assert effect_of(store, appointment) == Effect(appointment.id, EVENT, "calendar:1", wanted=1, delivered=1)


def test_waiting_is_no_failure(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment)
    failed(store, claimed(store), LATER, counts=False)

    effect = effect_of(store, appointment)

    assert (effect.attempts, effect.first_failed_at, effect.due_at) == (0, None, LATER)


def test_who_waited_for_what_came_meanwhile_waits_no_longer(store: Store, appointment: Appointment) -> None:
    """As the event does, when the link of its call came while it decided to wait for it."""
    wanted(store, appointment)
    claim = claimed(store)
    hastened(store, appointment)
    failed(store, claim, LATER, counts=False)

    assert effect_of(store, appointment).due_at == NOW


def test_asking_does_not_wear_down_a_provider_that_fails(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment)
    claim = claimed(store)
    hastened(store, appointment)
    failed(store, claim, LATER)

    assert effect_of(store, appointment).due_at == LATER


def test_what_waits_can_be_hastened_and_what_does_not_wait_cannot(store: Store, appointment: Appointment) -> None:
    hastened(store, appointment)  # there is none
    wanted(store, appointment, due_at=LATER)
    hastened(store, appointment)
    finished(store, claimed(store))
    hastened(store, appointment)

    assert effect_of(store, appointment) == Effect(appointment.id, EVENT, "calendar:1", wanted=1, delivered=1)


# fault 58
def test_what_was_given_up_is_not_tried_and_holds_up_nobody(store: Store) -> None:
    first, second = several(store, 2)
    wanted(store, first)
    given_up(store, claimed(store))
    wanted(store, second)

    assert effect_of(store, first) == Effect(
        first.id,
        EVENT,
        "calendar:1",
        wanted=1,
        attempts=1,
        first_failed_at=NOW,
        problem="Google says no.",
        is_dead=True,
    )
    assert claimed(store, LATER).effect.appointment_id == second.id


@pytest.mark.parametrize("by", ["a new version", "haste"])
def test_what_was_given_up_starts_afresh_when_somebody_asks(store: Store, appointment: Appointment, by: str) -> None:
    wanted(store, appointment)
    given_up(store, claimed(store))

    if by == "haste":
        hastened(store, appointment, SOON)
    else:
        wanted(store, saved(store, appointment.renamed("Review", NOW)), due_at=SOON)

    version = 1 if by == "haste" else 2
    assert effect_of(store, appointment) == Effect(appointment.id, EVENT, "calendar:1", wanted=version, due_at=SOON)


def test_what_was_asked_for_during_its_last_try_is_not_given_up(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment)
    claim = claimed(store)
    wanted(store, saved(store, appointment.renamed("Review", NOW)))
    given_up(store, claim, SOON)

    effect = effect_of(store, appointment)
    assert (effect.is_dead, effect.due_at, effect.problem) == (False, SOON, "Google says no.")


def test_an_account_that_is_connected_anew_revives_what_was_given_up_for_it(store: Store) -> None:
    ana = a_person(store)
    ours, theirs = connected(store, ana), connected(store, ana, "other@example.com")
    hours = [booked(store, an_appointment(ana, f"{hour}:00-{hour + 1}:00")) for hour in range(8, 11)]
    for appointment, account in zip(hours, (ours, theirs, ours), strict=True):
        with store.writing() as work:
            work.remote_links.plan(RemoteLink(appointment.id, EVENT, account_id=account.id))
            work.effects.want(appointment, EVENT, lane=f"calendar:{appointment.id}", due_at=NOW)
            work.effects.want(appointment, CARD, lane=f"card:{appointment.id}", due_at=NOW)
            work.commit()
    for claim in effects_claimed(store):
        if claim.effect.appointment_id == hours[2].id:
            finished(store, claim)
        else:
            given_up(store, claim)

    with store.writing() as work:
        revived = work.effects.revive(ours.id, LATER)
        work.commit()

    assert revived == 1
    assert [effect_of(store, each).due_at for each in hours] == [LATER, None, None]
    assert effect_of(store, hours[0], CARD).is_dead


def test_the_lines_that_were_told_are_remembered_beyond_a_claim(store: Store, appointment: Appointment) -> None:
    wanted(store, appointment, CARD)
    first = claimed(store)
    with store.writing() as work:
        assert work.appointments.told(first) == 0
        work.appointments.tell(first, 2)
        work.commit()

    again = claimed(store, NOW + EFFECT_LEASE)

    with store.reading() as work:
        assert work.appointments.told(again) == 2


def test_a_copy_that_changed_in_google_is_looked_at(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar)

    with store.writing() as work:
        assert work.effects.notice(ana.claim, [link.remote_id, "another"], LATER) == 1
        assert work.effects.notice(ana.claim, [], LATER) == 0
        work.commit()

    effect = effect_of(store, appointment)
    assert (effect.is_noticed, effect.due_at, effect.wanted, effect.delivered) == (True, LATER, 1, 1)
    finished(store, claimed(store, LATER))
    effect = effect_of(store, appointment)
    assert (effect.is_noticed, effect.due_at) == (False, None)


def test_a_change_that_is_noticed_while_the_last_is_looked_at_is_looked_at_too(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar)
    noticed(store, ana.claim, link)
    looking = claimed(store, LATER)
    noticed(store, ana.claim, link)
    finished(store, looking)

    again = claimed(store, LATER)

    assert again.effect.is_noticed
    finished(store, again)
    assert not effect_of(store, appointment).is_noticed


def test_a_notice_outlives_a_failure_and_a_worker_that_died(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    noticed(store, ana.claim, copied(store, appointment, ana.claim.calendar))
    failed(store, claimed(store, LATER), LATER)
    claimed(store, LATER)  # and is never heard of again

    again = claimed(store, LATER + EFFECT_LEASE)

    assert again.effect.is_noticed
    finished(store, again)
    assert not effect_of(store, appointment).is_noticed


def test_what_we_took_away_ourselves_is_not_noticed(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar, LinkState.REMOVED)

    with store.writing() as work:
        assert work.effects.notice(ana.claim, [link.remote_id], LATER) == 0


# fault 10
def test_another_calendars_event_of_the_same_id_is_not_ours(store: Store) -> None:
    ana, ben = a_synced(store), a_synced(store, "T2", "U2")
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar)

    with store.writing() as work:
        assert work.effects.notice(ben.claim, [link.remote_id], LATER) == 0


# fault 56
def test_a_sync_that_was_taken_over_notices_nothing(store: Store) -> None:
    ana = a_synced(store)
    link = copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar)

    with pytest.raises(LeaseLost), store.writing() as work:
        work.effects.notice(replace(ana.claim, fence=ana.claim.fence - 1), [link.remote_id], LATER)


def test_a_time_without_a_zone_is_refused(store: Store, appointment: Appointment) -> None:
    with pytest.raises(ValueError, match="has no zone"):
        wanted(store, appointment, due_at=NOW.replace(tzinfo=None))


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
