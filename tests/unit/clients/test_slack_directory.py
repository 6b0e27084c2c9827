"""People as Slack describes them, judged from the workspace that asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from slack_sdk import WebClient

from bot.clients.slack_directory import SlackDirectory, locale_of, standing_of, zone_of
from bot.domain.errors import NotAllowed, ProviderDown
from bot.domain.people import Profile, Standing
from bot.sandbox.slack.people import Workspace
from bot.sandbox.slack.standin import SlackStandIn

MANIFEST = Path(__file__).parents[3] / "manifest.yml"


@pytest.fixture(scope="module")
def slack() -> SlackStandIn:
    return SlackStandIn(yaml.safe_load(MANIFEST.read_text()))


@pytest.fixture(scope="module")
def acme(slack: SlackStandIn) -> Workspace:
    return slack.people.add_workspace("acme")


@pytest.fixture(scope="module")
def directory(slack: SlackStandIn, acme: Workspace) -> Iterator[SlackDirectory]:
    with slack.serve() as url:
        yield SlackDirectory(WebClient(acme.bot_token, base_url=f"{url}/api/"))


def test_a_member_comes_with_name_zone_and_role(
    slack: SlackStandIn, acme: Workspace, directory: SlackDirectory
) -> None:
    ana = slack.people.add_member(acme.id, "ana", "Ana Weber", tz="Europe/Berlin", admin=True, locale="de-DE")
    assert directory.profile(ana.id, acme.id) == Profile(
        slack_user_id=ana.id,
        name="Ana Weber",
        zone="Europe/Berlin",
        standing=Standing.FULL,
        is_admin=True,
        locale="de-DE",
    )


def test_apps_and_slackbot_are_none_of_the_people(
    slack: SlackStandIn, acme: Workspace, directory: SlackDirectory
) -> None:
    ben = slack.people.add_member(acme.id, "ben", "Ben")
    told = {user_id: directory.profile(user_id, acme.id) for user_id in (acme.bot.id, "USLACKBOT", ben.id)}
    assert [(one.is_app, one.standing) for one in told.values()] == [
        (True, Standing.EXTERNAL),
        (True, Standing.EXTERNAL),
        (False, Standing.FULL),
    ]


@pytest.mark.parametrize("zone", [None, "", "Mars/Olympus", "../../etc/passwd", 3600])
def test_a_person_without_a_zone_that_exists_is_in_utc(zone: object) -> None:
    assert zone_of({"tz": zone}) == "UTC"


@pytest.mark.parametrize("locale", [None, "", 7, "en_US", "en-US\n", "e", "x" * 300, "en-" * 9])
def test_what_is_no_name_of_a_locale_is_none(locale: object) -> None:
    assert (locale_of({"locale": locale}), locale_of({"locale": "zh-TW"})) == ("", "zh-TW")


# fault 12, fault 13
@pytest.mark.parametrize(
    ("user", "standing"),
    [
        ({"team_id": "T1"}, Standing.FULL),
        ({"team_id": "T1", "is_restricted": True}, Standing.GUEST),
        ({"team_id": "T1", "is_restricted": True, "is_ultra_restricted": True}, Standing.GUEST),
        ({"team_id": "T1", "deleted": True}, Standing.DEACTIVATED),
        ({"team_id": "T1", "deleted": True, "is_restricted": True}, Standing.DEACTIVATED),
        ({"team_id": "T2"}, Standing.EXTERNAL),
        ({"team_id": "T1", "is_stranger": True}, Standing.EXTERNAL),
        ({"team_id": "T1", "is_bot": True}, Standing.EXTERNAL),
        ({"team_id": "T1", "id": "USLACKBOT", "is_bot": False}, Standing.EXTERNAL),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}}, Standing.FULL),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T3"]}}, Standing.EXTERNAL),
        ({}, Standing.EXTERNAL),
    ],
)
def test_what_a_person_is_to_the_workspace(user: dict[str, object], standing: Standing) -> None:
    assert standing_of(user, "T1") is standing


def test_a_person_whom_slack_does_not_show_us_is_refused(acme: Workspace, directory: SlackDirectory) -> None:
    with pytest.raises(NotAllowed, match="Slack does not know this person here"):
        directory.profile("U0NOBODY", acme.id)


def test_a_slack_that_fails_is_named(slack: SlackStandIn, acme: Workspace, directory: SlackDirectory) -> None:
    slack.faults.on(path="/api/users.info", times=1).answer(200, {"ok": False, "error": "internal_error"})
    with pytest.raises(ProviderDown, match="Nothing was done; try again in a minute"):
        directory.profile(acme.bot.id, acme.id)


def test_a_slack_that_does_not_answer_is_named(acme: Workspace) -> None:
    client = WebClient(acme.bot_token, base_url="http://127.0.0.1:9/api/", retry_handlers=[])
    with pytest.raises(ProviderDown, match="Slack could not be reached"):
        SlackDirectory(client).profile("U1", acme.id)
