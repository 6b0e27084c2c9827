"""Opens the database with the settings that the rest of storage relies on."""

from contextlib import suppress
from os import O_CREAT, O_EXCL, O_RDWR, close
from os import open as open_file
from sqlite3 import SQLITE_BUSY, OperationalError
from time import monotonic, sleep
from typing import Literal

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.domain.errors import DaybookError

Purpose = Literal["reading", "writing", "migrating"]

_PURPOSE = "daybook_purpose"
_WRITERS = "daybook_writers"
_BUSY_SECONDS = 10
# Whoever writes for a store waits in small pieces, and so no longer than his own patience.
_WRITER_BUSY_SECONDS = 0.25
_RETRY_SECONDS = 0.05
_ABOUT_A_VALUE = "22"
"""The class of PostgreSQL's data exceptions."""

# Batch migrations rebuild tables, which cascades must not see. Pragmas cannot be changed inside a transaction.
_SQLITE_PRAGMAS: dict[Purpose, tuple[str, ...]] = {
    "reading": ("PRAGMA foreign_keys=ON", "PRAGMA query_only=ON"),
    "writing": ("PRAGMA foreign_keys=ON", "PRAGMA query_only=OFF"),
    "migrating": ("PRAGMA foreign_keys=OFF", "PRAGMA query_only=OFF"),
}
_SQLITE_BEGIN: dict[Purpose, str] = {
    "reading": "BEGIN",
    "writing": "BEGIN IMMEDIATE",
    "migrating": "BEGIN IMMEDIATE",
}


class UnusableDatabase(DaybookError):
    """The setting names no database that Daybook can work with; says how one is named."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"DAYBOOK_DATABASE_URL cannot be used: {why}. "
            "Name a file, as in sqlite:///daybook.db, or a server, as in postgresql://user:password@host/daybook."
        )


def open_engine(url: str, *, pool_size: int = 10) -> Engine:
    """The engine for `sqlite:///FILE` or `postgresql://...`.

    `pool_size` is the number of connections, and so of threads that can be inside a transaction at once; on
    SQLite, writers take turns on one more of their own.
    Raises `UnusableDatabase` for a database that is neither, and for SQLite without a file, which would be another
    empty database in every thread.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise UnusableDatabase("it is no address of a database") from error
    if parsed.get_backend_name() == "postgresql":
        return _open_postgres(parsed, pool_size)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, pool_size)
    raise UnusableDatabase(f"Daybook does not store in {parsed.get_backend_name()}")


def is_sqlite(engine: Engine) -> bool:
    """Whether the database is a file that has one writer at a time."""
    return engine.dialect.name == "sqlite"


def is_locked(error: DBAPIError) -> bool:
    """Whether SQLite refused because somebody else is writing."""
    return isinstance(error.orig, OperationalError) and error.orig.sqlite_errorcode == SQLITE_BUSY


def for_purpose(engine: Engine, purpose: Purpose) -> Engine:
    """An engine of the same database, disposed of with it, whose transactions begin as `purpose` needs them.

    `reading` is one consistent view in which writing fails; `writing` and `migrating` hold SQLite's write lock
    from the beginning, because a transaction that asks for it later fails at once in spite of any time-out.
    """
    if is_sqlite(engine):
        if purpose == "writing":
            writers: Engine = engine.get_execution_options()[_WRITERS]
            return writers
        return engine.execution_options(**{_PURPOSE: purpose})
    if purpose == "reading":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.execution_options(isolation_level="READ COMMITTED")


def _open_postgres(url: URL, pool_size: int) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,  # an error is logged, and titles and names must not be
    )
    event.listen(engine, "handle_error", _say_no_values)
    return engine


def _say_no_values(context: ExceptionContext) -> None:
    """Let an error say what went wrong, and nothing of what was to be stored.

    The server repeats whole rows in the details of an error, and values in the message of one about a value.
    `diag` still has all of it, for whoever asks which rule refused.
    """
    error = context.original_exception
    state = getattr(error, "sqlstate", None)
    if state is None:
        return
    said = str(getattr(getattr(error, "diag", None), "message_primary", None) or "")
    told = state if state.startswith(_ABOUT_A_VALUE) or not said else f"{state}: {said}"
    error.args = (told,)
    wrapped = context.sqlalchemy_exception
    if wrapped is not None:
        wrapped.args = (f"({type(error).__module__}.{type(error).__name__}) {told}",)


def _open_sqlite(url: URL, pool_size: int) -> Engine:
    if url.database in (None, "", ":memory:"):
        raise UnusableDatabase("SQLite needs a file")
    engine = _sqlite_connections(url, pool_size, busy_seconds=_BUSY_SECONDS)
    # A connection that served readers as well would have to be told each time that it may write.
    writers = _sqlite_connections(url, 1, busy_seconds=_WRITER_BUSY_SECONDS)
    event.listen(engine, "engine_disposed", lambda _engine: writers.dispose())
    engine.update_execution_options(**{_WRITERS: writers})
    return engine


def _sqlite_connections(url: URL, pool_size: int, *, busy_seconds: float) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
    )
    event.listen(engine, "do_connect", _create_for_ourselves)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _create_for_ourselves(
    _dialect: Dialect, _entry: ConnectionPoolEntry, names: list[str], options: dict[str, object]
) -> None:
    """Create a new file so that nobody else may read it: it holds titles. What SQLite puts beside it inherits that.

    A file that is there is never opened here: closing it again would undo the locks that SQLite has on it.
    """
    if options.get("uri"):
        return  # the name is no path
    with suppress(OSError):  # SQLite says better what is the matter
        close(open_file(names[0], O_CREAT | O_EXCL | O_RDWR, 0o600))


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Python's driver begins transactions of its own accord, too late for BEGIN IMMEDIATE; None stops it.
    connection.isolation_level = None
    cursor = connection.cursor()
    _switch_to_wal(cursor)
    cursor.execute("PRAGMA synchronous=NORMAL")
    # Not every build does so by itself: what is erased is to be gone from the file too.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _switch_to_wal(cursor: DBAPICursor) -> None:
    """Readers and the writer then do not wait for each other; on a file that is switched already this is a look.

    SQLite's own patience does not cover the switch: of two processes that open a new file at once, one is refused.
    """
    deadline = monotonic() + _BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except OperationalError:
            if monotonic() > deadline:
                raise
            sleep(_RETRY_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    purpose: Purpose = connection.get_execution_options().get(_PURPOSE, "writing")
    # Each statement lets go of the interpreter, and under load gets it back late: none is repeated for nothing.
    if connection.info.get(_PURPOSE) != purpose:
        connection.info[_PURPOSE] = None  # Half of them may fail.
        for pragma in _SQLITE_PRAGMAS[purpose]:
            connection.exec_driver_sql(pragma)
        connection.info[_PURPOSE] = purpose
    connection.exec_driver_sql(_SQLITE_BEGIN[purpose])
