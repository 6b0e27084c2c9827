"""What fails is tried again, later and later, and given up in the end until somebody asks."""

from datetime import timedelta

import pytest

from bot.domain.appointments import Appointment
from bot.domain.effects import Effect, EffectKind, RemoteLink
from bot.ports import Store
from tests.contracts.appointment_builders import an_appointment, booked, saved, several
from tests.contracts.effect_builders import (
    claimed,
    effect_of,
    effects_claimed,
    failed,
    finished,
    given_up,
    hastened,
    wanted,
)
from tests.contracts.storage_builders import NOW, a_person, connected

EVENT, CARD = EffectKind.EVENT, EffectKind.CARD
SOON, LATER = NOW + timedelta(seconds=10), NOW + timedelta(minutes=5)


@pytest.fixture
def appointment(store: Store) -> Appointment:
    return booked(store, an_appointment(a_person(store)))


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
