"""Contacts while somebody types, and the address that nobody has yet."""

from dataclasses import replace
from uuid import UUID

from bot.domain.booking_form import ContactsFound
from bot.domain.contacts import Contact, NewContact
from bot.usecases.find_contacts import FindContacts
from tests.unit.rendering.answers import ACME, actor
from tests.unit.usecases.booking_house import BookingHouse

MAYA = Contact(UUID(int=7), ACME.id, "maya@ortiz.test", "Maya Ortiz")
LEE = Contact(UUID(int=8), ACME.id, "lee@chen.test", "Lee Chen")


def find(words: str) -> ContactsFound:
    house = BookingHouse()
    house.store.tables.contacts.update({one.id: one for one in (MAYA, LEE)})
    stranger = replace(MAYA, id=UUID(int=9), workspace_id=UUID(int=9), name="Maya Elsewhere")
    house.store.tables.contacts[stranger.id] = stranger
    return FindContacts(house.store)(actor(), words)


def test_words_find_contacts_of_ones_own_workspace_by_name() -> None:  # fault 10
    assert find("maya") == ContactsFound((MAYA,))
    assert find("") == ContactsFound((LEE, MAYA))
    assert find("nobody") == ContactsFound(())


def test_an_address_that_nobody_has_is_offered_as_new() -> None:
    assert find(" Ann@Example.test ") == ContactsFound((), NewContact("ann@example.test", "ann"))


def test_an_address_that_somebody_has_is_that_contact_however_it_is_written() -> None:
    assert find("MAYA@ortiz.test") == ContactsFound((MAYA,))


def test_what_is_no_address_is_offered_to_nobody() -> None:  # fault 61
    assert find("maya@ortiz.test\nBcc: x@y.test") == ContactsFound(())
    assert find("@") == ContactsFound((LEE, MAYA))
