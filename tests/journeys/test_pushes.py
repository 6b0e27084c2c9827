"""Where Google can call Daybook, changes arrive within seconds; and nothing of that is left behind."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.sandbox.slack.person import Person
from storage.tables import PUSH_CHANNELS
from tests.journeys.house import NOW, House, a_house

pytestmark = pytest.mark.slow

STOP = "/calendar/v3/channels/stop"
PROMISE = "changes arrive in a few seconds"
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def told_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("told"), is_told=True) as house:
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


def listens(house: House) -> Person:
    """Ana, set up, with a channel to each of her three calendars that has spoken."""
    ana = house.sets_up(house.town.ana)
    renews(house, 3)
    return ana


def renews(house: House, number: int) -> None:
    """A tick of the job, until so many channels are open and have spoken."""
    house.runs("renew_channels")
    house.waits_until(lambda: len(heard(house)) == len(open_at_google(house)) == number)


def heard(house: House) -> list[str]:
    """The ids of the channels that have spoken."""
    spoken = select(PUSH_CHANNELS.c.id).where(PUSH_CHANNELS.c.heard_at.is_not(None))
    return sorted(str(row.id) for row in house._rows(spoken))


def open_at_google(house: House) -> list[str]:
    return sorted(channel.id for channel in house.google.channels.open)


def settles(house: House) -> None:
    """Google has told everything, and what is due was read."""
    house.google.channels.settle()
    house.reads()


def readings(house: House, calendar: str) -> int:
    """How often a calendar was asked for its changes."""
    return len(house.google.ledger.matching("GET", f"/calendar/v3/calendars/{calendar}/events"))


def test_a_change_in_google_is_there_before_the_next_poll(house: House) -> None:
    ana = listens(house)
    assert house.types(ana, "/daybook status").count(PROMISE) == 3
    house.clock.time += MINUTE
    house.google.put_event(ana.member.email, summary="Sudden call", start="2026-11-24T15:00", end="2026-11-24T15:30")
    settles(house)
    assert "Sudden call" in house.types(ana, "/daybook agenda")


def test_without_a_message_nothing_is_read_and_nothing_promised(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    assert PROMISE not in house.types(ana, "/daybook status")
    listens_not = readings(house, ana.member.email)
    house.clock.time += MINUTE
    house.google.put_event(ana.member.email, summary="Quiet", start="2026-11-24T16:00", end="2026-11-24T16:30")
    settles(house)
    assert readings(house, ana.member.email) == listens_not


# fault 51
def test_a_crowd_of_changes_is_read_in_a_few_goes(house: House) -> None:
    ana = listens(house)
    house.clock.time += MINUTE
    before = readings(house, ana.member.email)
    for number in range(200):
        house.google.put_event(ana.member.email, summary=f"E{number}", start="2026-11-25T09:00", end="2026-11-25T10:00")
        if number % 50 == 0:
            house.reads()
    for _ in range(3):
        settles(house)
        house.clock.time += timedelta(seconds=6)
    assert 1 <= readings(house, ana.member.email) - before <= 8
    told = [one.status for one in house.google.channels.told]
    assert set(told) == {200}


# fault 52
def test_channels_are_renewed_in_time_and_the_old_ones_stopped(house: House) -> None:
    listens(house)
    first = open_at_google(house)
    house.clock.time = NOW + timedelta(days=5, hours=16)
    house.reads()
    renews(house, 6)
    house.clock.time += 11 * MINUTE
    house.runs("renew_channels")
    second = open_at_google(house)
    assert (len(second), set(first) & set(second)) == (3, set())
    assert heard(house) == second


def test_leaving_stops_the_channels_and_then_gives_the_permission_back(house: House) -> None:
    ana = listens(house)
    seen = len(house.google.ledger.entries)
    house.types(ana, "/daybook disconnect")
    house.clicks(ana, "Disconnect")
    done = [entry.path for entry in house.google.ledger.entries[seen:] if entry.path in (STOP, "/revoke")]
    assert done == [STOP, STOP, STOP, "/revoke"]
    assert (open_at_google(house), heard(house)) == ([], [])


# fault 51
def test_a_message_overheard_before_leaving_opens_nothing_afterwards(house: House) -> None:
    ana = listens(house)
    house.google.channels.settle()
    overheard = house.google.channels.told[-1]
    assert house.google.channels.messenger.repeat(overheard) == 200
    assert house.google.channels.messenger.repeat(overheard, X_Goog_Channel_Token="guess") == 404
    house.types(ana, "/daybook disconnect")
    house.clicks(ana, "Disconnect")
    assert house.google.channels.messenger.repeat(overheard) == 404
