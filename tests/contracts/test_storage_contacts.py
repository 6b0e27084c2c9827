"""Contacts: one per address and workspace, found by parts of their names and addresses."""

import pytest

from bot.domain.contacts import Contact, NewContact
from bot.domain.errors import NotFound
from bot.ports import Store
from tests.contracts.appointment_builders import a_contact
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import a_person, all_at_once, new_id

MAYA = NewContact("maya@ortiz.test", "Maya Ortiz")


def test_a_new_address_makes_a_contact(store: Store) -> None:
    ana = a_person(store)
    contact_id = new_id()

    with store.writing() as work:
        made = work.contacts.known(ana, MAYA, new_id=contact_id)
        work.commit()

    assert made == Contact(contact_id, ana.workspace_id, "maya@ortiz.test", "Maya Ortiz", zone="")
    with store.reading() as work:
        assert work.contacts.get(ana, contact_id) == made


def test_an_address_that_is_known_keeps_its_contact_and_its_name(store: Store) -> None:
    ana = a_person(store)
    maya = a_contact(store, ana)

    with store.writing() as work:
        again = work.contacts.known(ana, NewContact("maya@ortiz.test", "M."), new_id=new_id())

    assert again == maya


def test_the_same_address_is_another_contact_in_another_workspace(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, "T2")

    assert a_contact(store, ana).id != a_contact(store, ben).id


# fault 10
# fault 14
def test_nobody_finds_a_contact_of_another_workspace(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, "T2")
    maya = a_contact(store, ana)

    with store.reading() as work:
        assert list(work.contacts.search(ben, "maya", limit=10)) == []
        with pytest.raises(NotFound):
            work.contacts.get(ben, maya.id)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Anna-Lena Weiß", "Maya Ortiz", "maya 100%"]),
        ("ma", ["Maya Ortiz", "maya 100%"]),
        ("MAYA", ["Maya Ortiz", "maya 100%"]),
        ("ortiz maya", ["Maya Ortiz"]),
        ("maya acme", ["maya 100%"]),
        ("weiss", ["Anna-Lena Weiß"]),
        ("WEISS lena", ["Anna-Lena Weiß"]),
        ("100%", ["maya 100%"]),
        ("%", ["maya 100%"]),
        ("_", []),
        ("nobody", []),
    ],
)
def test_contacts_are_found_by_parts_of_name_and_address_in_any_order(
    store: Store, words: str, found: list[str]
) -> None:
    ana = a_person(store)
    a_contact(store, ana)
    a_contact(store, ana, "mo@acme.test", "maya 100%")
    a_contact(store, ana, "al@weiss.example", "Anna-Lena Weiß")

    with store.reading() as work:
        names = [contact.name for contact in work.contacts.search(ana, words, limit=10)]

    assert sorted(names) == sorted(found)


def test_words_that_no_database_takes_are_no_harm(store: Store) -> None:
    ana = a_person(store)
    a_contact(store, ana)

    with store.reading() as work:
        assert list(work.contacts.search(ana, "maya\x00 x\ud83d", limit=10)) == []


def test_contacts_are_told_by_name_whatever_its_letters_and_not_more_than_asked_for(store: Store) -> None:
    ana = a_person(store)
    for name in ("Zoe", "émile", "bea", "Abe", "Émile"):
        a_contact(store, ana, f"{name.encode().hex()}@x.test", name)

    with store.reading() as work:
        names = [contact.name for contact in work.contacts.search(ana, "x.test", limit=4)]

    assert names[:3] == ["Abe", "bea", "Zoe"]
    assert len(names) == 4


def test_threads_that_write_the_same_address_make_one_contact(database: Database) -> None:
    store = database.open()
    ana = a_person(store)

    made = all_at_once(8, lambda _thread: a_contact(store, ana))

    assert len(set(made)) == 1
