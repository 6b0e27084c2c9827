"""Guests of meetings in Google who are forgotten: also where they are told of, or were, on others' account."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.contacts import ContactChanged, NewContact
from bot.domain.erasure import ContactForgotten
from bot.domain.events import Invitee, Response
from bot.usecases.delete_contact import DeleteContact
from bot.usecases.forget_address import ForgetAddress, WhoHasAddress
from bot.usecases.forget_contact import ForgetContact
from storage.store import SqlStore
from storage.tables import METADATA
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import new_id
from tests.contracts.two_way_house import LEE, MAYA, TwoWay, invited

NINE, TEN = "2026-11-24 9:00-10:00", "2026-11-24 10:00-11:00"


@pytest.fixture
def database_store(database: Database) -> SqlStore:
    return database.open()


@pytest.fixture
def house(database_store: SqlStore) -> TwoWay:
    return TwoWay(database_store)


def forget(house: TwoWay, name: str = "Maya Ortiz") -> None:
    with house.store.reading() as work:
        [contact] = [one for one in work.contacts.search(house.ana.actor, "", limit=9) if one.name == name]
    ForgetContact(house.store, house.clock)(house.ana.actor, contact.id, version=contact.version)


def naming(store: SqlStore, word: str) -> set[str]:
    """The tables in which the word stands."""
    with store.connected("reading") as connection:
        told = {table.name: repr(connection.execute(table.select()).all()) for table in METADATA.sorted_tables}
    return {name for name, text in told.items() if word.casefold() in text.casefold()}


# fault 55
def test_a_guest_of_a_meeting_that_another_one_declined_is_not_named_there_any_more(
    house: TwoWay, database_store: SqlStore
) -> None:
    said = {LEE: Response.DECLINED}
    house.put(invited("demo", NINE, MAYA, LEE, title="Ortiz and Lee Chen", said=said))
    house.run()
    assert "declined" in naming(database_store, "Ortiz")
    forget(house)
    assert naming(database_store, "Ortiz") == set()


# fault 55
def test_a_guest_who_was_taken_off_before_is_not_named_in_the_title_any_more(
    house: TwoWay, database_store: SqlStore
) -> None:
    demo = invited("demo", NINE, MAYA, LEE, title="Maya Ortiz and Lee Chen")
    house.put(demo)
    house.run()
    house.put(replace(demo, invitees=(demo.invitees[0], demo.invitees[2]), etag='"2"'))
    house.run()
    assert {"taken", "event"} <= naming(database_store, "Ortiz")
    forget(house)
    assert naming(database_store, "Ortiz") == set()
    assert "taken" in naming(database_store, "a deleted contact and Lee Chen")


# fault 55
def test_another_with_the_same_first_name_keeps_it(house: TwoWay, database_store: SqlStore) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.put(invited("tea", TEN, LEE, title="Maya of sales, with Lee"))
    house.run()
    forget(house)
    assert {"taken", "event"} <= naming(database_store, "Maya of sales, with Lee")


def test_a_namesake_keeps_the_name(house: TwoWay, database_store: SqlStore) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.put(invited("tea", TEN, LEE, title="Lee and Maya Ortiz"))
    house.run()
    with house.store.writing() as work:
        work.contacts.known(house.ana.actor, NewContact("maya@other.test", "Maya Ortiz"), new_id=new_id())
        [maya] = work.contacts.by_address(house.ana.actor.workspace_id, [MAYA]).values()
        work.commit()
    ForgetContact(house.store, house.clock)(house.ana.actor, maya.id, version=maya.version)
    assert {"taken", "event"} <= naming(database_store, "Lee and Maya Ortiz")


# fault 55
@pytest.mark.parametrize("one_way", [False, True], ids=["decided", "not decided"])
def test_an_invitee_whose_domain_is_spelt_in_other_letters_goes_too(
    house: TwoWay, database_store: SqlStore, *, one_way: bool
) -> None:
    odd = Invitee("Maya@M\u00fcller.test", "Maya Zed", Response.ACCEPTED)
    demo = invited("demo", NINE, MAYA, title="Maya Zed")
    house.put(replace(demo, invitees=(demo.invitees[0], odd)))
    house.run()
    if one_way:
        with database_store.connected("writing") as connection:
            connection.execute(METADATA.tables["invited"].delete())
            connection.commit()
    assert "event" in naming(database_store, "Zed")
    forget(house, "Maya Zed")
    assert naming(database_store, "Zed") == set()


# fault 55
@pytest.mark.slow
def test_a_former_name_is_known_from_the_invitations_of_that_time(house: TwoWay, database_store: SqlStore) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.put(invited("tea", TEN, LEE, title="About Maya Ortiz"))
    house.run()
    with house.store.writing() as work:
        [maya] = work.contacts.search(house.ana.actor, "maya", limit=9)
        work.contacts.save(replace(maya, name="Maya Smith", version=maya.version + 1))
        work.commit()
    forget(house, "Maya Smith")
    assert naming(database_store, "Ortiz") | naming(database_store, "Smith") == set()


# fault 55
@pytest.mark.slow
def test_a_meeting_that_is_over_and_told_names_nobody_once_he_is_forgotten(
    house: TwoWay, database_store: SqlStore
) -> None:
    house.put(invited("demo", NINE, MAYA, title="Ortiz"))
    house.run()
    house.take_away("demo")
    house.run()
    house.clock.time += timedelta(days=3)
    forget(house)
    assert naming(database_store, "Ortiz") == set()


# fault 55
@pytest.mark.slow
def test_whoever_was_deleted_before_is_forgotten_by_the_address(house: TwoWay, database_store: SqlStore) -> None:
    house.put(invited("demo", NINE, MAYA, title="Demo with Maya Ortiz"))
    house.run()
    with house.store.reading() as work:
        [maya] = work.contacts.search(house.ana.actor, "", limit=9)
    DeleteContact(house.store, house.clock)(house.ana.actor, maya.id, version=maya.version, never_again=True)
    house.run()
    assert {"event", "blocked_address"} <= naming(database_store, "ortiz")
    assert WhoHasAddress(house.store)(house.ben.actor, MAYA) is None
    assert ForgetAddress(house.store, house.clock)(house.ben.actor, MAYA) == ContactForgotten(0, 1, 0, 0)
    house.run()
    assert naming(database_store, "ortiz") == set()
    with house.store.reading() as work:
        assert work.erasures.forgotten(house.ana.actor.workspace_id, [MAYA]) == {MAYA}


def test_an_address_of_a_contact_is_not_forgotten_behind_his_back(house: TwoWay, database_store: SqlStore) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.run()
    with house.store.reading() as work:
        [maya] = work.contacts.search(house.ana.actor, "", limit=9)
    assert WhoHasAddress(house.store)(house.ana.actor, MAYA) == maya
    before = naming(database_store, "ortiz")
    with pytest.raises(ContactChanged):
        ForgetAddress(house.store, house.clock)(house.ana.actor, MAYA)
    assert naming(database_store, "ortiz") == before


# fault 55
def test_the_own_room_of_a_guest_goes_from_the_meeting_and_does_not_come_back(
    house: TwoWay, database_store: SqlStore
) -> None:
    demo = replace(invited("demo", NINE, MAYA, LEE), join_url="https://acme.zoom.us/my/maya.ortiz")
    house.put(demo)
    house.run()
    assert "event" in naming(database_store, "zoom.us/my")
    forget(house)
    assert naming(database_store, "zoom.us/my") == set()
    house.put(replace(demo, etag="2"))
    house.run()
    assert naming(database_store, "zoom.us/my") == set()
