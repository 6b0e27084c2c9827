"""The stand-in for Zoom tells apps what happens: signed, proved to be theirs first, and not waited for."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.serving import serving
from bot.sandbox.zoom.courier import Delivery, proof, signature
from tests.contracts.zoom_desk import ANA, CALLBACK, MEETING, Desk, DeskFactory, Switch
from tests.patience import PATIENCE


@pytest.fixture
def desk(new_zoom_desk: DeskFactory) -> Iterator[Desk]:
    with new_zoom_desk() as desk:
        yield desk


class App:
    """An app's webhook: proves itself, remembers what it is told, and answers as it is set to."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.status = 204
        self.meanwhile: Callable[[], object] = lambda: None
        self.told: list[dict[str, Any]] = []
        self.signed: list[bool] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.body()
        message = f"v0:{request.headers['x-zm-request-timestamp']}:".encode() + body
        expected = "v0=" + hmac.new(self.secret.encode(), message, hashlib.sha256).hexdigest()
        self.signed.append(request.headers["x-zm-signature"] == expected)
        event = json.loads(body)
        await self._answer(event)(scope, receive, send)

    def _answer(self, event: dict[str, Any]) -> Response:
        if event["event"] != "endpoint.url_validation":
            self.told.append(event)
            self.meanwhile()
            return Response(status_code=self.status)
        plain = event["payload"]["plainToken"]
        sealed = hmac.new(self.secret.encode(), plain.encode(), hashlib.sha256).hexdigest()
        return JSONResponse({"plainToken": plain, "encryptedToken": sealed})


@pytest.fixture(scope="module")
def hook() -> Iterator[tuple[str, Switch]]:
    switch = Switch()
    with serving(switch) as url:
        yield f"{url}/webhooks/zoom", switch


@pytest.fixture
def address(hook: tuple[str, Switch]) -> str:
    return hook[0]


@pytest.fixture
def app(desk: Desk, hook: tuple[str, Switch]) -> App:
    app = App(desk.client.webhook_secret)
    hook[1].app = app
    return app


@pytest.fixture
def connected(desk: Desk, app: App, address: str) -> Desk:
    """A desk whose app has proved its address, and which Ana allows."""
    desk.world.point_webhook(desk.client, address)
    assert desk.token
    return desk


def statuses(deliveries: tuple[Delivery, ...]) -> list[int | None]:
    return [delivery.status for delivery in deliveries]


def test_a_signature_is_the_one_that_zoom_documents() -> None:
    # Worked out with openssl: printf 'v0:1739923528:{"event":"x"}' | openssl dgst -sha256 -hmac secret
    expected = "v0=35da3bc542ec0176a22a4501d7f729ec0304f01472bae5bff3801eb8a49c2673"
    assert signature("secret", "1739923528", b'{"event":"x"}') == expected
    assert proof("secret", "plain") == "a237566e044b73e6a1e54bd59974547487fa5f8143025ce0d04d82e7ee4c5e34"


# fault 53
def test_an_address_has_to_prove_that_it_is_the_apps(desk: Desk, app: App, address: str) -> None:
    delivery = desk.world.point_webhook(desk.client, address)
    assert (delivery.event, delivery.went_well, app.signed) == ("endpoint.url_validation", True, [True])
    app.secret = "another"
    with pytest.raises(ValueError, match="not validated"):
        desk.world.point_webhook(desk.client, f"{address}/elsewhere")
    assert desk.world.deliver(desk.client, {"event": "x"}) is not None
    assert desk.world.courier.deliveries[-1].address == address


# fault 54
def test_an_app_that_is_removed_is_told_after_its_tokens_are_dead(connected: Desk, app: App) -> None:
    delivery = connected.world.removes_app(ANA, connected.client)
    assert delivery is not None
    assert (delivery.status, app.signed[-1]) == (204, True)
    [event] = app.told
    assert len(event["payload"].pop("signature")) == 64
    assert event == {
        "event": "app_deauthorized",
        "event_ts": 1795507200000,
        "payload": {
            "account_id": connected.ana.account_id,
            "user_id": connected.ana.id,
            "client_id": connected.client.id,
            "deauthorization_time": "2026-11-24T08:00:00.000Z",
            "user_data_retention": "false",
        },
    }
    assert connected.asks("GET", "/users/me").status_code == 401


# fault 54
def test_an_app_may_be_removed_twice_and_with_nothing_said_about_data(connected: Desk, app: App) -> None:
    for _ in range(2):
        connected.world.removes_app(ANA, connected.client, retention=None)
    assert [event["payload"]["user_data_retention"] for event in app.told] == [None, None]


