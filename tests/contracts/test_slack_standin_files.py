"""Files on the stand-in: announced, handed over, looked over, and then shown by a message of their app."""

from collections.abc import Callable
from functools import partial
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from tests.contracts.slack_standin_bot import House, Team, a_house, a_team, module_house
from tests.patience import PATIENCE

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
SCOPES = ("chat:write", "im:write", "files:write")
house = module_house(*SCOPES)


@pytest.fixture
def team(house: House) -> Team:
    team = a_team(house)
    team.slack.files.seconds = 0.0
    return team


def refused(call: Callable[[], object]) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as error:
        call()
    data = error.value.response.data
    assert isinstance(data, dict)
    return data


def announced(team: Team, content: bytes = PNG) -> tuple[str, str]:
    """The address and the id of a file that is to come."""
    told = team.client.files_getUploadURLExternal(filename="week.png", length=len(content), alt_txt="A week")
    return str(told["upload_url"]), str(told["file_id"])


def uploaded(team: Team, content: bytes = PNG) -> str:
    """The id of a file that was handed over and is complete."""
    address, file_id = announced(team, content)
    answer = httpx.post(address, content=content, trust_env=False, timeout=PATIENCE)
    assert (answer.status_code, answer.text) == (200, f"OK - {len(content)}")
    completed(team, file_id)
    return file_id


def completed(team: Team, file_id: str) -> None:
    """What was handed over is said to be there."""
    team.client.files_completeUploadExternal(files=[{"id": file_id, "title": "Week"}])


def shown(team: Team, file_id: str) -> str:
    """A message to Ana with the file in it; its time stamp."""
    blocks = [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "A week"}]
    return str(team.client.chat_postMessage(channel=team.ana.id, text="A week", blocks=blocks)["ts"])


def test_a_file_that_was_handed_over_is_shown_by_a_message(team: Team) -> None:
    file_id = uploaded(team)
    shown(team, file_id)
    assert "[picture: A week]" in team.slack.person(team.ana.id).sees()
    file = team.slack.files.get(file_id)
    assert file is not None
    assert (file.name, file.title, file.alt_text, file.content) == ("week.png", "Week", "A week", PNG)
    assert not team.slack.problems.all


def test_until_it_was_looked_over_a_message_with_it_is_refused(team: Team) -> None:
    team.slack.files.seconds = PATIENCE
    file_id = uploaded(team)
    told = refused(lambda: shown(team, file_id))
    assert (told["error"], told["errors"]) == (
        "invalid_blocks",
        ["invalid slack file [json-pointer:/blocks/0/slack_file]"],
    )
    assert not team.slack.problems.all  # it can happen to any app
    team.slack.files.seconds = 0.0
    assert shown(team, file_id)


def test_what_is_no_picture_or_was_never_handed_over_is_refused(team: Team) -> None:
    _, announced_id = announced(team)
    for file_id in (uploaded(team, b"text"), announced_id, "F0123456789"):
        assert refused(partial(shown, team, file_id))["errors"] == [
            "invalid slack file [json-pointer:/blocks/0/slack_file]"
        ]
    assert "regex" in refused(lambda: shown(team, "https://x.test"))["errors"][0]


def test_what_one_person_alone_sees_in_a_channel_shows_no_file(team: Team) -> None:
    file_id = uploaded(team)
    blocks = [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "A week"}]
    told = refused(
        lambda: team.client.chat_postEphemeral(channel=team.sales.id, user=team.ana.id, text="A week", blocks=blocks)
    )
    assert told["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]


def test_another_workspaces_file_is_none(team: Team, house: House) -> None:
    other = a_team(house)
    file_id = uploaded(other)
    assert refused(lambda: shown(team, file_id))["error"] == "invalid_blocks"
    assert refused(partial(completed, team, file_id))["error"] == "file_not_found"


def test_the_address_takes_what_was_announced_once(team: Team) -> None:
    address, file_id = announced(team)
    assert httpx.post(address, content=PNG + b"x", trust_env=False, timeout=PATIENCE).status_code == 400
    assert httpx.post(address[:-1] + "_", content=PNG, trust_env=False, timeout=PATIENCE).status_code == 400
    assert refused(partial(completed, team, file_id))["error"] == "file_not_found"


def test_arguments_come_in_a_form_and_the_scope_is_asked_for(team: Team) -> None:
    in_json = {"filename": "x.png", "length": 3}
    told = refused(lambda: team.client.api_call("files.getUploadURLExternal", json=in_json))
    assert told["error"] == "invalid_arguments"
    with a_house() as without:
        told = refused(lambda: announced(a_team(without)))
        assert (told["error"], told["needed"]) == ("missing_scope", "files:write")


def test_a_deleted_file_is_shown_by_no_message_and_deleted_once(team: Team) -> None:
    file_id = uploaded(team)
    team.client.files_delete(file=file_id)
    assert team.slack.files.get(file_id) is None
    assert refused(partial(shown, team, file_id))["error"] == "invalid_blocks"
    assert refused(lambda: team.client.files_delete(file=file_id))["error"] == "file_not_found"


def test_the_files_of_another_workspace_cannot_be_deleted(team: Team, house: House) -> None:
    file_id = uploaded(team)
    other = a_team(house)
    assert refused(lambda: other.client.files_delete(file=file_id))["error"] == "file_not_found"
    assert team.slack.files.get(file_id) is not None
