"""The outbox: what is wanted is delivered in its last version, and is never forgotten."""

from datetime import timedelta

import pytest

from bot.domain.appointments import Appointment
from bot.domain.effects import EFFECT_LEASE, Effect, EffectClaim, EffectKind
from bot.ports import Store
from tests.contracts.appointment_builders import an_appointment, booked, saved
from tests.contracts.effect_builders import claimed, effect_of, effects_claimed, finished, hastened, wanted
from tests.contracts.storage_builders import NOW, a_person, new_id

EVENT, CARD = EffectKind.EVENT, EffectKind.CARD
SOON, LATER = NOW + timedelta(seconds=10), NOW + timedelta(minutes=5)
_MOMENT = timedelta(microseconds=1)


@pytest.fixture
def appointment(store: Store) -> Appointment:
    return booked(store, an_appointment(a_person(store)))


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

    assert {claim.effect.kind for claim in claims} == set(EffectKind)
    with store.reading() as work:
        delivered = {kind: effect.delivered for kind, effect in work.effects.of(appointment.id).items()}
        assert delivered == dict.fromkeys(EffectKind, 1)
        assert work.effects.of(new_id()) == {}


def test_what_waits_can_be_hastened_and_what_does_not_wait_cannot(store: Store, appointment: Appointment) -> None:
    hastened(store, appointment)  # there is none
    wanted(store, appointment, due_at=LATER)
    hastened(store, appointment)
    finished(store, claimed(store))
    hastened(store, appointment)

    assert effect_of(store, appointment) == Effect(appointment.id, EVENT, "calendar:1", wanted=1, delivered=1)


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


def test_a_time_without_a_zone_is_refused(store: Store, appointment: Appointment) -> None:
    with pytest.raises(ValueError, match="has no zone"):
        wanted(store, appointment, due_at=NOW.replace(tzinfo=None))
