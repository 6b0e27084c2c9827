"""The stand-in for Zoom fails on command, and its ledger tells afterwards what it did."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.sandbox.ledger import Ledger
from bot.sandbox.zoom.app import serve_zoom
from bot.sandbox.zoom.counting import meetings_changed, meetings_created, meetings_deleted
from bot.sandbox.zoom.errors import daily_body, per_second_body
from bot.sandbox.zoom.world import ZoomWorld
from tests.contracts.zoom_desk import ANA, CALLBACK, MEETING, Desk, DeskFactory
from tests.patience import PATIENCE

IMPATIENT = httpx.Timeout(PATIENCE, read=0.05)
CREATE: dict[str, Any] = {"method": "POST", "path": "/v2/users/me/meetings"}


@pytest.fixture
def desk(new_zoom_desk: DeskFactory) -> Iterator[Desk]:
    with new_zoom_desk() as desk:
        yield desk


# fault 32
@pytest.mark.parametrize(("after_commit", "left"), [(False, 0), (True, 1)])
def test_an_answer_is_lost_before_or_after_the_meeting_is_made(desk: Desk, after_commit: bool, left: int) -> None:
    desk.world.faults.on(**CREATE).drop(after_commit=after_commit)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        desk.creates()
    assert (len(desk.world.meetings()), len(meetings_created(desk.world.settle(), "ref:a1"))) == (left, left)


# fault 32
def test_an_answer_that_is_cut_was_worked_on(desk: Desk) -> None:
    desk.world.faults.on(**CREATE).cut()
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        desk.creates()
    [meeting] = desk.world.meetings()
    assert meetings_created(desk.world.settle(), "ref:a1") == (meeting["id"],)


# fault 32
@pytest.mark.parametrize(("after_commit", "left"), [(False, 0), (True, 1)])
def test_an_error_may_hide_that_the_meeting_was_made(desk: Desk, after_commit: bool, left: int) -> None:
    desk.world.faults.on(**CREATE).answer(503, after_commit=after_commit)
    assert desk.creates().status_code == 503
    assert len(meetings_created(desk.world.settle(), "ref:a1")) == left


def test_an_answer_may_take_longer_than_the_caller_waits(desk: Desk) -> None:
    desk.world.faults.on(**CREATE).delay(PATIENCE, after_commit=True)
    with pytest.raises(httpx.ReadTimeout):
        desk.asks("POST", "/users/me/meetings", json=MEETING, timeout=IMPATIENT)
    desk.world.faults.clear()
    desk.world.settle()
    assert len(desk.world.meetings()) == 1


@pytest.mark.parametrize("body", [per_second_body(), daily_body()], ids=["second", "day"])
def test_a_limit_may_be_met_on_command(desk: Desk, body: dict[str, object]) -> None:
    desk.world.faults.on(**CREATE, times=2).answer(429, body)
    assert [desk.creates().status_code for _ in range(3)] == [429, 429, 201]


# fault 2
def test_the_ledger_counts_meetings_by_their_reference(desk: Desk) -> None:
    first = desk.made(agenda="ref:a1\nFirst")["id"]
    again = desk.made(agenda="ref:a1")["id"]
    other = desk.made(agenda="ref:a2")["id"]
    desk.world.makes_meeting(ANA, agenda="ref:a1 by hand")
    desk.creates(duration=0)
    assert meetings_created(desk.world.settle(), "ref:a1") == (first, again)
    assert meetings_created(desk.world.settle()) == (first, again, other)


def test_the_ledger_counts_changes_and_deletions(desk: Desk) -> None:
    meeting = desk.made()["id"]
    for verb in ("PATCH", "PATCH", "DELETE", "DELETE"):
        desk.asks(verb, f"/meetings/{meeting}", json={"duration": 45})
    assert (meetings_changed(desk.world.settle(), meeting), meetings_deleted(desk.world.settle(), meeting)) == (2, 1)


def test_eight_who_create_at_once_make_eight_meetings(desk: Desk) -> None:
    token = desk.token
    with ThreadPoolExecutor(8) as pool:
        made = [
            answer.json()["id"]
            for answer in pool.map(lambda _: desk.asks("POST", "/users/me/meetings", token, json=MEETING), range(8))
        ]
    assert sorted(meetings_created(desk.world.settle(), "ref:a1")) == sorted(set(made))
    assert len(set(made)) == 8


def test_the_ledger_is_not_whole_while_a_request_is_worked_on(desk: Desk) -> None:
    desk.world.faults.on(**CREATE).delay(PATIENCE, after_commit=True)
    with pytest.raises(httpx.ReadTimeout):
        desk.asks("POST", "/users/me/meetings", json=MEETING, timeout=IMPATIENT)
    with pytest.raises(TimeoutError):
        desk.world.settle(0.01)
    desk.world.faults.clear()
    assert len(meetings_created(desk.world.settle())) == 1


def test_every_answer_tells_the_time_by_zooms_clock(desk: Desk) -> None:
    answers = [desk.asks("GET", "/users/me"), desk.http.get("/nowhere")]
    assert [answer.headers.get_list("date") for answer in answers] == [["Tue, 24 Nov 2026 08:00:00 GMT"]] * 2


# fault 23
def test_the_ledger_on_disk_survives_and_holds_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "zoom.jsonl"
    world = ZoomWorld(ledger_file=file)
    world.add_person(ANA, "Ana", "Europe/Berlin")
    app = world.register_client([CALLBACK])
    tokens = world.sign_in(app, ANA)
    with serve_zoom(world) as urls, httpx.Client(verify=False, timeout=PATIENCE) as http:
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        made = http.post(f"{urls.api_url}users/me/meetings", json=MEETING, headers=bearer).json()
        grant = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
        fresh = http.post(urls.token_url, params=grant, auth=(app.id, app.secret)).json()
        http.post(urls.revoke_url, params={"token": fresh["access_token"]}, auth=(app.id, app.secret))
        world.settle()
    written = file.read_text(encoding="utf-8")
    secrets = [app.secret, *(answer[name] for answer in (tokens, fresh) for name in ("access_token", "refresh_token"))]
    secrets += [made["password"], made["join_url"].partition("pwd=")[2], "zak="]
    assert [secret for secret in secrets if secret in written] == []
    reopened = Ledger(file)
    assert reopened.entries == world.ledger.entries
    assert meetings_created(reopened, "ref:a1") == (made["id"],)


def test_a_served_world_tells_its_addresses(desk: Desk) -> None:
    with serve_zoom(desk.world) as urls:
        assert (urls.api_url, urls.auth_url, urls.token_url, urls.revoke_url) == (
            f"{urls.url}/v2/",
            f"{urls.url}/oauth/authorize",
            f"{urls.url}/oauth/token",
            f"{urls.url}/oauth/revoke",
        )
        assert desk.world.sign_in(desk.client, ANA)["api_url"] == urls.url
