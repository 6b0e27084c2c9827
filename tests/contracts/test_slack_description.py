"""Arguments travel as Slack's own description says: where a method takes no JSON, neither do we send it any."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError

from bot.clients import slack_calls
from bot.clients.slack_calls import SlackCalls
from bot.clients.slack_saying import SlackSaying
from bot.rendering.blocks import section
from bot.rendering.surfaces import Message
from bot.sandbox.slack import methods
from tests.contracts.slack_standin_bot import Team, a_house, a_team, with_scopes

# Younger than the description, or told in Slack's documentation alone.
YOUNGER = {"files.getUploadURLExternal"}


def taking_no_json() -> set[str]:
    """The methods that the description has with forms alone."""
    folder = os.environ.get("DAYBOOK_SPECS")
    if not folder:
        pytest.skip("DAYBOOK_SPECS does not name the folder with Slack's description")
    described = json.loads((Path(folder) / "slack-web-api.openapi2.json").read_text())
    return {
        path.removeprefix("/")
        for path, ways in described["paths"].items()
        for way in ways.values()
        if "application/json" not in way["consumes"]
    }


def test_the_stand_in_takes_forms_alone_where_slack_does() -> None:
    assert taking_no_json() & set(methods.METHODS) == methods.FORMS_ALONE - YOUNGER


def test_we_send_forms_where_slack_takes_no_json() -> None:
    assert taking_no_json() >= slack_calls.FORMS_ALONE - YOUNGER
    assert taking_no_json() & set(methods.METHODS) <= slack_calls.FORMS_ALONE


@pytest.fixture
def team() -> Iterator[Team]:
    with a_house(with_scopes("chat:write", "im:write", "im:history")) as house:
        yield a_team(house)


def test_where_forms_are_taken_alone_arguments_in_json_are_not_found(team: Team) -> None:
    direct = SlackCalls(team.client).direct(team.ana.id)
    with pytest.raises(SlackApiError) as refused:
        team.client.api_call("conversations.history", json={"channel": direct})
    assert refused.value.response["error"] == "invalid_arguments"
    assert team.problems() == [
        "conversations.history: invalid_arguments [ERROR] missing required field: channel",
    ]


def test_what_was_said_is_found_again_by_a_form(team: Team) -> None:
    slack = SlackCalls(team.client)
    saying = SlackSaying(slack, event_type="daybook_reminder", key="reminder")
    channel = slack.direct(team.ana.id)
    said = saying.post(channel, Message("Soon", (section("Soon"),)), "r1")
    long_ago = datetime.fromtimestamp(0, UTC)
    assert [saying.find(channel, key, long_ago) for key in ("r1", "r2")] == [said, None]
    assert team.problems() == []
