"""Contacts as they are edited, and found by their other addresses."""

from dataclasses import replace

import pytest

from bot.domain.appointments import AppointmentStatus
from bot.domain.contacts import MOST_TAGS, Contact, ContactChanged, NewContact
from bot.domain.errors import NotFound
from bot.ports import Store
from tests.contracts.appointment_builders import a_contact, an_appointment, booked, saved
from tests.contracts.contact_builders import found, with_address
from tests.contracts.storage_builders import NOW, a_person, new_id


def edited(store: Store, contact: Contact, **fields: object) -> Contact:
    """The next version, stored."""
    changed = replace(contact, version=contact.version + 1, **fields)  # type: ignore[arg-type]  # by name
    with store.writing() as work:
        work.contacts.save(changed)
        work.commit()
    return changed


def test_everything_that_was_edited_is_read_again(store: Store) -> None:
    ana = a_person(store)

    changed = edited(
        store,
        a_contact(store, ana),
        name="Maya O.",
        zone="America/New_York",
        phone="+1 212 555 0100",
        note="Likes\ntea ☕",
        tags=("client", "vip é"),
    )

    with store.reading() as work:
        assert work.contacts.get(ana, changed.id) == changed
        assert work.contacts.get(ana, changed.id).version == 2
    assert found(store, ana, "VIP") == ["maya@ortiz.test"]


def test_the_second_of_two_edits_of_one_version_is_refused(store: Store) -> None:
    ana = a_person(store)
    maya = a_contact(store, ana)
    first = edited(store, maya, note="first")

    with store.writing() as work, pytest.raises(ContactChanged):
        work.contacts.save(replace(maya, note="second", version=2))

    with store.reading() as work:
        assert work.contacts.get(ana, maya.id) == first


def test_an_appointment_knows_its_contact_as_he_is_now(store: Store) -> None:
    ana = a_person(store)
    appointment = booked(store, an_appointment(ana, contact=a_contact(store, ana)))
    assert appointment.contact is not None

    changed = edited(store, appointment.contact, tags=("client",), phone="1", note="n", zone="UTC")

    with store.reading() as work:
        assert work.appointments.get(ana, appointment.id).contact == changed


def test_a_tag_is_added_once_and_never_more_than_one_can_have(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, "T2")
    maya = a_contact(store, ana)

    with store.writing() as work:
        told = [
            work.contacts.tag(ana.workspace_id, maya.id, "client"),
            work.contacts.tag(ana.workspace_id, maya.id, "client"),
            work.contacts.tag(ben.workspace_id, maya.id, "theirs"),
            work.contacts.tag(ana.workspace_id, new_id(), "nobody"),
        ]
        work.commit()
    assert told == [True, False, False, False]

    full = edited(store, replace(maya, version=2), tags=tuple(f"tag {number}" for number in range(MOST_TAGS)))
    with store.writing() as work:
        assert work.contacts.tag(ana.workspace_id, maya.id, "one more") is False
        assert work.contacts.get(ana, maya.id) == full


def test_a_page_of_contacts_follows_the_one_before(store: Store) -> None:
    ana = a_person(store)
    for name in ("Cleo", "Abe", "Bea", "Dan"):
        a_contact(store, ana, f"{name.lower()}@x.test", name)

    with store.reading() as work:
        pages = [[one.name for one in work.contacts.search(ana, "x.test", limit=3, offset=first)] for first in (0, 3)]
        assert (pages, work.contacts.count(ana, "x.test")) == ([["Abe", "Bea", "Cleo"], ["Dan"]], 4)
        assert (work.contacts.count(ana, ""), work.contacts.count(ana, "bea")) == (4, 1)


