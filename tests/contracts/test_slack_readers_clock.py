"""What is said unasked to one member is by his clock, on the stand-in for Slack."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.clients.slack_alerts import SlackAlerts
from bot.clients.slack_digests import SlackDigests
from bot.clients.slack_notifier import SlackNotifier
from bot.domain.digest_questions import Question, QuestionNow, QuestionShown
from bot.domain.digests import Level, Share
from bot.domain.firings import FailedTrigger
from bot.domain.nudges import DueNudge
from bot.domain.people import Member
from tests.builders import BERLIN, at
from tests.contracts.slack_standin_bot import TUESDAY, Team
from tests.digest_builders import a_digest
from tests.trigger_builders import a_trigger
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.rendering.test_nudges import BROKEN
from tests.unit.rendering.test_two_way_agenda import a_decline

_TIMES = re.compile(r"[0-9]{1,2}:[0-9]{2}(?: [AP]M)?")
NOW = datetime.fromtimestamp(TUESDAY, UTC)


def still_broken(client: WebClient, member: Member) -> None:
    SlackAlerts(client).still_broken(member, DueNudge(BROKEN, NOW, 0, NOW), is_last=False, zone=BERLIN)


def triggers_failed(client: WebClient, member: Member) -> None:
    SlackAlerts(client).triggers_failed(member, [FailedTrigger(a_trigger(actor()), 1, "No.", at("9:14"))])


def contact_declined(client: WebClient, member: Member) -> None:
    SlackNotifier(client).contact_declined(member, a_decline())


def needs_reconnecting(client: WebClient, member: Member) -> None:
    SlackNotifier(client).needs_reconnecting(member, BROKEN)


def digest_question_now(client: WebClient, member: Member) -> None:
    digest = a_digest()
    question = Question(
        digest.id, digest.id, digest.workspace_id, member.id, digest.channel_name, Level.TITLES, version=1
    )
    asks = QuestionNow(question, digest, Share(digest.id, member.id, Level.TITLES))
    SlackDigests(client).ask(QuestionShown(asks, member, ben, has_calendar=True))


@pytest.mark.parametrize(
    ("says", "by_12", "by_24"),
    [
        (still_broken, ["9:14 AM"], ["9:14"]),
        (triggers_failed, ["9:14 AM"], ["9:14"]),
        (contact_declined, ["3:00 PM", "3:30 PM"], ["15:00", "15:30"]),
        (needs_reconnecting, ["9:14 AM"], ["9:14"]),
        (digest_question_now, ["8:30 AM"], ["8:30"]),
    ],
)
def test_what_is_said_unasked_is_by_the_clock_of_whom_it_is_said_to(
    team: Team, says: Callable[[WebClient, Member], None], by_12: Sequence[str], by_24: Sequence[str]
) -> None:
    member = replace(ana, slack_user_id=team.ana.id)
    for locale in ("en-US", "en-GB"):
        says(team.client, replace(member, locale=locale))
    channel = team.client.conversations_open(users=team.ana.id)["channel"]["id"]
    times = [_TIMES.findall(json.dumps(one.blocks)) for one in team.slack.messages_in(channel)]
    assert times == [by_12, by_24]
