"""Brings a database's schema up to date, and refuses to work on one that it does not know."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from bot.domain.errors import DaybookError
from storage.engine import UnusableDatabase, for_purpose, open_engine
from storage.guard import require_guard

_ADVISORY_LOCK = 0x0DA7B00C  # Any number will do, as long as nobody else on the server takes the same.


class SchemaOutOfDate(DaybookError):
    """The database lacks steps that this Daybook relies on."""

    def __init__(self) -> None:
        super().__init__("The database is not up to date. Run `daybook migrate`, then start again.")


class UnknownRevision(DaybookError):
    """The database was written by a later Daybook, whose rules this one does not know."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database is at revision {revision}, which this Daybook does not know: a newer one wrote it. "
            "Install that version, or restore the backup made before the upgrade."
        )


def upgrade(database_url: str, *, to: str = "head") -> None:
    """Bring the schema up to a revision, by default to this version's, in one transaction and under a lock.

    Any number of processes may try at once: the first does it, the others find it done. Raises
    `UnknownRevision` and changes nothing where the schema is newer, and `UnusableDatabase` where there is no
    database to reach.
    """
    engine = open_engine(database_url, pool_size=1)
    try:
        with for_purpose(engine, "reading").connect():
            pass
    except DatabaseError as error:
        engine.dispose()
        raise UnusableDatabase(f"it does not open ({error.orig})") from error
    try:
        with for_purpose(engine, "migrating").begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
            current = _known_revision(connection)
            if current == revisions()[-1]:
                return
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    finally:
        engine.dispose()


def check(database_url: str) -> None:
    """Raises `SchemaOutOfDate` or `UnknownRevision` unless the schema is exactly this version's.

    Raises `GuardMissing` where the schema is, and yet one host could be booked twice.
    """
    engine = open_engine(database_url, pool_size=1)
    try:
        with for_purpose(engine, "reading").connect() as connection:
            if _known_revision(connection) != revisions()[-1]:
                raise SchemaOutOfDate
        require_guard(engine)
    finally:
        engine.dispose()


@cache
def revisions() -> Sequence[str]:
    """Every revision of the schema, the oldest first. All steps are loaded for it, so it is looked up once."""
    steps = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(step.revision for step in steps)[::-1]


def _known_revision(connection: Connection) -> str | None:
    """Where the database stands, nothing if it is empty; raises `UnknownRevision`."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in revisions():
        raise UnknownRevision(current)
    return current


def _config() -> Config:
    config = Config()
    # Alembic expands percent signs, which a folder's name may hold.
    folder = str(Path(__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    return config
