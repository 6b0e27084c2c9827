"""Digests on the stand-in for Slack: who reads a channel, what is posted there, and what is asked in private."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.clients.slack_digests import MOST_READERS, SlackDigestChannels, SlackDigests
from bot.clients.slack_directory import SlackDirectory
from bot.domain.agenda import window_of
from bot.domain.cards import CardGone
from bot.domain.digest_content import Edition
from bot.domain.digest_questions import Question, QuestionNow, QuestionShown
from bot.domain.digests import Digest, DigestRefused, DigestUnwanted, Level, PauseReason, Share
from bot.domain.errors import ProviderBusy, ProviderDown
from bot.domain.firings import ChannelUnusable
from bot.domain.people import Actor, Member, Standing, Workspace, actor_of
from bot.rendering.digests.posted import digest_message
from bot.sandbox.slack.shape import Json
from bot.usecases.channel_readers import HasOutsiders
from tests.builders import BERLIN
from tests.contracts.slack_standin_bot import MANIFEST, TUESDAY, House, Team, a_house, a_team
from tests.digest_builders import a_digest
from tests.fakes.clock import SettableClock
from tests.fakes.store import FakeStore

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


def shown_to(member: Member, digest: Digest, *, is_open: bool = True) -> QuestionShown:
    """The question about titles, asked in his own name, or what he answered."""
    agreed = None if is_open else Level.TITLES
    question = Question(
        UUID(int=5), digest.id, ACME, member.id, digest.channel_name, Level.TITLES, version=1, is_open=is_open
    )
    share = Share(digest.id, member.id, Level.TITLES, agreed)
    return QuestionShown(QuestionNow(question, digest, share), member, member, has_calendar=True)


def texts_in(team: Team, channel_id: str) -> list[str]:
    return [message.text for message in team.slack.messages_in(channel_id)]


def test_a_digest_stands_in_its_channel_for_everybody(team: Team) -> None:
    posts(team)
    assert texts_in(team, team.sales.id) == [digest_message(an_edition(team)).text]
    assert team.problems() == []


def test_a_member_is_asked_and_told_in_his_own_messages_alone(team: Team) -> None:
    digest: Digest = a_digest(channel_id=team.sales.id, paused=PauseReason.CHANNEL)
    ana, slack = ana_of(team), SlackDigests(team.client)
    slack.ask(shown_to(ana, digest))
    slack.tell_paused(ana, digest, ana, may_take_over=False)
    direct = team.slack.people.direct(team.acme, team.acme.bot.id, team.ana.id)
    assert texts_in(team, direct.id) == [
        "May your days stand in the digest of #sales? Ana asks.",
        "The digest of #sales is paused.",
    ]
    assert (texts_in(team, team.sales.id), team.problems()) == ([], [])


def test_a_question_says_in_its_place_what_became_of_it(team: Team) -> None:
    digest, ana, slack = a_digest(channel_id=team.sales.id), ana_of(team), SlackDigests(team.client)
    posted = slack.ask(shown_to(ana, digest))
    for _ in range(2):
        slack.show_question(posted, shown_to(ana, digest, is_open=False))
    told = "Your days are shown in #sales (the day itself, weekdays 8:30, Berlin time): titles."
    assert (texts_in(team, posted.channel), team.problems()) == ([told], [])


@pytest.mark.parametrize("reason", ["message_not_found", "cant_update_message", "edit_window_closed"])
def test_a_question_that_slack_does_not_have_or_change_any_more_is_gone(team: Team, reason: str) -> None:
    digest, ana, slack = a_digest(channel_id=team.sales.id), ana_of(team), SlackDigests(team.client)
    posted = slack.ask(shown_to(ana, digest))
    team.slack.faults.on(path="/api/chat.update").answer(200, {"ok": False, "error": reason})
    with pytest.raises(CardGone):
        slack.show_question(posted, shown_to(ana, digest))


def test_an_edit_that_may_have_been_made_can_be_made_again(team: Team) -> None:
    digest, ana, slack = a_digest(channel_id=team.sales.id), ana_of(team), SlackDigests(team.client)
    posted = slack.ask(shown_to(ana, digest))
    team.slack.faults.on(path="/api/chat.update").drop(after_commit=True)
    with pytest.raises(ProviderDown) as caught:
        slack.show_question(posted, shown_to(ana, digest, is_open=False))
    assert not caught.value.is_silent


def test_a_channel_is_told_who_can_mend_its_digest(team: Team) -> None:
    digest = a_digest(channel_id=team.sales.id, paused=PauseReason.CREATOR_LEFT)
    SlackDigests(team.client).say_paused(digest)
    assert (texts_in(team, team.sales.id), team.problems()) == (["The digest of #sales is paused."], [])
    team.sales.is_archived = True
    with pytest.raises(DigestUnwanted):
        SlackDigests(team.client).say_paused(digest)


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
    for one in (team.ana.id, team.ben.id, team.acme.bot.id):
        assert slack.is_full(one, team.acme.id)
    for one in (guest.id, stranger.id, "UNOBODY"):
        assert not slack.is_full(one, team.acme.id)


# fault 13
def test_a_bot_that_was_stored_as_somebody_from_outside_spoils_no_channel(team: Team) -> None:
    store, clock = FakeStore(), SettableClock(NOW)
    workspace = Workspace(UUID(int=1), team.acme.id, "acme")
    directory = SlackDirectory(team.client)
    with store.writing() as work:
        work.workspaces.add(workspace)
        for number, one in enumerate((team.ana, team.ben, team.acme.bot)):
            profile = directory.profile(one.id, team.acme.id)
            work.members.save(workspace.id, profile, new_id=UUID(int=10 + number), now=NOW)
        work.commit()
    has_outsiders = HasOutsiders(store, channels(team), directory, clock)
    assert not has_outsiders(workspace.id, team.sales.id)
    team.sales.members.add(team.slack.people.add_member(team.acme.id, "gus", guest=True).id)
    assert has_outsiders(workspace.id, team.sales.id)


# fault 35
@pytest.mark.parametrize("path", [INFO, MEMBERS, "/api/users.info"])
def test_whoever_looks_at_readers_does_not_wait_as_long_as_slack_asks_for(team: Team, path: str) -> None:
    team.client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    team.slack.faults.on(path=path).answer(429, {"ok": False, "error": "ratelimited"}, headers={"Retry-After": "1"})
    slack = channels(team)
    if path == "/api/users.info":
        assert not slack.is_full(team.ana.id, team.acme.id)
    else:
        assert slack.readers(team.sales.id) is None


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


@pytest.mark.parametrize("reason", ["msg_blocks_too_long", "invalid_blocks", "msg_too_long"])
def test_what_slack_would_refuse_every_time_is_refused_by_its_name(team: Team, reason: str) -> None:
    team.slack.faults.on(path=POST).answer(200, {"ok": False, "error": reason})
    with pytest.raises(DigestRefused, match=reason):
        posts(team)


def test_whose_digest_was_refused_is_told_with_what_to_do(team: Team) -> None:
    digest = an_edition(team).digest
    SlackDigests(team.client).tell_refused(ana_of(team), digest, NOW.date())
    direct = team.slack.people.direct(team.acme, team.acme.bot.id, team.ana.id)
    [told] = texts_in(team, direct.id)
    assert told == "The digest of #sales for Tue 24 Nov was not posted."
