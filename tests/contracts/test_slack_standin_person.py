"""People act on the stand-in and a real Bolt app answers: commands, clicks, Home, and what is shown."""

import threading

import pytest
from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.sandbox.slack.person import CannotDo
from bot.sandbox.slack.shape import Json
from tests.contracts.slack_standin_bot import (
    Team,
    actions,
    button,
    home,
    modal,
    option,
    plain,
    section,
)
from tests.patience import PATIENCE


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
    assert clicked.wait(PATIENCE)
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


def test_somebody_who_waits_in_vain_is_told_what_there_is(team: Team) -> None:
    team.client.chat_postMessage(channel=team.ana.id, text="Something else")
    with pytest.raises(CannotDo, match=r"wait longer than 0.01 s for 'Hello'(.|\n)*Something else"):
        team.person(team.ana).waits_for("Hello", seconds=0.01)


def test_a_deactivated_member_cannot_act(team: Team) -> None:
    team.slack.people.workspaces[team.acme.id].members[team.ben.id].deleted = True
    with pytest.raises(CannotDo, match="the account is deactivated"):
        team.person(team.ben).types("/help")
