"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy spells once for each.

To build a statement takes longer than to run it, so what is asked all the time is built once.
"""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

Upsert = sqlite.Insert | postgresql.Insert


def insert(dialect: str, table: Table) -> Upsert:
    """An insert into `table` that knows ON CONFLICT, in the SQL of `dialect`."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def upsert(dialect: str, table: Table, *, by: Sequence[str], updating: Sequence[str]) -> Upsert:
    """An insert that instead writes the columns `updating` where a row with the same `by` is there.

    The values go with its execution.
    """
    return _upsert(dialect, table, tuple(by), tuple(updating))


@cache
def insert_unless_there(dialect: str, table: Table, *, by: tuple[str, ...]) -> ReturningInsert[tuple[UUID]]:
    """An insert that returns the new row's id, and writes and returns nothing where a row with the same `by` is there.

    The values go with its execution.
    """
    return insert(dialect, table).on_conflict_do_nothing(index_elements=by).returning(table.c.id)


@cache  # to build one takes longer than to run it
def _upsert(dialect: str, table: Table, by: tuple[str, ...], updating: tuple[str, ...]) -> Upsert:
    statement = insert(dialect, table)
    return statement.on_conflict_do_update(
        index_elements=by, set_={column: statement.excluded[column] for column in updating}
    )
