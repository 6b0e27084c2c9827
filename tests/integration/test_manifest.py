"""The manifest says what the code does, no more and no less, and is as Slack wants manifests."""

import ast
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from slack_sdk import WebClient

from handlers.manifest import manifest_text
from handlers.registry import Kind
from tests.integration.matrix_table import TABLE

ROOT = Path(__file__).parents[2]
URL = "https://daybook.example.com"
SPECS = os.environ.get("DAYBOOK_SPECS", "")

# What each method of the Web API asks for, by Slack's own reference; None where any token will do.
SCOPES = {
    "auth_test": None,
    "views_open": None,
    "views_push": None,
    "views_update": None,
    "views_publish": None,
    "chat_postMessage": "chat:write",
    "conversations_info": "channels:read",
    "conversations_members": "channels:read",
    "conversations_open": "im:write",
    "users_info": "users:read",
    "users_lookupByEmail": "users:read.email",
}
SET_BY_THE_WAY_OF_RUNNING = ("url", "request_url", "message_menu_options_url", "socket_mode_enabled")
# What is granted for something else than a method.
OTHERWISE = {
    "commands": "slash commands and shortcuts",
    "files:write": "handing over the picture of a week, which only its own client does",
    "groups:read": "the same of private channels that Daybook was invited to",
    "im:history": "finding a card that may have been posted already, and the event message.im",
    "users:read": "the event user_change",
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(manifest_text(url=URL))
    return loaded


def registered(kind: Kind) -> set[str]:
    """What the code listens to: the matrix test holds its table to the registry."""
    return {str(name) for of, name in TABLE if of is kind}


def test_the_commands_are_those_of_the_code(manifest: dict[str, Any]) -> None:
    commands = [command["command"] for command in manifest["features"]["slash_commands"]]
    assert len(commands) == len(set(commands))
    assert set(commands) == registered(Kind.COMMAND)


def test_the_events_are_those_of_the_code(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert len(events) == len(set(events))
    # Messages are told by the kind of place they were written in, and arrive under one name.
    assert {event.partition(".")[0] for event in events} == registered(Kind.EVENT)
    assert [event for event in events if event.startswith("message")] == ["message.im"]


def test_the_shortcuts_are_those_of_the_code(manifest: dict[str, Any]) -> None:
    shortcuts = {shortcut["callback_id"] for shortcut in manifest["features"]["shortcuts"]}
    assert shortcuts == registered(Kind.SHORTCUT)


def test_every_command_comes_with_mentions_that_can_be_told_from_text(manifest: dict[str, Any]) -> None:
    assert {command["should_escape"] for command in manifest["features"]["slash_commands"]} == {True}


@pytest.mark.slow
def test_the_scopes_are_what_the_code_calls_for(manifest: dict[str, Any]) -> None:
    called = {scope for method in methods_called() if (scope := SCOPES[method])}
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == called | set(OTHERWISE)


@pytest.mark.slow
def test_no_method_is_in_the_table_that_nobody_calls() -> None:
    assert methods_called() == set(SCOPES)


def methods_called() -> set[str]:
    """The Web API methods that the code calls, found in its syntax."""
    methods = {name for name in dir(WebClient) if not name.startswith("_") and "_" in name and name != "api_call"}
    found = set()
    for folder in ("bot", "handlers", "storage"):
        for path in (ROOT / folder).rglob("*.py"):
            if "sandbox" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Attribute) and node.attr in methods:
                    found.add(node.attr)
    return found


def test_every_address_is_ours(manifest: dict[str, Any]) -> None:
    assert addresses(manifest) == {f"{URL}/slack/events"}


def test_selects_that_ask_for_their_options_know_where(manifest: dict[str, Any]) -> None:
    address = manifest["settings"]["interactivity"].get("message_menu_options_url")
    assert (address is not None) == bool(registered(Kind.OPTIONS))


def test_in_socket_mode_there_is_no_address() -> None:
    manifest = yaml.safe_load(manifest_text(socket=True))
    assert addresses(manifest) == set()
    assert manifest["settings"]["socket_mode_enabled"] is True


def test_the_two_ways_differ_in_nothing_else(manifest: dict[str, Any]) -> None:
    socket = yaml.safe_load(manifest_text(socket=True))
    assert without_addresses(socket) == without_addresses(manifest)


def addresses(value: object) -> set[str]:
    if isinstance(value, dict):
        return set().union(*(addresses(each) for each in value.values()))
    if isinstance(value, list):
        return set().union(*(addresses(each) for each in value))
    return {value} if isinstance(value, str) and value.startswith("http") else set()


def without_addresses(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: each for name, each in value.items() if name not in SET_BY_THE_WAY_OF_RUNNING}
        return {name: without_addresses(each) for name, each in kept.items()}
    return [without_addresses(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://daybook.example.com", "https addresses alone"),
        ("daybook.example.com", "https addresses alone"),
        ("https://", "https addresses alone"),
        ("https://daybook.example.com/slack", "scheme and host alone"),
        ("https://daybook.example.com?x=1", "scheme and host alone"),
        ("https://user@daybook.example.com", "scheme and host alone"),
    ],
)
def test_an_address_that_slack_cannot_call_is_refused(url: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        manifest_text(url=url)


@pytest.mark.parametrize("both", [True, False])
def test_neither_way_or_both_is_refused(both: bool) -> None:
    with pytest.raises(ValueError, match="or --socket"):
        manifest_text(url=URL if both else "", socket=both)


def test_a_trailing_slash_is_forgiven() -> None:
    assert manifest_text(url=f"{URL}/") == manifest_text(url=URL)


@pytest.mark.skipif(not SPECS, reason="DAYBOOK_SPECS names no folder with Slack's schema of manifests")
@pytest.mark.parametrize("text", [manifest_text(url=URL), manifest_text(socket=True)], ids=["http", "socket mode"])
def test_it_is_as_slacks_schema_wants_it(text: str) -> None:
    schema = json.loads((Path(SPECS) / "slack-manifest.schema.json").read_text())
    jsonschema.validate(yaml.safe_load(text), schema)


def test_its_texts_fit(manifest: dict[str, Any]) -> None:
    shown = manifest["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert all(len(command["command"]) <= 32 for command in manifest["features"]["slash_commands"])
