"""Opens transactions: for reading as many as there are connections, for writing on SQLite one at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Literal

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import Overloaded
from storage.engine import for_purpose, is_locked, is_sqlite
from storage.turns import Turns
from storage.unit_of_work import SqlUnitOfWork
from storage.vault import Vault

PATIENCE_SECONDS = 10.0


class SqlStore:
    """Implements `ports.Store`. A process opens one per database: writers take turns within it.

    SQLite's own lock lets its waiters poll, so under load one of them goes hungry; and a waiter would hold
    a connection meanwhile. Other processes still meet that lock, with as much patience as is left.
    """

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engines = {"reading": for_purpose(engine, "reading"), "writing": for_purpose(engine, "writing")}
        self._turns = Turns() if is_sqlite(engine) else None
        self.vault = vault

    @contextmanager
    def reading(self) -> Iterator[SqlUnitOfWork]:
        """A consistent view; writing in it fails."""
        with self.connected("reading") as connection:
            yield SqlUnitOfWork(connection, self.vault)

    @contextmanager
    def writing(self, *, within: float = PATIENCE_SECONDS) -> Iterator[SqlUnitOfWork]:
        """The right to write, taken at once. On PostgreSQL it is one of many, and rows are locked where it matters.

        Raises `Overloaded` where others write for longer than `within` seconds.
        """
        with self.connected("writing", within=within) as connection:
            yield SqlUnitOfWork(connection, self.vault)

    @contextmanager
    def connected(
        self, purpose: Literal["reading", "writing"], *, within: float = PATIENCE_SECONDS
    ) -> Iterator[Connection]:
        """A transaction for those within storage who need no repository; undone unless committed."""
        if purpose == "writing" and self._turns is not None:
            until = monotonic() + within
            with self._turns.taken(until=until), self._sole_writer(until) as connection:
                yield connection
        else:
            with self._engines[purpose].connect() as connection:
                connection.begin()
                yield connection

    def _sole_writer(self, until: float) -> Connection:
        """A connection that holds SQLite's write lock; asked for until then, because other processes write too."""
        while True:
            connection = self._engines["writing"].connect()
            try:
                connection.begin()
            except DBAPIError as error:
                connection.close()
                if not is_locked(error):
                    raise
                if monotonic() >= until:
                    raise Overloaded from error
            else:
                return connection
