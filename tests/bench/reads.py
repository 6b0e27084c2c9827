"""Reading a window of a calendar from SQLite, alone and on the way to slots, beside the bare SELECT."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.domain.intervals import Interval
from bot.domain.member_time import busy_needed
from tests.bench import month
from tests.bench.house import CALENDAR_ID, House, moved_in
from tests.bench.month import Span
from tests.bench.report import Figure, cost, require
from tests.bench.slots import slot_starts
from tests.bench.stored_month import store_spans
from tests.bench.timing import in_turns
from tests.fakes.clock import SettableClock

_SELECT = (
    "SELECT start_at, end_at FROM occurrence WHERE calendar_id = ? AND start_at < ? AND start_at >= ?"
    " AND end_at > ? AND blocks = 1 ORDER BY start_at"
)
_ROUNDS = 60


def measure() -> list[Figure]:
    """`slots_from_store_vs_select` and `window_read_vs_raw`."""
    spans = month.busy_spans()
    needed = busy_needed([month.SCHEDULE], month.window(), month.SLOT_MINUTES)
    with _stored(spans) as (house, raw):
        arguments = (CALENDAR_ID.hex, needed.end, needed.start - _longest(spans), needed.start)
        _require_covering_index(raw, arguments)

        def select() -> list[Span]:
            return raw.execute(_SELECT, arguments).fetchall()

        require(sorted(select()) == sorted(spans), "the SELECT does not find every occurrence")
        require(read(house, needed) == select(), "the store does not read what the SELECT reads")
        require(slot_starts(read(house, needed)) == slot_starts(spans), "the slots differ by where events come from")
        whole = in_turns(lambda: slot_starts(read(house, needed)), select, rounds=_ROUNDS)
        reading = in_turns(lambda: read(house, needed), select, rounds=_ROUNDS)
    told = f"{len(spans):,} occurrences"
    return [
        cost(
            "slots_from_store_vs_select",
            whole,
            f"{told} read in a transaction and turned into slots; the covering-index SELECT alone",
            at_most=1.3,
        ),
        cost(
            "window_read_vs_raw",
            reading,
            f"{told} read in a transaction as pairs; the same two columns by the driver on an open connection",
            at_most=2,
        ),
    ]


def read(house: House, window: Interval) -> Sequence[Span]:
    """Ours: everything between asking the store and having the pairs."""
    with house.store.reading() as work:
        return work.events.busy(house.actor, [CALENDAR_ID], window)[CALENDAR_ID]


@contextmanager
def _stored(spans: Sequence[Span]) -> Iterator[tuple[House, sqlite3.Connection]]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "reads.db"
        with moved_in(file, SettableClock(month.NOW)) as house, closing(sqlite3.connect(file)) as raw:
            store_spans(house, spans)
            yield house, raw


def _longest(spans: Sequence[Span]) -> int:
    return max(end - start for start, end in spans)


def _require_covering_index(raw: sqlite3.Connection, arguments: tuple[object, ...]) -> None:
    plan = " ".join(str(step[-1]) for step in raw.execute(f"EXPLAIN QUERY PLAN {_SELECT}", arguments))
    require("USING COVERING INDEX ix_occurrence_window" in plan, f"the reference is not the covering index: {plan}")
