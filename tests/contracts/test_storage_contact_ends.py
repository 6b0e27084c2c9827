"""Contacts that are merged and deleted, with what hangs on them."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import Table, insert, select

from bot.domain.contacts import Contact, deleted_contact
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.ports import Store
from storage.store import SqlStore
from storage.tables import DECLINED, TAKEN, TAKEN_CONTACTS
from tests.contracts.appointment_builders import a_contact, an_appointment, booked, saved
from tests.contracts.conftest import Database
from tests.contracts.contact_builders import found, with_address
from tests.contracts.storage_builders import NOW, a_person, all_at_once, new_id


def merged(store: Store, actor: Actor, kept: Contact, gone: Contact) -> Contact:
    """`kept` in its next version, with all that was the other's."""
    stays = replace(kept, version=kept.version + 1)
    with store.writing() as work:
        work.contacts.locked(actor, [kept.id, gone.id])
        work.contacts.merge(stays, gone)
        work.commit()
    return stays


def deleted(store: Store, actor: Actor, contact: Contact) -> None:
    with store.writing() as work:
        work.contacts.delete(work.contacts.locked(actor, [contact.id])[contact.id])
        work.commit()


def test_merging_hands_over_appointments_and_addresses(store: Store) -> None:
    ana = a_person(store)
    maya, old = a_contact(store, ana), a_contact(store, ana, "m@old.test", "M. Ortiz")
    with_address(store, ana, old, "m@older.test")
    appointment = booked(store, an_appointment(ana, contact=old))

    stays = merged(store, ana, maya, old)

    with store.reading() as work:
        assert work.appointments.get(ana, appointment.id).contact == stays
        assert list(work.contacts.other_addresses(ana, maya.id)) == ["m@old.test", "m@older.test"]
        assert work.contacts.by_address(ana.workspace_id, ["m@old.test"]) == {"m@old.test": stays}
        with pytest.raises(NotFound):
            work.contacts.get(ana, old.id)
    assert found(store, ana, "older") == ["maya@ortiz.test"]
    assert a_contact(store, ana, "m@old.test", "Again").id == maya.id


def test_an_appointment_that_is_changed_while_its_contact_is_merged_stays_with_the_one_that_stays(
    store: Store,
) -> None:
    ana = a_person(store)
    maya, old = a_contact(store, ana), a_contact(store, ana, "m@old.test", "M. Ortiz")
    read_before = booked(store, an_appointment(ana, contact=old))
    stays = merged(store, ana, maya, old)

    saved(store, read_before.renamed("Demo, again", NOW))

    with store.reading() as work:
        assert work.appointments.get(ana, read_before.id).contact == stays


def test_deleting_leaves_of_past_appointments_that_there_was_somebody(store: Store) -> None:
    ana = a_person(store)
    maya, lee = a_contact(store, ana), a_contact(store, ana, "lee@chen.test", "Lee Chen")
    with_address(store, ana, maya, "m@old.test")
    kept = [
        booked(store, an_appointment(ana, when, contact=who))
        for when, who in (("9:00-10:00", maya), ("11:00-12:00", lee))
    ]

    deleted(store, ana, maya)
    deleted(store, ana, lee)

    nobody = deleted_contact(ana.workspace_id)
    with store.reading() as work:
        assert [work.appointments.get(ana, one.id).contact for one in kept] == [nobody, nobody]
        assert (nobody.name, nobody.email) == ("a deleted contact", "")
        assert work.contacts.by_address(ana.workspace_id, ["m@old.test", "maya@ortiz.test", ""]) == {}
        assert (work.contacts.count(ana, ""), list(work.contacts.search(ana, "deleted", limit=9))) == (0, [])
        with pytest.raises(NotFound):
            work.contacts.get(ana, nobody.id)
    assert a_contact(store, ana).id != maya.id


