"""Migrations: they lead to the schema that the code has, over data that is there, once, and never backwards."""

import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CHAR, Column, Connection, MetaData, Table, Uuid, func, inspect, select, table, text

from storage.engine import for_purpose, open_engine
from storage.migrate import SchemaOutOfDate, UnknownRevision, check, revisions, upgrade
from storage.tables import METADATA
from tests.contracts.storage_builders import NOW, all_at_once


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = open_engine(url)
    try:
        with for_purpose(engine, "writing").begin() as connection:
            yield connection
    finally:
        engine.dispose()


def catalogue(url: str) -> list[str]:
    """Every definition that the database keeps of its schema, in one spelling, its parts and all of them sorted."""
    with connected(url) as connection:
        if connection.dialect.name == "sqlite":
            found = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
        else:
            found = connection.execute(text(_POSTGRES_CATALOGUE))
        rows = [" ".join(str(value) for value in row) for row in found]
    spelt = [" ".join(row.replace('"', "").split()) for row in rows if "alembic_version" not in row]
    return sorted(", ".join(sorted(definition.removesuffix(" )").split(", "))) for definition in spelt)


_POSTGRES_CATALOGUE = """
    SELECT table_name, column_name, data_type, character_maximum_length::text, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexname, indexdef, '', '', '', '' FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conname, pg_get_constraintdef(oid), conrelid::regclass::text, '', '', ''
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


def test_the_migrations_lead_to_the_schema_of_the_code(empty_database_url: str) -> None:
    upgrade(empty_database_url)

    with connected(empty_database_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


@pytest.mark.slow
def test_every_index_and_constraint_is_word_for_word_that_of_the_code(empty_database_url: str) -> None:
    """Alembic's own comparison sees neither the condition of an index nor a CHECK."""
    upgrade(empty_database_url)
    migrated = catalogue(empty_database_url)
    with connected(empty_database_url) as connection:
        METADATA.drop_all(connection)
        METADATA.create_all(connection)

    assert migrated == catalogue(empty_database_url)


@pytest.mark.slow
def test_a_database_is_up_to_date_after_its_migration_and_not_before(empty_database_url: str) -> None:
    with pytest.raises(SchemaOutOfDate, match="daybook migrate"):
        check(empty_database_url)

    upgrade(empty_database_url)
    upgrade(empty_database_url)

    check(empty_database_url)


# fault 60
@pytest.mark.slow
def test_a_database_of_a_later_version_is_refused_and_left_alone(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    with connected(empty_database_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = catalogue(empty_database_url)

    for refusal in (check, upgrade):
        with pytest.raises(UnknownRevision, match=r"revision 9999.*newer"):
            refusal(empty_database_url)

    assert catalogue(empty_database_url) == before


# fault 60
@pytest.mark.slow
def test_every_revision_upgrades_a_database_with_something_in_every_table(empty_database_url: str) -> None:
    kept: dict[str, int] = {}

    for revision in revisions():
        upgrade(empty_database_url, to=revision)
        with connected(empty_database_url) as connection:
            counted = count_rows(connection)
            assert {table: counted[table] for table in kept} == kept
            # Each looks at the database, which takes longer than all the rest.
            fill_empty_tables(connection, only=[name for name in counted if not counted[name]])
            kept = count_rows(connection)

    check(empty_database_url)
    assert set(kept.values()) == {1}


# fault 60
def test_a_migration_that_fails_half_way_leaves_nothing(empty_database_url: str) -> None:
    with connected(empty_database_url) as connection:
        connection.execute(text("CREATE TABLE occurrence (anything INTEGER)"))

    with pytest.raises(Exception, match="occurrence"):
        upgrade(empty_database_url)

    with connected(empty_database_url) as connection:
        assert inspect(connection).get_table_names() == ["occurrence"]


@pytest.mark.slow
def test_threads_that_upgrade_at_once_do_it_once(empty_database_url: str) -> None:
    all_at_once(4, lambda _thread: upgrade(empty_database_url))

    check(empty_database_url)
    assert revision_rows(empty_database_url) == [revisions()[-1]]


@pytest.mark.slow
def test_processes_that_upgrade_at_once_do_it_once(empty_database_url: str) -> None:
    command = [sys.executable, "-c", "import sys; from storage.migrate import upgrade; upgrade(sys.argv[1])"]
    processes = [subprocess.Popen([*command, empty_database_url], stderr=subprocess.PIPE, text=True) for _ in range(3)]

    complaints = [process.communicate(timeout=300)[1] for process in processes]

    assert ([process.returncode for process in processes], complaints) == ([0, 0, 0], ["", "", ""])
    check(empty_database_url)
    assert revision_rows(empty_database_url) == [revisions()[-1]]


def revision_rows(url: str) -> list[str]:
    """Where Alembic's own table says that the database stands."""
    with connected(url) as connection:
        return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        name: connection.execute(select(func.count()).select_from(table(name))).scalar_one()
        for name in inspect(connection).get_table_names()
        if name != "alembic_version"
    }


def fill_empty_tables(connection: Connection, *, only: Collection[str] | None = None) -> None:
    """One row each, or in those named and in what they refer to `only`.

    All ids are the same, and so are all texts: every reference finds what it refers to.
    """
    for each in tables_of(connection, only=only):
        if not connection.execute(select(each)).first():
            connection.execute(each.insert().values({column.name: some(column) for column in each.columns}))


def tables_of(connection: Connection, *, only: Collection[str] | None = None) -> list[Table]:
    """The tables as they are, those that others refer to first."""
    metadata = MetaData()
    metadata.reflect(connection, only=None if only is None else list(only))
    return [each for each in metadata.sorted_tables if each.name != "alembic_version"]


def some(column: Column[Any]) -> object:
    """A value that fits the column."""
    if isinstance(column.type, CHAR | Uuid):
        return UUID(int=1) if isinstance(column.type, Uuid) else UUID(int=1).hex
    if column.name == "end_at":  # a span must not be empty
        return 2
    values = {bool: True, int: 1, str: "x", bytes: b"x", date: date(2026, 11, 24), datetime: NOW}
    return values[column.type.python_type]
