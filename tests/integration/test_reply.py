"""Answers arrive where the person is, and an error too, whatever state Slack is in by then."""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.slots_request import UnclearRequest
from bot.rendering.blocks import actions, button, section
from bot.rendering.form_blocks import field, text_input
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Message, Modal
from handlers.interaction import Action, Command, HomeOpened, Submission
from handlers.registry import Handler, on_action, on_command, on_submission
from handlers.reply import Reply
from tests.integration import deliveries
from tests.integration.deliveries import Who
from tests.integration.slack_house import House, on_home_opened, settle, slack_house
from tests.kept_logging import logging_to_text

NUMBER = re.compile(r"reference ([0-9A-Z]{5})")


def say(text: str) -> Message:
    return Message(text, (section(text),))


def a_form() -> Modal:
    rows = (
        field("Name", text_input("name"), block_id="name"),
        actions(button("Add New", ActionId.ADD_NEW), button("Sync now", ActionId.SYNC_NOW)),
    )
    return Modal("Form", rows, callback_id=CallbackId.SET_UP, submit="Save")


def unclear(_pressed: Action) -> Modal | None:
    """Refuses what the button carried before anything can be shown."""
    raise UnclearRequest("Ask about 30 people at most.")


class Behaviour:
    """What the handlers of a test do."""

    def __init__(self) -> None:
        self.before_work: Callable[[], None] = lambda: None
        self.command: Callable[[Reply], None] = lambda reply: reply.say(say("Done."))
        self.action: Callable[[Reply], None] = lambda reply: reply.open(Modal("Pushed", (section("On top."),)))
        self.submission: Callable[[Reply], None] = lambda reply: reply.update(Modal("Saved", (section("Saved."),)))

    def handlers(self) -> tuple[Handler, ...]:
        return (
            on_command("/daybook-slots", self._on_command),
            on_command("/daybook-book", self._on_command),
            on_action(ActionId.ADD_NEW, self._on_action),
            on_action(ActionId.ANOTHER_DAY, self._on_action, loading=unclear),
            on_action(ActionId.SYNC_NOW, self._on_action, loading=loading("Reading")),
            on_submission(CallbackId.SET_UP, self._on_submission, loading=loading("Saving")),
            on_home_opened(self._on_home),
        )

    def _on_command(self, _actor: Actor, command: Command, reply: Reply) -> None:
        self.before_work()
        if command.text == "form":
            reply.open(a_form())
        else:
            self.command(reply)

    def _on_action(self, _actor: Actor, _pressed: Action, reply: Reply) -> None:
        self.before_work()
        self.action(reply)

    def _on_submission(self, _actor: Actor, _submitted: Submission, reply: Reply) -> None:
        self.before_work()
        self.submission(reply)

    def _on_home(self, actor: Actor, _event: HomeOpened, reply: Reply) -> None:
        reply.say(say(f"Home of {actor.name}"))


@pytest.fixture
def does() -> Behaviour:
    return Behaviour()


@pytest.fixture
def house(tmp_path: Path, does: Behaviour) -> Iterator[House]:
    with slack_house(tmp_path, extra=does.handlers()) as house:
        yield house
        assert [str(problem) for problem in house.slack.problems.all] == []


def test_a_command_is_answered_for_the_person_alone(house: House) -> None:
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    assert "only you see this" in ana.waits_for("Done.")


def test_a_modal_opens_from_a_command(house: House) -> None:
    ana = house.person(house.ana)
    ana.types("/daybook-slots form")
    assert "Name" in ana.waits_for("Form")


def test_a_button_in_a_modal_opens_one_on_top(house: House) -> None:
    ana = house.person(house.ana)
    ana.types("/daybook-slots form")
    ana.waits_for("Form")
    ana.clicks("Add New")
    ana.waits_for("On top.")
    ana.closes()
    assert "Form" in ana.sees()


def test_a_loading_view_is_replaced_by_the_answer(house: House, does: Behaviour) -> None:
    does.action = lambda reply: reply.say(say("Read."))
    ana = house.person(house.ana)
    ana.types("/daybook-slots form")
    ana.waits_for("Form")
    ana.clicks("Sync now")
    ana.waits_for("Read.")
    ana.closes()
    assert "Form" in ana.sees()


def test_a_submission_shows_that_it_works_and_then_what_came_of_it(house: House) -> None:
    ana = house.person(house.ana)
    ana.types("/daybook-slots form")
    ana.waits_for("Form")
    ana.fills("Name", "Maya")
    ana.submits()
    ana.waits_for("Saved.")
    [submitted] = [one for one in house.slack.deliveries if one.kind == "view_submission"]
    assert b'"response_action": "update"' in submitted.received
    assert b"Saving" in submitted.received


def test_an_answer_to_a_closed_view_is_dropped_in_silence(house: House, does: Behaviour) -> None:
    ana = house.person(house.ana)
    ana.types("/daybook-slots form")
    ana.waits_for("Form")
    does.before_work = lambda: ana.closes(all_of_them=True)
    ana.clicks("Sync now")
    settle(house.store)
    assert ana.modal is None
    assert "did not work" not in ana.sees()


