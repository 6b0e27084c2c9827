"""Home tabs on the stand-in for Slack: what is published says what it shows, and refusals have a meaning."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.clients.slack_homes import SlackHomes
from bot.domain.agenda import window_of
from bot.domain.connections import Status
from bot.domain.errors import NotFound, ProviderBusy, ProviderDown
from bot.domain.home import Home
from bot.rendering.home import render_home
from tests.builders import BERLIN
from tests.contracts.slack_standin_bot import MANIFEST, House, Team, a_house, a_team
from tests.unit.rendering.answers import NOON

TODAY = date(2026, 11, 24)


@pytest.fixture
def house() -> Iterator[House]:
    with a_house(MANIFEST) as house:
        yield house


@pytest.fixture
def team(house: House) -> Team:
    return a_team(house)


@pytest.fixture
def tabs(team: Team) -> SlackHomes:
    return SlackHomes(team.client, render_home)


def home(team: Team) -> Home:
    return Home(Status(NOON, (), (), ()), team.ana.id, BERLIN, TODAY, window_of(TODAY, BERLIN), ())


def test_what_is_published_carries_its_fingerprint(house: House, team: Team, tabs: SlackHomes) -> None:
    tabs.publish(home(team))
    shown = house.slack.person(team.ana.id).home
    assert shown is not None
    assert shown.given["private_metadata"] == tabs.state_of(home(team))


def test_the_fingerprint_is_of_what_is_shown(team: Team, tabs: SlackHomes) -> None:
    ours = home(team)
    assert tabs.state_of(ours) == tabs.state_of(replace(ours, zone="Europe/Paris"))
    assert tabs.state_of(ours) != tabs.state_of(replace(ours, support="mailto:help@acme.test"))
    assert len(tabs.state_of(ours)) == 64


def test_a_person_who_left_has_none(house: House, team: Team, tabs: SlackHomes) -> None:
    house.slack.changes_member(team.ana.id, deleted=True)
    with pytest.raises(NotFound):
        tabs.publish(home(team))


def test_a_pause_that_slack_asks_for_is_told(house: House, team: Team, tabs: SlackHomes) -> None:
    house.slack.limits_rate("views.publish", 30)
    with pytest.raises(ProviderBusy) as busy:
        tabs.publish(home(team))
    assert busy.value.retry_after == 30.0


def test_where_daybook_was_removed_it_may_work_later(house: House, team: Team, tabs: SlackHomes) -> None:
    house.slack.revokes_token(team.acme)
    with pytest.raises(ProviderDown):
        tabs.publish(home(team))
