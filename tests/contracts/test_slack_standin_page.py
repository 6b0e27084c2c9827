"""The stand-in's page in a browser without scripts: who one is, what is shown, and what forms make happen."""

import threading
from datetime import UTC, datetime

import httpx
import pytest
from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.sandbox.slack.mrkdwn import Reader
from bot.sandbox.slack.page.markup import from_mrkdwn, rich
from bot.sandbox.slack.shape import Json
from tests.contracts.slack_page_reader import PageReader
from tests.contracts.slack_standin_bot import (
    TUESDAY,
    Team,
    actions,
    button,
    field,
    home,
    modal,
    option,
    plain,
    section,
)

TEXT: Json = {"type": "plain_text_input", "action_id": "text"}
SURE: Json = {
    "title": plain("Cancel Maya?"),
    "text": plain("Maya Ortiz is told."),
    "confirm": plain("Cancel it"),
    "deny": plain("Keep it"),
}


def as_ana(team: Team) -> PageReader:
    return PageReader(team.house.url, team.ana.id)


def a_reader() -> Reader:
    names = {"U1": "ana"}
    return Reader("Europe/Berlin", datetime.fromtimestamp(TUESDAY, UTC), twelve_hours=False, name_of=names.get)


def post(team: Team, *blocks: Json, text: str = "x") -> None:
    team.client.chat_postMessage(channel=team.ana.id, text=text, blocks=list(blocks))


def opens_modal(team: Team, view: Json) -> None:
    def open_it(ack: Ack, client: WebClient, body: Json) -> None:
        # Before the ack, so that the modal is there when the page is drawn again.
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    team.bot().command("/help")(open_it)


def notes_values(team: Team) -> list[Json]:
    noted: list[Json] = []

    def note(ack: Ack, view: Json) -> None:
        noted.append(view["state"]["values"])
        ack()

    assert team.house.bot.bolt is not None
    team.house.bot.bolt.view("form")(note)
    return noted


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
    page.fill("Command", "/help you")
    page.fill("in", team.sales.id)
    page.press("Send")
    assert "Hello you in sales" in page.lines
    assert "Only visible to you" in page.lines
    assert "<strong>you</strong>" in page.html
    assert team.problems() == []


