"""The guard: the database itself lets no two live appointments of one host overlap, whatever is said to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from alembic import command
from psycopg import sql
from sqlalchemy import Connection, Engine, Uuid, insert, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

from storage import migrate
from storage.engine import for_purpose, is_sqlite, open_engine
from storage.guard import ExtensionMissing, GuardMissing, is_slot_taken, require_guard
from storage.migrate import check, revisions, upgrade
from storage.store import SqlStore
from storage.tables import APPOINTMENTS, HOSTS
from storage.vault import Vault, new_key
from tests.builders import span
from tests.contracts.appointment_builders import a_hold, an_appointment, booked, saved
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import NOW, a_person, new_id
from tests.contracts.test_storage_migrations import fill_empty_tables, tables_of
from tests.postgres import PostgresServer

_SINCE = revisions().index("0007")
_UPSERT = "ON CONFLICT (appointment_id, host_id) DO UPDATE SET live = 1"
NINE, TEN = span("9:00-10:00")


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    engine = open_engine(database.url)
    yield engine
    engine.dispose()


@contextmanager
def written(engine: Engine) -> Iterator[Connection]:
    with for_purpose(engine, "writing").begin() as connection:
        yield connection


def two_appointments(database: Database) -> None:
    """One host's: from nine to ten, and a cancelled one of the same time."""
    store = database.open()
    ana = a_person(store)
    gone = booked(store, an_appointment(ana))
    saved(store, gone.cancelled("", NOW))
    booked(store, an_appointment(ana))


# fault 7
@pytest.mark.parametrize(
    "statement",
    [
        "{a_copy} 0, start_at, end_at, {yes} FROM appointment_host WHERE live",
        "{a_copy} 0, start_at - 60, start_at + 1, {yes} FROM appointment_host WHERE live",
        "{a_copy} 0, end_at - 1, end_at + 60, {yes} FROM appointment_host WHERE live",
        "UPDATE appointment_host SET live = {yes} WHERE NOT live",
        "UPDATE appointment_host SET live = {yes}, start_at = start_at + 60 WHERE NOT live",
        "UPDATE appointment_host SET live = {yes}",
    ],
    ids=["same", "before", "after", "revived", "revived and moved", "all of them"],
)
def test_no_statement_books_a_host_twice(database: Database, engine: Engine, statement: str) -> None:
    two_appointments(database)
    third = another_appointment(engine)
    spelt = {
        "a_copy": f"INSERT INTO appointment_host SELECT '{third}', host_id, workspace_id,",
        "yes": "1" if is_sqlite(engine) else "true",
    }

    with pytest.raises(IntegrityError) as refused, written(engine) as connection:
        connection.execute(text(statement.format(**spelt)))

    assert is_slot_taken(refused.value)
    assert overlaps(engine) == 0


# fault 7
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR IGNORE INTO appointment_host VALUES (:third, :host, :workspace, 0, :start, :end, 1)",
        "INSERT OR REPLACE INTO appointment_host VALUES (:third, :host, :workspace, 0, :start, :end, 1)",
        "INSERT OR ABORT INTO appointment_host VALUES (:third, :host, :workspace, 0, :start, :end, 1)",
        "INSERT OR FAIL INTO appointment_host VALUES (:third, :host, :workspace, 0, :start, :end, 1)",
        "INSERT OR ROLLBACK INTO appointment_host VALUES (:third, :host, :workspace, 0, :start, :end, 1)",
        "REPLACE INTO appointment_host VALUES (:gone, :host, :workspace, 0, :start, :end, 1)",
        "INSERT INTO appointment_host VALUES (:third, :host, :workspace, 0, :start, :end, 1) ON CONFLICT DO NOTHING",
        "INSERT INTO appointment_host VALUES (:gone, :host, :workspace, 0, :start, :end, 1) {UPSERT}",
        "INSERT INTO appointment_host VALUES (:gone, :host, :workspace, 0, :start, :end, 0) {UPSERT}",
        "UPDATE OR IGNORE appointment_host SET live = 1 WHERE NOT live",
        "UPDATE OR REPLACE appointment_host SET live = 1 WHERE NOT live",
        "UPDATE OR FAIL appointment_host SET live = 1 WHERE NOT live",
        "UPDATE OR REPLACE appointment_host SET live = 2 WHERE NOT live",
    ],
)
def test_sqlites_ways_round_a_conflict_do_not_lead_round_the_guard(
    sqlite_template: Path, tmp_path: Path, statement: str
) -> None:
    path = tmp_path / "daybook.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{path}")
    store = SqlStore(engine, Vault([new_key()]))
    ana = a_person(store)
    gone = booked(store, an_appointment(ana))
    saved(store, gone.cancelled("", NOW))
    booked(store, an_appointment(ana))
    third = booked(store, an_appointment(a_person(store, user="U2")))
    values = {
        "third": third.id.hex,
        "gone": gone.id.hex,
        "host": ana.member_id.hex,
        "workspace": ana.workspace_id.hex,
        "start": NINE,
        "end": TEN,
    }

    with pytest.raises(IntegrityError) as refused, written(engine) as connection:
        connection.execute(text(statement.replace("{UPSERT}", _UPSERT)), values)

    assert is_slot_taken(refused.value)
    assert overlaps(engine) == 0
    engine.dispose()


def test_another_rule_of_the_database_is_no_taken_slot(database: Database, engine: Engine) -> None:
    two_appointments(database)

    with pytest.raises(IntegrityError) as refused, written(engine) as connection:
        connection.execute(update(HOSTS).values(end_at=HOSTS.c.start_at))

    assert not is_slot_taken(refused.value)


