"""While somebody else holds the database, people are told in time, and readiness says so."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import httpx
import pytest

from bot.app.readiness import DatabaseReadiness
from bot.clients.system import SystemClock
from bot.domain.errors import Overloaded
from tests.integration import deliveries
from tests.integration.deliveries import Who
from tests.integration.slack_house import House, a_store, settle, slack_house
from tests.patience import in_time

BUSY = "Daybook has its hands full just now. Nothing was done; try again in a minute."


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Another process's transaction: SQLite has one writer at a time."""
    other = sqlite3.connect(folder / "daybook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with slack_house(tmp_path) as house:
        yield house


def deliver(house: House, request: tuple[bytes, str]) -> httpx.Response:
    return deliveries.deliver(house.browser, house.slack.app.signing_secret, request)


# fault 59
@pytest.mark.slow
def test_a_command_that_cannot_be_noted_down_is_refused_in_time_and_works_later(house: House, tmp_path: Path) -> None:
    request = deliveries.command(Who(house.ana.id, house.acme.id), "/daybook", "help")

    def refused() -> float:
        began = monotonic()
        told = deliver(house, request)
        took = monotonic() - began
        assert (told.status_code, told.json()["response_type"], told.json()["text"]) == (200, "ephemeral", BUSY)
        return took

    with held(tmp_path):
        assert in_time(3, refused)
    assert deliver(house, request).content == b""
    settle(house.store)


# fault 59
@pytest.mark.slow
def test_a_form_that_cannot_be_noted_down_stays_under_what_is_told(house: House, tmp_path: Path) -> None:
    with held(tmp_path):
        told = deliver(house, deliveries.submission(Who(house.ana.id, house.acme.id), "form", {})).json()
    assert told["response_action"] == "push"
    assert told["view"]["blocks"][0]["text"]["text"] == BUSY


# fault 59
@pytest.mark.slow
def test_an_event_that_cannot_be_noted_down_is_left_to_slack_to_bring_again(house: House, tmp_path: Path) -> None:
    event = deliveries.event(Who(house.ana.id, house.acme.id), {"type": "app_home_opened", "user": house.ana.id})
    with held(tmp_path):
        assert deliver(house, event).status_code == 503
    assert deliver(house, event).status_code == 200


# fault 59
@pytest.mark.slow
def test_a_disk_that_is_full_is_told_by_a_reference(house: House) -> None:
    with house.store.connected("writing") as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    answers = [deliver(house, deliveries.command(Who(house.ana.id, house.acme.id), "/daybook")) for _ in range(100)]
    assert {answer.status_code for answer in answers} == {200}
    assert "something failed inside Daybook" in answers[-1].json()["text"]


# fault 59
@pytest.mark.slow
def test_readiness_tells_a_database_that_somebody_else_holds(tmp_path: Path) -> None:
    readiness = DatabaseReadiness(a_store(tmp_path), SystemClock())
    with held(tmp_path):
        assert readiness() == ("the database is held by somebody else who writes",)


# fault 59
def test_readiness_tells_a_database_that_takes_nothing_in(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.connected("writing") as connection:
        connection.exec_driver_sql("DROP TABLE inbox")
        connection.commit()
    assert DatabaseReadiness(store, SystemClock())() == ("the database takes nothing in",)


def test_readiness_finds_nothing_in_the_way_and_holds_no_delivery_open(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    assert DatabaseReadiness(store, SystemClock())() == ()
    settle(store)


def test_a_writer_waits_no_longer_than_his_patience(tmp_path: Path) -> None:
    store = a_store(tmp_path)

    def waits() -> float:
        began = monotonic()
        with pytest.raises(Overloaded), store.writing(within=0.3):
            raise AssertionError("somebody else holds the lock")
        waited = monotonic() - began
        assert waited >= 0.3
        return waited

    with held(tmp_path):
        assert in_time(3, waits)


def test_a_writer_with_patience_gets_his_turn(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as work:
        work.inbox.claim("key", now=SystemClock().now(), lease=SystemClock().now() - SystemClock().now())
        work.commit()
    with store.reading() as work:
        assert work.inbox.answer("key") == ""
