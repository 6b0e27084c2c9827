"""How long Slack waits for its acknowledgement while a large calendar is read over and over."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import yaml

from handlers.manifest import manifest_text
from tests.bench.outside import Outside, Seen, stand_in
from tests.bench.over_and_over import Readings, read_over_and_over
from tests.bench.processes import another_process, told
from tests.bench.real_bot import served
from tests.bench.report import Figure, milliseconds, require
from tests.bench.timing import Pair
from tests.bench.traffic import Acknowledged, paced

_EVENTS = 10_000
_PER_SECOND = 200
_WARM_UP, _QUIET, _BUSY = (seconds * _PER_SECOND for seconds in (1, 3, 10))
_SETTLE_SECONDS = 20.0


def measure() -> list[Figure]:
    """`ack_p99_ms_during_sync` and the longest of them, beside the same traffic without a sync."""
    manifest = yaml.safe_load(manifest_text(url="https://daybook.example.com"))
    count = _WARM_UP + _QUIET + _BUSY
    with TemporaryDirectory() as folder, another_process(stand_in, manifest, _EVENTS, count) as slack:
        file = Path(folder) / "acks.db"
        outside = told(slack, Outside)
        with served(file, outside) as bot:
            _answered(bot, outside, outside.commands[:_WARM_UP])
            quiet = _answered(bot, outside, outside.commands[_WARM_UP : _WARM_UP + _QUIET])
            with read_over_and_over(file) as readings:
                busy = _answered(bot, outside, outside.commands[_WARM_UP + _QUIET :])
            _require_answers(slack, count)
        _require_events(file, readings)
    return _figures(quiet, busy, readings)


def _answered(bot: str, outside: Outside, commands: Sequence[bytes]) -> list[float]:
    answers: list[Acknowledged] = paced(bot, outside.signing_secret, commands, per_second=_PER_SECOND)
    refused = [answer.status for answer in answers if answer.status != 200]
    require(not refused, f"{len(refused)} commands were not acknowledged: {sorted(set(refused))}")
    return [answer.seconds for answer in answers]


def _require_answers(slack: Connection, count: int) -> None:
    """An acknowledgement is worth nothing unless the answer follows."""
    deadline = perf_counter() + _SETTLE_SECONDS
    seen = Seen(0, "")
    while seen.answers < count and perf_counter() < deadline:
        sleep(0.1)
        slack.send("what is there?")
        seen = told(slack, Seen)
    require(seen.answers == count, f"of {count} commands {seen.answers} were answered")
    require(not seen.problems, f"Slack finds fault with an answer: {seen.problems}")


def _require_events(file: Path, readings: Readings) -> None:
    with closing(sqlite3.connect(file)) as raw:
        stored, problem = raw.execute("SELECT (SELECT count(*) FROM event), problem FROM calendar").fetchone()
    require(stored == _EVENTS and problem is None, f"{stored} of {_EVENTS} events are stored ({problem})")
    require(readings.share > 0, "no sync was at work while the requests came")


def _figures(quiet: Sequence[float], busy: Sequence[float], readings: Readings) -> list[Figure]:
    told_of = (
        f"/daybook help at {_PER_SECOND} a second from another process while all of {_EVENTS:,} events is read over"
        f" and over (a sync at work {readings.share:.0%} of the time, {readings.finished} finished);"
        " the same requests without a sync"
    )
    return [
        milliseconds("ack_p99_ms_during_sync", Pair(_p99(busy), _p99(quiet)), told_of, at_most=50),
        milliseconds("ack_max_ms_during_sync", Pair(max(busy), max(quiet)), "the longest of these", at_most=3000),
    ]


def _p99(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=100)[98]
