"""Slack's payloads become typed values, whatever is missing from them."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.usecases.resolve_actor import Asker
from handlers.interaction import (
    Action,
    Command,
    HomeOpened,
    Search,
    Shortcut,
    Submission,
    Surface,
    Values,
    ViewRef,
)
from handlers.parsing import (
    parse_action,
    parse_command,
    parse_fact,
    parse_home_opened,
    parse_search,
    parse_shortcut,
    parse_submission,
)
from handlers.payload import Payload

SPECS = os.environ.get("DAYBOOK_SPECS", "")
ANA = {"id": "U1", "username": "ana", "name": "ana", "team_id": "T1"}
ACME = {"id": "T1", "domain": "acme", "enterprise_id": "E1", "enterprise_name": "Acme"}
ASKER = Asker(user_id="U1", team_id="T1", installed_team_id="T1")
VIEW = {"id": "V1", "type": "modal", "hash": "1.a", "callback_id": "set_up", "private_metadata": "meta"}


def test_a_command() -> None:
    form = {
        "team_id": "T1",
        "enterprise_id": "E1",
        "user_id": "U1",
        "command": "/daybook",
        "text": "  slots <@U2|ben> 30m ",
        "channel_id": "C1",
        "response_url": "https://hooks.slack.test/1",
        "trigger_id": "1.2",
    }
    assert parse_command(Payload(form)) == Command(
        asker=Asker("U1", "T1", "T1", "E1"),
        trigger_id="1.2",
        response_url="https://hooks.slack.test/1",
        channel_id="C1",
        name="/daybook",
        text="slots <@U2|ben> 30m",
    )


def test_a_button_in_a_message() -> None:
    payload = {
        "type": "block_actions",
        "user": ANA,
        "team": {"id": "T1"},
        "container": {"type": "message", "message_ts": "5.6", "channel_id": "C1"},
        "channel": {"id": "C1"},
        "response_url": "https://hooks.slack.test/1",
        "trigger_id": "1.2",
        "actions": [{"type": "button", "action_id": "slot:1", "block_id": "b", "value": "v"}],
    }
    assert parse_action(Payload(payload)) == Action(
        asker=ASKER,
        trigger_id="1.2",
        response_url="https://hooks.slack.test/1",
        channel_id="C1",
        action_id="slot:1",
        value="v",
        chosen=("v",),
    )


@pytest.mark.parametrize(("view_type", "surface"), [("modal", Surface.MODAL), ("home", Surface.HOME)])
def test_a_button_in_a_view_knows_the_view(view_type: str, surface: Surface) -> None:
    payload = {"user": ANA, "team": {"id": "T1"}, "view": {**VIEW, "type": view_type}, "actions": [{"action_id": "a"}]}
    pressed = parse_action(Payload(payload))
    assert pressed.surface is surface
    assert pressed.view == ViewRef("V1", "1.a", "set_up", "meta")


@pytest.mark.parametrize(
    ("element", "held"),
    [
        ({"type": "plain_text_input", "value": "Maya"}, ("Maya",)),
        ({"type": "plain_text_input", "value": None}, ()),
        ({"type": "static_select", "selected_option": {"value": "30"}}, ("30",)),
        ({"type": "static_select", "selected_option": None}, ()),
        ({"type": "multi_static_select", "selected_options": [{"value": "1"}, {"value": "2"}]}, ("1", "2")),
        ({"type": "checkboxes", "selected_options": []}, ()),
        ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, ("U1", "U2")),
        ({"type": "users_select", "selected_user": "U1"}, ("U1",)),
        ({"type": "datepicker", "selected_date": "2026-11-24"}, ("2026-11-24",)),
        ({"type": "timepicker", "selected_time": "15:00"}, ("15:00",)),
        ({"type": "conversations_select", "selected_conversation": "C1"}, ("C1",)),
        ({"type": "something_new", "selected_moon": "full"}, ()),
    ],
)
def test_every_kind_of_input_is_read(element: dict[str, object], held: tuple[str, ...]) -> None:
    view = {**VIEW, "state": {"values": {"block": {"input": element}}}}
    submitted = parse_submission(Payload({"user": ANA, "team": ACME, "view": view}))
    assert submitted.values.all("input") == held
    assert submitted.values.one("input", block_id="block") == (held[0] if held else "")
    assert submitted.values.all("input", block_id="another") == ()


def test_a_submission() -> None:
    submitted = parse_submission(Payload({"user": ANA, "team": {"id": "T1"}, "trigger_id": "1.2", "view": VIEW}))
    assert submitted == Submission(
        asker=ASKER,
        surface=Surface.MODAL,
        trigger_id="1.2",
        view=ViewRef("V1", "1.a", "set_up", "meta"),
        callback_id="set_up",
        private_metadata="meta",
        values=Values(),
    )


def test_a_shortcut() -> None:
    payload = {"type": "shortcut", "callback_id": "find", "trigger_id": "1.2", "user": ANA, "team": {"id": "T1"}}
    assert parse_shortcut(Payload(payload)) == Shortcut(asker=ASKER, trigger_id="1.2", callback_id="find")


def test_a_search() -> None:
    payload = {"action_id": "contact", "block_id": "b", "value": "ma", "user": ANA, "team": {"id": "T1"}}
    assert parse_search(Payload(payload)) == Search(asker=ASKER, typed="ma")


def test_home_opened() -> None:
    envelope = {
        "team_id": "T1",
        "authorizations": [{"team_id": "T1"}],
        "event": {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"},
    }
    assert parse_home_opened(Payload(envelope)) == HomeOpened(
        asker=ASKER, surface=Surface.HOME, channel_id="D1", tab="home"
    )


def test_a_changed_profile_is_its_owners() -> None:
    envelope = {
        "team_id": "T1",
        "authorizations": [{"team_id": "T1"}],
        "event": {"type": "user_change", "user": {"id": "U9", "team_id": "T1"}},
    }
    assert parse_fact(Payload(envelope)).asker == Asker("U9", "T1", "T1")


# fault 12
def test_somebody_of_another_organisation_keeps_his_own_team() -> None:
    guest = {"id": "U7", "team_id": "T2"}
    assert parse_action(Payload({"user": guest, "team": {"id": "T1"}, "actions": []})).asker == Asker("U7", "T2", "T1")


# fault 12
def test_a_view_opened_elsewhere_belongs_to_where_daybook_is_installed() -> None:
    view = {**VIEW, "app_installed_team_id": "T1"}
    submitted = parse_submission(Payload({"user": {"id": "U7", "team_id": "T2"}, "team": {"id": "T2"}, "view": view}))
    assert submitted.asker == Asker("U7", "T2", "T1")


# fault 12
def test_an_event_of_a_shared_channel_names_whose_app_it_is_for() -> None:
    envelope = {
        "team_id": "T2",
        "is_ext_shared_channel": True,
        "authorizations": [{"team_id": "T1"}],
        "event": {"type": "app_home_opened", "user": "U7", "user_team": "T2"},
    }
    assert parse_home_opened(Payload(envelope)).asker == Asker("U7", "T2", "T1")


def test_a_nul_never_reaches_the_database() -> None:
    assert parse_command(Payload({"text": "sl\x00ots"})).text == "slots"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["user", "team", "view", "state", "values", "actions", "event", "id", "authorizations", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_payload_whatever_breaks_the_reading(raw: object) -> None:
    for parse in (parse_command, parse_action, parse_submission, parse_search, parse_shortcut):
        parse(Payload(raw))
    parse_home_opened(Payload(raw))
    parse_fact(Payload(raw))


@pytest.mark.skipif(not SPECS, reason="DAYBOOK_SPECS names no folder with samples of Slack's payloads")
@pytest.mark.parametrize(
    ("sample", "paths"),
    [
        (
            "app-backend_slash-commands_SlashCommandPayload",
            ["command", "text", "user_id", "team_id", "response_url", "trigger_id", "channel_id", "enterprise_id"],
        ),
        (
            "app-backend_interactive-components_BlockActionPayload",
            ["user.id", "user.team_id", "team.id", "actions", "trigger_id", "response_url"],
        ),
        (
            "app-backend_views_ViewSubmissionPayload",
            ["view.id", "view.hash", "view.callback_id", "view.private_metadata", "view.state", "user.team_id"],
        ),
        ("events_AppHomeOpenedPayload", ["event.user", "event.tab", "event.channel", "authorizations", "event_id"]),
        ("events_UserChangePayload", ["event.user.id", "event.user.team_id", "event_id"]),
    ],
)
def test_what_is_read_is_what_slack_sends(sample: str, paths: list[str]) -> None:
    found = json.loads((Path(SPECS) / "slack-samples" / f"{sample}.json").read_text())
    for path in paths:
        at = found
        for name in path.split("."):
            assert name in at, path
            at = at[name]
