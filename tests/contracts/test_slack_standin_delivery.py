"""How the stand-in delivers: signatures, patience, retries and response URLs."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from slack_bolt import Ack
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.slack.shape import Json
from tests.contracts.slack_standin_bot import House, Team, a_house, a_team, modal, payload_of, section
from tests.patience import PATIENCE

IMPATIENT = 0.15


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with a_house() as house:
        yield house


@pytest.fixture
def impatient_team() -> Iterator[Team]:
    """Where Slack does not wait for an answer as long as elsewhere."""
    with a_house(patience=IMPATIENT) as house:
        yield a_team(house)


@pytest.fixture
def team(house: House) -> Team:
    team = a_team(house)
    # The first request of a new app asks Slack who it is; here that is not to count.
    team.bot().command("/help")(lambda ack: ack())
    team.person(team.ana).types("/help")
    return team


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.005)


def test_a_delivery_is_signed_as_slack_signs(team: Team) -> None:
    sent = team.slack.deliveries[-1]
    verifier = SignatureVerifier(team.slack.app.signing_secret)
    headers = {name.lower(): value for name, value in sent.headers.items()}
    assert verifier.is_valid_request(sent.sent.decode(), headers)
    assert not verifier.is_valid_request(sent.sent.decode() + "x", headers)


def test_an_address_is_verified_by_a_challenge(team: Team) -> None:
    assert team.slack.verifies_address()


def test_a_slow_app_fails_the_command_and_is_not_asked_again(impatient_team: Team) -> None:
    team, is_over = impatient_team, threading.Event()

    def think(ack: Ack) -> None:
        is_over.wait(PATIENCE)
        ack()

    team.bot().command("/help")(think)
    before = len(team.slack.deliveries)
    ana = team.person(team.ana)
    ana.types("/help")
    is_over.set()
    assert '/help failed with the error "operation_timeout"' in ana.sees()
    assert len(team.slack.deliveries) == before + 1
    assert team.problems() == ["command: the app did not answer as it should: http_timeout"]


def test_an_app_that_answers_404_fails_the_command(team: Team) -> None:
    ana = team.person(team.ana)
    ana.types("/raw")
    assert '/raw failed with the error "http_client_error"' in ana.sees()


def test_a_form_whose_app_is_slow_stays_open_with_trouble(impatient_team: Team) -> None:
    team, is_over = impatient_team, threading.Event()

    def think(ack: Ack) -> None:
        is_over.wait(PATIENCE)
        ack()

    team.bot().view("form")(think)
    team.client.views_open(trigger_id=team.slack.trigger(team.ana.id), view=modal(section("x")))
    ana = team.person(team.ana)
    ana.submits()
    is_over.set()
    assert "! We had some trouble connecting. Try again?" in ana.sees()


def test_an_event_is_retried_three_times_with_a_number_and_a_reason(team: Team) -> None:
    # No listener: Bolt answers 404.
    before = len(team.slack.deliveries)
    team.person(team.ana).opens_home()
    until(lambda: len(team.slack.deliveries) == before + 4)
    tries = team.slack.deliveries[before:]
    numbers = [t.headers.get("X-Slack-Retry-Num") for t in tries]
    reasons = {t.headers.get("X-Slack-Retry-Reason") for t in tries[1:]}
    events = {payload_of(t)["event_id"] for t in tries}
    assert numbers == [None, "1", "2", "3"]
    assert reasons == {"http_error"}
    assert len(events) == 1


def test_an_event_that_succeeds_at_the_second_try_is_not_sent_a_third_time(team: Team) -> None:
    tries: list[int] = []

    # What fails within a listener comes after Bolt's answer, and Slack never hears of it; this comes before.
    def fail_once(next_: Callable[[], None]) -> None:
        tries.append(len(tries))
        if len(tries) == 1:
            raise RuntimeError("the first time")
        next_()

    bolt = team.bot()
    bolt.use(fail_once)
    bolt.event("app_home_opened")(lambda: None)
    before = len(team.slack.deliveries)
    team.person(team.ana).opens_home()
    until(lambda: len(team.slack.deliveries) == before + 2)
    time.sleep(0.05)
    assert [t.status for t in team.slack.deliveries[before:]] == [500, 200]


def test_an_event_that_the_app_did_not_ask_for_is_not_sent(team: Team) -> None:
    assert team.slack.happens(team.acme, {"type": "reaction_added"}) is None


def test_a_member_who_moves_is_told(team: Team) -> None:
    zones: list[str] = []
    team.bot().event("user_change")(lambda event: zones.append(event["user"]["tz"]))
    team.slack.changes_member(team.ben.id, tz="Asia/Kathmandu")
    until(lambda: zones == ["Asia/Kathmandu"])


def test_a_removed_app_is_told_twice_and_its_token_is_dead(team: Team) -> None:
    told: list[str] = []
    bolt = team.bot()
    for kind in ("tokens_revoked", "app_uninstalled"):
        bolt.event(kind)(lambda event: told.append(event["type"]))
    team.person(team.ana).types("/help")
    team.slack.removes_app(team.acme)
    until(lambda: sorted(told) == ["app_uninstalled", "tokens_revoked"])


def response_url(team: Team) -> str:
    team.bot().command("/help")(lambda ack: ack())
    team.person(team.ana).types("/help", "sales")
    url: str = payload_of(team.slack.deliveries[-1])["response_url"]
    return url


def answered(url: str, **said: Any) -> tuple[int, str]:
    answer = httpx.post(url, json=said, trust_env=False, timeout=PATIENCE)
    body = answer.text
    return answer.status_code, body if body == "ok" else json.loads(body)["error"]


@pytest.mark.slow
def test_a_response_url_is_good_for_five_answers(team: Team) -> None:
    url = response_url(team)
    answers = [answered(url, text=str(number)) for number in range(6)]
    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]
    assert [message.text for message in team.person(team.ana).messages] == ["0", "1", "2", "3", "4"]


def test_a_response_url_is_good_for_half_an_hour(team: Team) -> None:
    url = response_url(team)
    team.clock.passes(30 * 60)
    assert answered(url, text="Late") == (404, "expired_url")


def test_a_response_url_takes_more_than_a_message_by_itself(team: Team) -> None:
    assert answered(response_url(team), text="Much", blocks=[section("x" * 3000)] * 10) == (200, "ok")


def test_an_answer_in_the_channel_is_seen_by_all(team: Team) -> None:
    answered(response_url(team), text="For all", response_type="in_channel")
    assert [message.text for message in team.slack.messages_in(team.sales.id)] == ["For all"]


@pytest.mark.parametrize(
    ("said", "error"),
    [({}, "no_text"), ({"text": "x", "blocks": [section("")]}, "invalid_blocks")],
)
def test_an_answer_that_breaks_a_rule_is_refused(team: Team, said: Json, error: str) -> None:
    assert answered(response_url(team), **said) == (400, error)
