"""Cards on the stand-in for Slack: posted once, found again, edited in place, their history below."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from slack_sdk import WebClient

from bot.clients.slack_cards import SlackCards
from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus, Venue, Where
from bot.domain.cards import Card, CardGone, CardLine, PostedCard
from bot.domain.errors import ProviderBusy, ProviderDown, ProviderError
from bot.domain.people import Member, Standing
from bot.rendering.card import card_message
from bot.rendering.card_log import log_message
from tests.builders import BERLIN, span
from tests.contracts.slack_standin_bot import TUESDAY, Team, a_house, a_team, module_house, with_scopes

NOW = datetime.fromtimestamp(TUESDAY, UTC)
ACME = UUID(int=100)
house = module_house("chat:write", "im:write", "im:history")


def cards(team: Team) -> SlackCards:
    return SlackCards(team.client, card_message, log_message)


def member_of(team: Team) -> Member:
    """Ana, as Daybook knows her."""
    return Member(UUID(int=1), ACME, team.ana.id, "Ana", BERLIN, Standing.FULL, is_admin=False, checked_at=NOW)


def a_card(team: Team, number: int = 77, **fields: object) -> Card:
    """Half an hour with Ana, booked by herself."""
    ana = member_of(team)
    appointment = Appointment(
        id=UUID(int=number),
        workspace_id=ACME,
        hosts=(ana.id,),
        booker_id=ana.id,
        contact=None,
        title="Review",
        span=span("15:00-15:30"),
        zone=BERLIN,
        venue=Venue(Where.PLACE, "Room 4"),
        note="",
        status=AppointmentStatus.CONFIRMED,
        invites=False,
        created_at=NOW,
        changed_at=NOW,
    )
    return Card(replace(appointment, **fields), (ana,), ana)  # type: ignore[arg-type]  # by name


def said(team: Team, posted: PostedCard) -> list[tuple[bool, str]]:
    """What stands in the channel: whether it is in the thread, and its text."""
    return [(one.thread_ts == posted.message, one.text) for one in team.slack.messages_in(posted.channel)]


def test_a_card_is_edited_in_place_and_its_history_stands_below(team: Team) -> None:
    slack, card = cards(team), a_card(team)
    posted = slack.post(card.hosts[0], card)
    line = CardLine(LogEntry(NOW, Deed.BOOKED, card.booker.id), card.booker, card.appointment)
    slack.reply(posted, line)
    changed = a_card(team, title="Kick-off")
    slack.update(posted, changed)

    texts = [(False, card_message(changed).text), (True, log_message(line).text)]
    assert (said(team, posted), team.problems()) == (texts, [])


def test_a_card_is_found_by_its_appointment_among_others_and_after_an_edit(team: Team) -> None:
    slack = cards(team)
    one, other = a_card(team, 77), a_card(team, 78)
    posted = slack.post(one.hosts[0], one)
    slack.post(other.hosts[0], other)
    slack.update(posted, one)

    assert slack.find(one.hosts[0], UUID(int=77), since=NOW) == posted
    assert slack.find(one.hosts[0], UUID(int=79), since=NOW) is None


@pytest.mark.slow
def test_a_card_is_found_behind_many_messages(team: Team) -> None:
    slack, card = cards(team), a_card(team)
    posted = slack.post(card.hosts[0], card)
    for number in range(120):
        team.client.chat_postMessage(channel=posted.channel, text=f"News {number}")

    assert slack.find(card.hosts[0], card.appointment.id, since=NOW) == posted


def test_what_was_posted_before_is_not_looked_at(team: Team) -> None:
    slack, card = cards(team), a_card(team)
    slack.post(card.hosts[0], card)

    assert slack.find(card.hosts[0], card.appointment.id, since=NOW + timedelta(hours=1)) is None


def test_a_card_that_was_deleted_is_told_as_gone(team: Team) -> None:
    slack, card = cards(team), a_card(team)
    posted = slack.post(card.hosts[0], card)
    team.client.chat_delete(channel=posted.channel, ts=posted.message)
    line = CardLine(LogEntry(NOW, Deed.BOOKED), None, card.appointment)

    with pytest.raises(CardGone):
        slack.update(posted, card)
    with pytest.raises(CardGone):
        slack.reply(posted, line)


def test_without_the_right_to_read_nothing_is_found_and_a_card_can_be_posted() -> None:
    with a_house(with_scopes("chat:write", "im:write")) as house:
        team = a_team(house)
        slack, card = cards(team), a_card(team)
        slack.post(card.hosts[0], card)

        assert slack.find(card.hosts[0], card.appointment.id, since=NOW) is None


def test_a_pause_that_slack_asks_for_is_told(team: Team) -> None:
    slack, card = cards(team), a_card(team)
    slack.post(card.hosts[0], card)
    team.slack.limits_rate("chat.postMessage", 7)

    with pytest.raises(ProviderBusy) as caught:
        slack.post(card.hosts[0], card)
    assert caught.value.retry_after == 7


def test_a_slack_that_fails_or_is_silent_is_tried_again(team: Team) -> None:
    slack, card = cards(team), a_card(team)
    team.slack.faults.on("POST", "/api/chat.postMessage").answer(503)
    team.slack.faults.on("POST", "/api/chat.postMessage").drop()

    for _ in range(2):
        with pytest.raises(ProviderDown):
            slack.post(card.hosts[0], card)


def test_a_post_whose_answer_is_lost_is_sent_once_and_found(team: Team) -> None:
    slack, card = cards(team), a_card(team)
    team.slack.faults.on("POST", "/api/chat.postMessage").drop(after_commit=True)
    with pytest.raises(ProviderDown):
        slack.post(card.hosts[0], card)

    found = slack.find(card.hosts[0], card.appointment.id, since=NOW)
    assert found is not None
    assert said(team, found) == [(False, card_message(card).text)]


def test_a_host_who_left_is_a_refusal(team: Team) -> None:
    card = a_card(team)
    team.slack.changes_member(team.ana.id, deleted=True)

    with pytest.raises(ProviderError, match="Slack refused the message"):
        cards(team).post(card.hosts[0], card)


def test_a_token_that_died_is_for_an_admin_to_mend(team: Team) -> None:
    dead = SlackCards(WebClient("xoxb-dead", base_url=f"{team.house.url}/api/"), card_message, log_message)
    card = a_card(team)

    with pytest.raises(ProviderDown):
        dead.post(card.hosts[0], card)
