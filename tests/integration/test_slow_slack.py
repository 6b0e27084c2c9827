"""A Slack that is slow to open views holds up nobody's acknowledgement, and nobody's answer for good."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.people import Actor
from bot.rendering.blocks import section
from bot.rendering.loading import loading
from bot.rendering.surfaces import Message
from handlers.interaction import Command
from handlers.registry import on_command
from handlers.reply import Reply
from tests.integration import deliveries
from tests.integration.deliveries import Who
from tests.integration.slack_house import House, slack_house
from tests.patience import PATIENCE

OPEN = "/api/views.open"
CROWD = 24  # three times the threads that acknowledge


def answer(_actor: Actor, _command: Command, reply: Reply) -> None:
    reply.say(Message("Found.", (section("Found."),)))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    handler = on_command("/daybook-slots", answer, loading=loading("Looking"))
    with slack_house(tmp_path, extra=[handler]) as house:
        yield house


@pytest.fixture
def hasty_house(tmp_path: Path) -> Iterator[House]:
    """Where a view is not waited for as long as elsewhere."""
    handler = on_command("/daybook-slots", answer, loading=loading("Looking"))
    with slack_house(tmp_path, extra=[handler], opening_seconds=1) as house:
        yield house


def command(house: House, name: str) -> int:
    """Type it; how Slack was answered."""
    who = Who(house.ana.id, house.acme.id, trigger_id=house.slack.trigger(house.ana.id))
    sent = deliveries.command(who, name)
    return deliveries.deliver(house.browser, house.slack.app.signing_secret, sent).status_code


# fault 62
@pytest.mark.slow
def test_a_crowd_that_waits_for_views_holds_up_no_acknowledgement(house: House) -> None:
    house.slack.faults.on(path=OPEN, times=CROWD).delay(PATIENCE / 2)
    answers: list[int] = []
    crowd = [threading.Thread(target=lambda: answers.append(command(house, "/daybook-slots"))) for _ in range(CROWD)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    answers.append(command(house, "/daybook"))
    opened = house.slack.ledger.matching(path=OPEN)
    house.slack.faults.clear()
    assert (set(answers), len(answers), opened) == ({200}, CROWD + 1, ())


@pytest.mark.slow
def test_a_view_that_opened_later_than_slack_said_gets_the_answer(hasty_house: House) -> None:
    house = hasty_house
    house.slack.faults.on(path=OPEN, times=1).delay(1.5)
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    ana.waits_for("Found.")
    house.slack.problems.clear()


def test_where_slack_hung_up_after_it_had_opened_the_view_the_answer_stands_in_it(house: House) -> None:
    house.slack.faults.on(path=OPEN, times=1).drop(after_commit=True)
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    ana.waits_for("Found.")
    assert ana.modal is not None
    assert "Found." in ana.reads(ana.modal)


@pytest.mark.slow
def test_where_slack_hung_up_and_opened_nothing_the_answer_is_in_the_channel(house: House) -> None:
    house.slack.faults.on(path=OPEN, times=1).drop()
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    assert "only you see this" in ana.waits_for("Found.")
    assert ana.modal is None


def test_slack_that_asks_for_patience_gets_no_second_request_for_a_view(house: House) -> None:
    refused = {"ok": False, "error": "ratelimited"}
    house.slack.faults.on(path=OPEN, times=2).answer(429, refused, headers={"Retry-After": "15"})
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    assert "only you see this" in ana.waits_for("Found.")
    assert not house.slack.faults.used_up
