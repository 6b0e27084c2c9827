"""No row of the database reaches the log, whoever logged the error that repeats it."""

import logging
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from storage.engine import for_purpose, open_engine
from tests.databases import a_database
from tests.kept_logging import logging_to_text

OURS = logging.getLogger("bot.example")
CANARY = "Merger with Ortiz"
_TABLES = """
CREATE TABLE kind (name text PRIMARY KEY);
CREATE TABLE thing (
    title text UNIQUE,
    size integer CHECK (size > 0),
    kind text REFERENCES kind DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO thing (title) VALUES ('Merger with Ortiz')
"""
_REFUSED = {
    "a row that is there": ("INSERT INTO thing (title) VALUES (:value)", "23505", "thing_title_key"),
    "a row that may not be": ("INSERT INTO thing VALUES (:value, 0)", "23514", "thing_size_check"),
    "a row without its parent, at the commit": ("INSERT INTO thing (kind) VALUES (:value)", "23503", "thing_kind_fkey"),
    "a value that is no number": ("SELECT CAST(:value AS text)::integer", "22P02", ""),
}


@pytest.mark.postgres
@pytest.mark.parametrize(("statement", "state", "rule"), _REFUSED.values(), ids=_REFUSED)
def test_what_postgresql_refused_is_not_in_the_log(tmp_path: Path, statement: str, state: str, rule: str) -> None:
    with a_database("postgres", tmp_path) as url:
        engine = open_engine(url)
        failed = refused(engine, statement)
        engine.dispose()
    with logging_to_text() as log:
        OURS.error("unexpected error", exc_info=failed, extra={"problem": str(failed), "cause": repr(failed.orig)})

    assert (CANARY in log.getvalue(), "DETAIL" in log.getvalue()) == (False, False)
    assert state in log.getvalue()
    assert isinstance(failed.orig, psycopg.Error)
    assert (failed.orig.diag.constraint_name or "") == rule


def refused(engine: Engine, statement: str) -> DBAPIError:
    writing = for_purpose(engine, "writing")
    with writing.begin() as connection:
        connection.execute(text(_TABLES))
    with pytest.raises(DBAPIError) as failed, writing.begin() as connection:
        connection.execute(text(statement), {"value": CANARY})
    return failed.value


def test_a_row_that_somebody_else_logs_is_left_out_to_the_end_of_the_line() -> None:
    message = f"duplicate key\nDETAIL:  Key (title)=(a\nHINT:  {CANARY}) already exists."
    with logging_to_text() as log:
        OURS.error(message)

    assert CANARY not in log.getvalue()
    assert "duplicate key" in log.getvalue()
    assert log.getvalue().count("\n") == 1
