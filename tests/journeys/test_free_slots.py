"""From events in Google to times in Slack: what blocks, what does not, and the days on which clocks change.

It is Tuesday 20 October 2026. Berlin's clocks go back on Sunday the 25th, New York's a week later, so that Ana is
six, then five, then six hours ahead of Ben.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.journeys.house import House, a_house

NOW = datetime(2026, 10, 20, 8, tzinfo=UTC)
A_DAY_OF_ANA = [f"{hour}:{minute:02}" for hour in range(9, 17) for minute in (0, 15, 30, 45)][:-1]
_ALL_TIMES = re.compile(r"\[(All \d+ times)\]")
_TIME = re.compile(r"\[(\d{1,2}:\d{2})\]")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Ana and Ben have set up with the presets, and everything was read."""
    with a_house(tmp_path_factory.mktemp("slots"), now=NOW) as house:
        house.sets_up(house.town.ana)
        house.sets_up(house.town.ben)
        yield house
        house.is_settled()
        assert house.town.slack.problems.all == ()


def asks(house: House, words: str) -> str:
    """What Ana is answered, with all times of a day where it has more than a few."""
    ana = house.person(house.town.ana)
    told = house.types(ana, f"/daybook slots {words}")
    more = _ALL_TIMES.search(told)
    return told if more is None or ".." in words else house.clicks(ana, more[1])


def times(house: House, words: str) -> list[str]:
    """The times that Ana is offered."""
    return _TIME.findall(asks(house, words))


def happens(house: House, day: str, start: str, end: str, **fields: Any) -> str:
    """An event in Ana's calendar, read by the bot; its id."""
    made = house.google.put_event(
        house.town.ana.email, summary="Something", start=f"{day}T{start}", end=f"{day}T{end}", **fields
    )
    reads_again(house)
    return str(made["id"])


def reads_again(house: House) -> None:
    """Twenty-three minutes later everything is due once more, however quiet it was."""
    house.clock.time += timedelta(minutes=23)
    house.reads()


def without(*taken: str) -> list[str]:
    """The starts of a whole day but these."""
    return [start for start in A_DAY_OF_ANA if start not in taken]


# --- What the town's calendars hold


def test_busy_events_take_their_time_and_free_ones_do_not(house: House) -> None:
    # Kick-off at 15:00 is busy; Reading at 16:00, and a grandmother all day, are not.
    assert times(house, "@ana 30m 2026-10-23") == without("14:45", "15:00", "15:15")


def test_an_all_day_event_of_a_conflict_calendar_takes_the_day(house: House) -> None:
    told = asks(house, "@ana 30m 2026-10-27")
    assert "Ana has no 30 minutes free then." in told


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-10-23", ["15:30", "15:45", "16:00"]),  # six hours: Ben begins at 15:00, Stand-up is at 16:30
        ("2026-10-26", ["14:30", "14:45", "15:00", "15:15", "15:30", "16:30"]),  # five: Ben begins at 14:00
        ("2026-11-02", ["15:00", "15:15", "15:30", "15:45", "16:00", "16:15", "16:30"]),  # six again
    ],
)
def test_two_zones_meet_on_each_side_of_both_changes(house: House, day: str, expected: list[str]) -> None:
    assert times(house, f"@ana @ben 30m {day}") == expected


@pytest.mark.parametrize("day", ["2026-10-26", "2026-11-02", "2026-11-09"])
def test_a_weekly_event_keeps_its_hour_on_the_wall(house: House, day: str) -> None:
    taken = {"13:45", "14:00", "14:15"} | ({"15:45", "16:00", "16:15"} if day == "2026-10-26" else set())
    assert times(house, f"@ana 30m {day}") == without(*taken)


def test_a_member_without_a_calendar_is_never_free(house: House) -> None:
    told = asks(house, "@ana @cara 30m 2026-10-23")
    assert "Cara has no calendar connected, so nobody can say when Cara is free." in told
    assert not _TIME.findall(told)


def test_anyone_is_answered_for_those_who_are_known(house: House) -> None:
    told = asks(house, "@ana @cara any 30m 2026-10-23")
    assert "nobody can say when Cara is free" in told
    assert _TIME.findall(told) == without("14:45", "15:00", "15:15")


