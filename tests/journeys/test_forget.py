"""`/daybook forget` over HTTP, as people see it: oneself with Google's permission, and a contact."""

from collections.abc import Iterator
from functools import partial

import pytest

from bot.domain.contacts import NewContact
from bot.domain.people import Actor, actor_of
from bot.sandbox.slack.people import Member
from bot.sandbox.slack.person import Person
from storage.tables import METADATA
from tests.journeys.house import House

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def nobody_forgotten(house: House) -> Iterator[None]:
    """No contact, and nobody who was forgotten."""
    yield
    with house.store.connected("writing") as connection:
        for table in ("contact", "forgotten_address", "forgetting"):
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
    assert "Not erased: messages sent before and backups." in told
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
