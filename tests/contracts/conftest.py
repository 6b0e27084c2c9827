"""Stores to hold the contract tests to: in memory, on a SQLite file, and on a real PostgreSQL server."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine

from bot.ports import Store
from storage.credentials import SealedCredentials
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests import databases
from tests.databases import DATABASES, NAME
from tests.fakes.store import FakeCredentials, FakeStore
from tests.postgres import PostgresServer

# The stand-ins are imported where they are asked for: the tests of stores need none of them.
if TYPE_CHECKING:
    from tests.contracts.google_client import GoogleSetup, Stage
    from tests.contracts.google_desk import Desk, DeskFactory
    from tests.contracts.slack_standin_bot import House, Team
    from tests.contracts.zoom_client import ZoomSetup
    from tests.contracts.zoom_desk import DeskFactory as ZoomDeskFactory

_numbers = count(1)


class Database:
    """A migrated database, empty, with a key of its own; whoever opens it again stands for another process."""

    def __init__(self, url: str, engine: Engine, opened: ExitStack) -> None:
        self.url = url
        self.key = new_key()
        self._first = [engine]
        self._opened = opened

    def open(self, *keys: str) -> SqlStore:
        """A store with an engine of its own, and with other `keys` where some are given."""
        return SqlStore(self._first.pop() if self._first else self._another(), Vault(keys or [self.key]))

    def _another(self) -> Engine:
        engine = open_engine(self.url)
        self._opened.callback(engine.dispose)
        return engine


@pytest.fixture
def sqlite_template() -> Path:
    """A migrated file to copy."""
    return databases.template_file()


@pytest.fixture
def postgres_server() -> PostgresServer:
    """The process's own."""
    return databases.server()


@pytest.fixture(params=DATABASES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'daybook.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"{NAME}_{next(_numbers)}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Each of the databases that Daybook runs on."""
    yield from _database(request)


@pytest.fixture(params=["memory", *DATABASES])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Everything that claims to be a store."""
    if request.param == "memory":
        yield FakeStore()
        return
    for database in _database(request):
        yield database.open()


@pytest.fixture
def credentials(store: Store) -> FakeCredentials | SealedCredentials:
    """The credentials of `store`."""
    if isinstance(store, FakeStore):
        return FakeCredentials(store)
    assert isinstance(store, SqlStore)
    return SealedCredentials(store)


def _database(request: pytest.FixtureRequest) -> Iterator[Database]:
    folder: Path = request.getfixturevalue("tmp_path")
    with databases.an_engine(request.param, folder) as (url, engine), ExitStack() as opened:
        yield Database(url, engine, opened)


@pytest.fixture(scope="module")
def new_desk() -> "Iterator[DeskFactory]":
    """Makes desks at a stand-in for Google that serves a whole file of tests."""
    from tests.contracts.google_desk import desks

    with desks() as factory:
        yield factory


@pytest.fixture
def desk(new_desk: "DeskFactory") -> "Iterator[Desk]":
    """A world of its own at that stand-in."""
    with new_desk() as desk:
        yield desk


@pytest.fixture(scope="module")
def stage() -> "Iterator[Stage]":
    """The client for Google in front of a stand-in that serves a whole file of tests."""
    from tests.contracts.google_client import a_stage

    with a_stage() as stage:
        yield stage


@pytest.fixture
def google(stage: "Stage") -> "GoogleSetup":
    """That client before a world of its own."""
    return stage.set_up()


@pytest.fixture(scope="module")
def new_zoom_desk() -> "Iterator[ZoomDeskFactory]":
    """Makes desks at a stand-in for Zoom that serves a whole file of tests."""
    from tests.contracts.zoom_desk import desks

    with desks() as factory:
        yield factory


@pytest.fixture
def zoom(new_zoom_desk: "ZoomDeskFactory") -> "Iterator[ZoomSetup]":
    """The client for Zoom in front of a world of its own at that stand-in."""
    from tests.contracts.zoom_client import a_zoom

    with a_zoom(new_zoom_desk) as setup:
        yield setup


@pytest.fixture(scope="module")
def house() -> "Iterator[House]":
    """A stand-in for Slack that serves a whole file of tests."""
    from tests.contracts.slack_standin_bot import a_house

    with a_house() as house:
        yield house


@pytest.fixture
def team(house: "House") -> "Team":
    """A workspace of its own at that stand-in."""
    from tests.contracts.slack_standin_bot import a_team

    return a_team(house)
