"""Who is a colleague, asked of the stand-in for Slack, with and without the scope that is needed for it."""

import pytest
from slack_sdk import WebClient

from bot.clients.slack_directory import SlackDirectory
from bot.domain.errors import AddressesWithheld
from tests.contracts.slack_standin_bot import Team, a_house, a_team, module_house, with_scopes

LOOKUP = "/api/users.lookupByEmail"
ENOUGH = {"ok": False, "error": "ratelimited"}
house = module_house("users:read", "users:read.email")


def directory(team: Team) -> SlackDirectory:
    return SlackDirectory(team.client)


def test_full_members_alone_are_colleagues(team: Team) -> None:
    team.cara.is_restricted = True
    emails = [team.ana.email, team.ben.email.upper(), team.cara.email, "maya@ortiz.test"]
    assert directory(team).colleagues(emails, team.acme.id) == {
        team.ana.email: True,
        team.ben.email.upper(): True,
        team.cara.email: False,
        "maya@ortiz.test": False,
    }


def test_who_left_is_no_colleague(team: Team) -> None:
    team.ben.deleted = True
    assert directory(team).colleagues([team.ben.email], team.acme.id) == {team.ben.email: False}


def test_once_slack_has_enough_nobody_more_is_asked_about(team: Team) -> None:
    team.slack.faults.on(path=LOOKUP, skip=1).answer(429, ENOUGH, headers={"Retry-After": "30"})
    emails = [team.ana.email, team.ben.email, "maya@ortiz.test"]
    assert directory(team).colleagues(emails, team.acme.id) == {team.ana.email: True}


@pytest.mark.parametrize("fault", ["internal_error", "fatal_error", "service_unavailable", "something_new"])
def test_one_failure_does_not_keep_the_others_from_being_asked_about(team: Team, fault: str) -> None:
    team.slack.faults.on(path=LOOKUP).answer(200, {"ok": False, "error": fault})
    emails = [team.ana.email, team.ben.email]
    assert directory(team).colleagues(emails, team.acme.id) == {team.ben.email: True}


def test_without_the_scope_it_says_so() -> None:
    with a_house(with_scopes("users:read")) as house:
        team = a_team(house)
        with pytest.raises(AddressesWithheld):
            directory(team).colleagues([team.ana.email, "maya@ortiz.test"], team.acme.id)


def test_a_lost_connection_answers_nothing() -> None:
    gone = SlackDirectory(WebClient("xoxb-1", base_url="http://127.0.0.1:9/api/"))
    assert gone.colleagues(["maya@ortiz.test"], "T1") == {}
