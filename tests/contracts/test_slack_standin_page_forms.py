"""Forms on the stand-in's page: filled in, refused, submitted and closed."""

import httpx
import pytest
from slack_bolt import Ack

from bot.sandbox.slack.shape import Json
from tests.contracts.slack_page_reader import as_ana, opens_modal, post
from tests.contracts.slack_standin_bot import TUESDAY, Team, field, modal, option, section
from tests.patience import PATIENCE

TEXT: Json = {"type": "plain_text_input", "action_id": "text"}


def notes_values(team: Team) -> list[Json]:
    noted: list[Json] = []

    def note(ack: Ack, view: Json) -> None:
        noted.append(view["state"]["values"])
        ack()

    assert team.house.bot.bolt is not None
    team.house.bot.bolt.view("form")(note)
    return noted


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
    page.fill("Message or command", "/help")
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
    page.fill("Message or command", "/help")
    page.press("Send")
    page.fill("Note", "Bring\nthe papers")
    page.press("Save")
    assert page.lines[page.lines.index("Title") + 1] == "Please complete this required field."
    assert page.standing("Note") == "\nBring\nthe papers"
    assert page.html.count('aria-invalid="true"') == 1


@pytest.mark.slow
def test_errors_of_the_app_stand_at_their_fields(team: Team) -> None:
    opens_modal(team, modal(field("Title", TEXT, "a")))
    assert team.house.bot.bolt is not None
    team.house.bot.bolt.view("form")(lambda ack: ack(response_action="errors", errors={"a": "Taken. Try <15:30>"}))
    page = as_ana(team)
    page.fill("Message or command", "/help")
    page.press("Send")
    page.fill("Title", "Call")
    page.press("Save")
    assert page.lines[page.lines.index("Title") + 1] == "Taken. Try <15:30>"
    assert page.standing("Title") == "Call"


def test_a_closed_modal_uncovers_the_page(team: Team) -> None:
    opens_modal(team, modal(section("Words")))
    page = as_ana(team)
    page.fill("Message or command", "/help")
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
    page.fill("Message or command", "/help")
    page.press("Send")
    page.fill("Type to search", "B")
    page.press("Search")
    page.fill("City", "b")
    page.press("Save")
    assert [values["a"]["city"]["selected_option"]["text"]["text"] for values in noted] == ["Berlin"]


def test_a_form_from_another_page_is_refused(team: Team) -> None:
    form = {"as": team.ana.id, "text": "/help"}
    answer = httpx.post(
        f"{team.house.url}/type", data=form, headers={"Origin": "https://evil.test"}, trust_env=False, timeout=PATIENCE
    )
    assert (answer.status_code, team.person(team.ana).messages) == (403, [])
