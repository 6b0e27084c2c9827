"""What triggers say on the stand-in for Slack, and which channels it may be said in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from slack_sdk import WebClient

from bot.clients.slack_channels import SlackChannels
from bot.clients.slack_posts import SlackPosts
from bot.domain.errors import ProviderBusy, ProviderDown, ProviderError
from bot.domain.firings import CannotTell, ChannelUnusable, Telling
from bot.domain.people import Actor, Member, Standing, Workspace, actor_of
from bot.domain.triggers import ActionKind, TriggerAction
from bot.rendering.triggered import trigger_message
from tests.builders import BERLIN
from tests.contracts.slack_standin_bot import TUESDAY, Team, a_house, a_team, module_house, with_scopes
from tests.trigger_builders import TO_HOST, a_trigger, an_occasion

NOW = datetime.fromtimestamp(TUESDAY, UTC)
ACME = UUID(int=100)
SCOPES = ("chat:write", "im:write", "im:history", "channels:read", "groups:read")
house = module_house(*SCOPES)


def posts(team: Team) -> SlackPosts:
    return SlackPosts(team.client, trigger_message)


def ana_of(team: Team) -> Member:
    """Ana, as Daybook knows her."""
    return Member(UUID(int=1), ACME, team.ana.id, "Ana", BERLIN, Standing.FULL, is_admin=False, checked_at=NOW)


def actor_in(team: Team) -> Actor:
    return actor_of(ana_of(team), Workspace(ACME, team.acme.id, "Acme"))


def a_telling(team: Team, number: int = 1, *, to_host: bool = False) -> Telling:
    """One to #sales, or to Ana."""
    ana = ana_of(team)
    to_sales = TriggerAction(ActionKind.POST, team.sales.id, "sales")
    trigger = a_trigger(actor_in(team), action=TO_HOST if to_host else to_sales)
    return Telling(UUID(int=number), trigger, an_occasion(actor_in(team)), ana, ana)


def texts_in(team: Team, channel_id: str) -> list[str]:
    return [message.text for message in team.slack.messages_in(channel_id)]


def test_a_post_stands_in_its_channel_for_everybody(team: Team) -> None:
    posts(team).post(a_telling(team))
    assert texts_in(team, team.sales.id) == [trigger_message(a_telling(team)).text]
    assert team.problems() == []


def test_a_message_to_the_host_is_found_by_its_id_and_no_other(team: Team) -> None:
    slack, one, other = posts(team), a_telling(team, 1, to_host=True), a_telling(team, 2, to_host=True)
    assert not slack.is_posted(one, NOW)
    slack.post(one)
    assert [slack.is_posted(telling, NOW) for telling in (one, other)] == [True, False]
    assert not slack.is_posted(one, NOW + timedelta(hours=1))
    assert team.problems() == []


# fault 34
def test_a_message_whose_answer_was_lost_is_found(team: Team) -> None:
    team.slack.faults.on("POST", "/api/chat.postMessage").drop(after_commit=True)
    slack, telling = posts(team), a_telling(team, to_host=True)
    with pytest.raises(ProviderDown) as lost:
        slack.post(telling)
    assert (lost.value.is_silent, slack.is_posted(telling, NOW)) == (True, True)


# fault 34
def test_in_a_channel_that_may_not_be_read_nobody_can_tell(team: Team) -> None:
    with pytest.raises(CannotTell, match="if it is missing, run again"):
        posts(team).is_posted(a_telling(team), NOW)


# fault 34
def test_where_an_admin_lets_daybook_read_a_channel_it_looks_there() -> None:
    with a_house(with_scopes(*SCOPES, "channels:history")) as house:
        team = a_team(house)
        slack, telling = posts(team), a_telling(team)
        slack.post(telling)
        assert [slack.is_posted(one, NOW) for one in (telling, a_telling(team, 2))] == [True, False]


