"""PostgreSQL databases that are used again: to copy a migrated one takes a hundred times as long as to empty it."""

from itertools import count

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from tests.postgres import PostgresServer

_KEPT = "alembic_version"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> %s"
_LET_GO = (
    "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
)
_SCHEMA = """
SELECT md5(string_agg(part, E'\n' ORDER BY part)) FROM (
    SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default)
        FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT version_num FROM alembic_version
) AS described (part)
"""


class EmptiedDatabases:
    """Copies of a template, each for one test at a time. One whose test changed its schema is not used again."""

    def __init__(self, server: PostgresServer, template: str) -> None:
        self._server = server
        self._template = template
        self._schema = _schema_of(server, template)
        self._free: list[str] = []
        self._numbers = count(1)

    def take(self) -> str:
        """The name of an empty, migrated database."""
        if self._free:
            return self._free.pop()
        name = f"{self._template}_{next(self._numbers)}"
        self._server.create(name, template=self._template)
        return name

    def give_back(self, name: str) -> None:
        """Empty it, whoever is still connected to it."""
        with psycopg.connect(url_of(self._server, name), autocommit=True) as connection:
            connection.execute(_LET_GO, [connection.info.backend_pid])
            is_whole = connection.execute(_SCHEMA).fetchone() == self._schema
            if is_whole:
                _empty(connection)
        if is_whole:
            self._free.append(name)
        else:
            self._server.drop(name)

    def close(self) -> None:
        """Remove them all."""
        for name in self._free:
            self._server.drop(name)


def url_of(server: PostgresServer, name: str) -> str:
    """By which psycopg reaches a database of the server."""
    return make_url(server.url).set(database=name, drivername="postgresql").render_as_string(hide_password=False)


def _schema_of(server: PostgresServer, name: str) -> tuple[object, ...] | None:
    with psycopg.connect(url_of(server, name), autocommit=True) as connection:
        return connection.execute(_SCHEMA).fetchone()


def _empty(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    tables = [str(row[0]) for row in connection.execute(_TABLES, [_KEPT])]
    with connection.transaction():
        # Neither references nor guards are looked at: all of it goes.
        connection.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
