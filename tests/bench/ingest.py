"""A first sync from pages of JSON into SQLite, beside loading and writing the same rows by hand."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.domain.calendars import SyncClaim, SyncOutcome
from bot.domain.people import Actor
from bot.usecases.pull_changes import PullChanges
from bot.usecases.sync_calendar import SyncCalendar
from tests.bench import month
from tests.bench.house import House, copied, moved_in, opened
from tests.bench.pages import EVENTS_A_PAGE, WiredPages, pages_of
from tests.bench.report import Figure, require, speed
from tests.bench.timing import Pair, median_of, repeated, seconds_of, unburdened
from tests.fakes.clock import SettableClock

_CLOCK = SettableClock(month.NOW)
_EVENTS = "SELECT * FROM event ORDER BY id"
_PULLS, _SYNCS = 9, 3

Rows = list[tuple[object, ...]]
Ingest = Callable[[House, SyncClaim, Sequence[bytes]], object]


def measure() -> list[Figure]:
    """`ingest_vs_raw_sqlite`, and the same with our expansion into occurrences."""
    with TemporaryDirectory() as folder:
        full, one_page = _bench(Path(folder) / "full.db", month.EVENTS), _bench(Path(folder) / "one.db", EVENTS_A_PAGE)
        pulled = full.compared(_pull, _is_pulled, rounds=_PULLS)
        synced = one_page.compared(_sync, _is_expanded, rounds=_SYNCS)
    beside = "json.loads and executemany of the same finished rows, one commit a page, foreign keys checked"
    return [
        speed(
            "ingest_vs_raw_sqlite",
            pulled,
            f"first read of {len(full.rows):,} single events, {EVENTS_A_PAGE:,} a page: JSON, parsing, plan, upserts of"
            f" 500 rows a transaction, sweep and token, no HTTP, no expansion; {beside}",
            at_least=0.45,
        ),
        speed(
            "ingest_with_expansion_vs_raw_sqlite",
            synced,
            f"first sync of {len(one_page.rows):,} single events, expansion into occurrences included; {beside}",
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Bench:
    """An empty database to copy, the pages to read into it, and the rows that they become."""

    empty: Path
    actor: Actor
    pages: Sequence[bytes]
    rows: Rows

    def compared(self, ingest: Ingest, is_right: Callable[[sqlite3.Connection, Rows], bool], *, rounds: int) -> Pair:
        """Ours and the reference in turns, each time into a database of its own; the first time does not count."""
        self._round(ingest, is_right)
        return median_of(repeated(lambda: self._round(ingest, is_right), rounds=rounds))

    def _round(self, ingest: Ingest, is_right: Callable[[sqlite3.Connection, Rows], bool]) -> Pair:
        with copied(self.empty) as file, opened(file, self.actor) as house, unburdened():
            ours = seconds_of(partial(ingest, house, house.claim(month.NOW), self.pages))
            with _raw(file) as raw:
                require(is_right(raw, self.rows), "what was ingested is not what the pages say")
        with copied(self.empty) as file, _raw(file) as raw, unburdened():
            reference = seconds_of(partial(_load_and_write, raw, self.pages, self.rows))
            require(_is_pulled(raw, self.rows), "the reference wrote something else")
        return Pair(ours, reference)


def _bench(empty: Path, events: int) -> _Bench:
    spans = month.busy_spans(events)
    pages = pages_of(spans)
    with moved_in(empty, _CLOCK) as house:
        actor = house.actor
    with copied(empty) as file, opened(file, actor) as house:
        _pull(house, house.claim(month.NOW), pages)
        with _raw(file) as raw:
            rows = raw.execute(_EVENTS).fetchall()
            times = raw.execute("SELECT start_at, end_at FROM event ORDER BY id").fetchall()
    require(times == spans, "an event stands at another time than its page says")
    return _Bench(empty, actor, pages, rows)


def _pull(house: House, claim: SyncClaim, pages: Sequence[bytes]) -> None:
    PullChanges(house.store, WiredPages(pages), _CLOCK)(claim)


def _sync(house: House, claim: SyncClaim, pages: Sequence[bytes]) -> None:
    sync = SyncCalendar(house.store, WiredPages(pages), _CLOCK, interval=timedelta(minutes=5), jitter=lambda: 0.5)
    require(sync(claim) is SyncOutcome.SYNCED, "the sync failed")


def _is_pulled(raw: sqlite3.Connection, rows: Rows) -> bool:
    return raw.execute(_EVENTS).fetchall() == rows


def _is_expanded(raw: sqlite3.Connection, rows: Rows) -> bool:
    waiting: int = raw.execute("SELECT count(*) FROM event WHERE needs_expansion").fetchone()[0]
    happening: int = raw.execute(
        "SELECT count(*) FROM occurrence JOIN event ON event.id = event_id"
        " WHERE occurrence.start_at = event.start_at AND occurrence.end_at = event.end_at"
        " AND blocks = (shows_as = 'busy')"
    ).fetchone()[0]
    return waiting == 0 and happening == len(rows)


def _load_and_write(raw: sqlite3.Connection, pages: Sequence[bytes], rows: Rows) -> None:
    """The reference: nothing is made of the JSON, the rows are there already."""
    columns = [str(told[0]) for told in raw.execute("SELECT * FROM event LIMIT 0").description]
    updated = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ("calendar_id", "id"))
    upsert = (
        f"INSERT INTO event ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT (calendar_id, id) DO UPDATE SET {updated}"
    )
    for number, page in enumerate(pages):
        json.loads(page)
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(upsert, rows[number * EVENTS_A_PAGE : (number + 1) * EVENTS_A_PAGE])
        raw.execute("COMMIT")


@contextmanager
def _raw(file: Path) -> Iterator[sqlite3.Connection]:
    """The bare driver, with the pragmas that the store sets."""
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            raw.execute(f"PRAGMA {pragma}")
        yield raw
