"""What Zoom tells by webhook: believed only when it is signed just now, and done once, however often it is told."""

import hmac
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from itertools import permutations
from typing import Any

import httpx
import pytest

from bot.domain.accounts import Account, AccountStatus, Provider, zoom_identity
from bot.sandbox.zoom import events
from bot.sandbox.zoom.courier import Delivery, signature
from bot.sandbox.zoom.grants import Client
from bot.sandbox.zoom.state import Person
from bot.sandbox.zoom.world import ZoomWorld
from bot.usecases.forget_zoom_account import ForgetZoomAccount
from bot.web import Measures, WebParts, ZoomHook, build_web, make_server
from bot.web.zoom import BODY_LIMIT
from tests.contracts.storage_builders import NOW, a_credential, a_person, an_account, stored
from tests.fakes.clock import SettableClock
from tests.fakes.store import FakeStore
from tests.kept_logging import logging_to_text
from tests.patience import PATIENCE

PATH = "/webhooks/zoom"
SECRET = "webhook-canary-secret"
LATER = timedelta(minutes=2)


@dataclass
class Door:
    """A store behind Daybook's route, and Zoom in front of it."""

    store: FakeStore
    clock: SettableClock
    world: ZoomWorld
    ana: Person
    client: Client
    http: httpx.Client

    def connects(self, team: str = "T1", address: str = "ana@acme.test", **changed: Any) -> Account:
        """Ana's Zoom account, connected now."""
        identity = zoom_identity(self.ana.id, self.ana.account_id)
        account = an_account(a_person(self.store, team), address, created_at=self.clock.time)
        zoom = replace(account, provider=Provider.ZOOM, external_id=identity)
        return stored(self.store, replace(zoom, **changed), a_credential())

    def tells(self, body: bytes, *, secret: str = SECRET, at: int | None = None) -> httpx.Response:
        """A body, signed."""
        timestamp = str(int(self.clock.time.timestamp()) if at is None else at)
        headers = {"x-zm-request-timestamp": timestamp, "x-zm-signature": signature(secret, timestamp, body)}
        return self.http.post(PATH, content=body, headers=headers)

    def repeats(self, delivery: Delivery) -> httpx.Response:
        """The same request once more, as whoever overheard it can send it."""
        return self.http.post(PATH, content=delivery.sent, headers=dict(delivery.headers))

    def deauthorized(self) -> Delivery:
        """Ana removes the app, and Zoom tells."""
        delivery = self.world.removes_app(self.ana.email, self.client)
        assert delivery is not None
        return delivery

    @property
    def accounts(self) -> list[Account]:
        return [row.account for row in self.store.tables.accounts.values()]


@contextmanager
def served(hook: ZoomHook | None) -> Iterator[httpx.Client]:
    parts = WebParts(public_url="https://daybook.test", readiness=tuple, measures=Measures(), zoom=hook)
    server = make_server(build_web(parts), host="127.0.0.1", port=0, trusted_proxies=())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with httpx.Client(base_url=url, trust_env=False, verify=False, timeout=PATIENCE) as http:
            yield http
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.fixture
def door() -> Iterator[Door]:
    clock, store = SettableClock(NOW), FakeStore()
    world = ZoomWorld(now=clock.now)
    ana = world.add_person("ana@acme.test", "Ana Berg", "Europe/Berlin")
    client = world.register_client(["http://127.0.0.1/oauth/zoom/callback"], webhook_secret=SECRET)
    with served(ZoomHook(SECRET, ForgetZoomAccount(store, clock), clock.now)) as http:
        world.point_webhook(client, f"{http.base_url}{PATH}")
        yield Door(store, clock, world, ana, client, http)


def test_without_a_secret_there_is_no_such_route() -> None:
    with served(None) as http:
        assert http.post(PATH, content=b"{}").status_code == 404


def test_zooms_question_whether_the_address_is_ours_is_answered(door: Door) -> None:
    answer = door.tells(json.dumps(events.url_validation(NOW) | {"payload": {"plainToken": "abc-DEF_123"}}).encode())
    proof = hmac.new(SECRET.encode(), b"abc-DEF_123", sha256).hexdigest()
    assert (answer.status_code, answer.json()) == (200, {"plainToken": "abc-DEF_123", "encryptedToken": proof})


# fault 53
@pytest.mark.parametrize("plain", ["", "v0:1795507200:{}", "a b", "é", "a" * 129, None, 7, ["a"]])
def test_no_other_text_is_signed_for_anybody(door: Door, plain: object) -> None:
    told = {"event": "endpoint.url_validation", "payload": {"plainToken": plain}}
    assert door.tells(json.dumps(told).encode()).status_code == 400


# fault 54
def test_whoever_removes_the_app_at_zoom_is_forgotten_in_every_workspace(door: Door) -> None:
    door.connects("T1")
    door.connects("T2")
    door.connects("T3", status=AccountStatus.PENDING)
    other = door.connects("T4", external_id=zoom_identity("somebody", door.ana.account_id))
    google = door.connects("T5", provider=Provider.GOOGLE, external_id="")

    assert door.deauthorized().status == 204

    assert door.accounts == [other, google]