# fault 35
def test_what_slack_surely_did_not_take_is_told_apart_from_silence(team: Team) -> None:
    team.slack.limits_rate("chat.postMessage", 7)
    with pytest.raises(ProviderBusy) as busy:
        posts(team).post(a_telling(team))
    assert busy.value.retry_after == 7
    silent = []
    for error in ("service_unavailable", "internal_error", "fatal_error"):
        team.slack.faults.on("POST", "/api/chat.postMessage").answer(200, {"ok": False, "error": error})
        with pytest.raises(ProviderDown) as down:
            posts(team).post(a_telling(team))
        silent.append(down.value.is_silent)
    team.slack.faults.on("POST", "/api/chat.postMessage").answer(502)
    with pytest.raises(ProviderDown) as gateway:
        posts(team).post(a_telling(team))
    nobody = SlackPosts(WebClient("xoxb-1", base_url="http://127.0.0.1:9/api/"), trigger_message)
    with pytest.raises(ProviderDown) as unreached:
        nobody.post(a_telling(team))
    assert (silent, gateway.value.is_silent, unreached.value.is_silent) == ([False, True, True], True, False)


def test_a_channel_that_daybook_was_taken_out_of_says_how_to_mend_it(team: Team) -> None:
    team.sales.members.discard(team.acme.bot.id)
    with pytest.raises(ProviderError, match=r"Daybook is not in that channel any more\. Invite it") as refused:
        posts(team).post(a_telling(team))
    assert not isinstance(refused.value, ProviderDown)


def test_a_channel_that_both_are_in_can_be_posted_to(team: Team) -> None:
    quiet = team.slack.people.add_channel(team.acme.id, "quiet", [team.ana.id], private=True)
    channels = SlackChannels(team.client)
    names = [channels.require_postable(actor_in(team), one.id) for one in (team.sales, quiet)]
    assert (names, team.problems()) == (["sales", "quiet"], [])


def test_a_channel_that_daybook_or_the_person_is_not_in_is_refused(team: Team) -> None:
    people, channels = team.slack.people, SlackChannels(team.client)
    without_bot = people.add_channel(team.acme.id, "elsewhere", [team.ana.id], with_bot=False)
    without_ana = people.add_channel(team.acme.id, "board", [team.ben.id], private=True)
    for channel_id in (without_bot.id, without_ana.id, team.secret.id, "C0NOTHING"):
        with pytest.raises(ChannelUnusable, match=r"Daybook is not in that channel\. Invite it there"):
            channels.require_postable(actor_in(team), channel_id)


def test_what_everybody_reads_and_what_nobody_reads_any_more_is_refused(team: Team) -> None:
    people, channels = team.slack.people, SlackChannels(team.client)
    general = people.add_channel(team.acme.id, "general", [team.ana.id])
    archived = people.add_channel(team.acme.id, "old", [team.ana.id])
    archived.is_archived = True
    for channel_id, why in ((general.id, "Everybody reads"), (archived.id, "is archived")):
        with pytest.raises(ChannelUnusable, match=why):
            channels.require_postable(actor_in(team), channel_id)


# fault 12
@pytest.mark.parametrize("mark", ["is_ext_shared", "is_org_shared", "is_pending_ext_shared"])
def test_a_channel_that_other_organisations_read_is_refused(team: Team, mark: str) -> None:
    told = team.client.conversations_info(channel=team.sales.id)["channel"]
    team.slack.faults.on(path="/api/conversations.info").answer(200, {"ok": True, "channel": {**told, mark: True}})
    with pytest.raises(ChannelUnusable, match="People outside this workspace read that channel"):
        SlackChannels(team.client).require_postable(actor_in(team), team.sales.id)


def test_without_the_permission_to_look_an_admin_is_asked_for() -> None:
    with a_house(with_scopes("chat:write", "im:write", "users:read")) as house:
        team = a_team(house)
        with pytest.raises(ChannelUnusable, match="Have an admin install it again"):
            SlackChannels(team.client).require_postable(actor_in(team), team.sales.id)


def test_a_slack_that_does_not_say_is_tried_again_later(team: Team) -> None:
    # The client itself tries a lost connection once more.
    team.slack.faults.on(path="/api/conversations.info", times=2).drop()
    with pytest.raises(ProviderDown, match=r"^Slack could not be reached\. Try again in a minute\.$"):
        SlackChannels(team.client).require_postable(actor_in(team), team.sales.id)


def test_a_host_who_left_is_a_refusal(team: Team) -> None:
    team.slack.changes_member(team.ana.id, deleted=True)
    telling = replace(a_telling(team, to_host=True), host=ana_of(team))
    with pytest.raises(ProviderError, match="Slack refused the message"):
        posts(team).post(telling)
