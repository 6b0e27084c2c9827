"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy spells once for each."""

from collections.abc import Sequence

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

Upsert = sqlite.Insert | postgresql.Insert


def insert(dialect: str, table: Table) -> Upsert:
    """An insert into `table` that knows ON CONFLICT, in the SQL of `dialect`."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def upsert(dialect: str, table: Table, *, by: Sequence[str], updating: Sequence[str]) -> Upsert:
    """An insert that instead writes the columns `updating` where a row with the same `by` is there."""
    statement = insert(dialect, table)
    return statement.on_conflict_do_update(
        index_elements=by, set_={column: statement.excluded[column] for column in updating}
    )