def test_a_meeting_that_its_host_moves_by_hand_is_told(connected: Desk, app: App) -> None:
    meeting = connected.made()
    moved = connected.world.moves_meeting(meeting["id"], start_time="2026-11-24T16:00:00Z", duration=45)
    same = {"id": meeting["id"], "uuid": meeting["uuid"]}
    assert (statuses(moved), app.signed[-1]) == ([204], True)
    assert app.told == [
        {
            "event": "meeting.updated",
            "event_ts": 1795507200000,
            "payload": {
                "account_id": connected.ana.account_id,
                "operator": ANA,
                "operator_id": connected.ana.id,
                "object": same | {"start_time": "2026-11-24T16:00:00Z", "duration": 45},
                "old_object": same | {"start_time": "2026-11-24T14:00:00Z", "duration": 30},
                "time_stamp": 1795507200000,
            },
        }
    ]


def test_a_meeting_that_its_host_deletes_by_hand_is_told(connected: Desk, app: App) -> None:
    meeting = connected.made()
    assert statuses(connected.world.deletes_meeting(meeting["id"])) == [204]
    [event] = app.told
    assert (event["event"], event["payload"]["object"]) == (
        "meeting.deleted",
        {
            "id": meeting["id"],
            "uuid": meeting["uuid"],
            "host_id": connected.ana.id,
            "topic": MEETING["topic"],
            "type": 2,
            "start_time": "2026-11-24T14:00:00Z",
            "duration": 30,
            "timezone": "Europe/Berlin",
        },
    )
    assert connected.asks("GET", f"/meetings/{meeting['id']}").status_code == 404


def test_what_an_app_changes_itself_comes_back_to_it(connected: Desk, app: App) -> None:
    path = f"/meetings/{connected.made()['id']}"
    connected.asks("PATCH", path, json={"duration": 45})
    connected.world.settle()
    connected.asks("PATCH", path, json={"duration": 45})
    connected.asks("DELETE", path)
    connected.world.settle()
    assert [event["event"] for event in app.told] == ["meeting.updated", "meeting.deleted"]


def test_a_webhook_that_takes_long_keeps_no_request_waiting(connected: Desk, app: App) -> None:
    path = f"/meetings/{connected.made()['id']}"
    answered, came_first = threading.Event(), []
    app.meanwhile = lambda: came_first.append(answered.wait(PATIENCE))
    assert connected.asks("PATCH", path, json={"duration": 45}).status_code == 204
    answered.set()
    connected.world.settle()
    assert (came_first, len(app.told)) == ([True], 1)


def test_an_app_may_ask_zoom_while_it_is_told(connected: Desk, app: App) -> None:
    meeting = connected.made()["id"]
    answers: list[int] = []
    app.meanwhile = lambda: answers.append(connected.asks("GET", f"/meetings/{meeting}").status_code)
    assert statuses(connected.world.moves_meeting(meeting, duration=45)) == [204]
    assert answers == [200]


def test_an_app_that_does_not_answer_well_is_told_again_with_a_fresh_signature(connected: Desk, app: App) -> None:
    app.status = 500
    first = connected.world.removes_app(ANA, connected.client)
    assert first is not None
    app.status = 200
    second = connected.world.deliver(connected.client, json.loads(first.sent))
    assert second is not None
    assert (first.went_well, second.went_well, first.sent == second.sent) == (False, True, True)
    assert app.told[0] == app.told[1]


def test_an_app_that_takes_too_long_has_not_answered(connected: Desk, app: App) -> None:
    connected.world.courier.patience = 0.05
    given_up = threading.Event()
    app.meanwhile = lambda: given_up.wait(PATIENCE)
    delivery = connected.world.removes_app(ANA, connected.client)
    given_up.set()
    assert delivery is not None
    assert (delivery.status, delivery.went_well) == (None, False)


def test_apps_that_a_host_does_not_allow_are_not_told(connected: Desk, app: App) -> None:
    connected.world.add_person("ben@acme.test", "Ben", "America/New_York")
    his = connected.world.makes_meeting("ben@acme.test", **MEETING)["id"]
    assert connected.world.moves_meeting(his, duration=45) == ()
    assert app.told == []


def test_an_app_without_a_webhook_is_told_nothing(desk: Desk) -> None:
    silent = desk.world.register_client([CALLBACK])
    desk.world.sign_in(silent, ANA)
    meeting = desk.world.makes_meeting(ANA, **MEETING)["id"]
    assert (desk.world.deletes_meeting(meeting), desk.world.removes_app(ANA, silent)) == ((), None)
