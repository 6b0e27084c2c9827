"""The same app over a connection that Daybook opens itself: no address of ours, no signatures, one inbox."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.domain.people import Actor
from bot.rendering.problem import problem
from handlers.interaction import Command, Submission
from handlers.registry import on_command, on_submission
from handlers.reply import Reply
from handlers.slack_app import build_socket_mode
from tests.integration.slack_house import House, settle, slack_house
from tests.integration.socket_server import SocketServer

NOTED: list[str] = []


def note(_actor: Actor, command: Command, reply: Reply) -> None:
    NOTED.append(command.text)
    reply.say(problem("Noted."))


def mistakes(submitted: Submission) -> dict[str, str]:
    return {} if submitted.values.one("name") else {"name": "Type a name."}


def save(_actor: Actor, _submitted: Submission, _reply: Reply) -> None:
    raise AssertionError("nothing is saved while there are mistakes")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    handlers = [on_command("/daybook-slots", note), on_submission("form", save, validate=mistakes)]
    with slack_house(tmp_path_factory.mktemp("socket"), extra=handlers) as house:
        yield house


@pytest.fixture(scope="module")
def socket(house: House) -> Iterator[SocketServer]:
    with SocketServer() as server:
        opened = {"ok": True, "url": server.url}
        house.slack.faults.on(path="/api/apps.connections.open", times=1).answer(200, opened)
        client = build_socket_mode(house.app, house.slack.app.app_token)
        client.connect()
        yield server
        client.close()


def typed(house: House, text: str) -> dict[str, Any]:
    return {
        "team_id": house.acme.id,
        "user_id": house.ana.id,
        "command": "/daybook-slots",
        "text": text,
        "trigger_id": house.slack.trigger(house.ana.id),
    }


def test_a_command_is_acknowledged_and_answered(house: House, socket: SocketServer) -> None:
    assert socket.asks("slash_commands", typed(house, "once")) == {"envelope_id": "envelope-slash_commands"}
    ana = house.person(house.ana)
    ana.waits_for(lambda: ana.modal is not None and "Noted." in ana.reads(ana.modal))


def test_a_mistake_on_a_form_is_told_in_the_acknowledgement(house: House, socket: SocketServer) -> None:
    view = {"id": "V1", "type": "modal", "callback_id": "form", "state": {"values": {}}}
    person = {"id": house.ana.id, "team_id": house.acme.id}
    payload = {"type": "view_submission", "team": {"id": house.acme.id}, "user": person, "view": view}
    answer = socket.asks("interactive", payload)
    assert answer["payload"] == {"response_action": "errors", "errors": {"name": "Type a name."}}


# fault 3
def test_a_payload_that_comes_ten_times_is_worked_on_once(house: House, socket: SocketServer) -> None:
    payload = typed(house, "ten times")
    answers = [socket.asks("slash_commands", payload) for _ in range(10)]
    settle(house.store)
    assert answers == [{"envelope_id": "envelope-slash_commands"}] * 10
    assert NOTED.count("ten times") == 1


def test_the_connection_is_asked_for_where_the_settings_say(house: House, socket: SocketServer) -> None:
    paths = [entry.path for entry in house.slack.ledger.entries]
    assert "/api/apps.connections.open" in paths
    assert socket.url.startswith("ws://127.0.0.1:")