def test_a_view_drawn_meanwhile_is_drawn_again(house: House, does: Behaviour) -> None:
    ana = house.person(house.ana)
    ana.types("/daybook-slots form")
    ana.waits_for("Form")
    form = ana.modal
    assert form is not None
    does.action = lambda reply: reply.update(Modal("New", (section("Newest."),)))

    def draw_between() -> None:
        house.client.views_update(view_id=form.id, view=replace(a_form(), title="Between").payload())

    does.before_work = draw_between
    ana.clicks("Add New")
    ana.waits_for("Newest.")
    house.slack.problems.clear()


def test_a_trigger_that_ran_out_is_answered_in_a_direct_message(house: House, does: Behaviour) -> None:
    does.command = lambda reply: reply.open(Modal("Times", (section("Late, but here."),)))
    expired = {"ok": False, "error": "expired_trigger_id"}
    house.slack.faults.on(path="/api/views.open", times=1).answer(200, expired)
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    ana.waits_for("Late, but here.")


# fault 47
@pytest.mark.parametrize("further", ["", "x" * 900])
def test_of_a_long_window_that_cannot_be_opened_a_message_has_what_fits(
    house: House, does: Behaviour, further: str
) -> None:
    rows = tuple(section(f"Row {number}. {further}") for number in range(90))
    does.command = lambda reply: reply.open(Modal("Times", rows))
    expired = {"ok": False, "error": "expired_trigger_id"}
    house.slack.faults.on(path="/api/views.open", times=1).answer(200, expired)
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    ana.waits_for("Row 0.")
    assert not house.slack.problems.all


def test_where_the_response_address_is_dead_the_answer_comes_in_a_modal(house: House) -> None:
    who = Who(
        house.ana.id,
        house.acme.id,
        response_url="http://127.0.0.1:9/dead",
        trigger_id=house.slack.trigger(house.ana.id),
    )
    request = deliveries.command(who, "/daybook-slots")
    deliveries.deliver(house.browser, house.slack.app.signing_secret, request)
    ana = house.person(house.ana)
    ana.waits_for("Done.")
    assert ana.modal is not None


def test_a_button_of_an_older_version_says_so(house: House) -> None:
    who = Who(house.ana.id, house.acme.id, trigger_id=house.slack.trigger(house.ana.id))
    request = deliveries.action(who, "long_gone:1", "x")
    assert deliveries.deliver(house.browser, house.slack.app.signing_secret, request).status_code == 200
    house.person(house.ana).waits_for("belongs to an older version of Daybook")


def test_a_value_that_no_button_carries_is_told_even_ahead_of_the_work(house: House) -> None:
    who = Who(house.ana.id, house.acme.id, trigger_id=house.slack.trigger(house.ana.id))
    request = deliveries.action(who, ActionId.ANOTHER_DAY, "x")
    assert deliveries.deliver(house.browser, house.slack.app.signing_secret, request).status_code == 200
    house.person(house.ana).waits_for("Ask about 30 people at most.")


def test_a_known_situation_is_told_in_its_own_words(house: House, does: Behaviour) -> None:
    def gone(_reply: Reply) -> None:
        raise NotFound

    does.command = gone
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    shown = ana.waits_for("That is not there any more. Nothing was changed.")
    assert "reference" not in shown


# fault 23
def test_an_unknown_failure_is_told_by_a_reference_that_the_log_has_too(house: House, does: Behaviour) -> None:
    def fail(_reply: Reply) -> None:
        raise RuntimeError("xoxb-canary at https://hooks.slack.com/commands/canary")

    does.command = fail
    ana = house.person(house.ana)
    with logging_to_text("INFO") as log:
        ana.types("/daybook-slots")
        shown = ana.waits_for("That did not work")
        settle(house.store)
    found = NUMBER.search(shown)
    assert found is not None
    assert f"reference={found[1]}" in log.getvalue()
    assert "RuntimeError" in log.getvalue()
    assert "canary" not in log.getvalue()
    assert "canary" not in shown


def test_a_failure_after_a_form_was_sent_stands_in_its_place(house: House, does: Behaviour) -> None:
    def fail(_reply: Reply) -> None:
        raise RuntimeError("unforeseen")

    does.submission = fail
    ana = house.person(house.ana)
    ana.types("/daybook-slots form")
    ana.waits_for("Form")
    ana.fills("Name", "Maya")
    ana.submits()
    assert NUMBER.search(ana.waits_for("That did not work"))


def test_a_failure_that_cannot_even_be_told_is_in_the_log(
    house: House, does: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_reply: Reply) -> None:
        raise RuntimeError("unforeseen")

    does.command = refuse
    who = Who("U0NOBODY", house.acme.id, trigger_id="")
    request = deliveries.command(who, "/daybook-slots")
    with caplog.at_level(logging.ERROR):
        deliveries.deliver(house.browser, house.slack.app.signing_secret, request)
        settle(house.store)
    assert "a person could not be told of an error" in caplog.messages
    house.slack.problems.clear()


# fault 13
@pytest.mark.slow
def test_a_guest_finds_the_refusal_on_home_and_no_message(house: House) -> None:
    gus = house.person(house.slack.people.add_member(house.acme.id, "gus", guest=True))
    gus.opens_home()
    gus.waits_for(lambda: gus.home is not None)
    assert gus.home is not None
    assert "Guests cannot use it." in gus.reads(gus.home)
    assert gus.messages == []


def test_home_is_drawn_for_its_owner(house: House) -> None:
    ana = house.person(house.ana)
    ana.opens_home()
    ana.waits_for("Home of Ana")
