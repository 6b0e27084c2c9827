"""Contacts over HTTP, as people see them: found, changed, merged, deleted, and asked about."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.contacts import new_contact
from bot.domain.people import Actor, actor_of
from bot.sandbox.slack.people import Member
from bot.sandbox.slack.person import CannotDo, Person
from storage.tables import METADATA
from tests.journeys.house import House

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def nobody_known(house: House) -> Iterator[None]:
    """No contact yet."""
    yield
    with house.store.connected("writing") as connection:
        for table in ("contact", "invitee_question", "blocked_address", "own_domain"):
            connection.execute(METADATA.tables[table].delete())
        connection.commit()


@pytest.fixture
def ana(house: House) -> Person:
    return house.person(house.town.ana)


def adds(house: House, person: Person, email: str, **fields: str) -> str:
    """A new contact by hand; his card is open then."""
    if person.modal is None:
        house.types(person, "/daybook contacts")
    house.clicks(person, "New contact")
    person.fills("E-mail address", email)
    for label, wanted in fields.items():
        person.fills(label.replace("_", " ").capitalize(), wanted)
    return house.submits(person)


def acting(house: House, member: Member) -> Actor:
    """The member as he is stored."""
    with house.store.reading() as work:
        workspace = work.workspaces.by_team(house.town.workspace.id)
        assert workspace is not None
        return actor_of(work.members.by_slack_ids(workspace.id, [member.id])[member.id], workspace)


def test_a_contact_is_added_found_edited_and_merged_in_one_view(house: House, ana: Person) -> None:
    assert "No contacts yet." in house.types(ana, "/daybook contacts")
    assert "*Maya Ortiz* is a contact now." in adds(
        house, ana, "Maya@Ortiz.test", name="Maya Ortiz", tags="Client, VIP"
    )
    house.clicks(ana, "Edit")
    ana.fills("Time zone", "New York")
    ana.fills("Note", "Likes *tea* <!channel>")
    told = house.submits(ana)
    assert "Saved." in told
    assert "Time zone: New York (America/New_York)" in told
    assert "Tags: client, vip" in told
    house.clicks(ana, "Back")
    adds(house, ana, "m@old.test", name="M. Ortiz")

    house.clicks(ana, "Merge")
    ana.fills("The same person as", "Maya Ortiz")
    assert "Who stays" in house.sees(ana)
    ana.fills("Who stays", "Maya Ortiz")
    assert "maya@ortiz.test · also m@old.test" in house.submits(ana)
    ana.closes()
    assert "*Maya Ortiz*" in house.types(ana, "/daybook people old.test")
    assert "1 contact" in house.sees(ana)


def test_two_people_who_edit_at_once_both_keep_what_they_typed(house: House, ana: Person) -> None:
    ben = house.person(house.town.ben)
    adds(house, ana, "maya@ortiz.test", name="Maya Ortiz")
    house.types(ben, "/daybook contacts maya")
    house.clicks(ben, "Open")
    house.clicks(ben, "Edit")
    house.clicks(ana, "Edit")
    ana.fills("Phone", "111")
    house.submits(ana)
    ben.fills("Phone", "222")

    told = house.submits(ben)
    assert "Somebody changed this contact while you were typing." in told
    assert "· phone: 111" in told
    assert "222" in told
    assert "Saved." in house.submits(ben)
    house.clicks(ana, "Back")
    assert "Phone: 222" in house.clicks(ana, "Open")
    ana.closes()
    ben.closes()


def test_a_contact_is_deleted_and_never_added_again_until_somebody_allows_it(house: House, ana: Person) -> None:
    adds(house, ana, "maya@ortiz.test", name="Maya Ortiz")
    assert "for your whole workspace?" in house.clicks(ana, "Delete")
    ana.fills("From now on", ["Never add again"])
    assert "*Maya Ortiz* was deleted and is never added again." in house.submits(ana)
    assert "· maya@ortiz.test" in house.clicks(ana, "Left out")
    assert "may become a contact again" in house.clicks(ana, "Allow again")
    ana.closes()


def test_the_host_is_asked_once_and_the_message_follows_his_answers(house: House, ana: Person) -> None:
    adds(house, ana, "lee@home.test", name="Lee Chen")
    ana.closes()
    host = acting(house, house.town.ana)
    met = [("maya@ortiz.test", "Maya"), ("lee@chen.test", "Lee"), ("ann@gmail.com", "Ann"), ("joe@firm.test", "Joe")]
    with house.store.writing() as work:
        people = [new_contact(email, name) for email, name in met]
        work.invitees.ask(host.workspace_id, host.member_id, people, house.clock.now())
        work.commit()
    already = len(ana.messages)
    house.runs("ask_about_invitees")
    assert len(ana.messages) == already
    house.clock.time += timedelta(minutes=1)
    house.runs("ask_about_invitees")
    house.runs("ask_about_invitees")
    assert len(ana.messages) == already + 1
    assert "*4 invitees in your Google calendar are no contacts yet.*" in ana.reads(ana.messages[-1])

    house.clicks(ana, "Add", near="maya@ortiz.test")
    house.clicks(ana, "Ignore", near="ann@gmail.com")
    house.clicks(ana, "Never for firm.test")
    ana.fills("lee@chen.test", "Lee Chen")
    house.is_settled()

    assert len(ana.messages) == already + 1
    told = ana.reads(ana.messages[-1])
    for line in (
        "There is nobody left to decide about here.",
        "Ann (ann@gmail.com): ignored",
        "Joe (joe@firm.test): never anybody at firm.test",
        "Lee (lee@chen.test): linked to Lee Chen",
        "Maya (maya@ortiz.test): added",
    ):
        assert line in told
    with pytest.raises(CannotDo):
        ana.clicks("Add")
    assert "2 contacts" in house.types(ana, "/daybook contacts")
    ana.closes()
