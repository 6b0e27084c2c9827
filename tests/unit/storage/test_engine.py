"""Engines for the databases that Daybook runs on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import QueuePool

from storage.engine import Purpose, UnusableDatabase, for_purpose, open_engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Of a new SQLite file."""
    engine = open_engine(f"sqlite:///{tmp_path / 'daybook.db'}")
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "dialect"),
    [
        ("postgresql://daybook:secret@localhost/daybook", "postgresql+psycopg"),
        ("postgresql+psycopg://daybook@localhost/daybook", "postgresql+psycopg"),
        ("sqlite:///daybook.db", "sqlite"),
    ],
)
def test_a_database_is_opened_by_its_usual_address(url: str, dialect: str) -> None:
    engine = open_engine(url)

    assert engine.url.drivername == dialect
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("mysql://localhost/daybook", "does not store in mysql"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_a_database_that_cannot_serve_is_refused(url: str, complaint: str) -> None:
    with pytest.raises(UnusableDatabase, match=complaint):
        open_engine(url)


def test_a_sqlite_file_is_opened_with_what_the_rest_relies_on(tmp_path: Path) -> None:
    settings = {
        "journal_mode": "wal",
        "synchronous": 1,  # NORMAL
        "busy_timeout": 250,
        "foreign_keys": 1,
        "query_only": 0,
    }
    engine = open_engine(f"sqlite:///{tmp_path / 'daybook.db'}")

    with for_purpose(engine, "writing").connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in settings}

    engine.dispose()
    assert found == settings


@pytest.mark.parametrize(
    ("purpose", "foreign_keys", "query_only"),
    [("reading", 1, 1), ("writing", 1, 0), ("migrating", 0, 0)],
)
def test_a_pooled_connection_serves_each_purpose_in_turn(
    tmp_path: Path, purpose: Purpose, foreign_keys: int, query_only: int
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'daybook.db'}", pool_size=1)

    for before in ("reading", "writing", "migrating"):
        with for_purpose(engine, before).connect() as connection:
            connection.execute(text("SELECT 1"))
        with for_purpose(engine, purpose).connect() as connection:
            found = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("foreign_keys", "query_only")]
        assert found == [foreign_keys, query_only]
    engine.dispose()


def test_what_reads_cannot_write(engine: Engine) -> None:
    with for_purpose(engine, "reading").connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(text("CREATE TABLE note (id INTEGER)"))


def test_what_refers_to_nothing_is_not_written(engine: Engine) -> None:
    with for_purpose(engine, "writing").connect() as connection:
        connection.execute(text("CREATE TABLE house (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE guest (house INTEGER REFERENCES house)"))

        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            connection.execute(text("INSERT INTO guest VALUES (1)"))


def test_a_connection_that_goes_on_with_the_same_is_not_told_again(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'daybook.db'}", pool_size=1)
    told: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        told.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    purposes: list[Purpose] = ["reading", "reading", "migrating", "reading"]
    for purpose in purposes:
        with for_purpose(engine, purpose).begin():
            pass

    engine.dispose()
    assert told == [
        *("PRAGMA foreign_keys=ON", "PRAGMA query_only=ON", "BEGIN"),
        "BEGIN",
        *("PRAGMA foreign_keys=OFF", "PRAGMA query_only=OFF", "BEGIN IMMEDIATE"),
        *("PRAGMA foreign_keys=ON", "PRAGMA query_only=ON", "BEGIN"),
    ]


def test_a_new_file_and_what_lies_beside_it_are_for_its_owner_alone(engine: Engine, tmp_path: Path) -> None:
    with for_purpose(engine, "writing").begin() as connection:
        connection.execute(text("CREATE TABLE note (title TEXT)"))
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}

    assert modes == dict.fromkeys(("daybook.db", "daybook.db-wal", "daybook.db-shm"), "0o600")


def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "daybook.db").touch(mode=0o640)
    engine = open_engine(f"sqlite:///{tmp_path / 'daybook.db'}")
    with for_purpose(engine, "reading").connect():
        pass
    engine.dispose()

    assert oct((tmp_path / "daybook.db").stat().st_mode & 0o777) == "0o640"


def test_disposing_of_the_engine_closes_the_writers_connection(engine: Engine) -> None:
    writers = for_purpose(engine, "writing")
    with writers.connect():
        pass
    kept = _idle(writers)

    engine.dispose()

    assert (kept, _idle(writers)) == (1, 0)


def _idle(engine: Engine) -> int:
    """How many connections wait for their next use."""
    assert isinstance(engine.pool, QueuePool)
    return engine.pool.checkedin()