def test_whoever_books_while_a_contact_is_deleted_books_with_him_or_not_at_all(database: Database) -> None:
    store = database.open()
    ana = a_person(store)
    maya = a_contact(store, ana)

    def act(which: int) -> str:
        with store.writing() as work:
            try:
                if which == 0:
                    contact = work.contacts.locked(ana, [maya.id])[maya.id]
                    if work.appointments.with_contact(ana, maya.id, NOW, to_come=True, limit=1):
                        return "kept"
                    work.contacts.delete(contact)
                else:
                    appointment = an_appointment(ana, contact=work.contacts.held(ana, maya.id))
                    work.appointments.add(appointment, origin="one")
            except NotFound:
                return "not there"
            work.commit()
            return "done"

    assert all_at_once(2, act) in (["done", "not there"], ["kept", "done"])


def test_threads_that_merge_and_write_the_address_that_goes_leave_one_contact(database: Database) -> None:
    store = database.open()
    ana = a_person(store)
    maya, old = a_contact(store, ana), a_contact(store, ana, "m@old.test", "M. Ortiz")

    def act(which: int) -> Contact:
        return merged(store, ana, maya, old) if which == 0 else a_contact(store, ana, "m@old.test", "Again")

    all_at_once(4, lambda which: _or_nobody(lambda: act(which)))

    with store.reading() as work:
        assert [one.email for one in work.contacts.search(ana, "", limit=10)] == ["maya@ortiz.test"]


def test_merging_hands_over_meetings_from_google_and_each_holds_him_once(database: Database) -> None:
    store = database.open()
    ana = a_person(store)
    maya, old = a_contact(store, ana), a_contact(store, ana, "m@old.test", "M. Ortiz")
    both, only_old = new_id(), new_id()
    with store.connected("writing") as connection:
        for taken_id, contacts in ((both, (maya, old)), (only_old, (old,))):
            connection.execute(insert(TAKEN).values(a_taken(ana, taken_id)))
            for contact in contacts:
                connection.execute(insert(TAKEN_CONTACTS).values(a_place_in(taken_id, contact)))
            connection.execute(insert(DECLINED).values(a_refusal(ana, taken_id, contacts[-1])))
        connection.commit()

    merged(store, ana, maya, old)

    assert holders(store, TAKEN_CONTACTS, "taken_id") == {(both, maya.id), (only_old, maya.id)}
    assert holders(store, DECLINED, "subject") == {(both, maya.id), (only_old, maya.id)}
    deleted(store, ana, replace(maya, version=2))
    assert holders(store, TAKEN_CONTACTS, "taken_id") == set()
    assert holders(store, DECLINED, "subject") == set()


def a_taken(host: Actor, taken_id: UUID) -> dict[str, object]:
    """The row of a meeting."""
    return {
        "id": taken_id,
        "workspace_id": host.workspace_id,
        "ical_uid": str(taken_id),
        "original_at": 0,
        "start_at": 1,
        "end_at": 2,
        "title": "Plans",
        "repeats": False,
        "created_at": NOW,
        "is_cancelled": False,
        "version": 1,
    }


def a_place_in(taken_id: UUID, contact: Contact) -> dict[str, object]:
    return {"taken_id": taken_id, "contact_id": contact.id, "response": "accepted"}


def a_refusal(host: Actor, taken_id: UUID, contact: Contact) -> dict[str, object]:
    """The row of a contact who will not come."""
    return {
        "subject": taken_id,
        "contact_id": contact.id,
        "member_id": host.member_id,
        "workspace_id": host.workspace_id,
        "start_at": 1,
        "end_at": 2,
        "title": "Plans",
        "repeats": False,
        "is_booked": False,
        "created_at": NOW,
    }


def holders(store: SqlStore, table: Table, key: str) -> set[tuple[UUID, UUID]]:
    """What holds which contact."""
    with store.connected("reading") as connection:
        return {(row[0], row[1]) for row in connection.execute(select(table.c[key], table.c.contact_id))}


def _or_nobody(act: Callable[[], Contact]) -> Contact | None:
    try:
        return act()
    except NotFound:
        return None
