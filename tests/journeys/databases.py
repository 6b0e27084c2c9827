"""The databases that a journey runs on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.postgres import running_server

DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@contextmanager
def a_database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a new database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'daybook.db'}"
        return
    with running_server() as server:
        name = f"journey_{folder.name}".lower().replace("-", "_")
        yield server.create(name)
        server.drop(name)
