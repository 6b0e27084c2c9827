"""What an error of the database says of what was to be stored."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.engine import for_purpose, open_engine


def test_an_error_does_not_repeat_what_was_to_be_stored(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'daybook.db'}")
    for purpose in ("reading", "writing"):
        with for_purpose(engine, purpose).connect() as connection, pytest.raises(DBAPIError) as failed:
            connection.execute(text("INSERT INTO nowhere VALUES (:title)"), {"title": "Merger with Ortiz"})
        assert "Merger" not in str(failed.value)
    engine.dispose()


def test_a_server_is_opened_as_quietly() -> None:
    engine = open_engine("postgresql://ana@127.0.0.1/daybook")
    assert engine.hide_parameters
    engine.dispose()
