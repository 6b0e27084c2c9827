"""What runs all day goes by an index, and never reads a whole calendar to find one event in it.

SQLite alone, which keeps no statistics: which index it takes is decided by the statement and the schema.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from bot.ports import UnitOfWork
from storage.engine import for_purpose, open_engine
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.effect_builders import copied
from tests.contracts.storage_builders import LEASE, NOW, Synced, a_synced, an_expansion, an_occurrence, happening
from tests.event_builders import a_meeting, utc_days

DAY = utc_days("2026-11-24", "2026-11-24")
_WHOLE_CALENDAR = re.compile(r"SCAN (?!CONSTANT)|SEARCH (event|occurrence) .*\(calendar_id=\?\)")
_WHOLE_TABLE = re.compile(r"SCAN (appointment|contact|effect|holder|other|remote_link|event)")

_DAILY: dict[str, Callable[[UnitOfWork, Synced], object]] = {
    "claim what is due": lambda work, ana: work.calendars.claim_due(NOW, limit=10, lease=LEASE),
    "finish": lambda work, ana: work.calendars.finish(ana.claim, read_at=NOW, next_sync_at=NOW),
    "store a delta": lambda work, ana: work.events.upsert(ana.claim, [a_meeting()], generation=0),
    "remove from a delta": lambda work, ana: work.events.remove(ana.claim, ["m"]),
    "find what to expand": lambda work, ana: work.events.unexpanded(ana.claim, limit=50),
    "expand": lambda work, ana: work.events.expand(ana.claim, [an_expansion("m", an_occurrence(a_meeting()))]),
    "find free time": lambda work, ana: work.events.busy(ana.actor, [ana.calendar_id], DAY),
    "show an agenda": lambda work, ana: work.events.agenda(ana.actor, DAY),
    "show the status": lambda work, ana: work.calendars.of(ana.actor),
}


@pytest.fixture
def engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    (tmp_path / "daybook.db").write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{tmp_path / 'daybook.db'}")
    yield engine
    engine.dispose()


@pytest.mark.parametrize("daily", _DAILY.values(), ids=_DAILY)
def test_what_runs_all_day_goes_by_an_index(engine: Engine, daily: Callable[[UnitOfWork, Synced], object]) -> None:
    store = SqlStore(engine, Vault([new_key()]))
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting())
    with store.writing() as work:
        work.events.upsert(ana.claim, [a_meeting()], generation=0)
        work.commit()

    with store.writing() as work:
        plans = explained(for_purpose(engine, "writing"), lambda: daily(work, ana))

    assert plans != []
    assert [step for step in plans if _WHOLE_CALENDAR.search(step)] == []


_BOOKING: dict[str, Callable[[UnitOfWork, Synced], object]] = {
    "take a host's time": lambda work, ana: work.appointments.add(an_appointment(ana.actor, "8:00-9:00"), origin="x"),
    "show what is booked": lambda work, ana: work.appointments.between(ana.actor, [ana.actor.member_id], DAY),
    "expire": lambda work, ana: work.appointments.expired(NOW, limit=10),
    "expire what is in the way": lambda work, ana: work.appointments.expired_of([ana.actor.member_id], NOW),
    "check what starts": lambda work, ana: work.appointments.starting(DAY, limit=10),
    "find a submission": lambda work, ana: work.appointments.by_origin(ana.actor, "x"),
    "claim an effect": lambda work, ana: work.effects.claim_due(NOW, limit=10, lease=LEASE),
    "notice a change": lambda work, ana: work.effects.notice(ana.claim, ["m"], NOW),
    "know our copies": lambda work, ana: work.remote_links.etags(ana.claim, ["m"]),
    "know our uids": lambda work, ana: work.remote_links.uids(ana.claim, ["m@google.com"]),
    "miss our copies": lambda work, ana: work.remote_links.unmet(ana.claim, generation=1, since=NOW),
    "search a contact": lambda work, ana: work.contacts.search(ana.actor, "maya", limit=10),
}


@pytest.mark.parametrize("booking", _BOOKING.values(), ids=_BOOKING)
def test_what_books_and_delivers_goes_by_an_index(
    engine: Engine, booking: Callable[[UnitOfWork, Synced], object]
) -> None:
    store = SqlStore(engine, Vault([new_key()]))
    ana = a_synced(store)
    copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar)

    with store.writing() as work:
        plans = explained(for_purpose(engine, "writing"), lambda: booking(work, ana))

    assert plans != []
    assert [step for step in plans if _WHOLE_TABLE.search(step)] == []


def explained(engine: Engine, work: Callable[[], object]) -> list[str]:
    """The steps of SQLite's plans for everything that `work` runs."""
    steps: list[str] = []

    def explain(
        connection: Connection, _cursor: object, statement: str, parameters: Any, _context: object, is_many: bool
    ) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")):
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            plan = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if is_many else parameters)
            steps.extend([f"{statement.split()[0]}: {detail}" for *_, detail in plan])

    event.listen(engine, "before_cursor_execute", explain)
    work()
    event.remove(engine, "before_cursor_execute", explain)
    return steps
