"""People fill forms on the stand-in and a real Bolt app answers: submissions, mistakes, stacked views, options."""

from functools import partial

import pytest
from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.slack.person import CannotDo
from bot.sandbox.slack.shape import Json
from tests.contracts.slack_standin_bot import (
    Team,
    actions,
    button,
    field,
    modal,
    option,
    section,
)

TEXT_INPUT: Json = {"type": "plain_text_input", "action_id": "text"}
DAY: Json = {"type": "datepicker", "action_id": "day"}
CITIES: Json = {"type": "external_select", "action_id": "city", "min_query_length": 1}


def test_a_form_goes_from_the_command_to_its_submission(team: Team) -> None:
    submitted: list[Json] = []

    def open_form(ack: Ack, command: Json, client: WebClient) -> None:
        ack()
        client.views_open(
            trigger_id=command["trigger_id"],
            view=modal(
                field("Name", TEXT_INPUT, "name"),
                field("Day", DAY, "day"),
                field("Colours", _colours(), "colours", optional=True),
            ),
        )

    def take(ack: Ack, view: Json) -> None:
        submitted.append(view["state"]["values"])
        ack()

    bot = team.bot()
    bot.command("/help")(open_form)
    bot.view("form")(take)
    ana = team.person(team.ana)
    ana.types("/help")
    ana.waits_for("A form")
    ana.fills("Name", "Maya")
    ana.fills("Day", "2026-11-24")
    ana.fills("Colours", ["Red", "Blue"])
    ana.submits()
    red, blue = (completed(option(name)) for name in ("Red", "Blue"))
    assert submitted == [
        {
            "name": {"text": {"type": "plain_text_input", "value": "Maya"}},
            "day": {"day": {"type": "datepicker", "selected_date": "2026-11-24"}},
            "colours": {"colours": {"type": "multi_static_select", "selected_options": [red, blue]}},
        }
    ]
    assert ana.modal is None
    assert team.problems() == []


def _colours() -> Json:
    options = [option(name) for name in ("Red", "Green", "Blue")]
    return {"type": "multi_static_select", "action_id": "colours", "options": options}


def completed(choice: Json) -> Json:
    return {**choice, "text": {**choice["text"], "emoji": True}}


def test_an_incomplete_form_is_not_sent(team: Team) -> None:
    team.client.views_open(trigger_id=team.slack.trigger(team.ana.id), view=modal(field("Name", TEXT_INPUT, "name")))
    before = len(team.slack.deliveries)
    ana = team.person(team.ana)
    ana.submits()
    assert "! Please complete this required field." in ana.sees()
    assert len(team.slack.deliveries) == before


def an_open_form(team: Team) -> None:
    view = modal(field("Name", {**TEXT_INPUT, "initial_value": "Maya"}, "name"), section("x", block_id="text"))
    team.client.views_open(trigger_id=team.slack.trigger(team.ana.id), view=view)


def test_errors_stand_beside_their_field_and_what_was_typed_stays(team: Team) -> None:
    team.bot().view("form")(lambda ack: ack(response_action="errors", errors={"name": "Taken already"}))
    an_open_form(team)
    ana = team.person(team.ana)
    ana.fills("Name", "Lee")
    ana.submits()
    assert "Name  [Lee]\n│ ! Taken already" in ana.sees()


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (
            {"response_action": "errors", "errors": {"text": "No input"}},
            "view_submission: errors for what is no input block of the view: text",
        ),
        ({"response_action": "shout"}, "view_submission: unknown response_action 'shout'"),
        (
            {"response_action": "update", "view": {"type": "home"}},
            "view_submission: invalid_arguments [ERROR] missing required field: blocks [json-pointer:/view]",
        ),
    ],
)
def test_an_answer_to_a_submission_that_cannot_be_followed_is_trouble(team: Team, answer: Json, problem: str) -> None:
    team.bot().view("form")(lambda ack: ack(**answer))
    an_open_form(team)
    ana = team.person(team.ana)
    ana.submits()
    assert "! We had some trouble connecting. Try again?" in ana.sees()
    assert team.problems() == [problem]


