"""Digests on the stand-in for Slack: who reads a channel, what is posted there, and what is asked in private."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from slack_sdk import WebClient

from bot.clients.slack_digests import MOST_READERS, SlackDigestChannels, SlackDigests
from bot.domain.agenda import window_of
from bot.domain.digest_content import Edition
from bot.domain.digests import MOST_ASKED, Digest, DigestUnwanted, Level, PauseReason, Share
from bot.domain.errors import ProviderBusy, ProviderDown, ProviderError
from bot.domain.firings import ChannelUnusable
from bot.domain.people import Actor, Member, Standing, Workspace, actor_of
from bot.rendering.digests.posted import digest_message
from bot.sandbox.slack.shape import Json
from tests.builders import BERLIN
from tests.contracts.slack_standin_bot import MANIFEST, TUESDAY, House, Team, a_house, a_team
from tests.digest_builders import a_digest

NOW = datetime.fromtimestamp(TUESDAY, UTC)
ACME = UUID(int=100)
SCOPES = ("chat:write", "im:write", "channels:read", "groups:read", "users:read")
POST, INFO, MEMBERS = (f"/api/{name}" for name in ("chat.postMessage", "conversations.info", "conversations.members"))


def manifest(*scopes: str) -> Json:
    return MANIFEST | {"oauth_config": {"scopes": {"bot": list(scopes)}}}


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with a_house(manifest(*SCOPES)) as house:
        yield house


@pytest.fixture
def team(house: House) -> Team:
    return a_team(house)


def channels(team: Team) -> SlackDigestChannels:
    return SlackDigestChannels(team.client)


def ana_of(team: Team) -> Member:
    """Ana, as Daybook knows her."""
    return Member(UUID(int=1), ACME, team.ana.id, "Ana", BERLIN, Standing.FULL, is_admin=False, checked_at=NOW)


def actor_in(team: Team) -> Actor:
    return actor_of(ana_of(team), Workspace(ACME, team.acme.id, "Acme"))


def an_edition(team: Team) -> Edition:
    """An empty one for #sales."""
    digest = a_digest(channel_id=team.sales.id)
    window = window_of(digest.next_day, digest.plan.zone, days=digest.plan.days)
    return Edition(digest, "Acme", digest.next_day, window, (), NOW)


def posts(team: Team) -> None:
    SlackDigests(team.client).post(an_edition(team))


def texts_in(team: Team, channel_id: str) -> list[str]:
    return [message.text for message in team.slack.messages_in(channel_id)]


def test_a_digest_stands_in_its_channel_for_everybody(team: Team) -> None:
    posts(team)
    assert texts_in(team, team.sales.id) == [digest_message(an_edition(team)).text]
    assert team.problems() == []


def test_a_member_is_asked_and_told_in_his_own_messages_alone(team: Team) -> None:
    digest: Digest = a_digest(channel_id=team.sales.id, paused=PauseReason.CHANNEL)
    ana, slack = ana_of(team), SlackDigests(team.client)
    slack.ask(ana, digest, ana, Share(digest.id, ana.id, Level.TITLES))
    slack.tell_paused(ana, digest, ana)
    direct = team.slack.people.direct(team.acme, team.acme.bot.id, team.ana.id)
    assert texts_in(team, direct.id) == [
        "May your days stand in the digest of #sales? Ana asks.",
        "The digest of #sales is paused.",
    ]
    assert (texts_in(team, team.sales.id), team.problems()) == ([], [])


@pytest.mark.parametrize("what", ["archived", "not in it", "of messages", "everybody's"])
def test_a_channel_that_does_not_do_is_named_with_what_to_do(team: Team, what: str) -> None:
    channel_id = team.sales.id
    match what:
        case "archived":
            team.sales.is_archived = True
        case "not in it":
            team.sales.members.remove(team.acme.bot.id)
        case "of messages":
            channel_id = team.slack.people.direct(team.acme, team.acme.bot.id, team.ana.id).id
        case _:
            channel_id = team.slack.people.add_channel(team.acme.id, "general", [team.ana.id]).id
    with pytest.raises(ChannelUnusable):
        channels(team).look(actor_in(team), channel_id)


def test_a_private_channel_is_for_those_who_are_in_it(team: Team) -> None:
    private = team.slack.people.add_channel(team.acme.id, "board", [team.ben.id], private=True)
    with pytest.raises(ChannelUnusable):
        channels(team).look(actor_in(team), private.id)
    private.members.add(team.ana.id)
    assert channels(team).look(actor_in(team), private.id) == "board"


