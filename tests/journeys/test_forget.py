"""`/daybook forget` over HTTP, as people see it: oneself with Google's permission, and a contact."""

from collections.abc import Iterator
from functools import partial

import pytest

from bot.domain.appointments import AppointmentStatus
from bot.domain.contacts import NewContact
from bot.domain.people import Actor, actor_of
from bot.sandbox.slack.people import Member
from bot.sandbox.slack.person import Person
from storage.tables import METADATA
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.storage_builders import NOW
from tests.journeys.house import House

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def nobody_forgotten(house: House) -> Iterator[None]:
    """No contact, and nobody who was forgotten."""
    yield
    with house.store.connected("writing") as connection:
        for table in ("appointment", "contact", "blocked_address", "forgotten_address", "forgetting"):
            connection.execute(METADATA.tables[table].delete())
        connection.commit()


@pytest.fixture
def ana(house: House) -> Person:
    return house.person(house.town.ana)


def acting(house: House, member: Member) -> Actor:
    """The member as he is stored."""
    with house.store.reading() as work:
        workspace = work.workspaces.by_team(house.town.workspace.id)
        assert workspace is not None
        return actor_of(work.members.by_slack_ids(workspace.id, [member.id])[member.id], workspace)


def has_maya(house: House, ana: Person) -> None:
    """Maya is a contact."""
    house.types(ana, "/daybook contacts")
    ana.closes()
    with house.store.writing() as work:
        actor, new = acting(house, house.town.ana), NewContact("maya@ortiz.test", "Maya Ortiz")
        work.contacts.known(actor, new, new_id=actor.member_id)
        work.commit()


def is_asked_about_maya(house: House, person: Person) -> bool:
    """Whether the question is on the screen."""
    return "Forget *Maya Ortiz* (maya@ortiz.test)" in house.sees(person)


def all_that_is_stored(house: House) -> str:
    """Every row, small letters."""
    with house.store.connected("reading") as connection:
        rows = [connection.execute(table.select()).all() for table in METADATA.sorted_tables]
    return repr(rows).casefold()


# fault 54, fault 55
def test_a_member_is_forgotten_with_his_permission_and_told(house: House, ana: Person) -> None:
    house.sets_up(house.town.ana)
    house.reads()
    address = house.accounts()[0][1]
    assert house.is_granted(address)
    told = house.types(ana, "/daybook forget me")
    assert "Erase *you* from Daybook? It cannot be undone." in told
    assert address in told

    assert "The export is in your direct messages with Daybook." in house.clicks(ana, "Export first")
    assert any(address in ana.reads(message) for message in ana.messages)
    assert "*You are being forgotten.*" in house.submits(ana)
    house.runs("finish_forgetting")

    assert not house.is_granted(address)
    assert house.accounts() == []
    assert [kept for kept in (address, house.town.ana.id.casefold()) if kept in all_that_is_stored(house)] == []
    report = "\n".join(ana.reads(message) for message in ana.messages)
    assert "*You are forgotten.*" in report
    assert "Google: 1 permission given back." in report


# fault 55
def test_a_contact_is_chosen_exported_and_forgotten(house: House, ana: Person) -> None:
    has_maya(house, ana)
    house.types(ana, "/daybook forget")
    ana.fills("Name or e-mail", "Maya Ortiz")
    house.waits_until(partial(is_asked_about_maya, house, ana))
    assert "The export is in your direct messages" in house.clicks(ana, "Export first")
    told = house.submits(ana)
    assert "*Maya Ortiz* is forgotten." in told
    assert "what triggers sent elsewhere, and backups." in told
    assert "maya@ortiz.test" not in all_that_is_stored(house)


def test_a_contact_whom_somebody_else_forgot_first_is_not_there_any_more(house: House, ana: Person) -> None:
    has_maya(house, ana)
    ben = house.person(house.town.ben)
    for person in (ana, ben):
        house.types(person, "/daybook forget")
        person.fills("Name or e-mail", "Maya Ortiz")
    for person in (ana, ben):
        house.waits_until(partial(is_asked_about_maya, house, person))
    house.submits(ben)
    assert "That contact is not there any more." in house.submits(ana)


# fault 55
def test_appointments_to_come_are_cancelled_with_their_contact(house: House, ana: Person) -> None:
    house.sets_up(house.town.ana)
    house.reads()
    with house.store.writing() as work:
        actor, new = acting(house, house.town.ana), NewContact("maya@ortiz.test", "Maya Ortiz")
        maya = work.contacts.known(actor, new, new_id=actor.member_id)
        work.commit()
    coming = booked(house.store, an_appointment(actor, "2027-06-01 9:00-10:00", contact=maya))
    told = house.types(ana, "/daybook forget Maya@Ortiz.test")
    assert "*These appointments with Maya Ortiz are to come.*" in told
    done = house.submits(ana)
    assert "*Maya Ortiz* is forgotten." in done
    assert "1 appointment was cancelled" in done
    assert "maya@ortiz.test" not in all_that_is_stored(house)
    with house.store.reading() as work:
        gone = work.appointments.known(coming.id)
    assert gone is not None
    assert (gone.status, gone.title) == (AppointmentStatus.CANCELLED, "a deleted contact")


# fault 55
def test_an_address_of_nobody_in_the_list_is_forgotten(house: House, ana: Person) -> None:
    house.types(ana, "/daybook contacts")
    ana.closes()
    with house.store.writing() as work:
        actor = acting(house, house.town.ana)
        work.invitees.block(actor, "maya@ortiz.test", NOW)
        work.commit()
    assert "is no e-mail address" in house.types(ana, "/daybook forget maya@")
    ana.closes()
    assert "Nobody in the list has this address." in house.types(ana, "/daybook forget maya@ortiz.test")
    assert "*maya@ortiz.test* is forgotten." in house.submits(ana)
    assert "maya@ortiz.test" not in all_that_is_stored(house)


# fault 54
def test_a_members_own_appointments_are_cancelled_before_he_is_forgotten(house: House, ana: Person) -> None:
    house.sets_up(house.town.ana)
    house.reads()
    actor = acting(house, house.town.ana)
    coming = booked(house.store, an_appointment(actor, "2027-06-01 9:00-10:00"))
    told = house.types(ana, "/daybook forget me")
    assert "*These appointments of yours are to come.*" in told
    assert "*You are being forgotten.*" in house.submits(ana)
    with house.store.reading() as work:
        gone = work.appointments.known(coming.id)
        assert work.erasures.is_under_way(actor)
    assert gone is not None
    assert gone.status is AppointmentStatus.CANCELLED
