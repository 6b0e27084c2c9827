"""What all tables share: one metadata, whose constraints have names that migrations can rely on."""

from sqlalchemy import MetaData, Table
from sqlmodel import SQLModel


class Row(SQLModel):
    """The parent of all tables. They are the schema and nothing else: SQLModel does not validate tables, and
    the repositories read and write columns, because entities cost twenty times as much."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )


def table_of(row: type[Row]) -> Table:
    """The table that `row` declares, for statements over columns."""
    return Row.metadata.tables[str(row.__tablename__)]
