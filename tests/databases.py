"""Databases for the tests: one server a process, and copies of what was migrated once, because migrating takes a
hundred times as long as to copy a file or to empty a database."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.engine import open_engine
from storage.migrate import upgrade
from tests.emptied_databases import EmptiedDatabases
from tests.postgres import PostgresServer, running_server

DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
# The process in the name, because test processes may share one server.
NAME = f"daybook_{os.getpid()}"

_until_the_end = ExitStack()


@contextmanager
def a_database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a migrated, empty database; a file of it goes into the folder."""
    with an_engine(kind, folder) as (url, _engine):
        yield url


@contextmanager
def an_engine(kind: str, folder: Path) -> Iterator[tuple[str, Engine]]:
    """The same with an engine, which is closed afterwards, or emptied with its database and used again."""
    if kind == "sqlite":
        url = a_file(folder)
        engine = open_engine(url)
        yield url, engine
        engine.dispose()
        return
    databases = emptied_databases()
    name = databases.take()
    yield server().url_of(name), databases.engine(name)
    databases.give_back(name)


def a_file(folder: Path, name: str = "daybook.db") -> str:
    """The URL of a migrated, empty file in the folder."""
    path = folder / name
    shutil.copyfile(template_file(), path)
    return f"sqlite:///{path}"


@cache
def template_file() -> Path:
    """A migrated file to copy."""
    path = Path(_until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="daybook-db-"))) / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@cache
def server() -> PostgresServer:
    """The process's PostgreSQL server, started when it is first asked for."""
    return _until_the_end.enter_context(running_server())


@cache
def emptied_databases() -> EmptiedDatabases:
    """Migrated databases of the server, each for one test at a time."""
    template = f"{NAME}_template"
    server().drop(template)
    upgrade(server().create(template))
    databases = EmptiedDatabases(server(), template)
    _until_the_end.callback(server().drop, template)
    _until_the_end.callback(databases.close)
    return databases


def close() -> None:
    """Stop the server and remove the files, after the last test."""
    _until_the_end.close()
