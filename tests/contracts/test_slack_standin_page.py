"""The stand-in's page in a browser without scripts: who one is, what is shown, and what a click makes happen."""

import threading
from datetime import UTC, datetime

import httpx
import pytest
from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.sandbox.slack.shape import Json
from tests.contracts.slack_page_reader import PageReader, as_ana, opens_modal, post
from tests.contracts.slack_standin_bot import Team, actions, button, field, home, modal, plain, section
from tests.patience import PATIENCE

TEXT: Json = {"type": "plain_text_input", "action_id": "text"}
SURE: Json = {
    "title": plain("Cancel Maya?"),
    "text": plain("Maya Ortiz is told."),
    "confirm": plain("Cancel it"),
    "deny": plain("Keep it"),
}


def test_the_page_first_asks_who_one_is(team: Team) -> None:
    page = PageReader(team.house.url)
    assert page.links["Ana Sol @ana · Europe/Berlin"] == f"/?as={team.ana.id}"
    assert "Slackbot" not in page.html


@pytest.mark.parametrize("nobody", ["U0NOBODY", "USLACKBOT"])
def test_whoever_is_nobody_is_asked_again(team: Team, nobody: str) -> None:
    page = PageReader(team.house.url, nobody)
    assert (page.status, page.lines[3]) == (404, "Nobody here has that id.")


def test_a_typed_command_is_answered_on_the_page(team: Team) -> None:
    def greet(ack: Ack, command: Json) -> None:
        ack(f"Hello *{command['text']}* in {command['channel_name']}")

    team.bot().command("/help")(greet)
    page = as_ana(team)
    page.fill("Message or command", "/help you")
    page.fill("in", team.sales.id)
    page.press("Send")
    assert "Hello you in sales" in page.lines
    assert "Only visible to you" in page.lines
    assert "<strong>you</strong>" in page.html
    assert team.problems() == []


def test_words_without_a_slash_are_a_message_to_the_app(team: Team) -> None:
    page = as_ana(team)
    page.fill("Message or command", "hi there")
    page.press("Send")
    assert "hi there" in page.lines


def test_words_without_a_slash_in_a_channel_are_a_message_there(team: Team) -> None:
    before = len(team.slack.deliveries)
    page = as_ana(team)
    page.fill("Message or command", "lunch?")
    page.fill("in", team.sales.id)
    page.press("Send")
    assert [one.text for one in team.slack.messages_in(team.sales.id)] == ["lunch?"]
    assert "lunch?" in page.lines
    assert len(team.slack.deliveries) == before


def test_the_time_of_an_app_with_a_clock_of_its_own_is_shown(team: Team) -> None:
    assert "its clock was put forward" not in as_ana(team).html
    team.slack.tells_time_of_app(lambda: datetime(2026, 11, 24, 9, 51, tzinfo=UTC))
    told = "For Helper it is Tuesday 24 November, 10:51 (Europe/Berlin): its clock was put forward, Slack's was not."
    assert told in as_ana(team).lines


def test_what_comes_later_is_looked_for_a_few_seconds_without_scripts(team: Team) -> None:
    team.bot().command("/help")(lambda ack: ack("Soon"))
    page = as_ana(team)
    assert "http-equiv" not in page.html
    page.fill("Message or command", "/help")
    page.press("Send")
    refresh = f'<meta http-equiv="refresh" content="1; url=/?as={team.ana.id}&amp;tab=messages&amp;again=4">'
    assert f"<noscript>{refresh}</noscript>" in page.html


def test_a_pressed_button_is_the_one_in_that_message_and_no_other_of_its_name(team: Team) -> None:
    pressed: list[str] = []

    def note(ack: Ack, action: Json) -> None:
        pressed.append(action["value"])
        ack()

    team.bot().action("go")(note)
    post(team, actions(button("Go", "go", value="older")))
    old = as_ana(team)
    post(team, actions(button("Go", "go", value="newer")))
    old.press("Go")
    assert pressed == ["older"]


