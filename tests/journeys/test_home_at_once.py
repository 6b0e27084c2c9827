"""Whatever somebody changes, his Home is drawn anew at once: over real HTTP, before any job looks at it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.sandbox.slack.person import Person
from storage.tables import METADATA
from tests.journeys.browser import Browser
from tests.journeys.house import House

pytestmark = pytest.mark.slow

HOMES = METADATA.tables["home"]
Act = Callable[[House, Person], object]


@pytest.fixture(autouse=True)
def nothing_stays(house: House) -> object:
    """The next test finds nothing of what this one made."""
    yield
    with house.store.connected("writing") as connection:
        for table in ("digest", "trigger_rule", "appointment", "change_set", "home"):
            connection.execute(METADATA.tables[table].delete())
        connection.commit()


def turns(house: House) -> int:
    """How often Ana's Home was drawn, or compared with what stands there."""
    with house.store.connected("reading") as connection:
        return sum(connection.scalars(select(HOMES.c.fence)))


def shows(person: Person, words: str) -> bool:
    return person.home is not None and words in " ".join(person.reads(person.home).replace("│", " ").split())


def opens_settings(house: House, ana: Person, tab: str = "") -> None:
    house.types(ana, "/daybook settings")
    if tab:
        house.clicks(ana, tab)


def connects(house: House, ana: Person) -> None:
    house.connects(house.town.ana)


def chooses_calendars(house: House, ana: Person) -> None:
    opens_settings(house, ana)
    house.clicks(ana, "Change", near="Conflict calendars")
    ana.fills("Conflict calendars", ["Family"])
    house.submits(ana)
    house.submits(ana)


def switches(house: House, ana: Person) -> None:
    opens_settings(house, ana)
    house.clicks(ana, "Change", near="Sync option")
    ana.fills("Sync option", "Two-way")
    house.submits(ana)
    house.submits(ana)


def switches_and_undoes(house: House, ana: Person) -> None:
    switches(house, ana)
    house.waits_until(lambda: shows(ana, "two-way"))
    house.reads()
    ana.closes(all_of_them=True)
    opens_settings(house, ana)
    house.clicks(ana, "Undo")


def sets_hours(house: House, ana: Person) -> None:
    opens_settings(house, ana, "Availability")
    house.clicks(ana, "Change", near="Weekly hours")
    ana.fills("Tuesday", "10-16")
    house.submits(ana)


def chooses_reminders(house: House, ana: Person) -> None:
    opens_settings(house, ana, "Availability")
    house.clicks(ana, "Change", near="Reminders")
    ana.fills("Minutes before the start", "30")
    house.submits(ana)


def books(house: House, ana: Person, when: str = "tomorrow 15:00") -> None:
    house.types(ana, f"/daybook book maya@ortiz.test {when}")
    told = house.submits(ana)
    assert "*Booked:*" in told, told


def books_and_undoes(house: House, ana: Person) -> None:
    books(house, ana, "thursday 15:00")
    house.waits_until(lambda: shows(ana, "*Next*"))
    house.clicks(ana, "Undo booking")


def makes_a_trigger(house: House, ana: Person) -> None:
    house.types(ana, "/daybook triggers")
    house.clicks(ana, "New trigger")
    ana.fills("When", ["Booked"])
    ana.fills("Channel", "#sales")
    ana.fills("Text", "{what}: {contact}")
    assert "is on." in house.submits(ana)


def makes_a_digest(house: House, ana: Person) -> None:
    ana.types("/daybook digest", channel="#sales")
    house.is_settled()
    house.submits(ana)


@pytest.mark.parametrize(
    ("is_set_up", "act", "words"),
    [
        (False, connects, "*ana@acme.test* · Google Calendar"),
        (True, chooses_calendars, "1 conflict calendar "),
        (True, switches, "two-way"),
        (True, switches_and_undoes, "one-way"),
        (True, sets_hours, ""),
        (True, chooses_reminders, ""),
        (True, books, "*Next* Wed 25 Nov, 15:00-15:30"),
        (True, books_and_undoes, "3 calendars up to date"),
        (True, makes_a_trigger, ""),
        (True, makes_a_digest, "in #sales"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_somebody_changes_stands_on_his_home_at_once(house: House, is_set_up: bool, act: Act, words: str) -> None:
    ana = house.sets_up(house.town.ana) if is_set_up else house.person(house.town.ana)
    ana.opens_home()
    house.is_settled()
    before = turns(house)
    act(house, ana)
    house.waits_until(lambda: turns(house) > before and shows(ana, words))


def test_an_account_that_waits_for_a_word_and_one_that_is_connected_again_are_shown_soon(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    house.google.revoke(house.town.ana.email)
    house.clock.time += timedelta(minutes=45)
    house.reads()
    ana.opens_home()
    house.is_settled()
    assert shows(ana, "*to be connected again*")
    link = house.link_for(house.town.ana)
    with Browser() as browser:
        browser.connects(link, house.town.ana.email)
    house.runs("refresh_homes")
    assert shows(ana, "[Yes, connect]")

    house.clicks(ana, "Yes, connect")
    house.waits_until(lambda: not shows(ana, "[Yes, connect]"))
    assert not shows(ana, "[Reconnect]")
    assert shows(ana, "*3 calendars cannot be read*")
    house.reads()
    house.runs("refresh_homes")
    assert shows(ana, "3 calendars up to date")