# fault 12
def test_a_channel_shared_with_another_organisation_will_do_but_its_readers_are_not_known(team: Team) -> None:
    team.sales.is_ext_shared = True
    assert channels(team).look(actor_in(team), team.sales.id) == "sales"
    assert channels(team).readers(team.sales.id) is None


def test_who_reads_a_channel_is_told_in_one_page(team: Team) -> None:
    readers = channels(team).readers(team.sales.id)
    assert readers is not None
    assert set(readers) == team.sales.members


def test_a_channel_with_more_readers_than_are_looked_at_is_not_looked_at(team: Team) -> None:
    crowd = [f"U{number}" for number in range(MOST_READERS)]
    big = team.slack.people.add_channel(team.acme.id, "crowd", crowd)
    assert channels(team).readers(big.id) is None


@pytest.mark.parametrize("path", [INFO, MEMBERS])
def test_what_slack_does_not_say_counts_as_somebody_from_outside(team: Team, path: str) -> None:
    team.slack.faults.on(path=path).answer(500, {"ok": False, "error": "internal_error"})
    assert channels(team).readers(team.sales.id) is None


# faults 12, 13
def test_full_members_and_bots_alone_are_full(team: Team) -> None:
    guest = team.slack.people.add_member(team.acme.id, "gus", guest=True)
    other = team.slack.people.add_workspace("other")
    stranger = team.slack.people.add_member(team.acme.id, "eve", home_team=other.id)
    slack = channels(team)
    assert slack.are_full([team.ana.id, team.ben.id, team.acme.bot.id], team.acme.id)
    for one in (guest.id, stranger.id, "UNOBODY"):
        assert not slack.are_full([team.ana.id, one], team.acme.id)


def test_no_more_people_are_asked_about_than_slack_answers_in_good_time(team: Team) -> None:
    assert not channels(team).are_full([team.ana.id] * (MOST_ASKED + 1), team.acme.id)


# fault 34
def test_a_failure_that_may_hide_a_post_says_so_and_is_not_repeated(team: Team) -> None:
    team.slack.faults.on(path=POST).answer(500, {"ok": False, "error": "internal_error"})
    with pytest.raises(ProviderDown) as caught:
        posts(team)
    assert caught.value.is_silent
    assert texts_in(team, team.sales.id) == []


# fault 34
def test_an_answer_that_was_lost_says_that_it_may_stand_there(team: Team) -> None:
    team.slack.faults.on(path=POST).drop(after_commit=True)
    with pytest.raises(ProviderDown) as caught:
        posts(team)
    assert (caught.value.is_silent, len(texts_in(team, team.sales.id))) == (True, 1)


def test_whoever_was_not_reached_took_nothing(team: Team) -> None:
    nobody = SlackDigests(WebClient(team.acme.bot_token, base_url="http://127.0.0.1:9/api/"))
    with pytest.raises(ProviderDown) as caught:
        nobody.post(an_edition(team))
    assert not caught.value.is_silent


# fault 35
def test_slack_that_has_enough_says_for_how_long(team: Team) -> None:
    team.slack.faults.on(path=POST).answer(429, {"ok": False, "error": "ratelimited"}, headers={"Retry-After": "7"})
    with pytest.raises(ProviderBusy) as caught:
        posts(team)
    assert caught.value.retry_after == 7.0


@pytest.mark.parametrize("what", ["archived", "removed from it"])
def test_a_channel_that_was_lost_is_wanted_no_more(team: Team, what: str) -> None:
    if what == "archived":
        team.sales.is_archived = True
    else:
        team.sales.members.remove(team.acme.bot.id)
    with pytest.raises(DigestUnwanted) as caught:
        posts(team)
    assert caught.value.reason is PauseReason.CHANNEL


def test_once_daybook_was_removed_from_slack_no_digest_is_wanted(team: Team) -> None:
    team.acme.refused_because = "account_inactive"
    for tried in (lambda: posts(team), lambda: channels(team).look(actor_in(team), team.sales.id)):
        with pytest.raises(DigestUnwanted) as caught:
            tried()
        assert caught.value.reason is PauseReason.REMOVED


def test_a_refusal_of_another_kind_is_an_error_by_its_name(team: Team) -> None:
    team.slack.faults.on(path=POST).answer(200, {"ok": False, "error": "msg_too_long"})
    with pytest.raises(ProviderError, match="msg_too_long"):
        posts(team)
