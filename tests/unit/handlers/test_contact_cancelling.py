"""Deleting a contact together with the appointments that stand in its way."""

import pytest

from bot.domain.appointments import AppointmentStatus
from bot.domain.effects import EffectKind
from tests.unit.handlers.acting import acting
from tests.unit.handlers.contacts_desk import ContactsDesk
from tests.unit.rendering.answers import ana
from tests.unit.usecases.booking_house import a_request


@pytest.fixture
def desk() -> ContactsDesk:
    return ContactsDesk()


def test_ones_own_appointments_are_named_and_cancelled_with_the_contact(desk: ContactsDesk) -> None:
    maya = desk.has_contact()
    first, second = (desk.book(a_request(at, contact=maya.id)).appointment for at in ("15:00", "16:00"))
    desk.types()
    desk.presses("Open")
    asked = desk.presses("Delete")
    assert asked[0] == (
        "*These appointments with Maya Ortiz are to come.* They are cancelled first: their events in Google and "
        "meetings in Zoom go, and whoever was invited is told. To have another contact take them over, go back and "
        "use *Merge*."
    )
    assert [line.startswith("· ") for line in asked[1:3]] == [True, True]
    assert desk.submits()[0].startswith("*Maya Ortiz* was deleted. 2 appointments were cancelled.")
    assert desk.contacts() == []
    with desk.store.reading() as work:
        gone = [work.appointments.get(acting(ana), one.id) for one in (first, second)]
        assert [one.status for one in gone] == [AppointmentStatus.CANCELLED] * 2
        assert EffectKind.CARD in work.effects.of(first.id)


def test_one_that_was_booked_after_the_question_is_not_cancelled(desk: ContactsDesk) -> None:
    maya = desk.has_contact()
    first = desk.book(a_request("15:00", contact=maya.id)).appointment
    desk.types()
    desk.presses("Open")
    desk.presses("Delete")
    late = desk.book(a_request("16:00", contact=maya.id)).appointment
    assert desk.submits()[0] == ":warning: What was shown is cancelled. These appointments are to come still."
    with desk.store.reading() as work:
        found = [work.appointments.get(acting(ana), one.id).status for one in (first, late)]
    assert found == [AppointmentStatus.CANCELLED, AppointmentStatus.CONFIRMED]
    assert desk.contacts() == [maya]
    assert desk.submits()[0].startswith("*Maya Ortiz* was deleted. 1 appointment was cancelled.")
