"""People act on the stand-in and a real Bolt app answers: commands, clicks, forms, Home, and what is shown."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from slack_bolt import Ack, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.slack.person import CannotDo
from bot.sandbox.slack.shape import Json
from tests.contracts.slack_standin_bot import (
    House,
    Team,
    a_house,
    a_team,
    actions,
    button,
    field,
    home,
    modal,
    option,
    plain,
    section,
)

TEXT_INPUT: Json = {"type": "plain_text_input", "action_id": "text"}
DAY: Json = {"type": "datepicker", "action_id": "day"}
CITIES: Json = {"type": "external_select", "action_id": "city", "min_query_length": 1}


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with a_house() as house:
        yield house


@pytest.fixture
def team(house: House) -> Team:
    return a_team(house)


def test_a_command_is_answered_to_its_sender_alone(team: Team) -> None:
    def greet(ack: Ack, respond: Respond) -> None:
        ack()
        respond(text="Hello *you*")

    team.bot().command("/help")(greet)
    ana = team.person(team.ana)
    ana.types("/help", "#sales")
    assert ana.waits_for("Hello") == "Helper · only you see this\n  Hello *you*"
    assert team.person(team.ben).messages == []
    assert team.problems() == []


def test_an_answer_within_the_ack_is_shown(team: Team) -> None:
    team.bot().command("/help")(lambda ack: ack("At once"))
    ana = team.person(team.ana)
    ana.types("/help")
    assert ana.sees() == "Helper · only you see this\n  At once"


@pytest.mark.parametrize(
    ("command", "delivered"),
    [
        ("/help", "<@{ben}|ben> &amp; <#{sales}|sales> <mailto:m@o.test|m@o.test> &lt;!channel&gt; @nobody"),
        ("/raw", "@ben & #sales m@o.test <!channel> @nobody"),
    ],
)
def test_the_text_of_a_command_is_escaped_where_the_app_asked_for_it(team: Team, command: str, delivered: str) -> None:
    texts: list[str] = []

    def note(ack: Ack, command: Json) -> None:
        texts.append(command["text"])
        ack()

    team.bot().command(command)(note)
    team.person(team.ana).types(f"{command} @ben & #sales m@o.test <!channel> @nobody", "sales")
    assert texts == [delivered.format(ben=team.ben.id, sales=team.sales.id)]


def test_a_command_that_the_app_does_not_have_reaches_nobody(team: Team) -> None:
    before = len(team.slack.deliveries)
    ana = team.person(team.ana)
    ana.types("/nonsense")
    assert ana.sees() == "Slackbot · only you see this\n  /nonsense is not a valid command."
    assert len(team.slack.deliveries) == before


def test_a_click_on_a_link_is_delivered_and_gives_its_address(team: Team) -> None:
    clicked: list[str] = []

    def note(ack: Ack, action: Json) -> None:
        clicked.append(action["value"])
        ack()

    team.bot().action("open")(note)
    link = button("Connect", "open", url="https://a.test/x", value="7")
    team.client.chat_postMessage(channel=team.ana.id, text="Connect", blocks=[actions(link)])
    assert team.person(team.ana).clicks("Connect") == "https://a.test/x"
    assert clicked == ["7"]


def test_buttons_of_one_name_are_told_apart_by_what_is_beside_them(team: Team) -> None:
    clicked: list[str] = []

    def note(ack: Ack, action: Json) -> None:
        clicked.append(action["value"])
        ack()

    team.bot().action("change")(note)
    rows = [section(f"*{name}*  so", accessory=button("Change", "change", value=name)) for name in ("One", "Two")]
    team.client.chat_postMessage(channel=team.ana.id, text="Rows", blocks=rows)
    ana = team.person(team.ana)
    with pytest.raises(CannotDo, match="there are 2 of them"):
        ana.clicks("Change")
    ana.clicks("Change", near="Two")
    assert clicked == ["Two"]


def test_a_refused_confirmation_delivers_nothing(team: Team) -> None:
    confirm = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    delete = actions(button("Delete", "delete", confirm=confirm))
    team.client.chat_postMessage(channel=team.ana.id, text="x", blocks=[delete])
    before = len(team.slack.deliveries)
    team.person(team.ana).clicks("Delete", agree=False)
    assert len(team.slack.deliveries) == before


def test_what_is_not_there_cannot_be_clicked_and_the_screen_is_told(team: Team) -> None:
    team.client.chat_postMessage(channel=team.ana.id, text="Only this")
    with pytest.raises(CannotDo, match=r"ana cannot click \[Go\]: it is not there(.|\n)*Only this"):
        team.person(team.ana).clicks("Go")


def test_an_answer_to_a_click_takes_the_place_of_the_message(team: Team) -> None:
    def done(ack: Ack, respond: Respond) -> None:
        ack()
        respond(text="Done", replace_original=True)

    team.bot().action("go")(done)
    team.client.chat_postMessage(channel=team.sales.id, text="Go?", blocks=[actions(button("Go", "go"))])
    ana = team.person(team.ana)
    ana.clicks("Go")
    assert ana.waits_for("Done") == "Helper · #sales · edited\n  Done"
    assert [message.text for message in team.slack.messages_in(team.sales.id)] == ["Done"]


def test_an_answer_to_a_click_can_take_the_message_away(team: Team) -> None:
    def gone(ack: Ack, respond: Respond) -> None:
        ack()
        respond(delete_original=True)

    team.bot().action("go")(gone)
    team.client.chat_postEphemeral(
        channel=team.sales.id, user=team.ana.id, text="Go?", blocks=[actions(button("Go", "go"))]
    )
    ana = team.person(team.ana)
    ana.clicks("Go")
    ana.waits_for(lambda: ana.messages == [])


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


def test_opening_home_has_it_published_and_its_buttons_work(team: Team) -> None:
    clicked = threading.Event()

    def publish(event: Json, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view=home(section("*Today*"), actions(button("Go", "go"))))

    def go(ack: Ack) -> None:
        ack()
        clicked.set()

    bot = team.bot()
    bot.event("app_home_opened")(publish)
    bot.action("go")(go)
    ana = team.person(team.ana)
    ana.opens_home()
    ana.waits_for("*Today*")
    ana.clicks("Go")
    assert clicked.wait(5)
    assert team.problems() == []


def test_a_shortcut_carries_a_trigger(team: Team) -> None:
    def ask(ack: Ack, shortcut: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=modal(section("Asked")))

    team.bot().shortcut("ask")(ask)
    ana = team.person(team.ana)
    ana.uses_shortcut("Ask")
    assert "Asked" in ana.waits_for("Asked")


def test_a_select_outside_a_form_is_delivered_at_once(team: Team) -> None:
    chosen: list[str] = []

    def note(ack: Ack, action: Json) -> None:
        chosen.append(action["selected_option"]["value"])
        ack()

    team.bot().action("pick")(note)
    pick = {"type": "static_select", "action_id": "pick", "options": [option("All"), option("Mine")]}
    team.client.chat_postMessage(channel=team.ana.id, text="x", blocks=[section("Calendar", accessory=pick)])
    team.person(team.ana).fills("Calendar", "Mine")
    assert chosen == ["mine"]


def test_what_is_not_offered_cannot_be_chosen(team: Team) -> None:
    team.client.views_open(
        trigger_id=team.slack.trigger(team.ana.id), view=modal(field("Colours", _colours(), "colours"))
    )
    with pytest.raises(CannotDo, match="'Pink' is not offered; there is: Red, Green, Blue"):
        team.person(team.ana).fills("Colours", ["Pink"])


def test_somebody_who_waits_in_vain_is_told_what_there_is(team: Team) -> None:
    team.client.chat_postMessage(channel=team.ana.id, text="Something else")
    with pytest.raises(CannotDo, match=r"wait longer than 0.01 s for 'Hello'(.|\n)*Something else"):
        team.person(team.ana).waits_for("Hello", seconds=0.01)


def test_nobody_types_behind_an_open_modal(team: Team) -> None:
    an_open_form(team)
    with pytest.raises(CannotDo, match="ana cannot get past the modal: it has to be closed first"):
        team.person(team.ana).types("/help")


def test_a_deactivated_member_cannot_act(team: Team) -> None:
    team.slack.people.workspaces[team.acme.id].members[team.ben.id].deleted = True
    with pytest.raises(CannotDo, match="the account is deactivated"):
        team.person(team.ben).types("/help")
