"""What keeps live appointments of one host apart, in the database itself: is it there, and did it speak?"""

import sqlite3

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import DaybookError
from storage.engine import for_purpose
from storage.tables.appointments import GUARD_TRIGGERS, NO_OVERLAP, SLOT_TAKEN

_TRIGGERS = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'appointment_host'")
_CONSTRAINT = text(
    """
    SELECT convalidated AND NOT condeferrable FROM pg_constraint
    WHERE contype = 'x' AND conname = :name AND conrelid = to_regclass('appointment_host')
    """
)


class GuardMissing(DaybookError):
    """The database would let one host be booked twice, so nothing may be booked."""

    def __init__(self) -> None:
        super().__init__(
            "The database lacks the guard that keeps one host from being booked twice, so Daybook does not start. "
            "Somebody changed the table appointment_host by hand; restore the last backup, or put the guard back."
        )


class ExtensionMissing(DaybookError):
    """PostgreSQL's part of the guard may not be installed by the role that Daybook uses."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Daybook needs PostgreSQL's extension btree_gist and could not install it: {why.strip()}. "
            "Have the server's administrator run CREATE EXTENSION btree_gist in this database, then migrate again."
        )


def require_guard(engine: Engine) -> None:
    """Raises `GuardMissing` unless the database keeps live appointments of one host apart."""
    with for_purpose(engine, "reading").connect() as connection:
        if not _has_guard(connection):
            raise GuardMissing


def is_slot_taken(error: IntegrityError) -> bool:
    """Whether it was the guard that refused, and no other rule of the database."""
    if isinstance(error.orig, sqlite3.IntegrityError):
        return error.orig.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_TRIGGER and error.orig.args == (SLOT_TAKEN,)
    # psycopg is there where PostgreSQL is, and only there.
    return getattr(getattr(error.orig, "diag", None), "constraint_name", None) == NO_OVERLAP


def _has_guard(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return {name: sql for name, sql in connection.execute(_TRIGGERS)} == GUARD_TRIGGERS  # noqa: C416 - rows
    return bool(connection.scalar(_CONSTRAINT, {"name": NO_OVERLAP}))
