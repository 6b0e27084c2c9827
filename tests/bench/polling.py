"""Polls of an unchanged calendar, beside the least that a poll can be: one request, its answer read, one row kept.

The least is taken twice. The floor makes its request by httplib2, which Google's client library stands on and has no
choice of: what lies above it is ours to save. The bare floor makes it by http.client, the quickest that Python has.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode, urlsplit

import httplib2
from sqlalchemy import Engine, event

from bot.domain.calendars import SyncOutcome
from bot.sandbox.google.app import google_app
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.ledger import Entry
from bot.sandbox.serving import serving
from bot.usecases.sync_calendar import SyncCalendar
from storage.credentials import SealedCredentials
from storage.engine import for_purpose
from tests.bench import month
from tests.bench.google import google_client, sign_in
from tests.bench.house import CALENDAR_ID, House, Tenant, moved_in
from tests.bench.report import Figure, cost, require
from tests.bench.stored_month import store_spans
from tests.bench.timing import Pair, repeated, seconds_of, unburdened
from tests.fakes.clock import SettableClock

_CLOCK = SettableClock(month.NOW)
_ROUNDS = 60
_FEW = 100


def measure() -> list[Figure]:
    """`idle_poll_vs_floor`, the same beside the bare floor, and with few events stored and with many."""
    with _scene(_FEW) as few, _scene(month.EVENTS) as many, unburdened():
        rounds = repeated(lambda: (few.poll(), many.poll(), many.floor(), many.bare_floor()), rounds=_ROUNDS)
    few_polls, many_polls, floors, bare_floors = (median(column) for column in zip(*rounds, strict=True))
    return [
        cost(
            "idle_poll_vs_floor",
            Pair(many_polls, floors),
            f"one sync of an unchanged calendar with {month.EVENTS:,} events stored, claimed before;"
            " the same request by httplib2, json.loads and one row committed",
            at_most=1.5,
        ),
        cost(
            "idle_poll_vs_bare_floor",
            Pair(many_polls, bare_floors),
            "the same sync; the same request by http.client instead of Google's library and what it stands on",
        ),
        cost(
            "idle_poll_10000_vs_100",
            Pair(many_polls, few_polls),
            f"the same sync with {month.EVENTS:,} events stored; with {_FEW}",
            at_most=1.2,
        ),
    ]


@dataclass(slots=True)
class _Written:
    """What an engine's transactions left behind."""

    commits: int = 0
    rows: int = 0

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "commit", self._commit)
        event.listen(engine, "after_cursor_execute", self._execute)

    def clear(self) -> None:
        self.commits = self.rows = 0

    def _commit(self, _connection: object) -> None:
        self.commits += 1

    def _execute(self, _connection: object, cursor: sqlite3.Cursor, *_rest: Any) -> None:
        # SQLite counts the rows of writing statements, and says -1 for the others.
        self.rows += max(cursor.rowcount, 0)


@dataclass(slots=True)
class _Scene:
    """A calendar that was read once and does not change, with events stored besides that Google never told of."""

    house: House
    world: GoogleWorld
    sync: SyncCalendar
    url: str
    library: httplib2.Http
    bare: HTTPConnection
    raw: sqlite3.Connection
    authorization: str
    path: str = ""
    written: _Written = field(default_factory=_Written)

    def poll(self) -> float:
        """Seconds of ours, after checking that it cost one request and one row at the most."""
        claim = self.house.claim(month.NOW)
        asked = len(self.world.ledger.entries)
        self.written.clear()
        taken = seconds_of(lambda: self.sync(claim))
        requests = len(self.world.ledger.entries) - asked
        require(requests == 1, f"an idle poll took {requests} requests")
        require(self.written.commits <= 1, f"an idle poll took {self.written.commits} commits")
        require(self.written.rows <= 1, f"an idle poll wrote {self.written.rows} rows")
        return taken

    def floor(self) -> float:
        """Seconds of the reference, on the same connection every time."""
        return seconds_of(lambda: self._least(self._by_library))

    def bare_floor(self) -> float:
        """The same without the library."""
        return seconds_of(lambda: self._least(self._by_hand))

    def _by_library(self) -> bytes:
        content: bytes = self.library.request(f"{self.url}{self.path}", headers=self._headers)[1]
        return content

    def _by_hand(self) -> bytes:
        self.bare.request("GET", self.path, headers=self._headers)
        return self.bare.getresponse().read()

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": self.authorization}

    def _least(self, ask: Callable[[], bytes]) -> None:
        answer = json.loads(ask())
        require("nextSyncToken" in answer and not answer["items"], "the floor asked for something else")
        self.raw.execute("BEGIN IMMEDIATE")
        self.raw.execute("UPDATE calendar SET read_at = ? WHERE id = ?", (str(month.NOW), CALENDAR_ID.hex))
        self.raw.execute("COMMIT")


@contextmanager
def _scene(stored: int) -> Iterator[_Scene]:
    world = GoogleWorld(now=_CLOCK.now)
    signed_in = sign_in(world)
    tenant = Tenant(access_token=signed_in.access_token)
    with (
        TemporaryDirectory() as folder,
        serving(google_app(world)) as url,
        moved_in(Path(folder) / "polling.db", _CLOCK, tenant) as house,
        google_client(url, signed_in, SealedCredentials(house.store), _CLOCK) as calendars,
        closing(sqlite3.connect(house.file, isolation_level=None)) as raw,
        closing(HTTPConnection(urlsplit(url).netloc)) as bare,
        closing(httplib2.Http()) as library,
    ):
        raw.execute("PRAGMA synchronous=NORMAL")
        sync = SyncCalendar(house.store, calendars, _CLOCK, interval=timedelta(minutes=5), jitter=lambda: 0.5)
        scene = _Scene(house, world, sync, url, library, bare, raw, f"Bearer {signed_in.access_token}")
        for _ in range(2):
            require(sync(house.claim(month.NOW)) is SyncOutcome.SYNCED, "the calendar cannot be read")
        scene.path = _address(world.ledger.entries[-1])
        store_spans(house, month.busy_spans(stored))
        scene.written.watch(for_purpose(house.engine, "writing"))
        scene.poll()
        scene.floor()
        scene.bare_floor()
        yield scene


def _address(entry: Entry) -> str:
    """The path and query of a request, so that it can be made again."""
    return f"{entry.path}?{urlencode(entry.query)}"
