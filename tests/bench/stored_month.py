"""The busy month in the store, as a finished sync of so many single events leaves it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime

from bot.domain.events import EventStatus, RemoteEvent, Timed
from bot.domain.sync_plan import portions
from tests.bench import month
from tests.bench.house import CALENDAR_ID, House
from tests.bench.month import Span


def store_spans(house: House, spans: Sequence[Span]) -> None:
    """One event with one occurrence for each, under the generation of the last full read.

    Occurrences go in by the driver: expanding is not what is timed here, and would take most of the time.
    """
    claim = house.claim(month.NOW)
    with house.store.writing() as work:
        for portion in portions(_event(number, span) for number, span in enumerate(spans)):
            work.events.upsert(claim, portion, generation=claim.generation)
        work.commit()
    calendar = CALENDAR_ID.hex
    rows = [(calendar, _id(number), start, _id(number), end) for number, (start, end) in enumerate(spans)]
    longest = max(end - start for start, end in spans)
    with closing(sqlite3.connect(house.file)) as raw, raw:
        raw.executemany(
            "INSERT INTO occurrence (calendar_id, series_id, start_at, event_id, end_at, blocks)"
            " VALUES (?, ?, ?, ?, ?, 1)",
            rows,
        )
        raw.execute("UPDATE event SET needs_expansion = 0 WHERE calendar_id = ?", (calendar,))
        raw.execute("UPDATE calendar SET longest_seconds = ? WHERE id = ?", (longest, calendar))
    with house.store.writing() as work:
        work.calendars.finish(claim, read_at=month.NOW, next_sync_at=month.NOW)
        work.commit()


def _id(number: int) -> str:
    """As long as those that Google makes."""
    return f"{number:026d}"


def _event(number: int, span: Span) -> RemoteEvent:
    start, end = (Timed(datetime.fromtimestamp(second, UTC), month.ZONE) for second in span)
    return RemoteEvent(
        id=_id(number), status=EventStatus.CONFIRMED, etag='"1"', title=f"Meeting {number}", start=start, end=end
    )
