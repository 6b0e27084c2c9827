"""What Slack did not sign is refused before anything is parsed, stored or logged."""

import hashlib
import hmac
import json
import logging
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from time import monotonic
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.clients.system import SystemClock
from bot.web.slack import MOST_BODIES
from tests.integration.slack_house import House, slack_house
from tests.patience import PATIENCE

CANARY = "canary-in-the-body"
NUMBERS = count(1)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with slack_house(tmp_path_factory.mktemp("signature")) as house:
        yield house


def command_body(house: House, typed: str = "help") -> bytes:
    return urlencode(
        {
            "team_id": house.acme.id,
            "user_id": house.ana.id,
            "command": "/daybook",
            "text": typed,
            "response_url": "http://127.0.0.1:9/nowhere",
            "trigger_id": f"{next(NUMBERS)}.1",
        }
    ).encode()


def sign(secret: str, timestamp: str, body: bytes) -> str:
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()


def send(house: House, body: bytes, headers: list[tuple[bytes, bytes]]) -> httpx.Response:
    kept = [(b"Content-Type", b"application/x-www-form-urlencoded"), *headers]
    return house.browser.post("/slack/events", content=body, headers=kept)


def signed(house: House, body: bytes, *, age: int = 0) -> list[tuple[bytes, bytes]]:
    timestamp = str(int(SystemClock().now().timestamp()) - age)
    return headers_of(timestamp, sign(house.slack.app.signing_secret, timestamp, body))


def headers_of(timestamp: str, signature: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"X-Slack-Request-Timestamp", timestamp.encode("utf-8")),
        (b"X-Slack-Signature", signature.encode("utf-8")),
    ]


def deliveries_stored(house: House) -> int:
    with house.store.connected("reading") as connection:
        return int(connection.execute(text("select count(*) from inbox")).scalar_one())


def test_a_signed_command_is_taken(house: House) -> None:
    body = command_body(house)
    before = deliveries_stored(house)
    assert send(house, body, signed(house, body)).status_code == 200
    assert deliveries_stored(house) == before + 1


# fault 1
@pytest.mark.parametrize(
    "secret", ["", "another secret", "v0"], ids=["empty secret", "another app's secret", "the version for a secret"]
)
def test_a_forged_signature_is_refused_without_a_trace(
    house: House, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    body = command_body(house, CANARY)
    now = str(int(SystemClock().now().timestamp()))
    before = deliveries_stored(house)
    with caplog.at_level(logging.DEBUG):
        response = send(house, body, headers_of(now, sign(secret, now, body)))
    assert response.status_code == 401
    assert response.text == ""
    assert deliveries_stored(house) == before
    assert CANARY not in caplog.text


# fault 1
def test_a_signature_of_another_body_is_refused(house: House) -> None:
    headers = signed(house, command_body(house))
    assert send(house, command_body(house, "disconnect"), headers).status_code == 401


# fault 2
@pytest.mark.parametrize("age", [301, 3600, -302, -3600])
def test_a_stale_or_future_timestamp_is_refused(house: House, age: int) -> None:
    body = command_body(house)
    assert send(house, body, signed(house, body, age=age)).status_code == 401


# fault 2
@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        ("abc", None),
        ("", None),
        ("1e9", None),
        ("-1", None),
        ("９９９９９９９９９９", None),
        ("9" * 400, None),
        (None, ""),
        (None, "v0="),
        (None, "v1=" + "0" * 64),
        (None, "v0=" + "é" * 64),
        (None, "v0=" + "F" * 64),
        (None, "v0=" + "0" * 65),
    ],
)
def test_a_malformed_header_answers_401(house: House, timestamp: str | None, signature: str | None) -> None:
    body = command_body(house)
    now = str(int(SystemClock().now().timestamp()))
    right = sign(house.slack.app.signing_secret, now, body)
    response = send(house, body, headers_of(timestamp if timestamp is not None else now, signature or right))
    expected = 401 if timestamp is not None or signature else 200
    assert response.status_code == expected


# fault 2
@pytest.mark.parametrize("missing", [0, 1])
def test_a_missing_header_answers_401(house: House, missing: int) -> None:
    body = command_body(house)
    headers = signed(house, body)
    del headers[missing]
    assert send(house, body, headers).status_code == 401


# fault 2
@pytest.mark.parametrize("doubled", [0, 1])
def test_a_header_that_comes_twice_answers_401(house: House, doubled: int) -> None:
    body = command_body(house)
    headers = signed(house, body)
    assert send(house, body, [*headers, headers[doubled]]).status_code == 401


# fault 2
@settings(max_examples=60)
@given(
    timestamp=st.binary(max_size=40).map(lambda raw: bytes(byte for byte in raw if byte >= 0x20 and byte != 0x7F)),
    signature=st.binary(max_size=80).map(lambda raw: bytes(byte for byte in raw if byte >= 0x20 and byte != 0x7F)),
)
def test_no_header_whatever_is_answered_with_a_failure(house: House, timestamp: bytes, signature: bytes) -> None:
    headers = [(b"X-Slack-Request-Timestamp", timestamp.strip()), (b"X-Slack-Signature", signature.strip())]
    assert send(house, b"payload=%7B", headers).status_code == 401


@pytest.mark.parametrize("body", [b"payload=%7Bnot+json", b"{", b"\xff\xfe", b"payload=[]", b"payload=1", b""])
def test_a_signed_body_that_makes_no_sense_is_no_failure(house: House, body: bytes) -> None:
    assert send(house, body, signed(house, body)).status_code in (200, 400)


