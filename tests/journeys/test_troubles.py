"""*Events not syncing?* with a real bot: what is missing is found, and the round trip measured and cleaned up."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.sandbox.google.errors import backend_error
from bot.sandbox.slack.person import Person
from tests.journeys.house import House, a_house
from tests.journeys.test_pushes import listens

pytestmark = pytest.mark.slow

INSERT = "/calendar/v3/calendars/.*/events"


@pytest.fixture(scope="module")
def told_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("troubles"), is_told=True) as house:
        yield house


@pytest.fixture
def house(told_house: House) -> Iterator[House]:
    told_house.starts_over()
    told_house.google.channels.close_all()
    told_house.town.slack.problems.clear()
    yield told_house
    told_house.google.channels.settle()
    told_house.is_settled()
    assert told_house.town.slack.problems.all == ()


def checks_in_google(house: House, ana: Person) -> int:
    """How many events of checks are there."""
    events = house.google.calendars[ana.member.email].events.values()
    return sum(one.fields.get("summary") == "Daybook check" and not one.cancelled for one in events)


def checks(house: House, ana: Person) -> str:
    house.types(ana, "/daybook status")
    return house.clicks(ana, "Check the round trip")


def tells(house: House) -> None:
    """The jobs behind the check."""
    house.runs("tidy_round_trips")
    house.runs("show_round_trips")


def answered(house: House, ana: Person, words: str) -> str:
    house.waits_until(lambda: words in house.sees(ana))
    return house.sees(ana)


def test_the_round_trip_by_googles_message_takes_seconds_and_leaves_nothing(house: House) -> None:
    ana = listens(house)
    assert "A check event is in Google." in checks(house, ana)
    assert checks_in_google(house, ana) == 1
    house.clock.time += timedelta(seconds=7)
    house.google.channels.settle()
    house.reads()
    tells(house)
    seen = answered(house, ana, "came back in 7 seconds")
    assert "Google sent word of it. It is removed again." in seen
    assert checks_in_google(house, ana) == 0
    assert "Daybook check" not in house.types(ana, "/daybook agenda tomorrow")


def test_without_messages_the_next_reading_finds_it(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    checks(house, ana)
    house.clock.time += timedelta(minutes=6)
    house.reads()
    tells(house)
    assert "came back in 6 minutes*: a regular reading found it" in answered(house, ana, "came back in")
    house.clock.time += timedelta(minutes=1)
    assert "a change came back in 6 minutes" in house.types(ana, "/daybook status")


def test_a_google_that_is_down_is_named_and_nothing_stays(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    house.google.faults.on("POST", INSERT).answer(503, backend_error())
    assert "The check could not be written: Google had an error of its own" in checks(house, ana)
    house.clock.time += timedelta(minutes=1)
    tells(house)
    assert checks_in_google(house, ana) == 0


def test_disconnecting_in_the_middle_of_a_check_takes_its_event_along(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    checks(house, ana)
    assert checks_in_google(house, ana) == 1
    house.types(ana, "/daybook disconnect")
    house.clicks(ana, "Disconnect")
    assert checks_in_google(house, ana) == 0


def test_an_event_that_is_missing_is_found_with_its_reason(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    times = {"start": "2026-11-26T18:00", "end": "2026-11-26T19:00"}
    house.google.put_event(ana.member.email, summary="Pottery", transparency="transparent", **times)
    house.clock.time += timedelta(minutes=10)
    house.reads()
    house.google.put_event(ana.member.email, summary="Brand new", **times)
    house.types(ana, "/daybook status")
    house.clicks(ana, "An event is missing")
    ana.fills("Day", "2026-11-26")
    seen = house.submits(ana)
    assert "*Pottery* [Open in Google ↗] It is Free in Google, so it leaves its time open." in seen
    assert "*Brand new* [Sync now] It is in Google, and Daybook has not read it yet." in seen
    house.clicks(ana, "Sync now", near="Brand new")
    house.reads()
    assert "18:00-19:00 Brand new · grey under the one-way option" in answered(house, ana, "grey under the one-way")