# fault 53
def test_a_replayed_message_does_nothing(door: Door) -> None:
    door.connects()
    delivery = door.deauthorized()
    again = door.connects()

    assert (door.repeats(delivery).status_code, door.accounts) == (204, [again])


# fault 54
def test_a_late_message_leaves_what_was_connected_since(door: Door) -> None:
    removed = events.app_deauthorized(door.ana, door.client, door.clock.time)
    door.clock.time += LATER
    again = door.connects()

    assert door.tells(json.dumps(removed).encode()).status_code == 204

    assert door.accounts == [again]


# fault 54
def test_a_late_message_leaves_an_old_connection_that_took_a_new_permission_over(door: Door) -> None:
    first = door.connects()
    door.clock.time += LATER
    removed = events.app_deauthorized(door.ana, door.client, door.clock.time)
    door.clock.time += LATER
    renewed = door.connects(renewed_at=door.clock.time, created_at=first.created_at, workspace_id=first.workspace_id)

    assert door.tells(json.dumps(removed).encode()).status_code == 204

    assert door.accounts == [renewed]


# fault 54
@pytest.mark.parametrize("order", list(permutations(["removed", "connected", "removed again"])))
def test_in_any_order_what_counts_is_when_it_happened(door: Door, order: tuple[str, ...]) -> None:
    first = events.app_deauthorized(door.ana, door.client, NOW)
    second = events.app_deauthorized(door.ana, door.client, NOW + 2 * LATER)
    for step in order:
        if step == "connected":
            door.clock.time = NOW + LATER
            door.connects()
        else:
            door.clock.time = NOW + 2 * LATER
            body = json.dumps(first if step == "removed" else second).encode()
            assert [door.tells(body).status_code, door.tells(body).status_code] == [204, 204]
    is_over = order.index("removed again") > order.index("connected")
    assert len(door.accounts) == (0 if is_over else 1)


# fault 53
@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"secret": "another secret"}, 401),
        ({"at": int(NOW.timestamp()) - 301}, 401),
        ({"at": int(NOW.timestamp()) + 301}, 401),
        ({"at": int(NOW.timestamp()) - 299}, 204),
    ],
)
def test_a_forged_an_old_and_a_future_message_are_refused(door: Door, change: dict[str, Any], status: int) -> None:
    door.connects()
    body = json.dumps(events.app_deauthorized(door.ana, door.client, NOW)).encode()
    assert door.tells(body, **change).status_code == status
    assert len(door.accounts) == (1 if status == 401 else 0)


# fault 53
def test_a_body_that_was_changed_on_its_way_is_refused(door: Door) -> None:
    account = door.connects()
    body = json.dumps(events.app_deauthorized(door.ana, door.client, NOW)).encode()
    timestamp = str(int(NOW.timestamp()))
    headers = {"x-zm-request-timestamp": timestamp, "x-zm-signature": signature(SECRET, timestamp, body)}
    for changed in (body + b" ", body.replace(b"false", b"true"), b""):
        assert door.http.post(PATH, content=changed, headers=headers).status_code == 401
    assert door.accounts == [account]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-zm-request-timestamp": "now", "x-zm-signature": "v0=" + "0" * 64},
        {"x-zm-request-timestamp": "1795508000", "x-zm-signature": "0" * 64},
        {"x-zm-request-timestamp": "9" * 400, "x-zm-signature": "v0=" + "0" * 64},
    ],
)
def test_bad_headers_are_refused_and_never_a_failure(door: Door, headers: dict[str, str]) -> None:
    assert door.http.post(PATH, content=b"{}", headers=headers).status_code == 401


def test_a_body_longer_than_any_message_is_not_read(door: Door) -> None:
    assert door.tells(b"x" * (BODY_LIMIT + 1)).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b"[" * 50_000,
        b"{}",
        b'{"event": "app_deauthorized"}',
        b'{"event": "app_deauthorized", "payload": {}}',
        b'{"event": "app_deauthorized", "payload": {"user_id": 1, "account_id": "a", "deauthorization_time": "x"}}',
        b'{"event": "app_deauthorized", "payload": {"user_id": "u", "account_id": "a", "deauthorization_time": "x"}}',
    ],
)
def test_signed_nonsense_is_answered_as_such(door: Door, body: bytes) -> None:
    assert door.tells(body).status_code == 400


@pytest.mark.parametrize("event", ["meeting.deleted", "app_authorized", "", None, 7, ["app_deauthorized"]])
def test_what_is_of_no_concern_is_taken_and_left(door: Door, event: object) -> None:
    account = door.connects()
    assert door.tells(json.dumps({"event": event, "payload": {}}).encode()).status_code == 204
    assert door.accounts == [account]


def test_nothing_of_it_is_logged(door: Door) -> None:
    door.connects()
    with logging_to_text() as log:
        door.deauthorized()
    assert not [word for word in (SECRET, door.ana.id, door.ana.account_id, door.ana.email) if word in log.getvalue()]
