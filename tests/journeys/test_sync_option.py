"""From one-way to two-way and back over HTTP, as a person sees it; and leaving with what was written."""

from collections.abc import Iterator

import pytest

from bot.sandbox.slack.person import Person
from storage.tables import METADATA
from tests.journeys.house import House

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def nobody_known(house: House) -> Iterator[None]:
    """No contact yet, and no switch."""
    yield
    with house.store.connected("writing") as connection:
        for table in ("contact", "change_set", "taken"):
            connection.execute(METADATA.tables[table].delete())
        connection.commit()


@pytest.fixture
def ana(house: House) -> Person:
    """Ana, set up, with a meeting with Maya and Ben, her settings open."""
    house.google.put_event(
        house.town.ana.email,
        summary="Demo",
        start="2026-11-24T15:00",
        end="2026-11-24T15:30",
        attendees=[
            {"email": "maya@ortiz.test", "displayName": "Maya Ortiz"},
            {"email": house.town.ana.email, "self": True, "responseStatus": "accepted"},
            {"email": house.town.ben.email},
        ],
    )
    person = house.sets_up(house.town.ana)
    house.types(person, "/daybook-settings")
    return person


def decides(house: House) -> None:
    house.reads()
    house.runs("decide_events")
    house.reads()


def test_a_switch_is_told_done_and_undone(house: House, ana: Person) -> None:
    house.clicks(ana, "Change", near="Sync option")
    ana.fills("Sync option", "Two-way")
    told = house.submits(ana)
    assert "Switching *Ana* from one-way to two-way" in told
    assert "1 contact is added - _Maya Ortiz_ - 1 colleague is left out" in told
    assert "No trigger fires for anything that exists now" in told
    assert "is two-way (adds unknown invitees, triggers on) now." in house.submits(ana)
    decides(house)
    if "[Look again]" in house.sees(ana):
        house.clicks(ana, "Look again")
    assert "Everything is decided. 1 contact was added." in house.sees(ana)
    ana.closes(all_of_them=True)
    assert "*Maya Ortiz*" in house.types(ana, "/daybook contacts")
    ana.closes(all_of_them=True)

    assert "*Sync option* Two-way" in house.types(ana, "/daybook-settings")
    told = house.clicks(ana, "Undo")
    assert "*Ana* is one-way again. 1 contact was removed. Nothing was written to Google." in told
    assert "[Undo]" not in told
    ana.closes(all_of_them=True)
    assert "No contacts yet." in house.types(ana, "/daybook contacts")
    ana.closes(all_of_them=True)
