"""Has a calendar of a running bot read again as soon as it was read, by the database alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_LOOK_SECONDS = 0.02
_DUE = "2000-01-01 00:00:00.000000"


@dataclass(slots=True)
class Readings:
    """How often the calendar was read to its end, and in how many of so many looks somebody was at it."""

    finished: int = 0
    looks: int = 0
    at_work: int = 0

    @property
    def share(self) -> float:
        """The part of the time in which a sync was at work, from 0 to 1."""
        return self.at_work / max(self.looks, 1)


@contextmanager
def read_over_and_over(file: Path) -> Iterator[Readings]:
    """While this lasts; `file` holds one calendar. The counts grow meanwhile."""
    readings, ended = Readings(), Event()
    thread = Thread(target=_keep_due, args=(file, readings, ended))
    thread.start()
    try:
        yield readings
    finally:
        ended.set()
        thread.join()


def _keep_due(file: Path, readings: Readings, ended: Event) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        read_at = None
        while not ended.wait(_LOOK_SECONDS):
            lease, told, due = raw.execute("SELECT lease_until, read_at, next_sync_at FROM calendar").fetchone()
            readings.looks += 1
            readings.at_work += lease is not None
            readings.finished += told != read_at
            read_at = told
            if lease is None and due != _DUE:
                raw.execute("UPDATE calendar SET next_sync_at = ? WHERE lease_until IS NULL", (_DUE,))
