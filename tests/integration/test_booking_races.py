"""Eight processes want one host's time, sixty times each: nobody gets what another has, and no booking is lost."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from bot.domain.intervals import Interval
from storage.engine import for_purpose, is_sqlite, open_engine
from storage.store import SqlStore
from storage.tables import HOSTS
from storage.vault import Vault, new_key
from tests.contracts.storage_builders import a_person
from tests.databases import DATABASES, a_database
from tests.integration.booking_racer import LONGEST, QUARTERS, TRIES, Race, run

PROCESSES = 8
OVERLAPS = """
    SELECT count(*) FROM appointment_host one JOIN appointment_host other
        ON one.host_id = other.host_id AND one.appointment_id < other.appointment_id
    WHERE one.live AND other.live AND one.start_at < other.end_at AND other.start_at < one.end_at
"""


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with a_database(request.param, tmp_path) as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


def processes() -> BaseContext:
    """New ones that share nothing, and yet need not all import the same for a second first."""
    context = get_context("forkserver")
    context.set_forkserver_preload([run.__module__])
    return context


# fault 6
# fault 7
@pytest.mark.slow
@pytest.mark.parametrize("locks", [True, False], ids=["hosts locked", "the guard alone"])
def test_eight_processes_that_book_and_move_never_overlap_and_lose_nothing(engine: Engine, locks: bool) -> None:
    if is_sqlite(engine) and not locks:
        pytest.skip("SQLite has one writer and locks no rows, so that is the same")
    url = engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False)
    race = Race(url, a_person(SqlStore(engine, Vault([new_key()]))), locks)

    with ProcessPoolExecutor(PROCESSES, mp_context=processes()) as pool:
        shares = list(pool.map(partial(run, race), range(PROCESSES), timeout=300))

    won = sorted(appointment for share in shares for appointment in share)
    with for_purpose(engine, "reading").connect() as connection:
        rows = connection.execute(select(HOSTS).where(HOSTS.c.live)).all()
        assert connection.execute(text(OVERLAPS)).scalar_one() == 0
    assert sorted((row.appointment_id, Interval(row.start_at, row.end_at)) for row in rows) == won
    # Each took an hour at most, so that there is no room left for long, and most tries were in vain.
    assert QUARTERS / (2 * LONGEST) <= len(won) < PROCESSES * TRIES
