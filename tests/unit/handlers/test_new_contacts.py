"""Contacts added by hand who were met before: by an invitation, or left out by somebody."""

from tests.unit.handlers.acting import acting
from tests.unit.handlers.contacts_desk import ContactsDesk
from tests.unit.rendering.answers import ana


def add(desk: ContactsDesk, email: str, name: str = "") -> list[str]:
    desk.types()
    desk.presses("New contact")
    desk.fills("contact_email", email)
    if name:
        desk.fills("contact_name", name)
    return desk.submits()


def test_without_a_name_the_one_in_the_invitation_is_taken() -> None:
    desk = ContactsDesk()
    desk.is_invited_by("Una Elm <una@elm.test>")
    assert add(desk, "una@elm.test")[:3] == ["*Una Elm* is a contact now.", "*Una Elm*", "una@elm.test"]


def test_a_name_that_is_written_counts_for_more() -> None:
    desk = ContactsDesk()
    desk.is_invited_by("Una Elm <una@elm.test>")
    assert add(desk, "una@elm.test", "Una")[0] == "*Una* is a contact now."


def test_whoever_is_left_out_by_the_domain_makes_no_appointment_and_that_is_said() -> None:
    desk = ContactsDesk()
    with desk.store.writing() as work:
        work.invitees.block(acting(ana), "@vist.test", desk.clock.now())
        work.commit()
    assert add(desk, "olga@vist.test", "Olga")[:2] == [
        "*Olga* is a contact now.",
        "Invitations from Olga make no appointment, because everybody at vist.test is *left out*. [Allow again]",
    ]
    desk.presses("Allow again")
    with desk.store.reading() as work:
        assert work.invitees.blocked(acting(ana).workspace_id) == frozenset()


def test_an_address_that_was_linked_is_taken_off_again_and_asked_about() -> None:
    desk = ContactsDesk()
    maya = desk.has_contact()
    desk.is_invited_by("Lee Chen <lee@chen.test>")
    desk.picks("invitee_link", maya.id)
    desk.types()
    desk.presses("Open", near="Maya Ortiz")
    assert "Also found by lee@chen.test [Take off]" in desk.presses("Edit")
    assert not any("Also found by" in line for line in desk.presses("Take off"))
    with desk.store.reading() as work:
        assert set(work.contacts.by_address(maya.workspace_id, ["lee@chen.test", maya.email])) == {maya.email}
    assert "lee@chen.test" in desk.is_invited_by("Lee Chen <lee@chen.test>")