def test_a_database_with_its_guard_is_let_through(engine: Engine) -> None:
    require_guard(engine)


# fault 6
def test_a_database_without_its_guard_is_refused_at_the_start(database: Database, engine: Engine) -> None:
    drops = {
        "sqlite": ["DROP TRIGGER appointment_host_insert"],
        "postgresql": ["ALTER TABLE appointment_host DROP CONSTRAINT ex_appointment_host_no_overlap"],
    }
    with written(engine) as connection:
        for drop in drops[engine.dialect.name]:
            connection.execute(text(drop))

    with pytest.raises(GuardMissing, match="booked twice"):
        require_guard(engine)
    with pytest.raises(GuardMissing):
        check(database.url)


def test_a_guard_that_was_weakened_by_hand_is_refused(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "daybook.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{path}")
    with written(engine) as connection:
        connection.execute(text("DROP TRIGGER appointment_host_update"))
        connection.execute(
            text("CREATE TRIGGER appointment_host_update BEFORE UPDATE ON appointment_host BEGIN SELECT 1; END")
        )

    with pytest.raises(GuardMissing):
        require_guard(engine)
    engine.dispose()


# fault 60
@pytest.mark.slow
def test_after_every_migration_the_guard_is_there_and_holds(empty_database_url: str) -> None:
    for revision in revisions()[_SINCE:]:
        upgrade(empty_database_url, to=revision)
        engine = open_engine(empty_database_url)
        require_guard(engine)
        with pytest.raises(IntegrityError) as refused:
            fill_and_book_twice(engine)
        assert is_slot_taken(refused.value), revision
        engine.dispose()


def fill_and_book_twice(engine: Engine) -> None:
    """In one transaction, which is refused as a whole: the next migration finds nothing of it."""
    with written(engine) as connection:
        fill_empty_tables(connection, only=["appointment_host"])
        book_the_same_again(connection)


# fault 60
@pytest.mark.slow
def test_a_step_back_and_forth_keeps_what_was_there_before(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    engine = open_engine(empty_database_url)
    store = SqlStore(engine, Vault([new_key()]))
    ana = a_person(store)
    booked(store, a_hold(ana))

    with for_purpose(engine, "migrating").begin() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.downgrade(config, revisions()[_SINCE - 1])
    upgrade(empty_database_url)

    check(empty_database_url)
    with store.reading() as work:
        assert work.members.get(ana.workspace_id, ana.member_id).name == ana.name
    booked(store, an_appointment(ana))
    engine.dispose()


@pytest.mark.postgres
def test_a_role_that_may_not_install_the_extension_is_told_what_to_do(postgres_server: PostgresServer) -> None:
    name = "daybook_without_rights"
    url = postgres_server.create(name)
    role, database = sql.Identifier(name), sql.Identifier(name)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'x'").format(role))
        connection.execute(sql.SQL("GRANT ALL ON SCHEMA public TO {}").format(role))
        connection.execute(sql.SQL("REVOKE CREATE ON DATABASE {} FROM PUBLIC").format(database))
    theirs = make_url(url).set(username=name, password="x").render_as_string(hide_password=False)

    with pytest.raises(ExtensionMissing, match=r"CREATE EXTENSION btree_gist.*migrate again"):
        upgrade(theirs)

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION btree_gist")
    upgrade(theirs)
    check(theirs)
    postgres_server.drop(name)
    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP ROLE {}").format(role))


def test_a_workspace_takes_everything_of_its_appointments_along(database: Database, engine: Engine) -> None:
    two_appointments(database)

    with written(engine) as connection:
        connection.execute(text("DELETE FROM workspace"))

    with for_purpose(engine, "reading").connect() as connection:
        assert connection.execute(select(APPOINTMENTS)).all() == []
        assert connection.execute(select(HOSTS)).all() == []


def test_a_member_with_an_appointment_is_not_deleted_under_it(database: Database, engine: Engine) -> None:
    two_appointments(database)

    with pytest.raises(IntegrityError), written(engine) as connection:
        connection.execute(text("DELETE FROM member"))


def another_appointment(engine: Engine) -> str:
    """The id, as the database spells it, of a third one, which has no hosts yet."""
    appointment_id = new_id()
    with written(engine) as connection:
        row = connection.execute(select(APPOINTMENTS).limit(1)).one()._asdict()
        connection.execute(insert(APPOINTMENTS).values(row | {"id": appointment_id, "origin": "third"}))
    return appointment_id.hex


def book_the_same_again(connection: Connection) -> None:
    """A copy of the one appointment, for the same host and time, in the tables as they are at that revision."""
    tables = {table.name: table for table in tables_of(connection, only=["appointment_host"])}
    for name, key in (("appointment", "id"), ("appointment_host", "appointment_id")):
        table = tables[name]
        row = connection.execute(select(table)).one()._asdict()
        other = UUID(int=2) if isinstance(table.columns[key].type, Uuid) else UUID(int=2).hex
        others = {key: other} | ({"origin": "another"} if name == "appointment" else {})
        connection.execute(insert(table).values(row | others))


def overlaps(engine: Engine) -> int:
    """How often a host has two live appointments at once, as the database counts them."""
    with for_purpose(engine, "reading").connect() as connection:
        return int(connection.execute(text(OVERLAPS)).scalar_one())


OVERLAPS = """
    SELECT count(*) FROM appointment_host one JOIN appointment_host other
        ON one.host_id = other.host_id AND one.appointment_id < other.appointment_id
    WHERE one.live AND other.live AND one.start_at < other.end_at AND other.start_at < one.end_at
"""
