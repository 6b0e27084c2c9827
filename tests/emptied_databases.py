"""PostgreSQL databases that are used again: to copy a migrated one takes a hundred times as long as to empty it."""

from contextlib import ExitStack
from itertools import count

import psycopg
from psycopg import sql
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

from storage.engine import open_engine
from tests.postgres import PostgresServer

_KEPT = "alembic_version"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> %s"
# Neither references nor guards are looked at: all of it goes. In one message, as fifty take fifty times as long.
_EMPTY = sql.SQL("BEGIN; SET LOCAL session_replication_role = replica; {}; COMMIT")
_OUR_NAME = "daybook_tests"
_LET_GO = "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE datname = %s AND application_name <> %s"
# What describes the schema, and which transaction wrote it; to have it spelt out takes ten times as long.
_SCHEMA = """
SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
    SELECT concat_ws(' ', oid, xmin) FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', attrelid, attnum, pg_attribute.xmin) FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', oid, xmin) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', oid, xmin) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT version_num FROM alembic_version
) AS described (part)
"""


class EmptiedDatabases:
    """Copies of a template, each for one test at a time. One whose test changed its schema is not used again."""

    def __init__(self, server: PostgresServer, template: str) -> None:
        self._server = server
        self._template = template
        self._free: list[_Emptied] = []
        self._taken: dict[str, _Emptied] = {}
        self._numbers = count(1)

    def take(self) -> str:
        """The name of an empty, migrated database."""
        database = self._free.pop() if self._free else self._another()
        self._taken[database.name] = database
        return database.name

    def engine(self, name: str) -> Engine:
        """One of a database that was taken; it stays open from test to test, and so do its warm connections."""
        return self._taken[name].engine

    def give_back(self, name: str) -> None:
        """Empty it, whoever is still connected to it."""
        database = self._taken.pop(name)
        if database.emptied():
            self._free.append(database)
        else:
            self._remove(database)

    def close(self) -> None:
        """Remove them all."""
        for database in self._free:
            self._remove(database)

    def _another(self) -> "_Emptied":
        name = f"{self._template}_{next(self._numbers)}"
        self._server.create(name, template=self._template)
        return _Emptied(self._server, name)

    def _remove(self, database: "_Emptied") -> None:
        database.close()
        self._server.drop(database.name)


class _Emptied:
    """One of them, and what stays connected to it: a connection that has just begun takes most of its time to begin."""

    def __init__(self, server: PostgresServer, name: str) -> None:
        self.name = name
        self._open = ExitStack()
        ours = (
            make_url(server.url_of(name))
            .set(drivername="postgresql")
            .update_query_dict({"application_name": _OUR_NAME})
        )
        url = ours.render_as_string(hide_password=False)
        self._connection = self._open.enter_context(psycopg.connect(url, autocommit=True))
        self._empty = _EMPTY.format(sql.SQL("; ").join(map(_delete_from, self._tables())))
        self._schema = self._connection.execute(_SCHEMA).fetchone()
        self.engine = open_engine(url)
        self._open.callback(self.engine.dispose)

    def emptied(self) -> bool:
        """Whether it is empty again, and as it was; nobody else is connected to it then."""
        self._connection.execute(_LET_GO, [self.name, _OUR_NAME])
        assert isinstance(self.engine.pool, QueuePool)
        if self.engine.pool.checkedout() or self._connection.execute(_SCHEMA).fetchone() != self._schema:
            return False
        self._connection.execute(self._empty)
        return True

    def close(self) -> None:
        """Let go of it."""
        self._open.close()

    def _tables(self) -> list[str]:
        return [str(row[0]) for row in self._connection.execute(_TABLES, [_KEPT])]


def _delete_from(table: str) -> sql.Composed:
    return sql.SQL("DELETE FROM {}").format(sql.Identifier(table))
