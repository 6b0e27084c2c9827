"""One person who asks without end is refused kindly, and nobody else notices."""

import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from bot.domain.people import Actor
from bot.domain.token_bucket import Allowance
from bot.rendering.blocks import actions, button, section
from bot.rendering.surfaces import Message, Modal
from handlers.interaction import Action, Command, Submission
from handlers.limits import RateLimits
from handlers.registry import on_action, on_command, on_submission
from handlers.reply import Reply
from tests.integration import deliveries
from tests.integration.deliveries import Who
from tests.integration.slack_house import House, slack_house
from tests.patience import in_time

TOO_MUCH = "That was a lot at once. Nothing was done. Try again in"
FLOOD_SECONDS = 3
FLOOD_A_SECOND = 200


def ask(_actor: Actor, _command: Command, reply: Reply) -> None:
    sleep(0.02)
    reply.say(Message("Found.", (section("Found."), actions(button("Again", "again")))))


def press(_actor: Actor, _pressed: Action, reply: Reply) -> None:
    reply.say(Message("Once more.", (section("Once more."),)))


def open_form(_actor: Actor, _command: Command, reply: Reply) -> None:
    reply.open(Modal("Form", (section("Typed with care."),), callback_id="form", submit="Send"))


def take_form(_actor: Actor, _submitted: Submission, reply: Reply) -> None:
    reply.say(Message("Taken.", (section("Taken."),)))


HANDLERS = (
    on_command("/daybook-slots", ask, is_dear=True),
    on_command("/daybook-agenda", open_form),
    on_action("again", press),
    on_submission("form", take_form),
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Ana may do two things at once, and time stands still."""
    limits = RateLimits(lambda: 0.0, member=Allowance(most=4, per_second=0.05))
    with slack_house(tmp_path, extra=HANDLERS, limits=limits) as house:
        yield house


def test_a_command_too_many_is_answered_where_it_was_typed(house: House) -> None:
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    ana.waits_for("Found.")
    ana.types("/daybook-slots")
    assert f"{TOO_MUCH} 40 seconds." in ana.waits_for(TOO_MUCH)


def test_a_button_too_many_is_answered_once_and_does_nothing(house: House) -> None:
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    ana.waits_for("Found.")
    ana.clicks("Again")
    ana.waits_for("Once more.")
    for _ in range(5):
        ana.clicks("Again")
    ana.waits_for(TOO_MUCH)
    shown = [ana.reads(message) for message in ana.messages]
    assert sum(TOO_MUCH in one for one in shown) == 1
    assert sum("Once more." in one for one in shown) == 1


def test_a_form_sent_too_early_stays_with_all_that_was_typed(house: House) -> None:
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    ana.waits_for("Found.")
    ana.types("/daybook-agenda")
    ana.waits_for("Typed with care.")
    ana.submits()
    assert TOO_MUCH in ana.waits_for(TOO_MUCH)
    ana.closes()
    assert ana.modal is not None
    assert "Typed with care." in ana.reads(ana.modal)


# fault 62
@pytest.mark.slow
def test_a_quiet_member_is_answered_within_two_seconds_while_another_floods(tmp_path: Path) -> None:
    with slack_house(tmp_path, extra=HANDLERS, threads=8, waiting=200, limits=RateLimits(monotonic)) as house:
        ben = house.slack.people.add_member(house.acme.id, "ben")
        quiet, over = house.person(ben), threading.Event()
        noisy = [threading.Thread(target=_flood, args=(house, over)) for _ in range(8)]
        for one in noisy:
            one.start()

        def waits() -> float:
            waited = list[float]()
            until = monotonic() + FLOOD_SECONDS
            while monotonic() < until:
                asked = monotonic()
                quiet.types("/daybook-slots")
                quiet.waits_for("Found.")
                waited.append(monotonic() - asked)
                sleep(0.1)
            return sorted(waited)[int(len(waited) * 0.95)]

        is_in_time = in_time(2, waits)
        over.set()
        for one in noisy:
            one.join()
        house.slack.problems.clear()
    assert is_in_time


def _flood(house: House, over: threading.Event) -> None:
    """An eighth of two hundred commands a second."""
    begin, number = monotonic(), 0
    while not over.is_set():
        sleep(max(0.0, begin + number * 8 / FLOOD_A_SECOND - monotonic()))
        who = Who(house.ana.id, house.acme.id, trigger_id=house.slack.trigger(house.ana.id))
        sent = deliveries.command(who, "/daybook-slots", str(number))
        assert deliveries.deliver(house.browser, house.slack.app.signing_secret, sent).status_code == 200
        number += 1
