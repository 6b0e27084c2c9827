"""What Google tells by webhook: believed only with the secret of a channel of ours, and never more than a hint."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from bot.domain.channels import LIFE, Channel, PushMessage
from bot.domain.errors import Overloaded
from bot.usecases.make_connect_link import digest_of
from bot.usecases.receive_push import ReceivePush
from bot.web import GoogleHook, Measures, WebParts, build_web, make_server
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.contracts.storage_builders import LEASE, NOW, Synced, a_synced, all_at_once
from tests.databases import a_file
from tests.fakes.clock import SettableClock
from tests.kept_logging import logging_to_text
from tests.patience import PATIENCE

PATH = "/webhooks/google"
SECRET = "push-canary-secret"
CHANNEL = UUID(int=7)
LATER = NOW + timedelta(hours=1)


@dataclass
class Door:
    """Ana's calendar, read at `NOW` and next an hour later, with a channel that has spoken; and the route."""

    store: SqlStore
    clock: SettableClock
    ana: Synced
    http: httpx.Client

    def tells(self, **changed: str | None) -> int:
        """The answer to a message of Google's, with other headers where some are given; None leaves one out."""
        headers: dict[str, str | None] = {
            "X-Goog-Channel-ID": str(CHANNEL),
            "X-Goog-Channel-Token": SECRET,
            "X-Goog-Channel-Expiration": "Sun, 29 Nov 2026 08:30:00 GMT",
            "X-Goog-Resource-ID": "resource",
            "X-Goog-Resource-URI": "https://www.googleapis.com/calendar/v3/calendars/main/events?alt=json",
            "X-Goog-Resource-State": "exists",
            "X-Goog-Message-Number": "10",
        }
        headers |= {f"X-Goog-{name.replace('_', '-')}": value for name, value in changed.items()}
        sent = {name: value for name, value in headers.items() if value is not None}
        return self.http.post(PATH, headers=sent).status_code

    @property
    def is_due(self) -> bool:
        """Whether the calendar is to be read now."""
        with self.store.reading() as work:
            [calendar] = work.calendars.of(self.ana.actor)
        return calendar.next_sync_at is not None and calendar.next_sync_at <= self.clock.time

    def reads(self) -> bool:
        """One tick of what reads due calendars; whether there was one."""
        with self.store.writing() as work:
            claims = work.calendars.claim_due(self.clock.time, limit=10, lease=LEASE)
            work.commit()
        for claim in claims:
            with self.store.writing() as work:
                next_at = self.clock.time + timedelta(hours=1)
                work.calendars.finish(claim, read_at=self.clock.time, next_sync_at=next_at)
                work.commit()
        return bool(claims)


@contextmanager
def served(hook: GoogleHook | None) -> Iterator[httpx.Client]:
    parts = WebParts(public_url="https://daybook.test", readiness=tuple, measures=Measures(), google=hook)
    server = make_server(build_web(parts), host="127.0.0.1", port=0, trusted_proxies=())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with httpx.Client(base_url=url, trust_env=False, verify=False, timeout=PATIENCE) as http:
            yield http
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    url = a_file(tmp_path)
    engine = open_engine(url)
    store, clock = SqlStore(engine, Vault([new_key()])), SettableClock(NOW)
    ana = a_synced(store)
    channel = Channel(CHANNEL, ana.account.id, ana.calendar_id, digest_of(SECRET), NOW, NOW + LIFE, "resource")
    with store.writing() as work:
        work.calendars.finish(ana.claim, read_at=NOW, next_sync_at=LATER)
        work.push_channels.add(replace(channel, heard_at=NOW))
        work.commit()
    clock.time = NOW + timedelta(minutes=30)
    with served(GoogleHook(ReceivePush(store, clock))) as http:
        yield Door(store, clock, ana, http)
    engine.dispose()


def test_where_google_cannot_reach_it_there_is_no_such_route() -> None:
    with served(None) as http:
        assert http.post(PATH).status_code == 404


def test_a_message_makes_its_calendar_due(door: Door) -> None:
    assert not door.is_due
    assert door.tells() == 200
    assert door.is_due


def test_the_first_message_is_taken_and_nothing_is_read_for_it(door: Door) -> None:
    assert door.tells(Resource_State="sync", Message_Number="1") == 200
    assert not door.is_due


@pytest.mark.parametrize("state", ["exists", "not_exists", "of_a_kind_to_come"])
def test_every_other_message_is_a_hint(door: Door, state: str) -> None:
    assert door.tells(Resource_State=state) == 200
    assert door.is_due