def test_a_submission_can_show_another_view_in_its_place(team: Team) -> None:
    team.bot().view("form")(lambda ack: ack(response_action="update", view=modal(section("Thanks"))))
    an_open_form(team)
    ana = team.person(team.ana)
    ana.submits()
    assert "Thanks" in ana.sees()


def test_a_submission_can_close_everything(team: Team) -> None:
    team.bot().view("form")(lambda ack: ack(response_action="clear"))
    an_open_form(team)
    ana = team.person(team.ana)
    ana.submits()
    assert ana.modal is None


def test_a_third_view_is_the_last_that_can_be_pushed(team: Team) -> None:
    refusals: list[str] = []

    def push(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        try:
            client.views_push(trigger_id=body["trigger_id"], view=modal(actions(button("More", "more"))))
            refusals.append("")
        except SlackApiError as refusal:
            refusals.append(refusal.response["error"])

    team.bot().action("more")(push)
    team.client.views_open(trigger_id=team.slack.trigger(team.ana.id), view=modal(actions(button("More", "more"))))
    ana = team.person(team.ana)
    for _ in range(3):
        before = len(refusals)
        ana.clicks("More")
        ana.waits_for(partial(_longer, refusals, before))
    assert refusals == ["", "", "push_limit_reached"]


def _longer(things: list[str], than: int) -> bool:
    return len(things) > than


def test_closing_is_told_to_an_app_that_asked_for_it(team: Team) -> None:
    closed: list[bool] = []

    def note(ack: Ack, body: Json) -> None:
        closed.append(body["is_cleared"])
        ack()

    team.bot().view_closed("form")(note)
    team.client.views_open(trigger_id=team.slack.trigger(team.ana.id), view=modal(section("x"), notify_on_close=True))
    team.person(team.ana).closes()
    assert closed == [False]


def test_options_come_from_the_app_as_somebody_types(team: Team) -> None:
    asked: list[str] = []

    def cities(ack: Ack, payload: Json) -> None:
        asked.append(payload["value"])
        ack(options=[option(name) for name in ("Berlin", "Bern") if name.startswith(payload["value"])])

    team.bot().options("city")(cities)
    team.client.views_open(trigger_id=team.slack.trigger(team.ana.id), view=modal(field("City", CITIES, "city")))
    ana = team.person(team.ana)
    assert ana.suggestions("City", "Ber") == ["Berlin", "Bern"]
    ana.fills("City", "Berl")
    assert "City  (Berlin ▾)" in ana.sees()
    assert asked == ["Ber", "Berl"]


def test_an_app_that_offers_too_much_offers_nothing(team: Team) -> None:
    team.bot().options("city")(lambda ack: ack(options=[option(f"o{n}") for n in range(101)]))
    team.client.views_open(trigger_id=team.slack.trigger(team.ana.id), view=modal(field("City", CITIES, "city")))
    assert team.person(team.ana).suggestions("City", "o") == []
    assert team.problems() == ["block_suggestion: no more than 100 items allowed [json-pointer:/options]"]


def test_what_is_not_offered_cannot_be_chosen(team: Team) -> None:
    team.client.views_open(
        trigger_id=team.slack.trigger(team.ana.id), view=modal(field("Colours", _colours(), "colours"))
    )
    with pytest.raises(CannotDo, match="'Pink' is not offered; there is: Red, Green, Blue"):
        team.person(team.ana).fills("Colours", ["Pink"])


def test_nobody_types_behind_an_open_modal(team: Team) -> None:
    an_open_form(team)
    with pytest.raises(CannotDo, match="ana cannot get past the modal: it has to be closed first"):
        team.person(team.ana).types("/help")
