"""What the stand-in delivers and answers has no field that Slack does not send."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.slack.shape import Json
from tests.contracts.slack_standin_bot import Team, actions, button, field, home, modal, payload_of, section

# What of each kind of payload is compared: in Slack's own samples every value is blank and every key there.
SAMPLES = {
    "command": "app-backend_slash-commands_SlashCommandPayload",
    "block_actions": "app-backend_interactive-components_BlockActionPayload",
    "view_submission": "app-backend_views_ViewSubmissionPayload",
    "view_closed": "app-backend_views_ViewClosedPayload",
    "app_home_opened": "events_AppHomeOpenedPayload",
    "user_change": "events_UserChangePayload",
    "tokens_revoked": "events_TokensRevokedPayload",
    "app_uninstalled": "events_AppUninstalledPayload",
}
# Sent by Slack today and younger than the samples, or told in its documentation alone.
YOUNGER = {
    "view_submission": {"response_urls"},
    "block_actions.actions.0": {"selected_options"},
    "user_change.event": {"event_ts"},
    "view_submission.view": {"blocks"},
    "view_closed.view": {"blocks"},
    "block_actions.view": {"blocks"},
    "app_home_opened.event.view": {"blocks"},
}
# What a person of ours fills in is free of shape, and blocks are judged elsewhere.
_FREE = {"values", "blocks", "state", "confirm", "profile"}


def strangers(ours: Any, sample: Any, at: str) -> list[str]:
    if isinstance(ours, list) and isinstance(sample, list):
        pairs = [(one, sample[0], f"{at}.{n}") for n, one in enumerate(ours) if sample]
        return [s for one, like, place in pairs for s in strangers(one, like, place)]
    if not isinstance(ours, dict) or not isinstance(sample, dict):
        return []
    found = [f"{at}.{key}" for key in ours if key not in sample and key not in YOUNGER.get(at, ())]
    for key in ours.keys() & sample.keys() - _FREE:
        found += strangers(ours[key], sample[key], f"{at}.{key}")
    return found


def everything_delivered(team: Team) -> dict[str, list[Json]]:
    bolt = team.bot()
    bolt.command("/help")(lambda ack: ack())
    bolt.action("go")(lambda ack: ack())
    bolt.view("form")(lambda ack: ack())
    bolt.view_closed("form")(lambda ack: ack())
    for kind in ("app_home_opened", "user_change", "tokens_revoked", "app_uninstalled"):
        bolt.event(kind)(lambda: None)
    before = len(team.slack.deliveries)
    ana = team.person(team.ana)
    ana.types("/help", "sales")
    go = actions(button("Go", "go", value="1"))
    team.client.chat_postMessage(channel=team.sales.id, text="Go", blocks=[go])
    ana.clicks("Go")
    form = modal(field("Name", {"type": "plain_text_input"}, "name"), go, notify_on_close=True)
    for end in (ana.submits, ana.closes):
        team.client.views_open(trigger_id=team.slack.trigger(team.ana.id), view=form)
        ana.clicks("Go")
        ana.fills("Name", "Maya")
        end()
    team.client.views_publish(user_id=team.ana.id, view=home(section("x")))
    ana.opens_home()
    team.slack.changes_member(team.ben.id, tz="Asia/Kathmandu")
    team.slack.removes_app(team.acme)
    found: dict[str, list[Json]] = {}
    for delivery in team.slack.deliveries[before:]:
        payload = payload_of(delivery)
        kind = payload["event"]["type"] if delivery.kind == "event_callback" else delivery.kind
        found.setdefault(kind, []).append(payload)
    return found


def test_deliveries_have_no_field_that_slack_does_not_send(team: Team) -> None:
    folder = os.environ.get("DAYBOOK_SPECS")
    if not folder:
        pytest.skip("DAYBOOK_SPECS does not name the folder with Slack's samples")
    delivered = everything_delivered(team)
    assert set(delivered) == set(SAMPLES)
    for kind, payloads in delivered.items():
        sample = json.loads((Path(folder) / "slack-samples" / f"{SAMPLES[kind]}.json").read_text())
        for payload in payloads:
            assert strangers(payload, sample, kind) == []


def test_answers_have_no_field_that_slack_does_not_send(team: Team) -> None:
    folder = os.environ.get("DAYBOOK_SPECS")
    if not folder:
        pytest.skip("DAYBOOK_SPECS does not name the folder with Slack's samples")
    client = team.client
    trigger = team.slack.trigger(team.ana.id)
    answers = {
        "auth.test": client.auth_test(),
        "users.info": client.users_info(user=team.ana.id),
        "users.list": client.users_list(),
        "team.info": client.team_info(),
        "conversations.info": client.conversations_info(channel=team.sales.id),
        "conversations.members": client.conversations_members(channel=team.sales.id),
        "chat.postEphemeral": client.chat_postEphemeral(channel=team.sales.id, user=team.ana.id, text="x"),
        "views.open": client.views_open(trigger_id=trigger, view=modal(section("x"))),
        "views.publish": client.views_publish(user_id=team.ana.id, view=home(section("x"))),
    }
    for method, answer in answers.items():
        sample = json.loads((Path(folder) / "slack-samples" / f"api_{method}.json").read_text())
        assert strangers(answer.data, sample, method) == []
