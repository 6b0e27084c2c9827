"""Calendar Settings from the first click to the last, and leaving: over HTTP, as a person sees it."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from bot.domain.calendars import Role
from bot.sandbox.slack.person import CannotDo, Person
from storage.tables import METADATA
from tests.journeys.house import House

pytestmark = pytest.mark.slow

WRITES = ("POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def ana(house: House) -> Person:
    """Ana, set up, with her settings open."""
    person = house.sets_up(house.town.ana)
    assert "*Linked calendar*" in house.types(person, "/daybook-settings")
    return person


@pytest.fixture(autouse=True)
def undecided(house: House) -> None:
    """Nobody decided anything yet: what others decided outlives their accounts."""
    with house.store.connected("writing") as connection:
        connection.execute(METADATA.tables["schedule"].delete())
        connection.commit()


def availability(house: House, person: Person) -> str:
    """Turn to the tab."""
    return house.clicks(person, "Availability")


def changes(house: House, person: Person, row: str) -> str:
    """Open the form of a row."""
    return house.clicks(person, "Change", near=row)


def written(house: House) -> Sequence[str]:
    """What was written to Google's calendars."""
    return [
        f"{entry.method} {entry.path}"
        for entry in house.google.ledger.entries
        if entry.method in WRITES and "/calendar/v3/" in entry.path
    ]


def test_weekly_hours_are_changed_and_followed_by_the_next_answer(house: House, ana: Person) -> None:
    assert "Mon-Fri 9:00-17:00 · Sat, Sun off" in availability(house, ana)
    changes(house, ana, "Weekly hours")
    ana.fills("Tuesday", "10:00-25:00")
    assert "“25:00” is not a time." in house.submits(ana)
    assert ana.modal is not None
    assert ana.modal.values["hours_1"]["setting"]["value"] == "10:00-25:00"  # what was typed stays
    ana.fills("Tuesday", "16-17")
    told = house.submits(ana)
    assert "Mon 9:00-17:00 · Tue 16:00-17:00 · Wed-Fri 9:00-17:00 · Sat, Sun off" in told
    ana.closes(all_of_them=True)
    assert "[16:00]" in house.types(ana, "/daybook slots 30m today")
    assert "[15:00]" not in house.types(ana, "/daybook slots 30m today")


def test_a_zone_is_found_by_typing_a_city(house: House, ana: Person) -> None:
    availability(house, ana)
    changes(house, ana, "Time zone")
    assert ana.suggestions("Your hours are in", "new york") == ["Berlin, as in Slack", "New York (America/New_York)"]
    ana.fills("Your hours are in", "New York")
    assert "*Time zone of these hours* New York (America/New_York)" in house.submits(ana)


def test_dates_are_added_and_removed_in_their_view(house: House, ana: Person) -> None:
    availability(house, ana)
    changes(house, ana, "Other hours on a date")
    ana.fills("From", "2026-12-24")
    ana.fills("To", "2026-12-26")
    assert "Thu 24 Dec to Sat 26 Dec 2026: off" in house.submits(ana)
    ana.closes()
    assert "*Other hours on a date* Thu 24 Dec to Sat 26 Dec 2026: off" in house.sees(ana)
    changes(house, ana, "Other hours on a date")
    assert "No date has hours of its own" in house.clicks(ana, "Remove")
    ana.closes()
    assert "*Other hours on a date* none" in house.sees(ana)


def test_limits_and_blocking_and_meetings_are_kept(house: House, ana: Person) -> None:
    availability(house, ana)
    changes(house, ana, "Limits")
    ana.fills("Minimum notice", "2 hours")
    ana.fills("Most appointments", "4")
    assert "2 hours notice · up to 365 days ahead · 4 appointments a day" in house.submits(ana)
    changes(house, ana, "Meetings")
    ana.fills("Usual length", "45")
    assert "45 minutes · may start every 15 minutes" in house.submits(ana)
    changes(house, ana, "What takes time")
    ana.fills("Block my time", ["Invitations that I have not answered"])
    ana.fills("While a calendar is not", "Offer nothing")
    assert "unanswered invitations block time, tentative ones do not · offers nothing" in house.submits(ana)


# fault 11
def test_who_may_book_me_is_followed_by_the_answers_of_others(house: House, ana: Person) -> None:
    availability(house, ana)
    changes(house, ana, "Who may book me")
    ana.fills("Who may see", "These people")
    assert "Choose at least one person" in house.submits(ana)
    ana.fills("These people", [house.town.cara.name])
    assert "*Who may book me* one person" in house.submits(ana)
    ben, cara = house.person(house.town.ben), house.person(house.town.cara)
    question = "/daybook slots @ana 30m today"
    assert "Ana does not share free times with you." in house.types(ben, question)
    assert "[16:30]" in house.types(cara, question)
    assert "Ana does not share free times with you." in house.types(ben, "/daybook agenda @ana today")


def test_another_linked_calendar_says_first_what_happens(house: House, ana: Person) -> None:
    changes(house, ana, "Linked calendar")
    ana.fills("Appointments go to", "Family")
    ana.fills("Conflict calendars", ["Team holidays"])
    told = house.submits(ana)
    assert "New appointments go to *Family* instead of *Ana*." in told
    assert "*Ana* stops blocking your time" in told
    assert ("Ana", "Ana", Role.LINKED, True) in house.calendars()
    assert "*Linked calendar* Family, one-way" in house.submits(ana)
    ana.closes()
    assert "*Linked calendar* Family (ana@acme.test)" in house.sees(ana)
    assert [name for _, name, _, _ in house.calendars()] == ["Family", "Team holidays"]
    assert written(house) == []


def test_keeping_everything_as_it_was_changes_nothing(house: House, ana: Person) -> None:
    before = house.calendars()
    changes(house, ana, "Conflict calendars")
    ana.fills("Conflict calendars", None)
    assert "*Family* stops blocking your time" in house.submits(ana)
    ana.closes()
    assert house.calendars() == before
    assert ana.modal is not None


def test_leaving_says_first_what_happens_and_leaves_nothing_behind(house: House, ana: Person) -> None:
    availability(house, ana)
    changes(house, ana, "Limits")
    ana.fills("Minimum notice", "2 hours")
    house.submits(ana)
    house.clicks(ana, "Calendars")
    ana.clicks("Disconnect", agree=False)
    assert house.calendars() != []
    told = house.clicks(ana, "Disconnect")
    assert "*ana@acme.test* is disconnected. Ana, Family and Team holidays do not block your time any more" in told
    assert "The permission was given back to Google." in told
    assert not house.is_granted("ana@acme.test")
    assert written(house) == []
    assert {table: number for table, number in kept(house).items() if number} == {
        "home": 1,
        "reminding": 1,
        "schedule": 1,
    }
    with pytest.raises(CannotDo):
        ana.clicks("Disconnect")


def kept(house: House) -> dict[str, int]:
    """How many rows there are of what belongs to members."""
    common = ("inbox", "member", "workspace", "connect_link")
    with house.store.connected("reading") as connection:
        return {
            table.name: len(connection.execute(select(table)).all())
            for table in METADATA.sorted_tables
            if table.name not in common
        }