def test_a_link_that_is_a_button_is_delivered_and_followed(team: Team) -> None:
    pressed: list[str] = []

    def note(ack: Ack, action: Json) -> None:
        pressed.append(action["value"])
        ack()

    team.bot().action("open")(note)
    post(team, actions(button("Connect", "open", url="https://a.test/x", value="7")))
    address = team.house.url + as_ana(team).links["Connect ↗"]
    answer = httpx.get(address, trust_env=False, timeout=PATIENCE)
    assert (answer.status_code, answer.headers["Location"], pressed) == (303, "https://a.test/x", ["7"])


@pytest.mark.slow
def test_a_confirmation_names_what_it_is_about_and_only_agreement_delivers(team: Team) -> None:
    pressed: list[str] = []

    def note(ack: Ack, action: Json, respond: Respond) -> None:
        pressed.append(action["action_id"])
        ack()
        respond(text="Cancelled")

    team.bot().action("cancel")(note)
    post(team, actions(button("Cancel", "cancel", confirm=SURE)))
    page = as_ana(team)
    page.press("Cancel")
    assert page.lines[-4:] == ["Cancel Maya?", "Maya Ortiz is told.", "Keep it", "Cancel it"]
    page.press("Keep it")
    assert ("Cancel Maya?" in page.html, pressed) == (False, [])
    page.press("Cancel")
    page.press("Cancel it")
    assert pressed == ["cancel"]


@pytest.mark.slow
def test_home_is_opened_read_and_used_and_counts_new_messages(team: Team) -> None:
    def publish(client: WebClient, event: Json) -> None:
        if event["tab"] == "home":
            view = home(section("*Today*"), actions(button("Find a time", "find")))
            client.views_publish(user_id=event["user"], view=view)

    done = threading.Event()

    def say(ack: Ack, client: WebClient, body: Json) -> None:
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text="Here it is")
        done.set()

    bolt = team.bot()
    bolt.event("app_home_opened")(publish)
    bolt.action("find")(say)
    page = as_ana(team)
    page.press("Home")
    ana = team.person(team.ana)
    ana.waits_for(lambda: ana.home is not None)
    page.opens("/", {"as": team.ana.id, "tab": "home"})
    page.press("Find a time")
    assert done.wait(PATIENCE)
    page.opens("/", {"as": team.ana.id, "tab": "home"})
    assert "Messages 1 new" in page.buttons
    page.press("Messages 1 new")
    assert "Here it is" in page.lines


def test_what_has_gone_meanwhile_is_said_and_not_done(team: Team) -> None:
    post(team, actions(button("Go", "go")))
    page = as_ana(team)
    message = team.person(team.ana).messages[-1]
    team.client.chat_delete(channel=message.channel_id, ts=message.ts)
    page.press("Go")
    assert "ana cannot do that: it is not there any more, or a modal is in the way" in page.lines


def test_foreign_text_is_never_markup_of_the_page(team: Team) -> None:
    attack = "<script>alert(1)</script>"
    escaped = "&lt;script&gt;alert(1)&lt;/script&gt;"
    blocks = [
        {"type": "header", "text": plain(attack)},
        section(escaped, fields=[plain(attack)]),
        {"type": "context", "elements": [{"type": "mrkdwn", "text": f"*{escaped}* <https://a.test/?q='\"|{escaped}>"}]},
        {"type": "image", "image_url": "https://a.test/x.png", "alt_text": f'"{attack}'},
        actions(button(attack, f'a"{attack}')),
    ]
    post(team, *blocks, text=attack)
    opens_modal(team, modal(field(attack, TEXT | {"initial_value": f"</textarea>{attack}", "multiline": True}, "a")))
    page = as_ana(team)
    page.fill("Message or command", "/help")
    page.press("Send")
    assert page.html.count("<script") == page.html.count('<script src="/page.js" defer>') == 1
    assert page.lines.count(attack) >= 4
    assert (
        "script-src 'self'"
        in httpx.get(f"{team.house.url}/", trust_env=False, timeout=PATIENCE).headers["Content-Security-Policy"]
    )
