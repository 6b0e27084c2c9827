"""A calendar of a hundred thousand events is read in little memory, and a second time for next to nothing."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.domain.calendars import SyncOutcome
from bot.domain.intervals import Interval
from storage.engine import open_engine
from storage.vault import Vault, new_key
from tests.contracts.google_client import ANA, NOW, a_stage
from tests.databases import a_file
from tests.integration.fire_house import FireHouse, MortalStore

MEGABYTE = 1024 * 1024
_SAMPLE_SECONDS = 0.02


class Growth:
    """How much more memory this process held than at the start, at most; the stand-in's share is in it."""

    def __init__(self) -> None:
        self._start = _resident()
        self._most = self._start

    @property
    def megabytes(self) -> float:
        """What it came to."""
        return (self._most - self._start) / MEGABYTE

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look at it again and again for as long as the block lasts."""
        over = threading.Event()

        def look() -> None:
            while not over.wait(_SAMPLE_SECONDS):
                self._most = max(self._most, _resident())

        watcher = threading.Thread(target=look)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks Linux how much memory it holds")
# fault 40
@pytest.mark.parametrize(
    ("size", "most_megabytes"),
    [
        pytest.param(5_000, 60, marks=pytest.mark.slow, id="5,000"),
        pytest.param(100_000, 150, marks=[pytest.mark.soak, pytest.mark.timeout(1200)], id="100,000"),
    ],
)
def test_a_huge_calendar_is_read_whole_in_little_memory(tmp_path: Path, size: int, most_megabytes: int) -> None:
    url = a_file(tmp_path)
    engine = open_engine(url)
    with a_stage() as stage:
        google = stage.set_up()
        google.world.crowd(ANA, size)
        house = FireHouse(MortalStore(engine, Vault([new_key()])), google)
        growth = Growth()
        with growth.watched():
            assert house.run() is SyncOutcome.SYNCED
        first = int(NOW.timestamp())
        # One every five minutes, each of half an hour: together they leave nothing free.
        whole = Interval(first, first + (size - 1) * 300 + 1800)
        assert house.busy_in(whole) == [whole]
        assert growth.megabytes < most_megabytes
        before = house.requests()
        assert house.run() is SyncOutcome.SYNCED
        assert house.requests() - before == 1
    engine.dispose()
