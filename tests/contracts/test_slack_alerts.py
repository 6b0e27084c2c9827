"""What members are told of what needs them, on the stand-in for Slack: once, and brought up to date."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from slack_sdk import WebClient

from bot.clients.slack_alerts import SlackAlerts
from bot.domain.cards import CardGone, PostedCard
from bot.domain.errors import ProviderBusy, ProviderDown, ProviderError
from bot.domain.firings import FailedTrigger
from bot.domain.landings import BatchShown, LandingState
from bot.domain.nudges import DueNudge
from bot.domain.people import Member, Standing, Workspace, actor_of
from bot.rendering.landings import landing_message
from tests.builders import BERLIN
from tests.contracts.slack_standin_bot import TUESDAY, Team
from tests.trigger_builders import a_trigger
from tests.unit.rendering.test_landings import a_batch, a_landing
from tests.unit.rendering.test_nudges import BROKEN

NOW = datetime.fromtimestamp(TUESDAY, UTC)
ACME = UUID(int=100)
POST = "/api/chat.postMessage"


def ana_of(team: Team) -> Member:
    """Ana, as Daybook knows her."""
    return Member(UUID(int=1), ACME, team.ana.id, "Ana", BERLIN, Standing.FULL, is_admin=False, checked_at=NOW)


def shown_to(team: Team, state: LandingState = LandingState.TOLD) -> BatchShown:
    """A call on an appointment of Ana's."""
    batch = a_batch(a_landing(state))
    return BatchShown(batch.batch, ana_of(team), BERLIN, batch.landings)


def texts_in(team: Team, channel: str) -> list[str]:
    return [message.text for message in team.slack.messages_in(channel)]


def test_a_message_is_posted_to_one_alone_and_edited_in_place(team: Team) -> None:
    slack = SlackAlerts(team.client)
    posted = slack.post(shown_to(team))
    assert texts_in(team, posted.channel) == [landing_message(shown_to(team)).text]
    slack.update(posted, shown_to(team, LandingState.KEPT))
    assert texts_in(team, posted.channel) == [landing_message(shown_to(team, LandingState.KEPT)).text]
    assert team.problems() == []


def test_reminders_and_failed_triggers_are_direct_messages(team: Team) -> None:
    slack, ana = SlackAlerts(team.client), ana_of(team)
    slack.still_broken(ana, DueNudge(BROKEN, NOW, 0, NOW), is_last=False, zone=BERLIN)
    trigger = a_trigger(actor_of(ana, Workspace(ACME, team.acme.id, "Acme")))
    slack.triggers_failed(ana, [FailedTrigger(trigger, 1, "No.", NOW)])
    channel = team.client.conversations_open(users=team.ana.id)["channel"]["id"]
    assert texts_in(team, channel) == [
        "ana@acme.test is still not connected: Google does not accept Daybook's access to it.",
        "Your trigger Tell sales came to nothing once.",
    ]
    assert team.problems() == []


# fault 34
def test_a_message_whose_answer_was_lost_is_silent_and_stands_there_once(team: Team) -> None:
    team.slack.faults.on("POST", POST).drop(after_commit=True)
    with pytest.raises(ProviderDown) as lost:
        SlackAlerts(team.client).post(shown_to(team))
    channel = team.client.conversations_open(users=team.ana.id)["channel"]["id"]
    assert (lost.value.is_silent, len(texts_in(team, channel))) == (True, 1)


# fault 35
def test_what_slack_surely_did_not_take_may_be_sent_again(team: Team) -> None:
    slack = SlackAlerts(team.client)
    team.slack.limits_rate("chat.postMessage", 7)
    with pytest.raises(ProviderBusy) as busy:
        slack.post(shown_to(team))
    assert busy.value.retry_after == 7
    silent = []
    for error in ("service_unavailable", "request_timeout", "internal_error"):
        team.slack.faults.on("POST", POST).answer(200, {"ok": False, "error": error})
        with pytest.raises(ProviderDown) as down:
            slack.post(shown_to(team))
        silent.append(down.value.is_silent)
    nobody = SlackAlerts(WebClient("xoxb-1", base_url="http://127.0.0.1:9/api/"))
    with pytest.raises(ProviderDown) as unreached:
        nobody.post(shown_to(team))
    assert (silent, unreached.value.is_silent) == ([False, False, True], False)


def test_an_edit_whose_answer_was_lost_is_no_harm(team: Team) -> None:
    slack = SlackAlerts(team.client)
    posted = slack.post(shown_to(team))
    team.slack.faults.on("POST", "/api/chat.update").drop(after_commit=True)
    with pytest.raises(ProviderDown) as lost:
        slack.update(posted, shown_to(team))
    assert not lost.value.is_silent


def test_a_message_that_was_deleted_is_told_apart(team: Team) -> None:
    posted = SlackAlerts(team.client).post(shown_to(team))
    with pytest.raises(CardGone):
        SlackAlerts(team.client).update(PostedCard(posted.channel, "1.000100"), shown_to(team))


@pytest.mark.parametrize(
    "reason", ["message_not_found", "cant_update_message", "channel_not_found", "is_archived", "edit_window_closed"]
)
def test_what_slack_never_lets_be_edited_is_let_go_with_a_line_in_the_log(
    team: Team, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    slack = SlackAlerts(team.client)
    posted = slack.post(shown_to(team))
    team.slack.faults.on("POST", "/api/chat.update").answer(200, {"ok": False, "error": reason})
    with caplog.at_level("INFO", "bot.clients.slack_calls"), pytest.raises(CardGone):
        slack.update(posted, shown_to(team))
    ours = [one for one in caplog.records if one.name == "bot.clients.slack_calls"]
    assert [(one.message, one.__dict__["reason"]) for one in ours] == [
        ("Slack does not let a message be edited any more; it stays as it is", reason)
    ]


def test_somebody_who_left_is_a_refusal(team: Team) -> None:
    shown = shown_to(team)
    team.slack.changes_member(team.ana.id, deleted=True)
    with pytest.raises(ProviderError, match="Slack refused the message"):
        SlackAlerts(team.client).post(shown)
