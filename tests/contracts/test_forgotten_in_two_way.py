"""A contact who came from Google is forgotten, and Google goes on naming him."""

from dataclasses import replace

import pytest

from bot.domain.contact_occasions import NewcomerOccasion
from bot.domain.contacts import NewContact
from bot.domain.occasions import BookedIn
from bot.usecases.add_contact import add_contact
from bot.usecases.forget_contact import ForgetContact
from storage.tables import METADATA
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import new_id
from tests.contracts.two_way_house import MAYA, TwoWay, invited

pytestmark = pytest.mark.slow

NINE, TEN = "2026-11-24 9:00-10:00", "2026-11-24 10:00-11:00"


@pytest.fixture
def house(database: Database) -> TwoWay:
    """Ana met Maya in Google, and Maya was forgotten since."""
    house = TwoWay(database.open())
    house.put(invited("demo", NINE, MAYA))
    house.run()
    with house.store.reading() as work:
        maya = work.contacts.by_address(house.ana.actor.workspace_id, [MAYA])[MAYA]
    ForgetContact(house.store, house.clock)(house.ana.actor, maya.id, version=maya.version)
    house.run()
    return house


# fault 55
def test_what_google_tells_makes_no_contact_of_one_who_was_forgotten(house: TwoWay) -> None:
    house.put(invited("demo", TEN, MAYA))
    house.put(invited("other", NINE, MAYA.upper()))
    house.run()
    assert house.contacts() == []
    assert house.told() == ["booked a deleted contact 2026-11-24T09:00+01:00"]  # it never was called off
    assert [line.partition(" ")[2] for line in house.shown()] == ["teal Demo", "teal Demo"]
    assert MAYA not in _stored(house)


def test_one_who_was_made_a_contact_anew_is_met_in_google_again(house: TwoWay) -> None:
    with house.store.writing() as work:
        new = NewContact(MAYA, "Maya")
        add_contact(work, house.ana.actor, new, NewcomerOccasion(new_id(), house.clock.now(), BookedIn.DAYBOOK))
        work.commit()
    house.put(replace(invited("demo", TEN, MAYA), etag='"new"'))
    house.run()
    assert len(house.taken()) == 1


def _stored(house: TwoWay) -> str:
    with house.store.connected("reading") as connection:  # type: ignore[attr-defined]  # of SQL alone
        return repr([connection.execute(table.select()).all() for table in METADATA.sorted_tables]).lower()
