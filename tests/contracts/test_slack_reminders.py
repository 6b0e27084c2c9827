"""Reminders on the stand-in for Slack: said, found again, edited, and gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clients.slack_reminders import SlackReminders
from bot.domain.cards import CardGone, PostedCard
from bot.domain.firings import CannotTell
from bot.domain.reminder_telling import Reminding, Stage
from bot.rendering.reminders import reminder_message
from tests.contracts.slack_standin_bot import Team, module_house
from tests.contracts.test_slack_posts import NOW, SCOPES, ana_of, texts_in
from tests.unit.rendering.test_reminders import a_meeting, a_reminding

A_MINUTE = timedelta(minutes=1)
house = module_house(*SCOPES)


def reminding(team: Team, channel: str = "", **fields: object) -> Reminding:
    """One to Ana, or to a channel."""
    return replace(a_reminding(a_meeting(), channel=channel), host=ana_of(team), **fields)  # type: ignore[arg-type]  # by name


def test_a_reminder_to_the_host_is_found_again_and_edited(team: Team) -> None:
    posts, said = SlackReminders(team.client, reminder_message), reminding(team)
    assert posts.find(said, NOW - A_MINUTE) is None
    posted = posts.post(said)
    assert posts.find(said, NOW - A_MINUTE) == posted
    posts.update(posted, reminding(team, stage=Stage.CANCELLED))
    assert texts_in(team, posted.channel) == ["Cancelled: Maya Ortiz and Ana"]
    assert posts.find(said, NOW - A_MINUTE) == posted


def test_in_a_channel_nobody_can_look(team: Team) -> None:
    posts, said = SlackReminders(team.client, reminder_message), reminding(team, team.sales.id)
    posted = posts.post(said)
    assert (posted.channel, texts_in(team, team.sales.id)) == (team.sales.id, [reminder_message(said).text])
    with pytest.raises(CannotTell):
        posts.find(said, NOW - A_MINUTE)


def test_a_message_that_somebody_deleted_is_gone(team: Team) -> None:
    posts, said = SlackReminders(team.client, reminder_message), reminding(team)
    posted = posts.post(said)
    with pytest.raises(CardGone):
        posts.update(PostedCard(posted.channel, "1.000001"), said)
