"""What Daybook says unasked, on the stand-in for Slack: whatever goes wrong is tried again by whoever asked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.clients.slack_notifier import SlackNotifier
from bot.clients.slack_privacy import SlackPrivacy
from bot.domain.erasure import Forgetting
from bot.domain.errors import ProviderDown
from bot.domain.people import Actor, Member, Standing, Workspace, actor_of
from bot.ports import Store
from bot.rendering.connect import ask_to_confirm
from bot.rendering.forgetting_me import member_forgotten
from bot.rendering.home import empty_home
from bot.usecases.announce_broken_accounts import AnnounceBrokenAccounts
from tests.builders import BERLIN
from tests.contracts.slack_standin_bot import MANIFEST, TUESDAY, House, Team, a_house, a_team
from tests.contracts.storage_builders import a_person, connected
from tests.fakes.clock import SettableClock
from tests.unit.usecases.sync_house import an_account

NOW = datetime.fromtimestamp(TUESDAY, UTC)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with a_house(MANIFEST | {"oauth_config": {"scopes": {"bot": ["chat:write", "im:write"]}}}) as house:
        yield house


@pytest.fixture
def team(house: House) -> Team:
    return a_team(house)


def ana_in(team: Team) -> Actor:
    ana = Member(UUID(int=1), UUID(int=100), team.ana.id, "Ana", BERLIN, Standing.FULL, is_admin=False, checked_at=NOW)
    return actor_of(ana, Workspace(UUID(int=100), team.acme.id, "Acme"))


def confirm(team: Team) -> None:
    """Ana is asked whether an account is hers."""
    SlackNotifier(team.client).ask_to_confirm(ana_in(team), an_account(ana_in(team)))


def said(team: Team) -> list[str]:
    return [one.text for one in team.slack.person(team.ana.id).messages]


def test_what_is_said_unasked_is_said_once_where_slack_asks_for_a_pause(team: Team) -> None:
    team.slack.limits_rate("chat.postMessage", 0)
    confirm(team)
    assert said(team) == [ask_to_confirm(an_account(ana_in(team))).text]


def test_whatever_slack_refuses_may_work_later_and_what_it_may_have_taken_is_silent(team: Team) -> None:
    team.slack.faults.on("POST", "/api/chat.postMessage").drop(after_commit=True)
    with pytest.raises(ProviderDown, match="Slack did not say whether it took the message") as lost:
        confirm(team)
    assert said(team) == [ask_to_confirm(an_account(ana_in(team))).text]
    team.slack.changes_member(team.ana.id, deleted=True)
    with pytest.raises(ProviderDown, match="Slack did not take the message") as refused:
        confirm(team)
    assert [one.value.is_silent for one in (lost, refused)] == [True, False]


# fault 36
def test_a_first_message_whose_answer_was_lost_is_not_sent_again(team: Team, store: Store) -> None:
    account = connected(store, a_person(store, user=team.ana.id), "ana@acme.test")
    with store.writing() as work:
        work.accounts.mark_broken(account.id, NOW)
        work.commit()
    clock = SettableClock(NOW)
    announce = AnnounceBrokenAccounts(store, SlackNotifier(team.client), clock)
    team.slack.faults.on("POST", "/api/chat.postMessage").drop(after_commit=True)
    told = [announce()]
    for _ in range(26):
        clock.time += timedelta(hours=1)
        told.append(announce())
    assert (told[0], sum(told), len(said(team))) == (1, 1, 1)


def test_nothing_stands_on_the_home_of_whoever_was_forgotten(team: Team) -> None:
    forgetting = Forgetting(UUID(int=100), UUID(int=1), team.ana.id, NOW)
    SlackPrivacy(team.client).forgotten(forgetting)
    home = team.slack.person(team.ana.id).home
    assert home is not None
    assert home.given["blocks"] == list(empty_home().blocks)
    assert said(team) == [member_forgotten(forgetting).text]


def test_a_home_that_slack_refuses_may_work_later(team: Team) -> None:
    team.slack.changes_member(team.ana.id, deleted=True)
    with pytest.raises(ProviderDown, match="Slack did not take the Home"):
        SlackPrivacy(team.client).forgotten(Forgetting(UUID(int=100), UUID(int=1), team.ana.id, NOW))