def test_a_body_longer_than_any_of_slacks_is_refused(house: House) -> None:
    body = b"text=" + b"x" * 400_001
    assert send(house, body, signed(house, body)).status_code == 413


# fault 49
@pytest.mark.parametrize(
    ("age", "length", "status"), [(0, "400001", 413), (0, "9" * 18, 413), (0, "-1", 400), (301, "100", 401)]
)
def test_what_shows_in_the_headers_is_refused_before_a_body_is_read(
    house: House, age: int, length: str, status: int
) -> None:
    with begun(house, signed(house, b"", age=age), length) as connection:
        assert connection.recv(12) == f"HTTP/1.1 {status}".encode()


# fault 49
@pytest.mark.slow
def test_a_body_that_does_not_come_is_not_waited_for(house: House) -> None:
    with begun(house, signed(house, b""), "1000") as connection:
        assert connection.recv(12) == b"HTTP/1.1 408"


# fault 49
@pytest.mark.slow
def test_more_bodies_than_are_held_in_memory_are_refused_until_there_is_room(house: House) -> None:
    body = command_body(house)
    # Those that are waited for are given up after a while: on a busy machine the first are before the last have come.
    busy = next(answer for _ in range(20) if (answer := sent_among_unfinished(house, body)).status_code == 503)
    assert busy.content == b""
    until = monotonic() + PATIENCE
    while send(house, body, signed(house, body)).status_code != 200:
        assert monotonic() < until, "there was no room again"


def sent_among_unfinished(house: House, body: bytes) -> httpx.Response:
    """What a command is answered while as many others as are held have come but for their last byte."""
    with ExitStack() as stack:
        for _ in range(MOST_BODIES):
            stack.enter_context(begun(house, signed(house, b""), "1000")).sendall(b"x" * 999)
        until = monotonic() + 1
        while (answer := send(house, body, signed(house, body))).status_code != 503 and monotonic() < until:
            continue
    return answer


@contextmanager
def begun(house: House, headers: list[tuple[bytes, bytes]], length: str) -> Iterator[socket.socket]:
    """A connection over which the headers of a request went, and nothing of its body yet."""
    url = httpx.URL(house.url)
    lines = [(b"Host", b"daybook.test"), (b"Content-Length", length.encode()), *headers]
    with socket.create_connection((url.host, url.port or 80), timeout=PATIENCE) as connection:
        head = b"".join(name + b": " + value + b"\r\n" for name, value in lines)
        connection.sendall(b"POST /slack/events HTTP/1.1\r\n" + head + b"\r\n")
        yield connection


# fault 49
@pytest.mark.parametrize(
    "body",
    [
        b"payload=" + b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"type":"event_callback","event":[]}',
        b'{"type":"event_callback","event":null}',
        b'{"type":"event_callback","event":{"type":["x"]}}',
        b'{"type":"event_callback","event":{"type":"x"},"authorizations":[null]}',
        b'{"type":["event_callback"],"event":{"type":"x"}}',
        b'payload={"type":"view_submission","view":null}',
        b'payload={"type":"view_submission","view":{}}',
        b'payload={"type":"block_actions","actions":[null]}',
        b'payload={"type":"block_actions","actions":[]}',
        b'payload={"type":"block_actions","actions":{"action_id":"x"}}',
        b'payload={"type":"block_suggestion","action_id":7}',
        b"payload=null",
        b'{"command":[]}',
    ],
)
def test_a_signed_body_of_another_shape_than_slacks_is_refused(house: House, body: bytes) -> None:
    assert send(house, body, signed(house, body)).status_code == 400


def test_half_a_character_in_an_events_id_is_no_failure(house: House) -> None:
    body = b'{"type":"event_callback","event_id":"\\ud800","event":{"type":"app_home_opened"}}'
    assert send(house, body, signed(house, body)).status_code == 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "x"]), inner),
    max_leaves=6,
)
SHAPES = st.fixed_dictionaries(
    {"type": st.sampled_from(["event_callback", "block_actions", "view_submission", "block_suggestion", "shortcut"])},
    optional={
        name: JSON | st.dictionaries(st.sampled_from(["id", "type", "team_id", "callback_id", "action_id"]), JSON)
        for name in ("event", "view", "user", "team", "enterprise", "channel", "container", "state", "message")
    }
    | {name: JSON | st.lists(st.fixed_dictionaries({"action_id": JSON})) for name in ("actions", "authorizations")}
    | dict.fromkeys(("callback_id", "action_id", "event_id", "trigger_id", "response_url", "command"), JSON),
)


# fault 49
@pytest.mark.slow
@settings(max_examples=150)
@given(payload=SHAPES)
def test_no_signed_body_whatever_is_answered_with_a_failure(house: House, payload: dict[str, object]) -> None:
    body = urlencode({"payload": json.dumps(payload)}).encode()
    # 503: an event of this id was sent before and is still worked on, so Slack is to bring it again.
    assert send(house, body, signed(house, body)).status_code in (200, 400, 503)


def test_slack_may_check_the_address(house: House) -> None:
    assert house.slack.verifies_address()


def test_the_check_of_the_address_is_not_kept(house: House) -> None:
    before = deliveries_stored(house)
    house.slack.verifies_address()
    assert deliveries_stored(house) == before


def test_a_kind_of_request_that_nobody_asked_for_is_acknowledged(house: House) -> None:
    payload = json.dumps({"type": "message_action", "callback_id": "x", "team": {"id": house.acme.id}})
    body = urlencode({"payload": payload}).encode()
    assert send(house, body, signed(house, body)).status_code == 200
