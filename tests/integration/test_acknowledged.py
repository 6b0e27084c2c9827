"""Slack waits three seconds for an answer to whatever it sends, and as long for a view: however much is being done."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from bot.domain.people import Actor
from bot.rendering.blocks import section
from bot.rendering.loading import loading
from bot.rendering.names import EventName
from bot.rendering.surfaces import Block, Message, Modal
from bot.sandbox.slack.person import CannotDo
from bot.sandbox.slack.tickets import TRIGGER_SECONDS
from handlers.interaction import Interaction, Search
from handlers.listening import OPENING_SECONDS
from handlers.registry import Kind, on_action, on_command, on_search, on_shortcut, on_submission
from handlers.reply import Reply
from tests.integration import deliveries
from tests.integration.deliveries import Who
from tests.integration.slack_house import House, on_home_opened, slack_house
from tests.patience import PATIENCE, TRIES, in_time

SLACKS_SECONDS = 3
NAME = "daybook-tried"
OPTION: Block = {"text": {"type": "plain_text", "text": "Maya"}, "value": "maya"}
WORKERS = 2

SENT: Mapping[Kind, Callable[[Who], tuple[bytes, str]]] = {
    Kind.COMMAND: lambda who: deliveries.command(who, "/daybook-slots"),
    Kind.ACTION: lambda who: deliveries.action(who, NAME),
    Kind.VIEW: lambda who: deliveries.submission(who, NAME, {}),
    Kind.OPTIONS: lambda who: deliveries.search(who, NAME, "may"),
    Kind.EVENT: lambda who: deliveries.event(who, {"type": EventName.APP_HOME_OPENED, "user": who.user_id}),
    Kind.SHORTCUT: lambda who: deliveries.shortcut(who, NAME),
}


def work(_actor: Actor, _asked: Interaction, reply: Reply) -> None:
    reply.say(Message("Found.", (section("Found."),)))


def found(_actor: Actor, _search: Search) -> list[Block]:
    return [OPTION]


def look(_asked: Interaction) -> Modal:
    return loading("Looking")


HANDLERS = (
    on_command("/daybook-slots", work, loading=look),
    on_action(NAME, work, loading=look),
    on_submission(NAME, work, loading=look),
    on_shortcut(NAME, work, loading=look),
    on_home_opened(work),
    on_search(NAME, found),
)


@pytest.fixture
def busy_house(tmp_path: Path) -> Iterator[House]:
    """Where everybody who works has been held up for a while, and where a trigger lives as long as Slack's."""
    over = Event()

    def waits() -> None:
        over.wait(PATIENCE)

    with slack_house(
        tmp_path,
        extra=HANDLERS,
        threads=WORKERS,
        opening_seconds=OPENING_SECONDS,
        trigger_seconds=TRIGGER_SECONDS,
    ) as house:
        for _ in range(WORKERS):
            house.queue.submit(waits)
        yield house
        over.set()
        # What is sent here by hand has no place in which Slack would show the answer.
        house.slack.problems.clear()


# fault 62
@pytest.mark.parametrize("kind", Kind)
def test_whatever_slack_sends_is_acknowledged_in_time_although_nobody_is_free_to_work(
    busy_house: House, kind: Kind
) -> None:
    house, answers = busy_house, list[int]()

    def takes() -> float:
        who = Who(house.ana.id, house.acme.id, trigger_id=house.slack.trigger(house.ana.id))
        sent, began = SENT[kind](who), monotonic()
        answers.append(deliveries.deliver(house.browser, house.slack.app.signing_secret, sent).status_code)
        return monotonic() - began

    assert in_time(SLACKS_SECONDS, takes)
    assert set(answers) == {200}


# fault 62
def test_a_view_is_opened_before_its_trigger_runs_out_although_nobody_is_free_to_work(busy_house: House) -> None:
    ana = busy_house.person(busy_house.ana)

    def is_opened() -> bool:
        ana.types("/daybook-slots")
        with suppress(CannotDo):
            ana.waits_for("Looking", seconds=2 * TRIGGER_SECONDS)
        return ana.modal is not None

    assert any(is_opened() for _ in range(TRIES))
