"""Two bots on one database, as in a rolling deployment: each calendar is read once each time it is due."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from bot.app import Daybook, build_app, running
from tests.databases import DATABASES, a_database
from tests.journeys.house import LIST_EVENTS, House, a_house
from tests.patience import PATIENCE

CALENDARS = 4
ROUNDS = 5
AT_ONCE = 4


def reads(house: House) -> list[int]:
    """How often each calendar was read."""
    entries = house.google.ledger.matching("GET", LIST_EVENTS)
    return sorted(Counter(entry.path for entry in entries).values())


def choose(house: House) -> None:
    """Ana and Ben choose their calendars; nothing is read yet."""
    for member in (house.town.ana, house.town.ben):
        person = house.connects(member)
        house.submits(person)
        person.closes(all_of_them=True)


def notices(house: House) -> int:
    """How many messages Ana got about a permission that died."""
    ana = house.person(house.town.ana)
    return sum(message.text.startswith("Google stopped accepting") for message in ana.messages)


# fault 56
@pytest.mark.slow
@pytest.mark.parametrize("database", DATABASES)
def test_ticks_at_the_same_moment_read_each_calendar_once(database: str, tmp_path: Path) -> None:
    with (
        a_database(database, tmp_path) as url,
        a_house(tmp_path, database_url=url) as house,
        build_app(house.settings, clock=house.clock) as other,
        ThreadPoolExecutor(2 * AT_ONCE) as ticking,
    ):
        choose(house)
        for number in range(1, ROUNDS + 1):
            together = Barrier(2 * AT_ONCE)

            def tick(bot: Daybook, together: Barrier = together) -> None:
                together.wait(timeout=PATIENCE)
                bot.scheduler.get_job("sync_due_calendars").func()

            list(ticking.map(tick, [house.daybook, other] * AT_ONCE))
            house.reads()
            assert reads(house) == [number] * CALENDARS
            house.clock.time += timedelta(hours=1)


# fault 56
@pytest.mark.slow
def test_two_clockworks_read_each_calendar_once(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        choose(house)
        with running(house.settings, clock=house.clock), running(house.settings, clock=house.clock):
            house.waits_until(lambda: all(read for *_, read in house.calendars()))
            assert reads(house) == [1] * CALENDARS
            house.clock.time += timedelta(hours=1)
            house.waits_until(lambda: sum(reads(house)) >= 2 * CALENDARS)
            house.is_settled()
        assert reads(house) == [2] * CALENDARS


# fault 56
@pytest.mark.slow
def test_two_bots_tell_an_owner_once(tmp_path: Path) -> None:
    with a_house(tmp_path) as house, build_app(house.settings, clock=house.clock) as other:
        house.sets_up(house.town.ana)
        house.google.revoke(house.town.ana.email)
        house.clock.time += timedelta(hours=1)
        together = Barrier(2)

        def tick(bot: Daybook) -> None:
            together.wait(timeout=PATIENCE)
            for job in ("sync_due_calendars", "announce_broken_accounts"):
                bot.scheduler.get_job(job).func()

        with ThreadPoolExecutor(2) as ticking:
            list(ticking.map(tick, [house.daybook, other]))
            house.waits_until(lambda: notices(house) == 1)
            list(ticking.map(tick, [house.daybook, other]))
            house.reads()
        assert notices(house) == 1
