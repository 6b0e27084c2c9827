"""Lets all engines of a test process share what SQLAlchemy compiled: to compile a statement takes ten times as long as
to run it, and each test opens engines of its own."""

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.util import LRUCache

_STATEMENTS = 10_000

_dialects: dict[str, Dialect] = {}
_compiled: LRUCache[object, object] = LRUCache(_STATEMENTS)


def compile_once() -> None:
    """From now on, and for every engine."""
    event.listen(Engine, "engine_connect", _share)


def _share(connection: Connection) -> None:
    """Hand over what engines of this kind compiled; a compiled statement is found by the very dialect it was made for.

    Whoever is first has spoken with its database already, and so knows what kind it is.
    """
    connection.dialect = _dialects.setdefault(connection.dialect.name, connection.dialect)
    connection.execution_options(compiled_cache=_compiled)
