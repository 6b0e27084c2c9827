"""A calendar that seems to be cleared: its owner is asked in a direct message, and decides."""

from datetime import timedelta

import pytest

from bot.sandbox.slack.person import Person
from tests.journeys.house import House

pytestmark = pytest.mark.slow


def with_eight_clubs_gone(house: House) -> None:
    """Ana is set up, her family had eight more events to come, and all at once it has them no more."""
    day = house.clock.now().date()
    clubs = [f"club{number}" for number in range(8)]
    for number, club in enumerate(clubs, start=10):
        when = (day + timedelta(days=number)).isoformat()
        house.google.put_event(house.town.family, id=club, start=f"{when}T17:00", end=f"{when}T18:00")
    house.sets_up(house.town.ana)
    for club in clubs:
        house.google.delete_event(house.town.family, club)
    house.clock.time += timedelta(hours=1)
    house.reads()


# fault 39
def test_ana_is_asked_once_and_yes_makes_room(house: House) -> None:
    ana = house.person(house.town.ana)
    before = questions(ana)
    with_eight_clubs_gone(house)
    assert "Google says 8 of" in ana.waits_for("Did you clear it?")
    assert house.clicks(ana, "Yes, remove them").count("its time becomes free") == 1
    house.reads()
    house.runs("ask_about_losses")
    assert "waits for your answer" not in house.types(ana, "/daybook status")
    assert questions(ana) == before


# fault 39
def test_after_a_no_ana_is_asked_again_only_because_google_still_says_so(house: House) -> None:
    ana = house.person(house.town.ana)
    before = questions(ana)
    with_eight_clubs_gone(house)
    ana.waits_for("Did you clear it?")
    assert "Nothing was removed." in house.clicks(ana, "No, keep and check again")
    assert questions(ana) == before
    house.reads()
    ana.waits_for(lambda: questions(ana) == before + 1)
    assert "*waits for your answer*: Google says 8 of" in house.types(ana, "/daybook status")


# fault 39
def test_the_question_stands_in_status_too_and_is_asked_of_nobody_else(house: House) -> None:
    ana, ben = house.person(house.town.ana), house.person(house.town.ben)
    before = questions(ana)
    with_eight_clubs_gone(house)
    ana.waits_for("Did you clear it?")
    for _ in range(3):
        house.runs("ask_about_losses")
    assert (questions(ana), questions(ben)) == (before + 1, 0)
    assert "[Yes, remove them] [No, keep and check again]" in house.types(ana, "/daybook status")


def questions(person: Person) -> int:
    """How many questions about a loss stand in front of somebody."""
    return sum("Did you clear it?" in person.reads(message) for message in person.messages)