def test_a_contact_is_found_by_his_other_address(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, "T2")
    maya = a_contact(store, ana)
    with_address(store, ana, maya, "m.ortiz@old.test")

    with store.writing() as work:
        again = work.contacts.known(ana, NewContact("m.ortiz@old.test", "M."), new_id=new_id())
        asked = ["maya@ortiz.test", "m.ortiz@old.test", "nobody@x.test"]
        assert again == maya
        assert work.contacts.by_address(ana.workspace_id, asked) == dict.fromkeys(asked[:2], maya)
        assert work.contacts.by_address(ben.workspace_id, asked) == {}
        assert list(work.contacts.other_addresses(ana, maya.id)) == ["m.ortiz@old.test"]
        assert list(work.contacts.other_addresses(ben, maya.id)) == []
        assert list(work.contacts.of_domains(ana.workspace_id, ["old.test"])) == ["m.ortiz@old.test"]
        assert list(work.contacts.of_domains(ben.workspace_id, ["old.test"])) == []
    assert found(store, ana, "old.test") == ["maya@ortiz.test"]


def test_an_address_that_somebody_has_goes_to_nobody_else(store: Store) -> None:
    ana = a_person(store)
    maya, lee = a_contact(store, ana), a_contact(store, ana, "lee@chen.test", "Lee Chen")

    with_address(store, ana, maya, "lee@chen.test")
    with_address(store, ana, maya, "other@x.test")
    with_address(store, ana, lee, "other@x.test")

    with store.reading() as work:
        by_address = work.contacts.by_address(ana.workspace_id, ["lee@chen.test", "other@x.test"])
    assert by_address == {"lee@chen.test": lee, "other@x.test": maya}


# fault 10
def test_nobody_changes_a_contact_of_another_workspace(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, "T2")
    maya = a_contact(store, ana)

    with store.writing() as work:
        for forbidden in (
            lambda: work.contacts.held(ben, maya.id),
            lambda: work.contacts.locked(ben, [maya.id]),
            lambda: work.contacts.add_address(ben, maya.id, "ben@x.test"),
            lambda: work.contacts.drop_address(ben, maya.id, "ben@x.test"),
        ):
            with pytest.raises(NotFound):
                forbidden()
        with pytest.raises(ContactChanged):
            work.contacts.save(replace(maya, workspace_id=ben.workspace_id, version=2))


def test_an_address_that_is_taken_off_finds_nobody_and_another_contacts_stays(store: Store) -> None:
    ana = a_person(store)
    maya = a_contact(store, ana)
    with store.writing() as work:
        work.contacts.add_address(ana, maya.id, "maya@home.test")
        dropped = [work.contacts.drop_address(ana, maya.id, each) for each in ("maya@home.test", "lee@chen.test")]
        assert (dropped, work.contacts.other_addresses(ana, maya.id)) == ([True, False], [])
        assert set(work.contacts.by_address(ana.workspace_id, [maya.email, "maya@home.test"])) == {maya.email}


def test_a_contacts_appointments_are_those_to_come_by_start_and_the_others_latest_first(store: Store) -> None:
    ana, ben, eve = a_person(store), a_person(store, user="U2"), a_person(store, "T2")
    maya = a_contact(store, ana)
    days = ("2026-11-20", "2026-11-24", "2026-11-25", "2026-11-26")
    past, over, first, last = (
        booked(store, an_appointment(host, f"{day} 9:00-10:00", contact=maya))
        for day, host in zip(days, (ana, ben, ben, ana), strict=True)
    )
    called_off = booked(store, an_appointment(ana, "2026-11-27 9:00-10:00", contact=maya))
    saved(store, called_off.cancelled("", NOW))
    now = over.ends_at

    with store.reading() as work:
        to_come = work.appointments.with_contact(ana, maya.id, now, to_come=True, limit=10)
        others = work.appointments.with_contact(ana, maya.id, now, to_come=False, limit=10)
        assert [one.id for one in to_come] == [first.id, last.id]
        assert [one.id for one in others] == [called_off.id, over.id, past.id]
        assert others[0].status is AppointmentStatus.CANCELLED
        assert [one.id for one in work.appointments.with_contact(ana, maya.id, now, to_come=False, limit=1)] == [
            called_off.id
        ]
        assert list(work.appointments.with_contact(eve, maya.id, now, to_come=True, limit=10)) == []
