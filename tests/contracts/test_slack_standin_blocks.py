"""What the stand-in's Slack says of blocks and views that break a rule: one broken rule a row."""

from typing import Any

import pytest

from bot.sandbox.slack.blocks import Surface, findings_of
from bot.sandbox.slack.refusal import Refusal
from bot.sandbox.slack.shape import Json
from bot.sandbox.slack.views import check_view
from tests.contracts.slack_standin_bot import actions, button, field, home, modal, option, plain, section

BUTTON = button("Go", "go")
TEXT_INPUT: Json = {"type": "plain_text_input", "action_id": "text"}
CONFIRM = {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No")}


def select(*options: Json, **more: object) -> Json:
    return {"type": "static_select", "action_id": "one", "options": list(options), **more}


def radio(count: int) -> Json:
    options = [option(f"Choice {number}") for number in range(count)]
    return {"type": "radio_buttons", "action_id": "one", "options": options}


def said(blocks: Any, surface: Surface = "message") -> list[str]:
    return [str(finding) for finding in findings_of(blocks, surface)]


def test_one_of_everything_is_in_order() -> None:
    blocks = [
        {"type": "header", "text": plain("Title")},
        section("*Hello*", accessory=BUTTON),
        {"type": "section", "fields": [plain("one"), {"type": "mrkdwn", "text": "two"}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "_small_"}]},
        {"type": "divider"},
        {"type": "image", "image_url": "https://a.test/a.png", "alt_text": "A week"},
        actions(button("A", "a", confirm=CONFIRM), button("B", "b", url="https://a.test"), select(option("x"))),
        field("Name", TEXT_INPUT, "name", hint=plain("first and last"), optional=True),
        section("Colours", accessory=radio(10)),
        {"type": "markdown", "text": "# Title"},
    ]
    assert said(blocks) == []


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        ({"type": "nonsense"}, "unsupported type: nonsense [json-pointer:/blocks/0/type]"),
        ({}, "missing required field: type [json-pointer:/blocks/0]"),
        ("text", "must provide an object [json-pointer:/blocks/0]"),
        (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        (section("x", colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
        ({"type": "section"}, "must define either: text, fields [json-pointer:/blocks/0]"),
        (
            {"type": "section", "fields": [plain("x")] * 11},
            "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
        ),
        (
            {"type": "section", "fields": [plain("x" * 2001)]},
            "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
        ),
        (
            section("x", accessory=TEXT_INPUT),
            "plain_text_input is not allowed here [json-pointer:/blocks/0/accessory/type]",
        ),
        (
            section("x", block_id="x" * 256),
            "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
        ),
        (
            {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
            "mrkdwn is not allowed here [json-pointer:/blocks/0/text/type]",
        ),
        (
            {"type": "header", "text": plain("x" * 151)},
            "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
        ),
        (
            {"type": "context", "elements": [plain("x")] * 11},
            "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
        ),
        (
            {"type": "context", "elements": [BUTTON]},
            "button is not allowed here [json-pointer:/blocks/0/elements/0/type]",
        ),
        (
            {"type": "image", "image_url": "https://a.test/a.png"},
            "missing required field: alt_text [json-pointer:/blocks/0]",
        ),
        (
            {"type": "image", "image_url": "file:///etc", "alt_text": "x"},
            "must be a valid url [json-pointer:/blocks/0/image_url]",
        ),
        (actions(), "no less than 1 items allowed [json-pointer:/blocks/0/elements]"),
        (
            actions(*(button("x", f"a{number}") for number in range(26))),
            "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
        ),
        (
            actions(BUTTON, BUTTON),
            '`action_id` "go" already exists for another element [json-pointer:/blocks/0/elements]',
        ),
    ],
)
def test_a_block_that_breaks_a_rule_is_named_with_its_place(block: Any, complaint: str) -> None:
    assert said([block]) == [complaint]


@pytest.mark.parametrize(
    ("element", "complaint", "place"),
    [
        (button("x" * 76, "a"), "must be less than 76 characters", "/text/text"),
        (button("", "a"), "must be more than 0 characters", "/text/text"),
        (button(" ", "a"), "must be more than 0 characters", "/text/text"),
        (button("x", "a" * 256), "must be less than 256 characters", "/action_id"),
        (button("x", "a", value="x" * 2001), "must be less than 2001 characters", "/value"),
        (button("x", "a", url="javascript:alert()"), "must be a valid url", "/url"),
        (button("x", "a", url="https://a.test/" + "x" * 3000), "must be less than 3001 characters", "/url"),
        (button("x", "a", style="loud"), "must be one of: primary, danger", "/style"),
        (
            button("x", "a", confirm={**CONFIRM, "title": plain("x" * 101)}),
            "must be less than 101 characters",
            "/confirm/title/text",
        ),
        (
            button("x", "a", confirm={**CONFIRM, "confirm": plain("x" * 31)}),
            "must be less than 31 characters",
            "/confirm/confirm/text",
        ),
        (select(), "no less than 1 items allowed", "/options"),
        (
            select(*(option(f"o{number}") for number in range(101))),
            "no more than 100 items allowed",
            "/options",
        ),
        (select(option("x" * 76, "v")), "must be less than 76 characters", "/options/0/text/text"),
        (select(option("x", "v" * 151)), "must be less than 151 characters", "/options/0/value"),
        (
            select(option("x"), initial_option=option("y")),
            "must match one of the provided options",
            "/initial_option",
        ),
        (select(option("x"), option_groups=[]), "no less than 1 items allowed", "/option_groups"),
        (
            select(option("x"), placeholder=plain("x" * 151)),
            "must be less than 151 characters",
            "/placeholder/text",
        ),
        (select(option("x"), initial_option=None), "must provide an object", "/initial_option"),
        (radio(11), "no more than 10 items allowed", "/options"),
        (
            {"type": "overflow", "action_id": "a", "options": [option(f"o{n}") for n in range(6)]},
            "no more than 5 items allowed",
            "/options",
        ),
        (
            {"type": "datepicker", "action_id": "a", "initial_date": "24.11.2026"},
            "must be a valid date",
            "/initial_date",
        ),
        (
            {"type": "datepicker", "action_id": "a", "initial_date": "2026-13-1"},
            "must be a valid date",
            "/initial_date",
        ),
        (
            {"type": "timepicker", "action_id": "a", "initial_time": "24:00"},
            "must be a valid time",
            "/initial_time",
        ),
        (
            {"type": "multi_static_select", "action_id": "a", "options": [option("x")]},
            "multi_static_select is not allowed here",
            "/type",
        ),
    ],
)
def test_an_element_that_breaks_a_rule_is_named_with_its_place(element: Json, complaint: str, place: str) -> None:
    assert said([actions(element)]) == [f"{complaint} [json-pointer:/blocks/0/elements/0{place}]"]


def test_a_message_has_at_most_fifty_blocks_and_a_view_a_hundred() -> None:
    blocks = [{"type": "divider"}] * 51
    assert said(blocks) == ["no more than 50 items allowed [json-pointer:/blocks]"]
    assert said(blocks, "home") == []
    assert said(blocks * 2, "modal") == ["no more than 100 items allowed [json-pointer:/blocks]"]


def test_a_block_id_stands_once() -> None:
    blocks = [section("one", block_id="a"), section("two", block_id="a")]
    assert said(blocks) == ['`block_id` "a" already exists [json-pointer:/blocks/1/block_id]']


def test_only_one_element_takes_the_focus() -> None:
    focused = {**TEXT_INPUT, "focus_on_load": True}
    blocks = [field("One", focused, "one"), field("Two", focused, "two")]
    assert said(blocks, "modal") == ["only one element can have focus_on_load set to true [json-pointer:/blocks]"]


def test_an_alert_stands_in_modals_alone() -> None:
    alert = [{"type": "alert", "text": plain("Careful")}]
    assert said(alert, "modal") == []
    assert said(alert) == ["alert is not allowed here [json-pointer:/blocks/0/type]"]


def messages_of(view: Any) -> list[str]:
    with pytest.raises(Refusal) as refused:
        check_view(view)
    assert refused.value.error == "invalid_arguments"
    messages: list[str] = refused.value.more["response_metadata"]["messages"]
    return messages


def test_views_in_order_pass() -> None:
    for view in (modal(field("Name", TEXT_INPUT, "name")), home(section("Hello"))):
        assert check_view(view) == view


@pytest.mark.parametrize(
    ("view", "messages"),
    [
        ({"type": "poster"}, ["[ERROR] failed to match all allowed schemas [json-pointer:/view]"]),
        (
            {"type": "modal"},
            [
                "[ERROR] missing required field: title [json-pointer:/view]",
                "[ERROR] missing required field: blocks [json-pointer:/view]",
            ],
        ),
        (
            modal(title=plain("x" * 25)),
            ["[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"],
        ),
        (
            modal(submit=plain("x" * 25)),
            ["[ERROR] must be less than 25 characters [json-pointer:/view/submit/text]"],
        ),
        (
            modal(private_metadata="x" * 3001),
            ["[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]"],
        ),
        (
            modal(callback_id="x" * 256),
            ["[ERROR] must be less than 256 characters [json-pointer:/view/callback_id]"],
        ),
        (
            {**home(), "submit": plain("Save")},
            ["[ERROR] invalid additional property: submit [json-pointer:/view]"],
        ),
        (
            modal(section("x"), section("")),
            [
                "[ERROR] failed to match all allowed schemas [json-pointer:/view/blocks/1]",
                "[ERROR] must be more than 0 characters [json-pointer:/view/blocks/1/text/text]",
            ],
        ),
        (
            {
                "type": "modal",
                "title": plain("A form"),
                "blocks": [field("Name", TEXT_INPUT, "name")],
            },
            ["[ERROR] must provide `submit` with an `input` block [json-pointer:/view/submit]"],
        ),
    ],
)
def test_a_view_that_breaks_a_rule_is_refused_with_every_reason(view: Json, messages: list[str]) -> None:
    assert messages_of(view) == messages


def test_a_view_of_more_than_250_kilobytes_is_too_large() -> None:
    view = modal(*(section("x" * 3000) for _ in range(90)))
    with pytest.raises(Refusal, match="view_too_large"):
        check_view(view)