# fault 51
@pytest.mark.parametrize(
    "headers",
    [
        {"Channel_Token": "push-canary-secreT"},
        {"Channel_Token": ""},
        {"Channel_Token": None},
        {"Channel_Token": digest_of(SECRET)},
        {"Channel_Token": "x" * 257},
        {"Channel_Token": "two words"},
        {"Channel_ID": str(UUID(int=8))},
        {"Channel_ID": str(CHANNEL).upper() + "0"},
        {"Channel_ID": CHANNEL.hex},
        {"Channel_ID": "../../etc/passwd"},
        {"Channel_ID": ""},
        {"Channel_ID": None},
        {"Resource_ID": "another"},
        {"Resource_ID": None},
        {"Resource_State": ""},
        {"Resource_State": None},
        {"Resource_State": "EXISTS"},
        {"Message_Number": "ten"},
        {"Message_Number": "-1"},
        {"Message_Number": "9" * 21},
        {"Message_Number": None},
    ],
    ids=str,
)
def test_whoever_is_not_google_meets_a_closed_door(door: Door, headers: dict[str, str | None]) -> None:
    assert door.tells(**headers) == 404
    assert not door.is_due


# fault 51
def test_a_header_that_comes_twice_counts_as_none(door: Door) -> None:
    headers = [
        ("X-Goog-Channel-ID", str(CHANNEL)),
        ("X-Goog-Channel-Token", SECRET),
        ("X-Goog-Channel-Token", SECRET),
        ("X-Goog-Resource-ID", "resource"),
        ("X-Goog-Resource-State", "exists"),
        ("X-Goog-Message-Number", "2"),
    ]
    assert door.http.post(PATH, headers=headers).status_code == 404
    assert not door.is_due


# fault 51
def test_a_channel_that_has_ended_is_nobodys(door: Door) -> None:
    door.clock.time = NOW + LIFE
    assert door.tells() == 404
    with door.store.writing() as work:
        work.push_channels.forget(CHANNEL)
        work.commit()
    door.clock.time = NOW
    assert door.tells() == 404


@pytest.mark.parametrize("end", ["", "soon", "Sun, 99 Nov 2026 08:30:00 GMT", "Sun, 29 Nov 2026 08:30:00 -0000", "é"])
def test_an_end_that_cannot_be_read_is_no_obstacle(door: Door, end: str) -> None:
    headers = {"Channel_Expiration": end.encode().decode("latin-1") if end.isascii() else None}
    assert door.tells(**headers) == 200


def test_only_posts_are_messages(door: Door) -> None:
    assert [door.http.request(method, PATH).status_code for method in ("GET", "PUT", "DELETE")] == [405, 405, 405]


def test_a_body_is_not_read(door: Door) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 65_536

    with suppress(httpx.HTTPError):  # the answer may come while it is still being sent
        assert door.http.post(PATH, content=endless()).status_code == 404
    assert door.tells() == 200


# fault 51
@pytest.mark.slow
def test_a_thousand_messages_become_two_readings(door: Door) -> None:
    statuses: list[int] = []

    def storm(_thread: int) -> None:
        for _ in range(125):
            statuses.append(door.tells())  # noqa: PERF401 - each is told of as it comes

    readings = 0
    storming = threading.Thread(target=lambda: all_at_once(8, storm))
    storming.start()
    while storming.is_alive():
        readings += door.reads()
    door.clock.time += timedelta(seconds=10)
    while door.reads():
        readings += 1

    assert len(statuses) == 1000
    assert set(statuses) <= {200, 503}
    assert statuses.count(200) > 0
    assert 1 <= readings <= 3
    assert not door.is_due


# fault 51
@pytest.mark.slow
def test_a_thousand_forged_messages_write_nothing(door: Door) -> None:
    with door.store.reading() as work:
        before = work.push_channels.of(door.ana.calendar_id)
    assert {door.tells(Channel_Token=f"guess-{number}") for number in range(1000)} == {404}
    with door.store.reading() as work:
        assert work.push_channels.of(door.ana.calendar_id) == before
    assert not door.is_due


def test_a_database_that_is_busy_is_told_as_such() -> None:
    def is_busy(message: PushMessage) -> bool:
        raise Overloaded

    with served(GoogleHook(is_busy)) as http:
        headers = {
            "X-Goog-Channel-ID": str(CHANNEL),
            "X-Goog-Channel-Token": SECRET,
            "X-Goog-Resource-ID": "resource",
            "X-Goog-Resource-State": "exists",
            "X-Goog-Message-Number": "2",
        }
        assert http.post(PATH, headers=headers).status_code == 503


# fault 23
def test_nothing_of_it_is_logged(door: Door) -> None:
    with logging_to_text() as log:
        door.tells()
        door.tells(Channel_Token="guess-canary")
    assert not [word for word in (SECRET, "guess-canary", str(CHANNEL)) if word in log.getvalue()]