# --- What happens in Google


@pytest.mark.slow
def test_an_event_that_is_made_changed_and_deleted_is_followed(house: House) -> None:
    event = happens(house, "2026-11-04", "10:00", "11:00")
    assert times(house, "@ana 30m 2026-11-04") == without("9:45", "10:00", "10:15", "10:30", "10:45")
    house.google.change_event(house.town.ana.email, event, transparency="transparent")
    reads_again(house)
    assert times(house, "@ana 30m 2026-11-04") == A_DAY_OF_ANA
    house.google.change_event(house.town.ana.email, event, transparency="opaque", start="2026-11-04T09:00")
    reads_again(house)
    assert times(house, "@ana 30m 2026-11-04")[0] == "11:00"
    house.google.delete_event(house.town.ana.email, event)
    reads_again(house)
    assert times(house, "@ana 30m 2026-11-04") == A_DAY_OF_ANA


@pytest.mark.parametrize(
    ("response", "blocks"), [("accepted", True), ("declined", False), ("tentative", True), ("needsAction", True)]
)
def test_an_invitation_blocks_unless_it_was_declined(house: House, response: str, blocks: bool) -> None:
    event = happens(
        house,
        "2026-11-05",
        "09:00",
        "17:00",
        organizer={"email": "boss@elsewhere.test"},
        attendees=[
            {"email": "boss@elsewhere.test", "responseStatus": "accepted", "organizer": True},
            {"email": house.town.ana.email, "responseStatus": response},
        ],
    )
    assert times(house, "@ana 30m 2026-11-05") == ([] if blocks else A_DAY_OF_ANA)
    house.google.delete_event(house.town.ana.email, event)


@pytest.mark.slow
def test_instances_of_a_series_are_moved_and_cancelled_by_themselves(house: House) -> None:
    series = happens(house, "2026-10-21", "09:00", "12:00", recurrence=["RRULE:FREQ=WEEKLY;BYDAY=WE"])
    address = house.town.ana.email
    # 9:00 in Berlin is 8:00 in Greenwich once the clocks have gone back.
    house.google.change_event(address, f"{series}_20261111T080000Z", start="2026-11-11T13:00", end="2026-11-11T17:00")
    house.google.delete_event(address, f"{series}_20261118T080000Z")
    reads_again(house)
    assert times(house, "@ana 30m 2026-10-28")[0] == "12:00"
    assert times(house, "@ana 30m 2026-11-11") == A_DAY_OF_ANA[: A_DAY_OF_ANA.index("12:45")]
    assert times(house, "@ana 30m 2026-11-18") == A_DAY_OF_ANA
    house.google.delete_event(address, series)
    reads_again(house)
    assert times(house, "@ana 30m 2026-11-25") == A_DAY_OF_ANA


def test_every_sync_token_expiring_at_once_loses_nothing(house: House) -> None:  # fault 37
    house.google.expire_sync_tokens(house.town.ana.email)
    house.google.expire_sync_tokens(house.town.family)
    reads_again(house)
    assert times(house, "@ana 30m 2026-10-23") == without("14:45", "15:00", "15:15")
    assert [read for *_, read in house.calendars()] == [True] * 4


def test_an_unchanged_calendar_costs_one_request(house: House) -> None:
    before = len(house.google.ledger.matching("GET", "/calendar/v3/.*"))
    reads_again(house)
    assert len(house.google.ledger.matching("GET", "/calendar/v3/.*")) == before + 4


# --- What is not known


def test_google_being_down_keeps_what_was_read_and_says_how_old_it_is(house: House) -> None:
    house.google.faults.on("GET", "/calendar/v3/calendars/.*", times=99).answer(503)
    house.clock.time += timedelta(minutes=40)
    house.reads()
    told = asks(house, "@ana 30m 2026-10-23")
    house.google.faults.clear()
    assert _TIME.findall(told) == without("14:45", "15:00", "15:15")
    assert "Ana, Family and Team holidays were last read 40 minutes ago; newer events are unknown." in told
    house.clock.time += timedelta(hours=1)
    house.reads()
    assert "newer events are unknown" not in asks(house, "@ana 30m 2026-10-23")
