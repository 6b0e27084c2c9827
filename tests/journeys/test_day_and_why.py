"""A day and why it is as it is: looked at, mended in Google and here, and taken back, with the whole bot running."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.slack.person import Person
from tests.journeys.house import House

pytestmark = pytest.mark.slow

EVENT = "/calendar/v3/calendars/.*/events/.*"


@pytest.fixture
def ana(house: House) -> Person:
    """Ana with her three calendars read: Kick-off 9:00 and Dentist 13:00 today."""
    return house.sets_up(house.town.ana)


def events_of(house: House, calendar: str) -> list[dict[str, Any]]:
    """What Google keeps of a calendar."""
    return [event.fields for event in house.google.calendars[calendar].events.values()]


def put(house: House, title: str, day: str, **fields: Any) -> str:
    """An event in Ana's own calendar from three to four; its id."""
    times = {"start": f"{day}T15:00", "end": f"{day}T16:00"}
    return str(house.google.put_event(house.town.ana.email, summary=title, **times, **fields)["id"])


def transparency(house: House, title: str) -> list[str]:
    """How the events of that title show in Ana's own calendar in Google."""
    own = events_of(house, house.town.ana.email)
    return [one.get("transparency", "opaque") for one in own if one.get("summary") == title]


def test_the_day_is_told_with_its_kinds_and_each_calendar_alone(house: House, ana: Person) -> None:
    told = house.types(ana, "/daybook agenda")
    assert "*Your day, Tuesday 24 November* (Berlin)" in told
    assert "9:00-9:30 ▪ grey Kick-off" in told
    assert "13:00-14:00 ▨ hatched Dentist · Family" in told
    assert "all day ▫ pale Ben's birthday · Family · free" in told

    ana.fills("Calendar", "Family")
    alone = house.sees(ana)
    assert "Dentist" in alone
    assert "Kick-off" not in alone

    house.clicks(ana, "? Colours")
    assert "blocked by a conflict calendar" in house.sees(ana)
    ana.closes()
    assert "Nothing on that day." in house.clicks(ana, "Wed 25 Nov")


def test_a_colleague_sees_busy_and_nothing_more(house: House, ana: Person) -> None:
    ben = house.sets_up(house.town.ben)
    told = house.types(ben, f"/daybook-agenda @{house.town.ana.name}")
    assert "busy 3:00-3:30 (9:00-9:30)" in told
    assert "busy 7:00-8:00 (13:00-14:00)" in told
    for word in ("Kick-off", "Dentist", "Family", "grey", "hatched"):
        assert word not in told
    assert ana.member.name == house.town.ana.name


def test_an_event_of_a_conflict_calendar_is_ignored_stays_so_and_is_taken_back(house: House, ana: Person) -> None:
    why = house.types(ana, "/daybook why 13:00")
    assert "Ana has *Dentist*, 13:00-14:00 (Family)" in why
    assert "[Open in Google ↗] [Ignore it in Daybook]" in why
    assert "Mark it free" not in why

    ignored = house.clicks(ana, "Ignore it in Daybook")
    assert "13:00-13:30: free.*" in ignored
    assert "Google is unchanged" in ignored

    house.clock.time += timedelta(hours=2)
    [dentist] = [one for one in events_of(house, house.town.family) if one["summary"] == "Dentist"]
    house.google.change_event(house.town.family, dentist["id"], description="Bring the card")
    house.reads()
    assert "13:00-14:00 ▫ pale Dentist · Family · ignored" in house.types(ana, "/daybook agenda")

    back = house.clicks(ana, "Take back")
    assert "13:00-14:00 ▨ hatched Dentist · Family" in back
    assert "[13:00]" not in house.types(ana, "/daybook slots today")


@pytest.mark.slow
def test_an_own_event_is_marked_free_in_google_and_shows_as_such(house: House) -> None:
    put(house, "Review", "2026-11-26")
    ana = house.sets_up(house.town.ana)
    assert "Ana has *Review*, 15:00-16:00 (Ana)" in house.types(ana, "/daybook why 2026-11-26 15:00")

    assert "Daybook is reading it again" in house.clicks(ana, "Mark it free")
    assert transparency(house, "Review") == ["transparent"]
    house.reads()

    house.waits_until(lambda: "15:00-15:30: free.*" in house.sees(ana))
    assert "*Review* is Free in Google now." in house.sees(ana)
    assert "[15:00]" in house.types(ana, "/daybook slots 2026-11-26")


# fault 42
@pytest.mark.slow
def test_one_time_of_a_series_is_marked_free_and_the_next_stays_busy(house: House) -> None:
    monday = house.town.change + timedelta(days=1)  # just after the clocks changed
    put(house, "Stand-up", (monday - timedelta(days=28)).isoformat(), recurrence=["RRULE:FREQ=WEEKLY"])
    ana = house.sets_up(house.town.ana)
    house.types(ana, f"/daybook why {monday.isoformat()} 15:00")

    house.clicks(ana, "Mark it free")
    assert sorted(transparency(house, "Stand-up")) == ["opaque", "transparent"]
    house.reads()

    house.waits_until(lambda: "15:00-15:30: free.*" in house.sees(ana))
    following = monday + timedelta(days=7)
    assert "Ana has *Stand-up*" in house.types(ana, f"/daybook why {following.isoformat()} 15:00")


# fault 41
def test_an_event_that_was_changed_meanwhile_is_told_and_left_alone(house: House) -> None:
    event_id = put(house, "Lunch", "2026-11-27")
    ana = house.sets_up(house.town.ana)
    house.types(ana, "/daybook why 2026-11-27 15:00")
    house.google.change_event(house.town.ana.email, event_id, summary="Board lunch")

    told = house.clicks(ana, "Mark it free")

    assert "The event was changed meanwhile. Nothing was changed; look again." in told
    assert transparency(house, "Board lunch") == ["opaque"]
    assert house.google.ledger.matching("PATCH", EVENT)[-1].status == 412
    house.reads()
    assert "Ana has *Board lunch*" in house.types(ana, "/daybook why 2026-11-27 15:00")


def test_home_shows_the_same_day_and_one_calendar_alone(house: House, ana: Person) -> None:
    ana.opens_home()
    home = house.sees(ana)
    assert "9:00-9:30 ▪ grey Kick-off" in home
    ana.fills("Calendar", "Family")
    alone = house.sees(ana)
    assert "Dentist" in alone
    assert "Kick-off" not in alone
    assert "Whose time" in house.clicks(ana, "Why not?")
    ana.fills("Time", "15:00")
    ana.submits()
    assert "Tuesday 24 November, 15:00-15:30" in house.sees(ana)
