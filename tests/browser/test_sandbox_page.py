"""The stand-in's page in a real browser: nothing reloads, what comes later appears, and a form can be typed into."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.sandbox.slack.shape import Json
from tests.browser.chromium import CHROMIUM, Tab, browsing
from tests.contracts.slack_standin_bot import Team, a_house, a_team, actions, button, field, modal, option, section
from tests.patience import PATIENCE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]

Open = Callable[[str], Tab]
TEXT: Json = {"type": "plain_text_input", "action_id": "text"}
DIALOG = "document.querySelector('[role=dialog]')"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    with browsing(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def team() -> Iterator[Team]:
    with a_house() as house:
        yield a_team(house)


def as_ana(team: Team, browser: Open) -> Tab:
    return browser(f"{team.house.url}/?as={team.ana.id}")


def sends(tab: Tab, command: str) -> None:
    tab.tells("document.getElementById('text').focus()")
    tab.types(command)
    tab.presses_key("Enter")


def test_an_answer_that_comes_later_appears_without_a_reload(team: Team, browser: Open, tmp_path: Path) -> None:
    asked = threading.Event()

    def answer_later(ack: Ack, respond: Respond) -> None:
        ack()
        respond(text="Looking")
        asked.wait(PATIENCE)
        slots = actions(button("15:00", "slot", style="primary"), button("15:30", "other"))
        respond(text="Free", blocks=[section("*Ana and Ben*, 30 minutes <b>"), slots], replace_original=True)

    team.bot().command("/help")(answer_later)
    tab = as_ana(team, browser)
    tab.tells("window.mark = 'not reloaded'")
    sends(tab, "/help")
    tab.waits_for("document.body.innerText.includes('Looking')")
    asked.set()
    tab.waits_for("document.body.innerText.includes('15:30')")
    tab.screenshot(tmp_path / "messages.png")
    assert tab.tells("[window.mark, document.getElementById('text').value]") == ["not reloaded", ""]
    assert (
        tab.tells("document.querySelector('article strong:not(header *)').outerHTML") == "<strong>Ana and Ben</strong>"
    )
    assert (tmp_path / "messages.png").stat().st_size > 10_000


def test_a_form_keeps_what_is_typed_while_the_page_looks_again_and_escape_closes_it(team: Team, browser: Open) -> None:
    def open_it(ack: Ack, client: WebClient, body: Json) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(section("*Book*"), field("Title", TEXT, "a")))

    team.bot().command("/help")(open_it)
    tab = as_ana(team, browser)
    sends(tab, "/help")
    tab.waits_for(f"{DIALOG} !== null && document.activeElement.tagName === 'INPUT'")
    tab.types("Maya")
    team.client.chat_postMessage(channel=team.ana.id, text="Something new")
    tab.waits_for("document.getElementById('messages').textContent.includes('Something new')")
    assert tab.tells("document.activeElement.value") == "Maya"
    tab.presses_key("Escape")
    tab.waits_for(f"{DIALOG} === null && !document.getElementById('page').inert")


def test_a_choice_that_the_app_wants_to_hear_of_is_sent_as_soon_as_it_is_made(team: Team, browser: Open) -> None:
    def say(ack: Ack, action: Json, respond: Respond) -> None:
        ack()
        respond(text=f"It is {action['selected_option']['value']}")

    team.bot().action("day")(say)
    days = {"type": "static_select", "action_id": "day", "options": [option("Monday"), option("Friday")]}
    team.client.chat_postMessage(channel=team.ana.id, text="x", blocks=[section("Which day?", accessory=days)])
    tab = as_ana(team, browser)
    choose = "const s = document.querySelector('article select'); s.value = 'friday'"
    tab.tells(f"{{ {choose}; s.dispatchEvent(new Event('change', {{bubbles: true}})) }}")
    tab.waits_for("document.body.innerText.includes('It is friday')")
