"""A stand-in fails on command, and its ledger tells afterwards what had reached it."""

import contextlib
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.sandbox.google.app import google_app
from bot.sandbox.google.errors import rate_limited
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.ledger import Ledger
from bot.sandbox.serving import serving
from tests.contracts.google_desk import EVENTS, Desk, events_of, refusal_of
from tests.patience import PATIENCE

INSERT: dict[str, Any] = {"method": "POST", "path": r"/calendar/v3/calendars/[^/]+/events"}
BODY = {"start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}}


def posted(desk: Desk) -> httpx.Response:
    bearer = {"Authorization": f"Bearer {desk.sign_in(EVENTS)['access_token']}"}
    return desk.http.post("/calendar/v3/calendars/primary/events", json=BODY, headers=bearer)


# fault 35
def test_a_fault_hits_as_many_requests_as_it_is_told_to(desk: Desk) -> None:
    insert = desk.calendar(EVENTS).events().insert(calendarId="primary", body=BODY)
    desk.world.faults.on(**INSERT, times=2).answer(403, rate_limited())
    refusals = [refusal_of(insert) for _ in range(2)]
    assert refusals == [(403, "rateLimitExceeded")] * 2
    assert (insert.execute()["status"], desk.world.faults.used_up) == ("confirmed", True)


def test_a_fault_may_let_the_first_requests_through(desk: Desk) -> None:
    desk.world.faults.on(**INSERT, skip=1).answer(503)
    assert [posted(desk).status_code for _ in range(3)] == [200, 503, 200]


def test_a_fault_has_the_headers_that_it_is_given(desk: Desk) -> None:
    desk.world.faults.on(**INSERT).answer(429, "slow down", headers={"Retry-After": "7"})
    answer = posted(desk)
    assert (answer.status_code, answer.text, answer.headers["Retry-After"]) == (429, "slow down", "7")


@pytest.mark.parametrize(("after_commit", "left"), [(False, 0), (True, 1)])
# fault 30
def test_a_connection_is_dropped_before_or_after_the_work(desk: Desk, after_commit: bool, left: int) -> None:
    desk.world.faults.on(**INSERT).drop(after_commit=after_commit)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        posted(desk)
    assert len(events_of(desk.calendar(EVENTS))) == left
    entry = desk.world.ledger.matching(**INSERT)[0]
    assert (entry.status, entry.notes) == (
        None,
        {"fault": "drop after commit", "committed": "200"} if after_commit else {"fault": "drop"},
    )


def test_an_error_may_hide_that_the_work_was_done(desk: Desk) -> None:
    desk.world.faults.on(**INSERT).answer(500, after_commit=True)
    assert posted(desk).status_code == 500
    assert len(events_of(desk.calendar(EVENTS))) == 1


def test_an_answer_may_take_longer_than_the_caller_waits(desk: Desk) -> None:
    desk.world.faults.on(path="/token").delay(PATIENCE)
    with pytest.raises(httpx.ReadTimeout):
        desk.http.post("/token", timeout=httpx.Timeout(PATIENCE, read=0.05))
    desk.world.faults.clear()


def test_a_forgotten_script_does_nothing(desk: Desk) -> None:
    desk.world.faults.on(times=99).answer(500)
    desk.world.faults.clear()
    assert posted(desk).status_code == 200


def test_the_ledger_counts_what_came_and_how_it_was_answered(desk: Desk) -> None:
    desk.exchange_code(desk.code(EVENTS))
    posted(desk)
    desk.http.get("/calendar/v3/colors")
    ledger = desk.world.ledger
    answers = [(entry.method, entry.path, entry.status) for entry in ledger.entries]
    assert answers == [
        ("GET", "/o/oauth2/v2/auth", 200),
        ("POST", "/o/oauth2/v2/auth", 302),
        ("POST", "/token", 200),
        ("POST", "/calendar/v3/calendars/primary/events", 200),
        ("GET", "/calendar/v3/colors", 401),
    ]
    assert [entry.path for entry in ledger.matching(method="POST", status=200)] == [
        "/token",
        "/calendar/v3/calendars/primary/events",
    ]


# fault 23
def test_the_ledger_on_disk_survives_and_holds_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "google.jsonl"
    world = GoogleWorld(ledger_file=file)
    with serving(google_app(world)) as url, httpx.Client(base_url=url, verify=False, timeout=PATIENCE) as http:
        bearer = {"Authorization": "Bearer canary-bearer"}
        http.get("/calendar/v3/colors", headers=bearer)
        http.post("/revoke", params={"token": "canary-token"})
    assert "canary" not in file.read_text(encoding="utf-8")
    reopened = Ledger(file)
    assert reopened.entries == world.ledger.entries
    assert [(entry.query, bool(entry.caller)) for entry in reopened.entries] == [((), True), ((("token", "…"),), False)]


def test_two_callers_are_told_apart(desk: Desk) -> None:
    def caller_of(tokens: dict[str, Any]) -> str:
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        desk.http.get("/calendar/v3/colors", headers=bearer)
        return desk.world.ledger.entries[-1].caller

    first, second = desk.sign_in(), desk.sign_in()
    assert caller_of(first) == caller_of(first) != caller_of(second)


def test_a_port_that_is_taken_is_refused() -> None:
    with serving(google_app(GoogleWorld())) as url, contextlib.ExitStack() as second:
        again = serving(google_app(GoogleWorld()), port=int(url.rpartition(":")[2]))
        with pytest.raises(OSError, match="in use"):
            second.enter_context(again)
