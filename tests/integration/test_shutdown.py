"""The real process, ended in the middle of a sync: asked to end it does so in time, and nothing is left half done."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
import yaml

from bot.clients.system import SystemClock
from bot.domain.calendars import SyncOutcome
from bot.domain.intervals import Interval
from bot.domain.polling import LEASE
from bot.queue.threads import DRAIN_SECONDS
from bot.sandbox.slack.standin import SlackStandIn
from storage.engine import open_engine
from storage.vault import Vault, new_key
from tests.contracts.google_client import ANA, GoogleSetup, a_stage
from tests.databases import a_file
from tests.integration.fire_house import EVENTS, FireHouse, MortalStore
from tests.integration.slack_house import MANIFEST
from tests.patience import in_time

# However slow the machine: a sync without an end takes five minutes.
END_SECONDS = 150.0
# For what is stopped beside the work that is waited for.
STOPPING_SECONDS = 10.0
SIZE = 30
pytestmark = pytest.mark.slow


@dataclass
class Served:
    """`daybook serve` at work on Ana's calendar, which Google gives out one event at a time."""

    process: "subprocess.Popen[bytes]"
    house: FireHouse

    def until_page(self, number: int) -> None:
        """Wait until so many pages were asked for."""
        until = time.monotonic() + END_SECONDS
        while self.house.google.requests(EVENTS) < number:
            assert self.process.poll() is None, "the process ended by itself"
            assert time.monotonic() < until, "the sync did not begin in time"
            time.sleep(0.01)

    def ends_by(self, sent: signal.Signals) -> float:
        """Send a signal, and wait for the process to end; how many seconds that took."""
        sent_at = time.monotonic()
        self.process.send_signal(sent)
        self.process.wait(END_SECONDS)
        return time.monotonic() - sent_at

    def taken(self) -> list[Interval]:
        """What blocks Ana's time."""
        now = int(self.house.now.timestamp())
        return self.house.busy_in(Interval(now - 86_400, now + 86_400))


@contextmanager
def served(folder: Path, *, page_seconds: float) -> Iterator[Served]:
    """A process of its own, until the block is left."""
    url, key = a_file(folder), new_key()
    engine = open_engine(url)
    slack = SlackStandIn(yaml.safe_load(MANIFEST.read_text()))
    token = slack.people.add_workspace("acme", "Acme").bot_token
    with a_stage() as stage, slack.serve() as slack_url:
        google = stage.set_up()
        google.clock.at = SystemClock().now()
        house = FireHouse(MortalStore(engine, Vault([key])), google)
        google.world.crowd(ANA, SIZE)
        google.world.short_pages(1)
        google.world.faults.on(path=EVENTS, times=1000).delay(page_seconds)
        settings = {
            "DATABASE_URL": url,
            "SECRET_KEYS": key,
            "SLACK_API_URL": f"{slack_url}/api/",
            "SLACK_BOT_TOKEN": token,
            "SLACK_SIGNING_SECRET": slack.app.signing_secret,
            **google_settings(stage.url, google),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            env=os.environ | {f"DAYBOOK_{name}": value for name, value in settings.items()},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield Served(process, house)
        finally:
            process.kill()
            process.wait()
            engine.dispose()


def google_settings(url: str, google: GoogleSetup) -> dict[str, str]:
    """Where Google is, for a process that serves on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return {
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "GOOGLE_CLIENT_ID": google.oauth.client_id,
        "GOOGLE_CLIENT_SECRET": google.oauth.client_secret,
        "GOOGLE_API_URL": f"{url}/calendar/v3/",
        "GOOGLE_AUTH_URL": google.oauth.auth_url,
        "GOOGLE_TOKEN_URL": google.oauth.token_url,
        "GOOGLE_REVOKE_URL": google.oauth.revoke_url,
    }


# fault 59
def test_asked_to_end_it_finishes_the_sync_that_it_is_at(tmp_path: Path) -> None:
    with served(tmp_path, page_seconds=0.1) as daybook:
        daybook.until_page(SIZE - 10)
        daybook.ends_by(signal.SIGTERM)
        assert daybook.process.returncode == 0
        assert daybook.house.google.requests(EVENTS) == SIZE
        assert daybook.house.calendar().read_at is not None
        [whole] = daybook.taken()
        assert whole.end - whole.start == (SIZE - 1) * 300 + 1800


# fault 59
@pytest.mark.soak
def test_asked_to_end_it_does_not_wait_for_a_sync_without_an_end(tmp_path: Path) -> None:
    def ends() -> float:
        folder = Path(mkdtemp(dir=tmp_path))
        with served(folder, page_seconds=10) as daybook:
            daybook.until_page(1)
            seconds = daybook.ends_by(signal.SIGTERM)
            assert (daybook.house.calendar().read_at, daybook.taken()) == (None, [])
            finishes(daybook)
        return seconds

    assert in_time(DRAIN_SECONDS + STOPPING_SECONDS, ends)


# fault 59
def test_killed_in_the_middle_it_leaves_nothing_half_done_and_the_next_process_does_it_all(tmp_path: Path) -> None:
    with served(tmp_path, page_seconds=0.1) as daybook:
        daybook.until_page(12)
        daybook.ends_by(signal.SIGKILL)
        assert (daybook.house.calendar().read_at, daybook.taken()) == (None, [])
        finishes(daybook)


def finishes(daybook: Served) -> None:
    """Another process takes over once the lease ends, and finds everything."""
    house = daybook.house
    house.world.faults.clear()
    house.google.clock.at = SystemClock().now() + LEASE + timedelta(seconds=1)
    [claim] = house.claims()
    assert house.sync(claim) is SyncOutcome.SYNCED
    [whole] = daybook.taken()
    assert whole.end - whole.start == (SIZE - 1) * 300 + 1800
