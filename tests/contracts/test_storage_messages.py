"""Messages to everybody in an appointment: known by member, kept for a claim, gone with it."""

import pytest

from bot.domain.appointments import Appointment
from bot.domain.cards import Message, PostedCard
from bot.domain.effects import EFFECT_LEASE, EffectClaim, EffectKind, messages_lane
from bot.domain.errors import LeaseLost
from bot.domain.people import Actor
from bot.ports import Store
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.effect_builders import claimed, wanted
from tests.contracts.storage_builders import NOW, a_person

POSTED = Message(PostedCard("D1", "1.5"), "a mark")


@pytest.fixture
def ana(store: Store) -> Actor:
    return a_person(store)


def a_claim(store: Store, appointment: Appointment) -> EffectClaim:
    wanted(store, appointment, EffectKind.MESSAGES, lane=messages_lane(appointment.id))
    return claimed(store)


def kept(store: Store, claim: EffectClaim, member: Actor, message: Message) -> None:
    with store.writing() as work:
        work.messages.keep(claim, member.member_id, message)
        work.commit()


def test_one_that_is_about_to_be_posted_is_told_from_one_that_was_and_from_none(store: Store, ana: Actor) -> None:
    ben = a_person(store, "U2")
    one = booked(store, an_appointment(ana))
    claim = a_claim(store, one)
    kept(store, claim, ana, Message())
    kept(store, claim, ben, Message())
    kept(store, claim, ben, POSTED)
    with store.reading() as work:
        assert dict(work.messages.of(one.id)) == {ana.member_id: Message(), ben.member_id: POSTED}


def test_those_of_another_appointment_are_another_matter(store: Store, ana: Actor) -> None:
    one, other = booked(store, an_appointment(ana)), booked(store, an_appointment(ana, "16:00-16:30"))
    kept(store, a_claim(store, one), ana, POSTED)
    with store.reading() as work:
        assert dict(work.messages.of(other.id)) == {}


# fault 32
def test_whoever_lost_his_claim_keeps_nothing(store: Store, ana: Actor) -> None:
    one = booked(store, an_appointment(ana))
    late = a_claim(store, one)
    claimed(store, NOW + EFFECT_LEASE)
    with pytest.raises(LeaseLost):
        kept(store, late, ana, POSTED)
    with store.reading() as work:
        assert dict(work.messages.of(one.id)) == {}