def test_what_comes_later_is_looked_for_a_few_seconds_without_scripts(team: Team) -> None:
    team.bot().command("/help")(lambda ack: ack("Soon"))
    page = as_ana(team)
    assert "http-equiv" not in page.html
    page.fill("Command", "/help")
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
    answer = httpx.get(address, trust_env=False)
    assert (answer.status_code, answer.headers["Location"], pressed) == (303, "https://a.test/x", ["7"])


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
def test_a_form_is_filled_in_and_submitted_with_every_kind_of_field(team: Team) -> None:
    day = {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-24"}
    sync = {"type": "radio_buttons", "action_id": "sync", "options": [option("One-way"), option("Two-way")]}
    length = {"type": "static_select", "action_id": "long", "options": [option("30 min", "30"), option("1 h", "60")]}
    who = {"type": "multi_users_select", "action_id": "who"}
    at = {"type": "datetimepicker", "action_id": "at"}
    blocks = [field("Title", TEXT, "a"), field("Day", day, "b"), field("Sync", sync, "c"), field("Length", length, "d")]
    opens_modal(team, modal(*blocks, field("Who", who, "e"), field("At", at, "f")))
    noted = notes_values(team)
    page = as_ana(team)
    page.fill("Command", "/help")
    page.press("Send")
    assert page.standing("Day") == "2026-11-24"
    page.fill("Title", "Maya & Ana")
    page.fill("Day", "2026-11-25")
    page.fill("Two-way", "on")
    page.fill("Length", "60")
    page.fill("@ana", "on")
    page.fill("@ben", "on")
    page.fill("At", "2026-11-24T09:00")
    page.press("Save")
    two_way, hour = ({**o, "text": {**o["text"], "emoji": True}} for o in (option("Two-way"), option("1 h", "60")))
    assert noted == [
        {
            "a": {"text": {"type": "plain_text_input", "value": "Maya & Ana"}},
            "b": {"day": {"type": "datepicker", "selected_date": "2026-11-25"}},
            "c": {"sync": {"type": "radio_buttons", "selected_option": two_way}},
            "d": {"long": {"type": "static_select", "selected_option": hour}},
            "e": {"who": {"type": "multi_users_select", "selected_users": [team.ana.id, team.ben.id]}},
            "f": {"at": {"type": "datetimepicker", "selected_date_time": int(TUESDAY)}},
        }
    ]
    assert ("Save" in page.buttons, team.problems()) == (False, [])


def test_an_incomplete_form_says_so_on_the_field_and_keeps_what_was_typed(team: Team) -> None:
    opens_modal(team, modal(field("Title", TEXT, "a"), field("Note", TEXT | {"multiline": True}, "b")))
    page = as_ana(team)
    page.fill("Command", "/help")
    page.press("Send")
    page.fill("Note", "Bring\nthe papers")
    page.press("Save")
    assert page.lines[page.lines.index("Title") + 1] == "Please complete this required field."
    assert page.standing("Note") == "\nBring\nthe papers"
    assert page.html.count('aria-invalid="true"') == 1


def test_errors_of_the_app_stand_at_their_fields(team: Team) -> None:
    opens_modal(team, modal(field("Title", TEXT, "a")))
    assert team.house.bot.bolt is not None
    team.house.bot.bolt.view("form")(lambda ack: ack(response_action="errors", errors={"a": "Taken. Try <15:30>"}))
    page = as_ana(team)
    page.fill("Command", "/help")
    page.press("Send")
    page.fill("Title", "Call")
    page.press("Save")
    assert page.lines[page.lines.index("Title") + 1] == "Taken. Try <15:30>"
    assert page.standing("Title") == "Call"


def test_a_closed_modal_uncovers_the_page(team: Team) -> None:
    opens_modal(team, modal(section("Words")))
    page = as_ana(team)
    page.fill("Command", "/help")
    page.press("Send")
    assert '<div id="page" data-parts inert>' in page.html
    page.press("Cancel")
    assert '<div id="page" data-parts>' in page.html


def test_a_field_of_a_message_is_told_to_the_app_with_what_was_chosen(team: Team) -> None:
    told: list[str] = []

    def note(ack: Ack, action: Json) -> None:
        told.append(action["selected_option"]["value"])
        ack()

    team.bot().action("day")(note)
    days = {"type": "radio_buttons", "action_id": "day", "options": [option("Monday"), option("Friday")]}
    post(team, section("Which day?", accessory=days))
    page = as_ana(team)
    page.fill("Friday", "on")
    page.press("Choose")
    assert told == ["friday"]


def test_options_from_the_app_are_found_by_typing(team: Team) -> None:
    cities: Json = {"type": "external_select", "action_id": "city", "min_query_length": 1}
    opens_modal(team, modal(field("City", cities, "a")))
    noted = notes_values(team)
    assert team.house.bot.bolt is not None
    team.house.bot.bolt.options("city")(lambda ack, payload: ack(options=[option(f"{payload['value']}erlin", "b")]))
    page = as_ana(team)
    page.fill("Command", "/help")
    page.press("Send")
    page.fill("Type to search", "B")
    page.press("Search")
    page.fill("City", "b")
    page.press("Save")
    assert [values["a"]["city"]["selected_option"]["text"]["text"] for values in noted] == ["Berlin"]


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
    assert done.wait(3)
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


def test_a_form_from_another_page_is_refused(team: Team) -> None:
    form = {"as": team.ana.id, "text": "/help"}
    answer = httpx.post(f"{team.house.url}/type", data=form, headers={"Origin": "https://evil.test"}, trust_env=False)
    assert (answer.status_code, team.person(team.ana).messages) == (403, [])


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
    page.fill("Command", "/help")
    page.press("Send")
    assert page.html.count("<script") == page.html.count('<script src="/page.js" defer>') == 1
    assert page.lines.count(attack) >= 4
    assert "script-src 'self'" in httpx.get(f"{team.house.url}/", trust_env=False).headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*bold*, _leaning_ and ~gone~", "<strong>bold</strong>, <em>leaning</em> and <s>gone</s>"),
        ("_read *4 min* ago_", "<em>read <strong>4 min</strong> ago</em>"),
        ("2*3*4 snake_case_name * no *", "2*3*4 snake_case_name * no *"),
        ("`*as it is*` &amp; so", "<code>*as it is*</code> &amp; so"),
        ("```a\n<b```", "<pre>a\n&lt;b</pre>"),
        ("one\ntwo", "one<br>two"),
        ("said\n&gt; this\n&gt; that", "said<blockquote>this<br>that</blockquote>"),
        ("<@U1> in <#C1|x>", '<span class="mention">@ana</span> in <span class="mention">#x</span>'),
        (
            "*<!date^1795507200^{date_short_pretty} {time}|then>*",
            '<strong><time datetime="2026-11-24T08:00:00+00:00">Today 9:00</time></strong>',
        ),
        (
            "<https://a.test/?a=1&amp;b=_2_|here>",
            '<a href="https://a.test/?a=1&amp;b=_2_" target="_blank" rel="noopener noreferrer">here</a>',
        ),
        ("<javascript:alert(1)|here>", "here"),
    ],
)
def test_markup_is_shown_as_its_reader_sees_it(written: str, shown: str) -> None:
    assert str(from_mrkdwn(written, a_reader())) == shown


def test_rich_text_is_shown_with_its_styles() -> None:
    runs = [{"type": "text", "text": "Ana", "style": {"bold": True}}, {"type": "text", "text": " <b>"}]
    item = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]}
    block = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": runs},
            {"type": "rich_text_list", "style": "bullet", "elements": [item]},
        ],
    }
    mention = '<span class="mention">@ana</span>'
    assert rich(block, a_reader()) == f"<div><strong>Ana</strong> &lt;b&gt;</div><ul><li>{mention}</li></ul>"
